//! A reading as evidence: its value, who read it when and how, its flags and photos.

use leptos::prelude::*;
use shared::wire::office::ReadingRow;

use super::cells::{amount, mark_tags, state_tag};
use super::detail::{display, facts};
use super::photos::Photos;
use crate::wording::use_wording;

/// The card.
#[component]
pub(crate) fn ReadingCard(row: ReadingRow, heading: &'static str) -> impl IntoView {
    let wording = use_wording();
    let used = amount(row.consumption.as_deref(), wording.utility_unit(&row.utility));
    view! {
        <article class="card case__card" data-testid="reading-card" data-id=row.id.to_string()>
            <div class="line line--spread">
                <h3>{heading}</h3>
                {state_tag(&row, wording)}
            </div>
            {display(&row, wording)}
            {(!used.is_empty()).then(|| view! { <span class="strong number">{(wording.readings.used_amount)(&used)}</span> })}
            {mark_tags(&row, wording)}
            <dl class="facts">
                {facts(&row, wording).into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect_view()}
            </dl>
            <Photos item=row.id />
        </article>
    }
}
