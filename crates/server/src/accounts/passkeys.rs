//! Passkeys: keys on a person's devices that let people of the office in beside their password. The password stays what the
//! account hangs on: it is asked for before a passkey is added, and whoever resets it takes the passkeys away.

mod ceremony;
mod kept;
mod removal;

pub use ceremony::{Adding, begin_adding, begin_sign_in, take_adding, take_sign_in};
pub use kept::{Holder, KeptPasskey, add, find, holder, list, use_up};
pub(super) use removal::remove_in;
pub use removal::{remove_all, remove_own};

/// A person has a few devices; more would hide one that nobody remembers.
pub const PASSKEYS_MAX: usize = 10;

/// What was stored as text by this program is read again, or the books are not ours.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> sqlx::Result<T> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn written(value: &impl serde::Serialize) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}
