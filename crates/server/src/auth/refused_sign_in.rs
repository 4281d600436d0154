//! What the audit is told of attempts that were refused: enough to see that somebody guesses, never so much that guessing
//! fills the books, and never what was typed, as people type passwords in the wrong field.

use std::net::IpAddr;

use serde_json::json;

use super::sign_in_limit::SignInLimit;
use crate::accounts;
use crate::audit::AuditEntry;
use crate::problem::ApiError;
use crate::state::AppState;

/// Who acts when nobody signed in.
const NOBODY: &str = "nobody";

/// Why it was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The password is not that of this name, or nobody active has the name.
    SignIn,
    /// Too many attempts, for a name or from an address.
    TooOften,
    /// A phone's code that was used before, has run out or never was.
    EnrolmentCode,
    /// The present password, asked for before a new one, was wrong.
    PresentPassword,
    /// A passkey that is not known here any more, or an answer that does not fit what was asked.
    Passkey,
    /// A passkey that counts behind itself: there may be a copy of it.
    PasskeyCopy,
}

impl Refused {
    const fn action(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in_failed",
            Self::TooOften => "sign_in_limited",
            Self::EnrolmentCode => "enrolment_failed",
            Self::PresentPassword => "password_check_failed",
            Self::Passkey => "passkey_failed",
            Self::PasskeyCopy => "passkey_copied",
        }
    }
}

/// Passes on how a try was counted; that it was one too many is told to the audit.
pub(crate) async fn counted(
    app: &AppState,
    limit: &SignInLimit,
    count: Result<(), ApiError>,
    typed_name: &str,
    address: Option<IpAddr>,
) -> Result<(), ApiError> {
    if count.is_err() {
        note(app, limit, Refused::TooOften, typed_name, address).await;
    }
    count
}

/// Adds a line unless there were many of its kind of late. The answer to the caller does not wait for the books to be well.
pub(crate) async fn note(
    app: &AppState,
    limit: &SignInLimit,
    why: Refused,
    typed_name: &str,
    address: Option<IpAddr>,
) {
    if let Err(error) = try_note(app, limit, why, typed_name, address).await {
        tracing::error!(%error, "a refused sign-in is not in the audit");
    }
}

async fn try_note(
    app: &AppState,
    limit: &SignInLimit,
    why: Refused,
    typed_name: &str,
    address: Option<IpAddr>,
) -> sqlx::Result<()> {
    // Of those that are refused for their number nothing is looked up before it is known to be worth it.
    if why == Refused::TooOften && !limit.is_worth_noting(why.action()) {
        return Ok(());
    }
    let known = accounts::stored_name(&app.store, typed_name).await?;
    // All unknown names share one allowance: there is no end to them.
    let key = format!("{} {}", why.action(), known.as_deref().unwrap_or_default());
    if why != Refused::TooOften && !limit.is_worth_noting(&key) {
        return Ok(());
    }
    let entry = AuditEntry {
        at: app.clock.now(),
        actor: NOBODY.into(),
        action: why.action(),
        subject: known.unwrap_or_else(|| "unknown name".into()),
        detail: json!({ "address": address.map(|it| it.to_string()) }),
    };
    entry.note(&app.store).await
}
