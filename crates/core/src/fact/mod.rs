//! What can happen in a case, as it is stored for ever.
