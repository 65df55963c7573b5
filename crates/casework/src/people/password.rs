//! Passwords: Argon2id with 64 MiB, at most two at once, the rest waiting their turn.
//!
//! Two at once keeps a crowd at the door from taking the memory of those inside. A name that nobody has costs as
//! much as one that somebody has, so that the door does not tell who works here.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (64 * 1024, 3, 1);
/// How many are worked on at once.
const AT_ONCE: usize = 2;
/// The shortest password that is taken (Cyber Essentials: at least twelve, no rules of composition, no expiry).
pub const SHORTEST: usize = 12;
/// The longest, so that nobody makes the door hash a book.
pub const LONGEST: usize = 256;

/// A password as somebody typed it: wiped when dropped, never shown.
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes what was typed.
    pub fn new(typed: String) -> Self {
        Password(Zeroizing::new(typed))
    }

    /// Whether it is the same as another that was typed in the same form.
    pub(crate) fn is(&self, other: &Password) -> bool {
        *self.0 == *other.0
    }

    /// Whether it is long enough and short enough to be set, in characters.
    pub fn can_be_set(&self) -> Result<(), &'static str> {
        let length = self.0.chars().count();
        if length < SHORTEST {
            return Err(
                "Choose a password of at least 12 characters. Three words that do not belong together are good.",
            );
        }
        if length > LONGEST {
            return Err("Choose a password of at most 256 characters.");
        }
        if COMMON.contains(&self.0.to_lowercase().as_str()) {
            return Err("That password is on lists that attackers try first. Choose another.");
        }
        Ok(())
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[withheld]")
    }
}

/// Twelve characters and more that attackers try first.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "passwordpassword",
    "password1234",
    "password12345",
    "qwertyuiop12",
    "qwertyuiopasdf",
    "adminadminadmin",
    "welcome12345",
    "letmein12345",
    "iloveyou1234",
    "abcdefghijkl",
    "aaaaaaaaaaaa",
    "111111111111",
    "000000000000",
    "changeme1234",
    "domesticabuse",
    "housing12345",
];

/// A hash as it is kept, in the PHC form.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Hash(String);

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[withheld]")
    }
}

/// The queue before the hashing.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    nobody: Nobody,
}

/// The hash against which the passwords of nobody are checked.
#[derive(Clone)]
struct Nobody {
    salt: [u8; 16],
    hash: Arc<OnceLock<Hash>>,
}

impl Nobody {
    fn hash(&self) -> Hash {
        self.hash
            .get_or_init(|| make(b"there is nobody by this name", &self.salt))
            .clone()
    }
}

impl Passwords {
    /// Makes the queue. The hash of nobody is made beside it, so that the first page waits for nothing.
    pub fn new(salt: [u8; 16]) -> Self {
        let nobody = Nobody {
            salt,
            hash: Arc::new(OnceLock::new()),
        };
        let beside = nobody.clone();
        // Where no thread can be had, whoever comes first makes it.
        let _ = std::thread::Builder::new()
            .name("nobody's password".into())
            .spawn(move || beside.hash());
        Passwords {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobody,
        }
    }

    /// Hashes a password, in its turn. `salt` is fresh.
    pub async fn hash(&self, password: Password, salt: [u8; 16]) -> Hash {
        self.in_turn(move || make(password.0.as_bytes(), &salt)).await
    }

    /// Whether a password fits, in its turn. With no hash there is nobody, and it takes as long.
    pub async fn fits(&self, password: Password, hash: Option<Hash>) -> bool {
        let (against, nobody) = (hash.clone(), self.nobody.clone());
        let fits = self
            .in_turn(move || {
                let against = against.unwrap_or_else(|| nobody.hash());
                PasswordHash::new(&against.0)
                    .is_ok_and(|hash| cost().verify_password(password.0.as_bytes(), &hash).is_ok())
            })
            .await;
        fits && hash.is_some()
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _turn = self.turns.acquire().await.expect("the queue is never closed");
        tokio::task::spawn_blocking(work)
            .await
            .expect("hashing does not panic")
    }
}

fn cost() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("the cost is within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn make(password: &[u8], salt: &[u8; 16]) -> Hash {
    let hash: PasswordHash = cost()
        .hash_password_with_salt(password, salt)
        .expect("a salt of sixteen bytes is within limits");
    Hash(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_alone() {
        let passwords = Passwords::new([1; 16]);
        let hash = passwords
            .hash(Password::new("green kettle monday".into()), [2; 16])
            .await;
        assert!(hash.0.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
        assert!(
            passwords
                .fits(Password::new("green kettle monday".into()), Some(hash.clone()))
                .await
        );
        assert!(
            !passwords
                .fits(Password::new("green kettle mondax".into()), Some(hash))
                .await
        );
    }

    #[tokio::test]
    async fn nobody_has_no_password_at_all() {
        let passwords = Passwords::new([1; 16]);
        assert!(
            !passwords
                .fits(Password::new("there is nobody by this name".into()), None)
                .await
        );
    }

    #[test]
    fn short_and_common_passwords_are_refused_with_advice() {
        for (typed, takes) in [
            ("short", false),
            ("password1234", false),
            ("green kettle monday", true),
        ] {
            assert_eq!(Password::new(typed.into()).can_be_set().is_ok(), takes, "{typed}");
        }
    }
}
