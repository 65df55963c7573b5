//! The state of every clause of a policy: how it is kept, whether it is kept now, and the way to its proof.
