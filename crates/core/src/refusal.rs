//! Every reason for which a policy or the state of a case says no, in one place.
