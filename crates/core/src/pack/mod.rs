//! Policy packs: what a landlord's policy says, as data chosen from a closed vocabulary.
