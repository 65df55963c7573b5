//! Puts the shipped policy packs into the binary, so that `--help` examples work on any machine.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let packs = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../packs");
    // Cargo looks at the whole folder, new files included.
    let mut table = String::from("pub(crate) const SHIPPED: &[(&str, &[(&str, &str)])] = &[\n");
    if packs.is_dir() {
        let packs = packs.canonicalize()?;
        writeln!(io::stdout(), "cargo::rerun-if-changed={}", packs.display())?;
        for pack in sorted(&packs)?.into_iter().filter(|path| path.is_dir()) {
            let _ = writeln!(table, "    ({:?}, &[", name(&pack));
            let toml = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
            for file in sorted(&pack)?.into_iter().filter(toml) {
                let _ = writeln!(table, "        ({:?}, include_str!({:?})),", name(&file), file);
            }
            table.push_str("    ]),\n");
        }
    }
    table.push_str("];\n");
    let out = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("shipped_packs.rs");
    fs::write(out, table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
