//! What the office, or a person, is told when an account was not made or changed.

use axum::http::StatusCode;

use super::ApiError;
use super::face::{Face, database_face, face, internal_face};
use crate::accounts::AccountError;
use crate::auth::password::PasswordError;

pub(super) fn account_face(error: &AccountError) -> Face {
    let unfit =
        |code, title, detail: String| Face::new(StatusCode::UNPROCESSABLE_ENTITY, code, title, detail);
    match error {
        AccountError::NotFound => ApiError::NotFound.face(),
        AccountError::DeviceRevoked => ApiError::DeviceRevoked.face(),
        AccountError::Database(error) => database_face(error),
        AccountError::Password(PasswordError::Hash(_)) => internal_face(),
        AccountError::Password(PasswordError::Unfit(fault)) => {
            unfit(fault.name(), "The password is not taken", format!("{error}."))
        }
        AccountError::BadName => unfit("bad_name", "The name is not taken", format!("{error}.")),
        AccountError::BadFullName => unfit("bad_full_name", "The name is not taken", format!("{error}.")),
        AccountError::UnknownProperty { code, .. } => unfit(
            "unknown_property",
            "There is no such property",
            format!("No property has the code `{code}`."),
        ),
        AccountError::NameTaken(_) => face(
            StatusCode::CONFLICT,
            "name_taken",
            "Somebody has that name",
            "Names to sign in with are never given twice. Take another.",
        ),
        AccountError::UnknownName(_) => ApiError::NotFound.face(),
        AccountError::LastAdmin => face(
            StatusCode::CONFLICT,
            "last_admin",
            "This is the last active admin",
            "Make somebody else an admin first.",
        ),
        AccountError::NotTechnician => face(
            StatusCode::CONFLICT,
            "not_technician",
            "Phones are for technicians",
            "Only for technicians a phone can be enrolled.",
        ),
        AccountError::NotActive => face(
            StatusCode::CONFLICT,
            "not_active",
            "The account is not active",
            "Make it active first.",
        ),
        AccountError::CodeNotGood => face(
            StatusCode::GONE,
            "code_not_good",
            "The code is not good any more",
            "A code is good once and for 15 minutes. Ask for a new one.",
        ),
        AccountError::PasskeysOff | AccountError::PasskeyFailed => passkey_door_face(error),
        AccountError::PasskeyRefused => face(
            StatusCode::UNPROCESSABLE_ENTITY,
            "passkey_refused",
            "The passkey is not taken",
            "Begin again: what was asked for is good for five minutes, and once.",
        ),
        AccountError::PasskeyKnown => face(
            StatusCode::CONFLICT,
            "passkey_known",
            "The passkey is known already",
            "One passkey belongs to one account.",
        ),
        AccountError::PasskeysEnough(_) => Face::new(
            StatusCode::CONFLICT,
            "passkeys_enough",
            "There are enough passkeys",
            format!("{error}. Remove one first."),
        ),
        AccountError::BadPasskeyName => {
            unfit("bad_passkey_name", "The name is not taken", format!("{error}."))
        }
        AccountError::PasskeysBusy => {
            ApiError::Unavailable("Too many people sign in at once. Try again, or use the password.").face()
        }
        AccountError::WrongPresentPassword => face(
            StatusCode::UNPROCESSABLE_ENTITY,
            "present_password_wrong",
            "The present password is another one",
            "Type the password that you signed in with.",
        ),
    }
}

/// What somebody is told who does not come in by a passkey: whether it was ever known, and whose, is not told.
fn passkey_door_face(error: &AccountError) -> Face {
    match error {
        AccountError::PasskeysOff => face(
            StatusCode::NOT_FOUND,
            "passkeys_off",
            "This server has no passkeys",
            "Start it with a --public-url by HTTPS, under a name.",
        ),
        _ => face(
            StatusCode::UNAUTHORIZED,
            "passkey_failed",
            "The passkey does not let you in",
            "Try again, or sign in with name and password.",
        ),
    }
}
