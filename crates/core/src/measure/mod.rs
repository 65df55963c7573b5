//! Report arithmetic: numerators, denominators, and small numbers that must not identify anybody.
