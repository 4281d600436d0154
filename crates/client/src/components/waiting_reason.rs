//! Why something still waits, and when it is tried next.

use shared::sync::status::{Connection, Pause, Status};

use crate::wording::{Wording, locale};

/// Nothing when nothing waits or it is being sent.
pub(crate) fn waiting_reason(status: &Status, automatic: bool, wording: &Wording) -> Option<String> {
    if status.waiting == 0 || status.progress.is_some() {
        return None;
    }
    let words = &wording.outbox;
    let reason = match (status.paused, status.connection) {
        (Some(Pause::SignIn), _) => return Some(words.why_sign_in.into()),
        (Some(Pause::WrongPerson), _) => return Some(words.why_wrong_person.into()),
        (Some(Pause::Update), _) => return Some(words.why_update.into()),
        (None, _) if !automatic => return Some(words.why_manual.into()),
        (None, Connection::SignInPage) => words.why_sign_in_page,
        (None, Connection::Unreachable) => words.why_no_connection,
        (None, Connection::Unknown | Connection::Reachable) => words.why_soon,
    };
    let next = status
        .next_attempt_at
        .map(|at| (words.next_try)(&locale::time(at)));
    Some(next.map_or_else(|| reason.into(), |next| format!("{reason} {next}")))
}
