//! The thread that writes. All that waits goes into one transaction, each write behind a savepoint of its own, and
//! nobody is answered before the transaction is on disk.
//!
//! After a failure of the disk it acknowledges nothing more: a page that could not be synced may be lost although a
//! second attempt seems to succeed. A full disk is no such failure.

use super::reserve::Reserve;
use super::{apply, is_fatal, trouble};
use crate::backend::{PlannedWrite, Purpose, Written};
use crate::error::StoreError;
use rusqlite::Connection;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// How many writes share a transaction at most.
const GROUP: usize = 256;
/// After how many writes the log is brought into the database.
const CHECKPOINT: usize = 500;

type Answer = oneshot::Sender<Result<Written, StoreError>>;
type Waiting = Vec<(PlannedWrite, Answer)>;

/// Something for the writer to do.
pub(super) enum Job {
    /// A write.
    Write(PlannedWrite, Answer),
    /// Something outside a group; says whether the writer must stop.
    Alone(Box<dyn FnOnce(&Connection) -> bool + Send>),
}

/// The way to the writer. Dropping it lets the thread finish what waits, and end.
pub(super) struct Writer {
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, reserve: Arc<Reserve>) -> Result<Writer, StoreError> {
        let (queue, jobs) = mpsc::channel();
        let mut state = State {
            connection,
            reserve,
            stopped: false,
            since_checkpoint: 0,
        };
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || state.work(&jobs))
            .map_err(|source| StoreError::disk("starting the writer", source))?;
        Ok(Writer {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    pub(super) fn send(&self, job: Job) -> Result<(), StoreError> {
        let queue = self.queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(job).map_err(|_| StoreError::Stopped)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct State {
    connection: Connection,
    reserve: Arc<Reserve>,
    stopped: bool,
    since_checkpoint: usize,
}

impl State {
    fn work(&mut self, jobs: &mpsc::Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut waiting = Waiting::new();
            let mut next = Some(first);
            while let Some(job) = next {
                match job {
                    Job::Write(write, answer) => waiting.push((write, answer)),
                    Job::Alone(act) => {
                        self.group(std::mem::take(&mut waiting));
                        if !self.stopped {
                            self.stopped = act(&self.connection);
                        }
                    }
                }
                next = if waiting.len() < GROUP {
                    jobs.try_recv().ok()
                } else {
                    None
                };
            }
            self.group(waiting);
            self.checkpoint_sometimes();
        }
    }

    /// Puts a group through, and answers it.
    fn group(&mut self, mut waiting: Waiting) {
        if !self.reserve.refill() {
            waiting = refuse(
                waiting,
                |purpose| purpose == Purpose::Ordinary,
                || StoreError::DiskFull,
            );
        }
        while !waiting.is_empty() {
            if self.stopped {
                refuse(waiting, |_| true, || StoreError::Stopped);
                return;
            }
            self.since_checkpoint += waiting.len();
            match self.transaction(&mut waiting) {
                Ok(results) => {
                    for ((_, answer), result) in waiting.into_iter().zip(results) {
                        let _ = answer.send(result);
                    }
                    return;
                }
                Err(StoreError::DiskFull) => waiting = self.make_room(waiting),
                Err(_) => self.stopped = true,
            }
        }
    }

    /// The disk is full: what is set aside goes to what it is for, once, and nothing else is written.
    fn make_room(&self, waiting: Waiting) -> Waiting {
        let left = refuse(
            waiting,
            |purpose| purpose == Purpose::Ordinary,
            || StoreError::DiskFull,
        );
        if left.is_empty() {
            return left;
        }
        match self.reserve.state() {
            super::ReserveState::Whole => {
                self.reserve.release();
                left
            }
            super::ReserveState::Spent => refuse(left, |_| true, || StoreError::DiskFull),
        }
    }

    /// One transaction. An error means that nothing of it was kept.
    fn transaction(&self, waiting: &mut Waiting) -> Result<Vec<Result<Written, StoreError>>, StoreError> {
        let doing = "writing a group";
        let connection = &self.connection;
        let run = |sql: &str| {
            connection
                .prepare_cached(sql)
                .and_then(|mut s| s.execute([]))
                .map_err(trouble(doing))
        };
        let mut all = || {
            let mut results = Vec::with_capacity(waiting.len());
            run("BEGIN IMMEDIATE")?;
            for (write, _) in waiting.iter_mut() {
                run("SAVEPOINT one")?;
                let result = apply::write(connection, write);
                match &result {
                    Ok(_) => {}
                    Err(StoreError::DiskFull) => return Err(StoreError::DiskFull),
                    Err(error) if is_fatal(error) => return Err(StoreError::Stopped),
                    Err(_) => {
                        run("ROLLBACK TO one")?;
                    }
                }
                run("RELEASE one")?;
                results.push(result);
            }
            run("COMMIT")?;
            Ok(results)
        };
        let done = all();
        if done.is_err() && !connection.is_autocommit() && connection.execute_batch("ROLLBACK").is_err() {
            return Err(StoreError::Stopped);
        }
        done
    }

    /// SQLite's own checkpoints keep quiet about failures, so they are made here.
    fn checkpoint_sometimes(&mut self) {
        // On a full disk the log is brought in after each group, so that its space can be used again.
        let often = self.reserve.state() == super::ReserveState::Spent;
        if self.stopped || (self.since_checkpoint < CHECKPOINT && !often) {
            return;
        }
        self.since_checkpoint = 0;
        let done = self
            .connection
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        // With a full disk the log is kept, and nothing is lost.
        self.stopped = done
            .map_err(trouble("bringing in the log"))
            .is_err_and(|error| is_fatal(&error));
    }
}

/// Answers those that are not to be written, and gives back the others.
fn refuse(waiting: Waiting, which: impl Fn(Purpose) -> bool, why: impl Fn() -> StoreError) -> Waiting {
    let mut left = Waiting::new();
    for (write, answer) in waiting {
        if which(write.purpose) {
            let _ = answer.send(Err(why()));
        } else {
            left.push((write, answer));
        }
    }
    left
}
