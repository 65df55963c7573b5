//! Facts as codes: kinds, qualifiers and times with no word and no person, which is all that clocks and measures see.
