//! Earlier runs with counts, bytes and durations.

use leptos::prelude::*;
use shared::sync::status::{Outcome, Summary};

use crate::components::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::{locale, use_wording};

/// Runs in the document; older ones are kept but nobody scrolls that far.
const SHOWN_MAX: usize = 30;

/// The list, newest first.
#[component]
pub(super) fn History() -> impl IntoView {
    let wording = use_wording();
    let history = use_runtime().history();
    let rows = move || {
        let history = history.read();
        if history.is_empty() {
            return view! { <p class="soft">{wording.sync.history_empty}</p> }.into_any();
        }
        let rows = history
            .iter()
            .take(SHOWN_MAX)
            .map(|run| view! { <HistoryRow run=run.clone() /> })
            .collect_view();
        view! { <ul class="history">{rows}</ul> }.into_any()
    };
    view! {
        <section class="stack" data-testid="history">
            <h2>{wording.sync.history}</h2>
            {rows}
        </section>
    }
}

#[component]
fn HistoryRow(run: Summary) -> impl IntoView {
    let wording = use_wording();
    let (glyph, tone) = match run.outcome {
        Outcome::AllReceived | Outcome::Sent if run.failed == 0 => (Glyph::Received, "tone-ok"),
        Outcome::AllReceived | Outcome::Sent | Outcome::SomeLeft => (Glyph::Alert, "tone-warn"),
        Outcome::NoConnection | Outcome::SignInPage => (Glyph::Offline, "tone-bad"),
        Outcome::SignIn | Outcome::WrongPerson | Outcome::Update | Outcome::StoreFailed => {
            (Glyph::Alert, "tone-bad")
        }
    };
    let how = if run.manual {
        wording.sync.manual
    } else {
        wording.sync.auto
    };
    let duration = (wording.sync.seconds)(&locale::seconds(run.ended_at.since_ms(run.started_at)));
    let size = (run.batches > 0).then(|| locale::bytes(run.bytes_sent as f64));
    let facts: Vec<String> = [
        Some(locale::day_time_of(run.ended_at)),
        Some(how.to_owned()),
        Some(duration),
        size,
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <li class="history__row" data-testid="history-row">
            <span class=tone>
                <Icon glyph />
            </span>
            <div class="history__what">
                <p class="strong number">{(wording.sync.counts)(run.synced, run.failed)}</p>
                <p class="small">{wording.outcome(&run)}</p>
                <p class="small soft">{facts.join(" · ")}</p>
            </div>
        </li>
    }
}
