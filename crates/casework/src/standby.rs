//! What is held in memory while the disk has no room: rows of the door and drafts, and looks that could not be put on
//! record.
//!
//! A full disk must not sign everybody out, let nobody in, or lose what somebody has just typed. What is held here goes
//! to the disk as soon as there is room; if the program ends first it is lost, and the pages say so. Nothing is ever
//! acknowledged as saved that is only here: no fact, and no record of a look.

use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use fanlight_store::{Landlord, PutRow, Reading, RowChange, SealedRow, StoreError, Write};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

/// Rows of one table that are held at most; then the oldest gives way.
const ROWS: usize = 4_096;
/// Bytes of one table that are held at most.
const BYTES: usize = 16 * 1024 * 1024;
/// Looks that are held at most; each further one stands in the log alone.
const LOOKS: usize = 20_000;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    landlord: String,
    table: String,
    id: Vec<u8>,
}

#[derive(Clone)]
struct Held {
    order: u64,
    landlord: Landlord,
    /// The row, or nothing where it is to be deleted.
    row: Option<PutRow>,
}

impl Held {
    fn size(&self) -> usize {
        self.row.as_ref().map_or(0, |row| row.bytes.len())
    }
}

#[derive(Default)]
struct Inside {
    next: u64,
    rows: HashMap<Key, Held>,
    looks: VecDeque<(Landlord, Reading)>,
}

impl Inside {
    /// Takes a row in. Where its table holds too much, what was held first gives way.
    fn hold(&mut self, key: Key, landlord: Landlord, row: Option<PutRow>) {
        self.next += 1;
        let order = self.next;
        let table = key.table.clone();
        self.rows.insert(key, Held { order, landlord, row });
        loop {
            let of_table = self.rows.iter().filter(|(key, _)| key.table == table);
            let (count, bytes) = of_table.fold((0, 0), |(count, bytes), (_, held)| {
                (count + 1, bytes + held.size())
            });
            if count <= ROWS && bytes <= BYTES {
                return;
            }
            let of_table = self.rows.iter().filter(|(key, _)| key.table == table);
            let oldest = of_table.min_by_key(|(_, held)| held.order);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                return;
            };
            self.rows.remove(&oldest);
        }
    }
}

/// What waits for room.
#[derive(Default)]
pub(crate) struct Standby {
    inside: Mutex<Inside>,
    /// Taken alone while a held row is brought to the disk, so that one deleted meanwhile does not come back.
    bringing: tokio::sync::RwLock<()>,
}

impl Standby {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("no holder panics")
    }
}

fn no_room(error: &StoreError) -> bool {
    matches!(error, StoreError::DiskFull | StoreError::Stopped)
}

fn key(room: &Room, table: &str, id: &[u8]) -> Key {
    Key {
        landlord: room.id.0.clone(),
        table: table.to_owned(),
        id: id.to_vec(),
    }
}

impl Casework {
    /// Puts a row on disk, or holds it in memory while there is no room.
    pub(crate) async fn put_or_hold(&self, room: &Room, row: PutRow) -> Result<(), Problem> {
        let key = key(room, &row.table, &row.id);
        let _not_now = self.standby.bringing.read().await;
        match self.store.put_row(&room.label, row.clone()).await {
            Ok(()) => {
                self.standby.inside().rows.remove(&key);
                Ok(())
            }
            Err(error) if no_room(&error) => {
                self.standby.inside().hold(key, room.label.clone(), Some(row));
                Ok(())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Deletes a row, or holds in memory that it is deleted.
    pub(crate) async fn delete_or_hold(&self, room: &Room, table: &str, id: &[u8]) -> Result<(), Problem> {
        let key = key(room, table, id);
        let _not_now = self.standby.bringing.read().await;
        match self.store.delete_row(&room.label, table, id).await {
            Ok(()) => {
                self.standby.inside().rows.remove(&key);
                Ok(())
            }
            Err(error) if no_room(&error) => {
                self.standby.inside().hold(key, room.label.clone(), None);
                Ok(())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// A row as it was put last, on disk or in memory.
    pub(crate) async fn row_or_held(
        &self,
        room: &Room,
        table: &str,
        id: &[u8],
    ) -> Result<Option<SealedRow>, Problem> {
        let held = self.standby.inside().rows.get(&key(room, table, id)).cloned();
        match held {
            Some(Held { row, .. }) => Ok(row.map(|row| SealedRow {
                id: row.id,
                case: row.case,
                owner: row.owner,
                version: 0,
                sort: row.sort,
                expires_at: row.expires_at,
                bytes: row.bytes,
            })),
            None => Ok(self.store.row(&room.label, table, id).await?),
        }
    }

    /// Drops the rows of one owner that are held in memory alone.
    pub(crate) fn drop_held_of(&self, room: &Room, table: &str, owner: [u8; 16]) {
        self.standby.inside().rows.retain(|key, held| {
            let of_owner = held.row.as_ref().is_some_and(|row| row.owner == Some(owner));
            !(of_owner && key.landlord == room.id.0 && key.table == table)
        });
    }

    /// Holds a look that could not be put on record.
    pub(crate) fn hold_look(&self, room: &Room, reading: Reading) {
        let mut inside = self.standby.inside();
        if inside.looks.len() < LOOKS {
            inside.looks.push_back((room.label.clone(), reading));
        }
    }

    /// Brings to the disk what waits for room, as far as there is any. Looks first, in their order.
    pub(crate) async fn bring_held_to_disk(&self) -> Result<(), Problem> {
        let now = self.now().as_millisecond();
        while let Some((landlord, reading)) = self.first_held_look() {
            match self.store.log_read(&landlord, reading.clone(), now).await {
                Ok(()) => {}
                Err(error) if no_room(&error) => {
                    self.standby.inside().looks.push_front((landlord, reading));
                    return Ok(());
                }
                Err(other) => return Err(other.into()),
            }
        }
        let mut held: Vec<(Key, Held)> = {
            let inside = self.standby.inside();
            let all = inside.rows.iter();
            all.map(|(key, held)| (key.clone(), held.clone())).collect()
        };
        held.sort_by_key(|(_, held)| held.order);
        for (key, held) in held {
            let _alone = self.standby.bringing.write().await;
            let still = self.standby.inside().rows.get(&key).map(|now| now.order);
            if still != Some(held.order) {
                continue;
            }
            let over = held.row.as_ref().and_then(|row| row.expires_at);
            if over.is_none_or(|end| end > now) {
                let mut write = Write::new(&held.landlord, 0);
                write.rows.push(match held.row {
                    Some(row) => RowChange::Put(row),
                    None => RowChange::Delete {
                        table: key.table.clone(),
                        id: key.id.clone(),
                    },
                });
                match self.store.commit(write).await {
                    // A draft of a case that has been erased meanwhile goes with it.
                    Ok(_) | Err(StoreError::Erased { .. }) => {}
                    Err(error) if no_room(&error) => return Ok(()),
                    Err(other) => return Err(other.into()),
                }
            }
            self.standby.inside().rows.remove(&key);
        }
        Ok(())
    }

    /// Whether anything waits for room.
    pub(crate) fn holds_anything(&self) -> bool {
        let inside = self.standby.inside();
        !(inside.looks.is_empty() && inside.rows.is_empty())
    }

    fn first_held_look(&self) -> Option<(Landlord, Reading)> {
        self.standby.inside().looks.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(table: &str, id: u32, size: usize) -> (Key, PutRow) {
        let id = id.to_be_bytes();
        let key = Key {
            landlord: "settle".into(),
            table: table.into(),
            id: id.to_vec(),
        };
        (key, PutRow::new(table, &id, vec![0; size]))
    }

    #[test]
    fn what_is_held_stays_within_bounds_and_one_table_pushes_out_no_other() {
        let landlord = Landlord::new("settle").expect("a label");
        let mut inside = Inside::default();
        let (session, put) = row("session", 0, 100);
        inside.hold(session.clone(), landlord.clone(), Some(put));
        for number in 0..200 {
            let (key, put) = row("draft", number, 100 * 1024);
            inside.hold(key, landlord.clone(), Some(put));
        }
        let drafts = inside.rows.keys().filter(|key| key.table == "draft").count();
        assert!(drafts * 100 * 1024 <= BYTES, "{drafts}");
        assert!(inside.rows.contains_key(&session));
        assert!(
            inside.rows.contains_key(&row("draft", 199, 0).0),
            "the newest stay"
        );
        assert!(!inside.rows.contains_key(&row("draft", 0, 0).0));
    }
}
