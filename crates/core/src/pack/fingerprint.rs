//! The version stamp of a pack: SHA-256 over the names and texts of its files, in order of name.

use sha2::{Digest, Sha256};

/// The hash in hexadecimal. Each name and text goes in with its length, so that nothing can move between them.
pub(super) fn fingerprint(files: &[(&str, &str)]) -> String {
    let mut ordered: Vec<_> = files.to_vec();
    ordered.sort_unstable();
    let mut hash = Sha256::new();
    for (name, text) in ordered {
        for part in [name, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
