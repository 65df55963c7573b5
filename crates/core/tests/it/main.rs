//! What a program of later years, or another program, may rely on.

mod wire;
