//! Disk space set aside, so that reads, and what cannot wait, can go on being recorded when the disk is full.

use crate::keys::fill_random;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the space is still there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReserveState {
    /// It is there.
    Whole,
    /// It has been given up to what it is for, and nothing else is written until it can be set aside again.
    Spent,
}

/// A file that holds the space.
pub(crate) struct Reserve {
    path: PathBuf,
    size: u64,
    whole: AtomicBool,
}

impl Reserve {
    /// Sets the space aside if the disk has it.
    pub(super) fn at(path: PathBuf, size: u64) -> Reserve {
        let reserve = Reserve {
            path,
            size,
            whole: AtomicBool::new(false),
        };
        reserve.refill();
        reserve
    }

    pub(crate) fn state(&self) -> ReserveState {
        if self.whole.load(Ordering::Acquire) {
            ReserveState::Whole
        } else {
            ReserveState::Spent
        }
    }

    /// Gives the space up.
    pub(super) fn release(&self) {
        self.whole.store(false, Ordering::Release);
        // If the file cannot be removed there is no more space than before, and the write is refused as it would be.
        let _ = fs::remove_file(&self.path);
    }

    /// Tries to set the space aside again, and says whether it is there.
    pub(super) fn refill(&self) -> bool {
        if self.state() == ReserveState::Spent {
            let there = fs::metadata(&self.path).is_ok_and(|file| file.len() == self.size);
            if there || self.fill().is_ok() {
                self.whole.store(true, Ordering::Release);
            } else {
                let _ = fs::remove_file(&self.path);
            }
        }
        self.state() == ReserveState::Whole
    }

    /// Random bytes, so that no file system can hold them in less space than they take.
    fn fill(&self) -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&self.path)?;
        let mut block = vec![0; 256 * 1024];
        let mut left = self.size;
        while left > 0 {
            fill_random(&mut block).map_err(io::Error::other)?;
            let now = left.min(block.len() as u64);
            file.write_all(&block[..now as usize])?;
            left -= now;
        }
        file.sync_all()
    }
}
