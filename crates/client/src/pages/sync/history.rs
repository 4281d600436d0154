//! Earlier runs: when, why, how many, how much, how long, how it ended, and how the link was.

use leptos::prelude::*;
use shared::sync::status::{Outcome, Summary};

use crate::components::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::{Wording, locale, use_wording};

/// Runs in the document before somebody asks for all of them.
const SHOWN_AT_FIRST: usize = 10;

/// The list, newest first.
#[component]
pub(super) fn RunList() -> impl IntoView {
    let wording = use_wording();
    let history = use_runtime().history();
    let all = RwSignal::new(false);
    let rows = move || {
        let shown = if all.get() { usize::MAX } else { SHOWN_AT_FIRST };
        let history = history.read();
        if history.runs.is_empty() {
            return view! { <p class="soft">{wording.sync.history_empty}</p> }.into_any();
        }
        let rows = history
            .runs
            .iter()
            .take(shown)
            .map(|run| view! { <RunRow run=run.clone() /> })
            .collect_view();
        view! { <ul class="history">{rows}</ul> }.into_any()
    };
    view! {
        <section class="stack" data-testid="history">
            <h2>{wording.sync.history}</h2>
            {rows}
            <ShowAll all />
        </section>
    }
}

#[component]
fn ShowAll(all: RwSignal<bool>) -> impl IntoView {
    let words = use_wording().past();
    let history = use_runtime().history();
    let word = move || {
        let count = history.read().runs.len();
        let is_needed = count > SHOWN_AT_FIRST;
        is_needed.then(|| {
            if all.get() {
                words.show_fewer.to_owned()
            } else {
                (words.show_all)(count)
            }
        })
    };
    move || {
        word().map(|word| {
            view! {
                <button class="button" type="button" data-testid="all-runs" on:click=move |_| all.update(|it| *it = !*it)>
                    {word}
                </button>
            }
        })
    }
}

#[component]
fn RunRow(run: Summary) -> impl IntoView {
    let wording = use_wording();
    let (glyph, tone) = match run.outcome {
        Outcome::AllReceived | Outcome::Sent if run.failed == 0 => (Glyph::Received, "tone-ok"),
        Outcome::AllReceived | Outcome::Sent | Outcome::SomeLeft | Outcome::Stopped => {
            (Glyph::Alert, "tone-warn")
        }
        Outcome::NoConnection | Outcome::SignInPage => (Glyph::Offline, "tone-bad"),
        Outcome::SignIn | Outcome::WrongPerson | Outcome::Update | Outcome::StoreFailed => {
            (Glyph::Alert, "tone-bad")
        }
    };
    view! {
        <li class="history__row" data-testid="history-row">
            <span class=tone>
                <Icon glyph />
            </span>
            <div class="history__what">
                <p class="strong number">{(wording.sync.counts)(run.synced, run.failed)}</p>
                <p class="small">{wording.outcome(&run)}</p>
                <p class="small soft">{facts(&run, wording).join(" · ")}</p>
            </div>
        </li>
    }
}

/// Only what there is.
fn facts(run: &Summary, wording: &Wording) -> Vec<String> {
    let words = wording.past();
    let sent = (run.batches > 0).then(|| {
        let size = locale::bytes(run.bytes_sent as f64);
        format!("{size}, {}", (words.batches)(run.batches))
    });
    let link = &run.link;
    let facts = [
        Some(locale::day_time_of(run.ended_at)),
        Some(wording.why(run.why).to_owned()),
        Some((wording.sync.seconds)(&locale::seconds(
            run.ended_at.since_ms(run.started_at),
        ))),
        sent,
        (run.left > 0).then(|| (words.left)(run.left)),
        link.round_trip_ms.map(words.answered_in),
        link.upload_bytes_per_s
            .map(|speed| (words.per_second)(&locale::bytes(speed as f64))),
    ];
    facts.into_iter().flatten().collect()
}
