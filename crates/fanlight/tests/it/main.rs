//! The program itself, as it is started, met over its own address and on a disk that can be made full.

mod full_disk;
mod program;
