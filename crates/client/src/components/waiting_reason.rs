//! Why something still waits, and when it is tried next.

use shared::sync::status::{Connection, Pause, Status};

use crate::adapters::entropy;
use crate::view_state::Settings;
use crate::wording::{Wording, locale};

/// Nothing when nothing waits or it is being sent.
pub(crate) fn waiting_reason(status: &Status, settings: &Settings, wording: &Wording) -> Option<String> {
    if status.waiting == 0 || status.progress.is_some() {
        return None;
    }
    let words = &wording.outbox;
    let now = entropy::local_now();
    let quiet_left_ms = settings
        .quiet_hours(now.offset_s)
        .map_or(0, |quiet| quiet.left_ms(now.at));
    let quiet_until = (quiet_left_ms > 0).then(|| {
        let left_ms = i64::try_from(quiet_left_ms).unwrap_or(i64::MAX);
        (wording.preferences().quiet_now)(&locale::time(now.at.plus_ms(left_ms)))
    });
    let reason = match (status.paused, status.connection) {
        (Some(Pause::SignIn), _) => return Some(words.why_sign_in.into()),
        (Some(Pause::WrongPerson), _) => return Some(words.why_wrong_person.into()),
        (Some(Pause::Update), _) => return Some(words.why_update.into()),
        (None, _) if !settings.automatic_sync => return Some(words.why_manual.into()),
        (None, _) if quiet_until.is_some() => return quiet_until,
        (None, Connection::SignInPage) => words.why_sign_in_page,
        (None, Connection::Unreachable) => words.why_no_connection,
        (None, Connection::Unknown | Connection::Reachable) => words.why_soon,
    };
    let next = status
        .next_attempt_at
        .map(|at| (words.next_try)(&locale::time(at)));
    Some(next.map_or_else(|| reason.into(), |next| format!("{reason} {next}")))
}
