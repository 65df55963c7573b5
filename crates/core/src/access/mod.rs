//! Who may do what: roles, teams, restricted cases and people shut out. Decides; never reads a store.
