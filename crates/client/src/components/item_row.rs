//! One item that waits on this phone.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::place::item_name;
use super::what::{kind_of, what_of};
use crate::view_state::OutboxEntry;
use crate::wording::{locale, use_wording};

/// Where, when, what, and the state; a tap opens what can be done with it.
#[component]
pub(crate) fn ItemRow(
    entry: OutboxEntry,
    /// A batch is on its way.
    #[prop(into)]
    sending: Signal<bool>,
    #[prop(into)] on_open: Callback<OutboxEntry>,
) -> impl IntoView {
    let wording = use_wording();
    let item = entry.item.clone();
    let state = move || {
        if sending.get() {
            wording.outbox.sending
        } else {
            wording.outbox.waits
        }
    };
    let photos = (entry.photos > 0).then(|| (wording.photos().wait)(entry.photos));
    let what = what_of(&item, wording);
    let kind = kind_of(&item, wording).map(|kind| format!("{kind} · "));
    let id = entry.entry.id.to_string();
    view! {
        <button
            class="row"
            type="button"
            data-testid="outbox-row"
            data-id=id
            data-seq=entry.entry.seq.to_string()
            data-revision=entry.entry.revision.to_string()
            on:click=move |_| on_open.run(entry.clone())
        >
            <span class="row__state tone-warn">
                <Icon glyph=Glyph::Phone />
            </span>
            <span class="row__body">
                <span class="row__unit one-line">{item_name(&item, wording)}</span>
                <span class="row__note">
                    <Icon glyph=Glyph::of_utility(&item.utility) />
                    <span class="one-line">{kind} {locale::day_time_there(&item.read_at)}</span>
                    {photos.map(|text| view! { <span class="one-line" data-testid="row-photos">{text}</span> })}
                </span>
            </span>
            <span class="row__end">
                <span class="row__value number">{what}</span>
                <span class="tone-warn">{state}</span>
            </span>
        </button>
    }
}
