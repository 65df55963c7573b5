//! What must hold of the repository and the compiler cannot hold: the arrows between the rooms, and things that must
//! not stand in a source. Each rule is a function over text or packages, and is shown to notice a planted fault.

mod arrows;
mod papers;
mod sources;
mod tracked;
mod words;
