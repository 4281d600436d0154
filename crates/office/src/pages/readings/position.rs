//! Where the phone was when the item was saved, in numbers: nothing is loaded from anybody's map.

use leptos::prelude::*;
use shared::timestamp::LocalTime;
use shared::wire::office::ReadingRow;
use shared::wire::position::WirePosition;

use crate::wording::{locale, use_wording};

const MINUTE_MS: i64 = 60_000;

/// One line of the facts; none where the item came without a position.
#[component]
pub(super) fn PositionFact(row: ReadingRow) -> impl IntoView {
    let words = &use_wording().readings;
    let position = row.position?;
    let place = format!("{}, {}", position.latitude, position.longitude);
    let within = (words.position_within)(&locale::decimal(&position.accuracy_m));
    let before = minutes_before(&position, &row.read_at).map(words.position_before);
    // The scheme is ours, whatever the numbers say: a program for maps opens it, if there is one.
    let address = format!("geo:{},{}", position.latitude, position.longitude);
    Some(view! {
        <dt>{words.position}</dt>
        <dd data-testid="position">
            <a class="number" href=address>{place}</a>
            " "
            <span class="soft">{within}</span>
            {before.map(|before| view! { <br /> <span class="soft small">{before}</span> })}
        </dd>
    })
}

/// How old it was when the item was saved, both by the phone's clock; said only when somebody may have walked on since.
fn minutes_before(position: &WirePosition, read_at: &str) -> Option<i64> {
    let fixed_at = LocalTime::parse(&position.fixed_at)?.at;
    let minutes = LocalTime::parse(read_at)?.at.since_ms(fixed_at) / MINUTE_MS;
    (minutes > 0).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn an_old_position_says_so() {
        let fixed = |fixed_at: &str| WirePosition {
            fixed_at: fixed_at.to_owned(),
            ..WirePosition::default()
        };
        let read_at = "2026-11-27T09:14:03+10:00";
        let fresh = fixed("2026-11-26T23:13:30.000Z");
        assert_eq!(minutes_before(&fresh, read_at), None);
        let old = fixed("2026-11-26T23:04:00.000Z");
        assert_eq!(minutes_before(&old, read_at), Some(10));
        assert_eq!(minutes_before(&fixed("?"), read_at), None);
    }
}
