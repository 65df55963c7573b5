//! The key folder: the root key, and wrapped by it the generations and the signing key.
//!
//! ```text
//! root.key                     the root key, in hexadecimal
//! checkpoint.key               the signing key for checkpoints, wrapped by the root key
//! checkpoint.pub               its public half, in hexadecimal: to be kept outside from the first day
//! settle.generation-00000001   a generation key of the landlord "settle", wrapped by the root key
//! settle.destroyed-00000001    one whose destruction was interrupted: opening the folder finishes it
//! ```
//!
//! The recovery copy on paper is the root key alone. It never goes out of date, and it opens nothing by itself:
//! whoever recovers needs the paper, a copy of the wrapped files of this folder, and the database. Copies of the
//! wrapped files are to be overwritten by newer ones, never collected, because an old copy still holds the
//! generations whose destruction made an erasure final.

use super::{Key, KeyError, recovery};
use crate::ids::Landlord;
use ed25519_dalek::SigningKey;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::RwLock;
use zeroize::Zeroizing;

const ROOT: &str = "root.key";
const SIGNING: &str = "checkpoint.key";
const PUBLIC: &str = "checkpoint.pub";
const GENERATION: &str = ".generation-";
const DESTROYED: &str = ".destroyed-";

/// Something to tell the person who runs the server, short of refusing to start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyWarning {
    /// Somebody other than the owner can read this file or folder.
    ReadableByOthers(String),
}

type Generations = BTreeMap<Landlord, BTreeMap<u32, Key>>;

/// An open key folder. The keys stay in memory until it is dropped, and are then wiped.
pub struct KeyFolder {
    path: PathBuf,
    root: Key,
    signing: SigningKey,
    generations: RwLock<Generations>,
}

impl KeyFolder {
    /// Makes the folder with a new root key and a new signing key. The folder must be absent or empty.
    pub fn create(path: &Path) -> Result<KeyFolder, KeyError> {
        let doing = || format!("making the key folder {}", path.display());
        if path.exists() && fs::read_dir(path).map_err(failed(doing()))?.next().is_some() {
            return Err(KeyError::NotEmpty);
        }
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(failed(doing()))?;
        refuse_if_writable(path)?;
        let root = Key::fresh()?;
        let seed = Key::fresh()?;
        let signing = SigningKey::from_bytes(seed.bytes());
        write_new(&path.join(ROOT), &hex(root.bytes()))?;
        write_new(&path.join(SIGNING), &hex(&wrap_file(&root, SIGNING, &seed)?))?;
        write_new(&path.join(PUBLIC), &hex(signing.verifying_key().as_bytes()))?;
        Ok(KeyFolder {
            path: path.to_owned(),
            root,
            signing,
            generations: RwLock::default(),
        })
    }

    /// Opens the folder. Refuses if anybody but the owner could write there; warns if others can read.
    pub fn open(path: &Path) -> Result<(KeyFolder, Vec<KeyWarning>), KeyError> {
        let root_file = path.join(ROOT);
        let mut warnings = Vec::new();
        for place in [path, &root_file] {
            if refuse_if_writable(place)? {
                warnings.push(KeyWarning::ReadableByOthers(place.display().to_string()));
            }
        }
        let bytes = Zeroizing::new(read_hex(&root_file)?);
        let root: [u8; 32] = bytes.as_slice().try_into().map_err(|_| damaged(&root_file))?;
        Self::open_with(path, Key::from_bytes(root)).map(|folder| (folder, warnings))
    }

    fn open_with(path: &Path, root: Key) -> Result<KeyFolder, KeyError> {
        let signing = SigningKey::from_bytes(unwrap_file(&root, path, SIGNING)?.bytes());
        let mut generations = Generations::new();
        let doing = || format!("reading the key folder {}", path.display());
        for file in fs::read_dir(path).map_err(failed(doing()))? {
            let file = file.map_err(failed(doing()))?;
            let Some(name) = file.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            if is_destroyed(&name) {
                wipe(path, &file.path())?;
                continue;
            }
            let Some((label, number)) = name.split_once(GENERATION) else {
                continue;
            };
            let (Some(landlord), Ok(number)) = (Landlord::new(label), number.parse()) else {
                continue;
            };
            refuse_if_writable(&file.path())?;
            let key = unwrap_file(&root, path, &name)?;
            generations.entry(landlord).or_default().insert(number, key);
        }
        Ok(KeyFolder {
            path: path.to_owned(),
            root,
            signing,
            generations: RwLock::new(generations),
        })
    }

    /// The root key as text to be printed once and kept in a safe. See the module for what else recovery needs.
    pub fn recovery_copy(&self) -> Zeroizing<String> {
        recovery::write(&self.root)
    }

    /// Puts the root key back from its printed copy into a folder that has the wrapped files but no root key.
    pub fn restore_from_recovery(path: &Path, text: &str) -> Result<KeyFolder, KeyError> {
        if path.join(ROOT).exists() {
            return Err(KeyError::NotEmpty);
        }
        refuse_if_writable(path)?;
        let root = recovery::read(text)?;
        let folder = Self::open_with(path, root)?;
        write_new(&path.join(ROOT), &hex(folder.root.bytes()))?;
        Ok(folder)
    }

    /// The public half of the signing key for checkpoints: give it to whoever is to check the record.
    pub fn checkpoint_public_key(&self) -> [u8; 32] {
        *self.signing.verifying_key().as_bytes()
    }

    /// The numbers of the generations still held for a landlord.
    pub fn generations(&self, landlord: &Landlord) -> Vec<u32> {
        let held = self.generations.read().expect("no holder panics");
        held.get(landlord)
            .map(|keys| keys.keys().copied().collect())
            .unwrap_or_default()
    }

    pub(crate) fn newest(&self, landlord: &Landlord) -> Result<(u32, Key), KeyError> {
        let held = self.generations.read().expect("no holder panics");
        let newest = held.get(landlord).and_then(|keys| keys.last_key_value());
        newest
            .map(|(number, key)| (*number, key.clone()))
            .ok_or_else(|| none(landlord, 0))
    }

    pub(crate) fn generation(&self, landlord: &Landlord, number: u32) -> Result<Key, KeyError> {
        let held = self.generations.read().expect("no holder panics");
        let key = held.get(landlord).and_then(|keys| keys.get(&number));
        key.cloned().ok_or_else(|| none(landlord, number))
    }

    /// Makes the next generation, durable before it is used.
    pub(crate) fn add_generation(&self, landlord: &Landlord) -> Result<u32, KeyError> {
        let mut held = self.generations.write().expect("no holder panics");
        let keys = held.entry(landlord.clone()).or_default();
        let number = keys.last_key_value().map_or(1, |(last, _)| last + 1);
        let name = generation_name(landlord, number);
        let key = Key::fresh()?;
        write_new(&self.path.join(&name), &hex(&wrap_file(&self.root, &name, &key)?))?;
        keys.insert(number, key);
        Ok(number)
    }

    /// Destroys a generation: its file is overwritten, then removed, and the key wiped from memory. It first gets
    /// another name. t0: a file is overwritten under its own name. t1: the power fails. t2: the folder has a damaged
    /// generation and does not open, and no landlord reaches any case.
    pub(crate) fn destroy_generation(&self, landlord: &Landlord, number: u32) -> Result<(), KeyError> {
        let mut held = self.generations.write().expect("no holder panics");
        let path = self.path.join(generation_name(landlord, number));
        let going = self.path.join(destroyed_name(landlord, number));
        fs::rename(&path, &going).map_err(failed(format!("destroying {}", path.display())))?;
        sync_folder(&self.path)?;
        if let Some(keys) = held.get_mut(landlord) {
            keys.remove(&number);
        }
        wipe(&self.path, &going)
    }
}

fn none(landlord: &Landlord, generation: u32) -> KeyError {
    KeyError::NoGeneration {
        landlord: landlord.label().to_owned(),
        generation,
    }
}

fn generation_name(landlord: &Landlord, number: u32) -> String {
    format!("{}{GENERATION}{number:08}", landlord.label())
}

fn destroyed_name(landlord: &Landlord, number: u32) -> String {
    format!("{}{DESTROYED}{number:08}", landlord.label())
}

fn is_destroyed(name: &str) -> bool {
    name.split_once(DESTROYED)
        .is_some_and(|(label, number)| Landlord::new(label).is_some() && number.parse::<u32>().is_ok())
}

/// Overwrites a key file, then removes it.
fn wipe(folder: &Path, path: &Path) -> Result<(), KeyError> {
    let overwrite = || -> io::Result<()> {
        let length = fs::metadata(path)?.len();
        let mut file = OpenOptions::new().write(true).open(path)?;
        file.write_all(&vec![0; length as usize])?;
        file.sync_all()?;
        fs::remove_file(path)
    };
    overwrite().map_err(failed(format!("destroying {}", path.display())))?;
    sync_folder(folder)
}

fn damaged(path: &Path) -> KeyError {
    KeyError::Damaged(path.display().to_string())
}

fn failed(doing: String) -> impl FnOnce(io::Error) -> KeyError {
    move |source| KeyError::File { doing, source }
}

/// A wrapped file is a random nonce and the wrapped key; its own name is bound in.
fn wrap_file(root: &Key, name: &str, key: &Key) -> Result<Vec<u8>, KeyError> {
    let mut nonce = [0; 12];
    super::fill_random(&mut nonce)?;
    let wrapped = root.derive("key folder", &[]).wrap(nonce, name.as_bytes(), key);
    Ok([nonce.as_slice(), &wrapped].concat())
}

fn unwrap_file(root: &Key, folder: &Path, name: &str) -> Result<Key, KeyError> {
    let path = folder.join(name);
    let bytes = read_hex(&path)?;
    let (nonce, wrapped) = bytes.split_first_chunk::<12>().ok_or_else(|| damaged(&path))?;
    root.derive("key folder", &[])
        .unwrap_key(*nonce, name.as_bytes(), wrapped)
        .map_err(|_| damaged(&path))
}

/// Refuses a place that others can write; says whether others can read it.
fn refuse_if_writable(path: &Path) -> Result<bool, KeyError> {
    let mode = fs::metadata(path)
        .map_err(failed(format!("looking at {}", path.display())))?
        .mode();
    if mode & 0o022 != 0 {
        return Err(KeyError::WritableByOthers(path.display().to_string()));
    }
    Ok(mode & 0o044 != 0)
}

fn hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2 + 1));
    for byte in bytes {
        text.push(char::from_digit(u32::from(byte >> 4), 16).expect("four bits"));
        text.push(char::from_digit(u32::from(byte & 15), 16).expect("four bits"));
    }
    text.push('\n');
    text
}

fn read_hex(path: &Path) -> Result<Vec<u8>, KeyError> {
    let text = Zeroizing::new(
        fs::read_to_string(path).map_err(failed(format!("reading the key file {}", path.display())))?,
    );
    recovery::from_hex(text.trim()).ok_or_else(|| damaged(path))
}

/// Writes beside, makes durable, then renames: a key file is there whole or not at all.
fn write_new(path: &Path, text: &str) -> Result<(), KeyError> {
    let beside = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(failed(format!("writing the key file {}", path.display())))?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

fn sync_folder(path: &Path) -> Result<(), KeyError> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(failed(format!("making {} durable", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn landlord() -> Landlord {
        Landlord::new("settle").expect("a plain label")
    }

    fn made() -> (tempfile::TempDir, PathBuf, KeyFolder) {
        let temp = tempfile::tempdir().expect("a folder");
        let path = temp.path().join("keys");
        let folder = KeyFolder::create(&path).expect("created");
        (temp, path, folder)
    }

    #[test]
    fn a_folder_opens_again_with_the_same_keys() {
        let (_temp, path, folder) = made();
        folder.add_generation(&landlord()).expect("a generation");
        let (_, key) = folder.newest(&landlord()).expect("the newest");
        let (again, warnings) = KeyFolder::open(&path).expect("opened");
        assert!(warnings.is_empty());
        assert_eq!(again.generations(&landlord()), [1]);
        assert!(
            again
                .newest(&landlord())
                .is_ok_and(|(_, same)| same.bytes() == key.bytes())
        );
        assert_eq!(again.checkpoint_public_key(), folder.checkpoint_public_key());
    }

    #[test]
    fn a_folder_that_others_can_write_is_refused_and_one_they_can_read_is_warned_of() {
        let (_temp, path, _folder) = made();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("changed");
        let (_, warnings) = KeyFolder::open(&path).expect("opened with a warning");
        assert_eq!(
            warnings,
            [KeyWarning::ReadableByOthers(path.display().to_string())]
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o770)).expect("changed");
        assert!(matches!(
            KeyFolder::open(&path),
            Err(KeyError::WritableByOthers(_))
        ));
    }

    #[test]
    fn every_file_is_for_its_owner_alone() {
        let (_temp, path, folder) = made();
        folder.add_generation(&landlord()).expect("a generation");
        assert_eq!(fs::metadata(&path).expect("there").mode() & 0o777, 0o700);
        for file in fs::read_dir(&path).expect("read") {
            assert_eq!(
                file.expect("a file").metadata().expect("there").mode() & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn the_paper_and_the_wrapped_files_bring_the_folder_back() {
        let (_temp, path, folder) = made();
        folder.add_generation(&landlord()).expect("a generation");
        let paper = folder.recovery_copy();
        assert!(
            KeyFolder::restore_from_recovery(&path, &paper).is_err(),
            "never over a root key that is there"
        );
        fs::remove_file(path.join(ROOT)).expect("lost");
        assert!(KeyFolder::open(&path).is_err());
        let other = made().2.recovery_copy();
        assert!(matches!(
            KeyFolder::restore_from_recovery(&path, &other),
            Err(KeyError::Damaged(_))
        ));
        let back = KeyFolder::restore_from_recovery(&path, &paper).expect("restored");
        assert_eq!(back.generations(&landlord()), [1]);
        assert!(KeyFolder::open(&path).is_ok());
    }

    #[test]
    fn a_destroyed_generation_is_gone_from_disk_and_memory() {
        let (_temp, path, folder) = made();
        folder.add_generation(&landlord()).expect("the first");
        folder.add_generation(&landlord()).expect("the second");
        folder.destroy_generation(&landlord(), 1).expect("destroyed");
        assert!(folder.generation(&landlord(), 1).is_err());
        assert_eq!(
            KeyFolder::open(&path).expect("opened").0.generations(&landlord()),
            [2]
        );
    }

    #[test]
    fn a_destruction_cut_short_at_any_moment_is_finished_by_opening() {
        for overwritten in [0, 60, usize::MAX] {
            let (_temp, path, folder) = made();
            folder.add_generation(&landlord()).expect("the first");
            folder.add_generation(&landlord()).expect("the second");
            let going = path.join(destroyed_name(&landlord(), 1));
            fs::rename(path.join(generation_name(&landlord(), 1)), &going).expect("renamed");
            let mut bytes = fs::read(&going).expect("read");
            let zeroed = overwritten.min(bytes.len());
            bytes[..zeroed].fill(0);
            fs::write(&going, bytes).expect("overwritten so far");
            let (again, _) = KeyFolder::open(&path).expect("the living keys are at hand");
            assert_eq!(again.generations(&landlord()), [2]);
            assert!(!going.exists());
        }
    }

    #[test]
    fn a_generation_file_renamed_to_another_landlord_is_refused() {
        let (_temp, path, folder) = made();
        folder.add_generation(&landlord()).expect("a generation");
        fs::rename(
            path.join("settle.generation-00000001"),
            path.join("other.generation-00000001"),
        )
        .expect("moved");
        assert!(matches!(KeyFolder::open(&path), Err(KeyError::Damaged(_))));
    }
}
