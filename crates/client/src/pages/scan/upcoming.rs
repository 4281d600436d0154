//! What is next on the round, and how to get to it.

use leptos::prelude::*;

use crate::runtime::use_runtime;
use crate::view_state::RowState;
use crate::wording::use_wording;

/// The next unit in walking order that is still to read, with its access note.
#[component]
pub(super) fn Upcoming() -> impl IntoView {
    let words = use_wording().scan();
    let round = use_runtime().round();
    move || {
        let round = round.get();
        let next = round.rows.iter().find(|row| row.state == RowState::ToRead);
        let text = match next {
            Some(row) if row.point.access_note.is_empty() => (words.next)(&row.point.unit_no),
            Some(row) => format!("{} · {}", (words.next)(&row.point.unit_no), row.point.access_note),
            None if round.rows.is_empty() => return None,
            None => words.all_read.to_owned(),
        };
        Some(view! { <p class="scan__next" data-testid="scan-next">{text}</p> })
    }
}
