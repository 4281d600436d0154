//! The reading window of a month, in words: which days, and whether it is open.

use leptos::prelude::*;
use shared::reading_window::WindowState;
use shared::wire::periods::{PeriodSummary, WindowRow};

use crate::wording::{Wording, locale};

/// In a line of a table: `26–30 Nov open`; only what is open is strong.
pub(crate) fn window_cell(row: &PeriodSummary, wording: &Wording) -> impl IntoView + use<> {
    let window = row.window.clone()?;
    let state = WindowState::parse(&window.state)?;
    let tone = if state == WindowState::Open {
        "small strong tone-info"
    } else {
        "small soft"
    };
    Some(view! {
        <span class="no-wrap" data-testid="window" data-state=window.state.clone()>
            <span class="number">{days(&window)}</span>
            " "
            <span class=tone>{(wording.periods().window_state)(state)}</span>
        </span>
    })
}

/// In a sentence: `Reading window: 26–30 Nov, open`.
pub(super) fn window_words(row: &PeriodSummary, wording: &Wording) -> Option<String> {
    let window = row.window.as_ref()?;
    let words = wording.periods();
    let state = (words.window_state)(WindowState::parse(&window.state)?);
    Some(format!("{}: {}, {state}", words.window, days(window)))
}

fn days(window: &WindowRow) -> String {
    locale::days(&window.first_day, &window.last_day)
}
