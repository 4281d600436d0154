//! Passwords: argon2id, a few at a time, and the same work for a name that nobody has.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use shared::password::{NewPassword, PASSWORD_BYTES_MAX, PASSWORD_CHARACTERS_MIN, PasswordFault};
use tokio::sync::Semaphore;

/// Each hash takes 19 MiB and a core; more at once would only slow each other and crowd out readings.
const HASHES_AT_ONCE_MAX: usize = 2;

/// Why a password was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// It may not be set.
    #[error("{}", unfit(*.0))]
    Unfit(PasswordFault),
    /// The hash could not be made.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// Checks and makes password hashes off the async threads.
#[derive(Clone)]
pub struct PasswordChecker {
    turns: Arc<Semaphore>,
    /// Compared with when the name is unknown, so that the answer takes as long as for a known one.
    nobody_hash: Arc<str>,
}

impl PasswordChecker {
    /// Makes the hash of nobody once.
    pub fn new() -> Result<Self, PasswordError> {
        let random: [u8; 32] = rand::random();
        Ok(Self {
            turns: Arc::new(Semaphore::new(HASHES_AT_ONCE_MAX)),
            nobody_hash: hash_bytes(&random)?.into(),
        })
    }

    /// Whether `password` is the one behind `stored_hash`; `None` takes as long and is never right.
    pub async fn verify(&self, password: String, stored_hash: Option<String>) -> bool {
        let Ok(_turn) = self.turns.acquire().await else {
            return false;
        };
        let nobody_hash = Arc::clone(&self.nobody_hash);
        let verified = tokio::task::spawn_blocking(move || {
            let known = stored_hash.is_some();
            let hash = stored_hash.unwrap_or_else(|| nobody_hash.to_string());
            // An over-long password is cut, not refused early: that, too, would tell names by their time.
            let bytes = password
                .as_bytes()
                .get(..PASSWORD_BYTES_MAX)
                .unwrap_or(password.as_bytes());
            let fits = password.len() <= PASSWORD_BYTES_MAX;
            let Ok(parsed) = PasswordHash::new(&hash) else {
                return false;
            };
            Argon2::default().verify_password(bytes, &parsed).is_ok() && known && fits
        });
        verified.await.unwrap_or(false)
    }

    /// The hash to store for a new password.
    pub async fn hash(&self, password: NewPassword) -> Result<String, PasswordError> {
        let failed = |error: &dyn std::fmt::Display| PasswordError::Hash(error.to_string());
        let _turn = self.turns.acquire().await.map_err(|error| failed(&error))?;
        let hashed = tokio::task::spawn_blocking(move || hash_bytes(password.as_str().as_bytes()));
        hashed.await.map_err(|error| failed(&error))?
    }
}

/// The hash to store for a new password.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let password = NewPassword::parse(password).map_err(PasswordError::Unfit)?;
    hash_bytes(password.as_str().as_bytes())
}

fn unfit(fault: PasswordFault) -> String {
    match fault {
        PasswordFault::TooShort => {
            format!("the password is too short: take at least {PASSWORD_CHARACTERS_MIN} characters")
        }
        PasswordFault::TooLong => {
            format!("the password is too long: take at most {PASSWORD_BYTES_MAX} bytes")
        }
        PasswordFault::Same => "the new password is the present one: take another".into(),
    }
}

fn hash_bytes(password: &[u8]) -> Result<String, PasswordError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password)
        .map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_hash_is_argon2id() {
        assert!(hash("walk-the-block").unwrap().starts_with("$argon2id$"));
    }

    #[test]
    fn short_passwords_are_refused_with_what_would_be_right() {
        let error = hash("short").unwrap_err();
        assert_eq!(error, PasswordError::Unfit(PasswordFault::TooShort));
        assert!(error.to_string().contains("at least 10"));
    }

    #[tokio::test]
    async fn only_the_right_password_of_a_known_name_is_right() {
        let checker = PasswordChecker::new().unwrap();
        let stored = hash("walk-the-block").unwrap();
        assert!(
            checker
                .verify("walk-the-block".into(), Some(stored.clone()))
                .await
        );
        assert!(!checker.verify("walk-the-blocks".into(), Some(stored)).await);
        assert!(!checker.verify("walk-the-block".into(), None).await);
    }
}
