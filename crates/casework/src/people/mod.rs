//! Who is asking: accounts, passwords, sessions and the drafts that wait for somebody's return.

pub mod password;
