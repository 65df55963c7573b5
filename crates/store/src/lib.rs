//! Sealed journals and rows, their keys, the index, and the search tokens.
//!
//! Architecture invariant: the store never learns what a fact means, and whatever it writes is sealed.
