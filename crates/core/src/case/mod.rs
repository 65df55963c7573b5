//! A case: the fold of its journal, and the decisions that may add to it.
