//! Why an account was not made or changed.

use shared::password::PasswordFault;
use shared::wire::passkeys::PASSKEY_NAME_CHARACTERS_MAX;

use crate::auth::password::PasswordError;

/// The texts are for whoever works on the command line; what the office is told stands in `problem/account.rs`.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// No such account.
    #[error("there is no such account")]
    NotFound,
    /// The name is empty or too long.
    #[error("a name has 1 to 40 characters, such as `ana`")]
    BadName,
    /// The person's name is too long.
    #[error("a person's name has at most 80 characters")]
    BadFullName,
    /// Somebody has that name.
    #[error("there is an account `{0}` already; `meterline user set-password {0}` gives it a new password")]
    NameTaken(String),
    /// Nobody has that name.
    #[error("there is no account `{0}`; `meterline user add {0} --role ...` makes one")]
    UnknownName(String),
    /// A property that isn't in the books.
    #[error("there is no property `{code}`; known are: {known}")]
    UnknownProperty {
        /// What was asked for.
        code: String,
        /// What there is.
        known: String,
    },
    /// Without another active admin nobody could make one any more.
    #[error("this is the last active admin; make another one first")]
    LastAdmin,
    /// Only technicians work on phones.
    #[error("phones are enrolled for technicians only")]
    NotTechnician,
    /// The account may not sign in.
    #[error("the account is not active")]
    NotActive,
    /// The code was used, has run out, was taken back, or never was.
    #[error("the code is not good any more")]
    CodeNotGood,
    /// The phone was revoked.
    #[error("the phone is revoked")]
    DeviceRevoked,
    /// The present password, asked for before a new one, is another.
    #[error("the present password is another one")]
    WrongPresentPassword,
    /// This server has no public address that a passkey could be bound to.
    #[error("passkeys are off: the server has no public address by HTTPS")]
    PasskeysOff,
    /// The passkey does not let anybody in; why not is not told.
    #[error("the passkey is not good")]
    PasskeyFailed,
    /// What the browser made does not fit what it was asked for, or was asked for too long ago.
    #[error("the passkey was not taken")]
    PasskeyRefused,
    /// It is known here already.
    #[error("the passkey is known already")]
    PasskeyKnown,
    /// The person has as many as anybody may have.
    #[error("a person has at most {0} passkeys")]
    PasskeysEnough(usize),
    /// The name of a passkey is empty or too long.
    #[error("a passkey's name has 1 to {PASSKEY_NAME_CHARACTERS_MAX} characters")]
    BadPasskeyName,
    /// Too many sign-ins have begun and were not finished.
    #[error("too many passkeys are asked for at once")]
    PasskeysBusy,
    /// The password was not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

impl From<PasswordFault> for AccountError {
    fn from(fault: PasswordFault) -> Self {
        Self::Password(PasswordError::Unfit(fault))
    }
}
