//! Says before anybody types that this period has a value: which, when, and who.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::ItemId;

use super::facts::Facts;
use crate::components::notice::{Notice, Tone};
use crate::view_state::RowState;
use crate::wording::{locale, use_wording};

/// The notice; nothing when the meter is still to read.
#[component]
pub(super) fn Already(
    facts: Arc<Facts>,
    /// The item of this form: it does not stand in its own way.
    own: ItemId,
    editing: bool,
) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.reading;
    let round = facts
        .round
        .as_ref()
        .filter(|it| !editing && it.item != Some(own))?;
    let (read_at, who) = (round.read_at.as_deref()?, round.captured_by.as_deref()?);
    let when = locale::day_time_there(read_at);
    let text = match &round.value {
        Some(value) => (words.already_by)(&locale::decimal(value), &when, who),
        None => (words.already_skipped)(&when, who),
    };
    let mine = round
        .item
        .filter(|_| round.state == RowState::OnThisPhone)
        .map(|item| {
            view! {
                <p>{words.already_mine}</p>
                <a class="button" href=format!("/edit/{item}") data-testid="already-edit">
                    {words.already_edit}
                </a>
            }
        });
    Some(view! {
        <Notice tone=Tone::Warn test_id="already-read">
            <p class="strong">{words.already}</p>
            <p>{text}</p>
            {mine}
        </Notice>
    })
}
