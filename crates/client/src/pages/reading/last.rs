//! The last reading, as the dial showed it, next to the input.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use super::facts::Facts;
use crate::components::register_display::RegisterDisplay;
use crate::wording::{locale, use_wording};

/// The value and its day, or that this is the first.
#[component]
pub(super) fn Last(facts: Arc<Facts>) -> impl IntoView {
    let words = &use_wording().reading;
    let (dials, decimals) = facts.register()?;
    let value = facts.previous_value().to_owned();
    let (word, note) = match &facts.row.latest {
        Some(latest) => (
            words.last,
            format!(
                "{} · {}",
                locale::day_time_there(&latest.read_at),
                latest.captured_by
            ),
        ),
        None => {
            let since = facts
                .row
                .taken_over
                .as_ref()
                .map(|it| locale::day_time_there(&it.at));
            let since = since.map(|day| (use_wording().exchange().new_since)(&day));
            (words.start, since.unwrap_or_else(|| words.first.to_owned()))
        }
    };
    Some(view! {
        <div
            class="form__last"
            data-testid="last-reading"
            data-value=value.clone()
        >
            <span>
                <span class="field__label">{word}</span>
                <br />
                <span class="soft small">{note}</span>
            </span>
            <span class="form__last-when">
                <RegisterDisplay value=value.clone() dials decimals large=true />
            </span>
        </div>
    })
}

/// What a lower value lies below of.
pub(super) fn below_what(desk: Desk) -> &'static str {
    let words = &use_wording().reading;
    let was_read = desk
        .facts
        .with_value(|facts| facts.as_ref().is_some_and(|facts| facts.row.latest.is_some()));
    if was_read {
        words.below_last
    } else {
        words.below_start
    }
}
