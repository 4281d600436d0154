//! What is next on the round, and how to get to it.

use leptos::prelude::*;

use crate::components::hazard::HazardWord;
use crate::components::place::name_on_round;
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The next unit behind the one that was read last, with its hazard and its access note.
#[component]
pub(super) fn Upcoming() -> impl IntoView {
    let wording = use_wording();
    let words = wording.scan();
    let round = use_runtime().round();
    move || {
        let round = round.get();
        let next = round.next.and_then(|at| round.rows.get(at));
        let text = match next {
            Some(row) => {
                let next = (words.next)(&name_on_round(row, &round, wording));
                match row.point.access_note.as_str() {
                    "" => next,
                    note => format!("{next} · {note}"),
                }
            }
            None if round.rows.is_empty() => return None,
            None => words.all_read.to_owned(),
        };
        let hazard = next
            .map(|row| row.point.hazard.clone())
            .filter(|it| !it.is_empty());
        Some(view! {
            {hazard.map(|hazard| view! { <p class="scan__hazard"><HazardWord hazard /></p> })}
            <p class="scan__next" data-testid="scan-next">{text}</p>
        })
    }
}
