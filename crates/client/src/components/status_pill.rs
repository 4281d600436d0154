//! The status pill: dot, word, count. It stands in every top bar and opens Sync.

use leptos::prelude::*;
use shared::sync::status::{Connection, Pause, Status, Step};

use super::notice::Tone;
use crate::runtime::use_runtime;
use crate::wording::{Wording, use_wording};

/// What the pill says, from what is known; the most pressing thing first.
pub(crate) fn pill_of(status: &Status, wording: &Wording) -> (Tone, String) {
    let pill = &wording.pill;
    let waiting = status.waiting;
    if let Some(pause) = status.paused {
        let word = match pause {
            Pause::SignIn => pill.sign_in_again,
            Pause::WrongPerson => pill.wrong_person,
            Pause::Update => pill.update,
        };
        return (Tone::Bad, word.into());
    }
    if let Some(progress) = &status.progress {
        return match progress.step {
            Step::Sending => (Tone::Info, (pill.sending)(progress.percent())),
            Step::SendingPhotos => (Tone::Info, wording.photos().step.into()),
            _ => (Tone::Info, pill.checking.into()),
        };
    }
    match status.connection {
        Connection::SignInPage => (Tone::Bad, pill.sign_in_page.into()),
        Connection::Unreachable if waiting > 0 => (Tone::Bad, (pill.offline_waiting)(waiting)),
        Connection::Unreachable if status.shelf > 0 => (Tone::Bad, (pill.attention)(status.shelf)),
        Connection::Unreachable => (Tone::Bad, pill.offline.into()),
        Connection::Unknown | Connection::Reachable => resting(status, wording),
    }
}

fn resting(status: &Status, wording: &Wording) -> (Tone, String) {
    let pill = &wording.pill;
    if status.waiting > 0 {
        (Tone::Warn, (pill.waiting)(status.waiting))
    } else if status.shelf > 0 {
        (Tone::Warn, (pill.attention)(status.shelf))
    } else if !status.missing.is_empty() {
        let missing = status
            .missing
            .iter()
            .map(|(from, to)| to.saturating_sub(*from) + 1)
            .sum();
        (Tone::Warn, (wording.past().missing)(missing))
    } else if status.all_received.is_some_and(|received| received > 0) {
        (Tone::Ok, pill.all_received.into())
    } else {
        (Tone::Ok, pill.nothing_waiting.into())
    }
}

/// The pill as a link.
#[component]
pub(crate) fn StatusPill() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let status = runtime.status();
    let pill = Memo::new(move |_| pill_of(&status.read(), wording));
    view! {
        <a
            href="/sync"
            class="pill-link"
            aria-label=move || (wording.pill.open_sync)(&pill.read().1)
            data-testid="status-pill"
            data-tone=move || pill.read().0.name()
            data-waiting=move || status.read().waiting.to_string()
        >
            <span class=move || format!("pill pill--{}", pill.read().0.name())>
                <span class="pill__dot"></span>
                {move || pill.read().1.clone()}
            </span>
        </a>
    }
}
