//! The last reading, as the dial showed it, next to the input.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts::Facts;
use crate::components::register_display::RegisterDisplay;
use crate::wording::{locale, use_wording};

/// The value and its day, or that this is the first.
#[component]
pub(super) fn Last(facts: Arc<Facts>) -> impl IntoView {
    let words = &use_wording().reading;
    let (dials, decimals) = facts.register()?;
    let latest = match &facts.row.latest {
        None => view! { <span class="soft">{words.first}</span> }.into_any(),
        Some(latest) => view! {
            <span class="form__last-when">
                <RegisterDisplay value=latest.value.clone() dials decimals large=true />
            </span>
            <span></span>
            <span class="form__last-when soft small">
                {format!("{} · {}", locale::day_time(&latest.read_at), latest.captured_by)}
            </span>
        }
        .into_any(),
    };
    Some(view! {
        <div
            class="form__last"
            data-testid="last-reading"
            data-value=facts.row.latest.as_ref().map(|latest| latest.value.clone())
        >
            <span class="field__label">{words.last}</span>
            {latest}
        </div>
    })
}
