//! Says before anybody types that there is a value where there can be only one: which, when, and who.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use shared::id::ItemId;
use shared::names::Kind;

use super::desk::Desk;
use super::facts::{Facts, kind_of};
use crate::components::notice::{Notice, Tone};
use crate::runtime::queue::MoveReading;
use crate::view_state::RowState;
use crate::wording::{locale, use_wording};

/// The notice that goes with the kind of the reading; nothing when the meter is still to read.
#[component]
pub(super) fn Already(
    desk: Desk,
    facts: Arc<Facts>,
    /// The item of this form: it does not stand in its own way.
    own: ItemId,
) -> impl IntoView {
    let kind = Memo::new(move |_| kind_of(&desk.form.read()));
    move || match kind.get() {
        Kind::Regular => {
            view! { <ThisPeriod facts=Arc::clone(&facts) own editing=desk.editing /> }.into_any()
        }
        Kind::Check => ().into_any(),
        _ => {
            let is_read = desk.form.with_untracked(|form| facts.is_already_read(form));
            let here = facts.move_today(kind.get_untracked()).cloned();
            is_read.then(|| view! { <OfToday here /> }).into_any()
        }
    }
}

/// A move is read once a day. What it said is known where it was made on this phone.
#[component]
fn OfToday(here: Option<MoveReading>) -> impl IntoView {
    let wording = use_wording();
    let said = here.and_then(|it| {
        let value = locale::decimal(it.value.as_deref()?);
        let when = locale::day_time_there(&it.read_at);
        Some((wording.reading.already_by)(&value, &when, &it.captured_by))
    });
    // The kind is chosen further down, where this would not be seen.
    let place = NodeRef::<Div>::new();
    place.on_load(|place| place.scroll_into_view());
    view! {
        <div node_ref=place>
            <Notice tone=Tone::Warn alert=true test_id="already-read">
                <p class="strong">{wording.exchange().already_moved}</p>
                {said.map(|said| view! { <p>{said}</p> })}
            </Notice>
        </div>
    }
}

/// A regular reading is made once a period.
#[component]
fn ThisPeriod(facts: Arc<Facts>, own: ItemId, editing: bool) -> impl IntoView {
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
