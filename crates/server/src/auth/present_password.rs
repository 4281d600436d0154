//! The present password, asked for once more before something that outlives the session.

use std::net::IpAddr;

use super::Person;
use super::password::PasswordChecker;
use super::refused_sign_in::{Refused, counted, note};
use super::sign_in_limit::SignInLimit;
use crate::accounts::{self, AccountError};
use crate::problem::ApiError;
use crate::state::AppState;

/// The hash behind the present password, when `typed` is that. It may be tried as often as at the sign-in, and the tries of both
/// count together.
pub(crate) async fn check(
    app: &AppState,
    (passwords, limit): (&PasswordChecker, &SignInLimit),
    person: &Person,
    typed: String,
    address: Option<IpAddr>,
) -> Result<String, ApiError> {
    let count = limit.count(&person.name_normal, address);
    counted(app, limit, count, &person.name, address).await?;
    let credentials = accounts::credentials(&app.store, &person.name).await?;
    let present_hash = credentials.map(|it| it.password_hash);
    let right = passwords.verify(typed, present_hash.clone()).await;
    match present_hash.filter(|_| right) {
        Some(present_hash) => Ok(present_hash),
        None => {
            note(app, limit, Refused::PresentPassword, &person.name, address).await;
            Err(AccountError::WrongPresentPassword.into())
        }
    }
}
