//! What is next on the round, and how to get to it.

use leptos::prelude::*;

use crate::components::place::row_name;
use crate::runtime::use_runtime;
use crate::view_state::{Round, RoundRow, RowState};
use crate::wording::{Wording, use_wording};

/// The next unit in walking order that is still to read, with its access note.
#[component]
pub(super) fn Upcoming() -> impl IntoView {
    let wording = use_wording();
    let words = wording.scan();
    let round = use_runtime().round();
    move || {
        let round = round.get();
        let next = round.rows.iter().find(|row| row.state == RowState::ToRead);
        let text = match next {
            Some(row) => {
                let next = (words.next)(&meter_name(row, &round, wording));
                match row.point.access_note.as_str() {
                    "" => next,
                    note => format!("{next} · {note}"),
                }
            }
            None if round.rows.is_empty() => return None,
            None => words.all_read.to_owned(),
        };
        Some(view! { <p class="scan__next" data-testid="scan-next">{text}</p> })
    }
}

/// The unit, with its property where the round has several, and with the utility where the unit has several meters.
fn meter_name(row: &RoundRow, round: &Round, wording: &Wording) -> String {
    let mut name = row_name(&row.point);
    if round.properties.len() > 1 {
        name = format!("{} · {name}", row.point.property_code);
    }
    if has_several_meters(row, round) {
        name = format!("{name} · {}", wording.utility(&row.point.utility));
    }
    name
}

fn has_several_meters(row: &RoundRow, round: &Round) -> bool {
    let unit = |row: &RoundRow| {
        let point = &row.point;
        (
            point.property_code.clone(),
            point.building.clone(),
            point.unit_no.clone(),
        )
    };
    let wanted = unit(row);
    round.rows.iter().filter(|it| unit(it) == wanted).take(2).count() > 1
}
