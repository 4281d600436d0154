//! What of the round is shown.

use leptos::prelude::*;

use crate::runtime::round::is_visited;
use crate::runtime::use_runtime;
use crate::view_state::{Round, RoundFilter, RoundRow};
use crate::wording::{Wording, use_wording};

/// All of them, in the order of their chips.
const FILTERS: [RoundFilter; 6] = [
    RoundFilter::All,
    RoundFilter::ToRead,
    RoundFilter::Read,
    RoundFilter::NotRead,
    RoundFilter::Again,
    RoundFilter::Hazard,
];

/// Whether a row is shown.
pub(super) fn fits(row: &RoundRow, filter: RoundFilter) -> bool {
    match filter {
        RoundFilter::All => true,
        RoundFilter::ToRead => !is_visited(row),
        RoundFilter::Read => is_visited(row) && row.skip_reason.is_none(),
        RoundFilter::NotRead => is_visited(row) && row.skip_reason.is_some(),
        RoundFilter::Again => !is_visited(row) && row.point.reread.is_some(),
        RoundFilter::Hazard => !row.point.hazard.is_empty(),
    }
}

/// Rows of each filter.
fn counts_of(round: &Round) -> [usize; FILTERS.len()] {
    FILTERS.map(|filter| round.rows.iter().filter(|row| fits(row, filter)).count())
}

/// A chip for each filter that shows something, and for the one that is chosen.
#[component]
pub(super) fn Filters() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let (round, chosen) = (runtime.round(), runtime.round_filter());
    let counts = Memo::new(move |_| counts_of(&round.read()));
    let chip = move |at: usize, filter: RoundFilter| {
        let count = move || counts.read()[at];
        let always = matches!(filter, RoundFilter::All | RoundFilter::ToRead | RoundFilter::Read);
        view! {
            <button
                class="chip"
                type="button"
                hidden=move || !always && count() == 0 && chosen.get() != filter
                aria-pressed=move || (chosen.get() == filter).to_string()
                data-testid=format!("show-{}", name_of(filter))
                on:click=move |_| chosen.set(filter)
            >
                {move || word_of(filter, count(), wording)}
            </button>
        }
    };
    let chips = FILTERS.into_iter().enumerate();
    view! {
        <div class="chips chips--line" role="group" aria-label=wording.walk().filters>
            {chips.map(|(at, filter)| chip(at, filter)).collect_view()}
        </div>
    }
}

fn word_of(filter: RoundFilter, count: usize, wording: &Wording) -> String {
    let words = wording.walk();
    match filter {
        RoundFilter::All => (wording.round.all)(count),
        RoundFilter::ToRead => (wording.round.to_read)(count),
        RoundFilter::Read => (words.read)(count),
        RoundFilter::NotRead => (words.not_readable)(count),
        RoundFilter::Again => (words.again)(count),
        RoundFilter::Hazard => (words.hazards)(count),
    }
}

fn name_of(filter: RoundFilter) -> &'static str {
    match filter {
        RoundFilter::All => "all",
        RoundFilter::ToRead => "open",
        RoundFilter::Read => "read",
        RoundFilter::NotRead => "not-read",
        RoundFilter::Again => "again",
        RoundFilter::Hazard => "hazard",
    }
}
