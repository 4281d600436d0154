//! What is wrong with a phone, and what the office can do about it.

use leptos::prelude::*;
use shared::wire::devices::{DeviceRow, DeviceWarning};

use crate::wording::{locale, use_wording};
use ui::address::encode;
use ui::components::notice::{Notice, Tone};

/// Stands below the phone's row.
#[component]
pub(super) fn Advice(row: DeviceRow) -> impl IntoView {
    let words = use_wording().phones();
    let revoked = row
        .revoked_at
        .is_some()
        .then(|| view! { <Revoked person=row.username.clone() /> });
    let warning = match row.warning {
        DeviceWarning::None => None,
        DeviceWarning::OldReadings => {
            let since = row
                .oldest_read_at
                .as_deref()
                .map(locale::day_time_here)
                .unwrap_or_default();
            let text = (words.old_advice)(&row.username, &since);
            Some(view! { <Notice tone=Tone::Warn test_id="old-readings">{text}</Notice> }.into_any())
        }
        DeviceWarning::Gaps => Some(view! { <Gaps row /> }.into_any()),
    };
    view! { <div class="stack">{warning} {revoked}</div> }
}

/// What it sent since then waits for a decision.
#[component]
fn Revoked(person: String) -> impl IntoView {
    let words = use_wording().phones();
    let look = format!("/office/readings?state=held&technician={}", encode(&person));
    view! {
        <Notice tone=Tone::Info test_id="revoked-advice">
            <p>{words.revoked_advice}</p>
            <p>
                <a href=look>{(words.revoked_look)(&person)}</a>
            </p>
        </Notice>
    }
}

#[component]
fn Gaps(row: DeviceRow) -> impl IntoView {
    let wording = use_wording();
    let words = wording.phones();
    let numbers = wording.reading_numbers(&row.missing);
    let what = if row.waiting == 0 {
        (words.gaps_lost)(&numbers)
    } else {
        (words.gaps_some_waiting)(&numbers, row.waiting)
    };
    let look = format!("/office/readings?technician={}", encode(&row.username));
    view! {
        <Notice tone=Tone::Bad test_id="gaps">
            <p class="strong" data-testid="gaps-what">{what}</p>
            <p>{(words.gaps_advice)(&row.username)}</p>
            <p>
                <a href=look>{words.gaps_look}</a>
            </p>
        </Notice>
    }
}
