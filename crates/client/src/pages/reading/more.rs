//! What else a reading can be: of a move or a check, or of a meter that was replaced.

use leptos::prelude::*;
use shared::names::Kind;

use super::desk::Desk;
use super::facts::kind_of;
use crate::components::icon::{Glyph, Icon};
use crate::wording::use_wording;

/// Kinds that a technician chooses; those of an exchange have a form of their own.
const KINDS: [Kind; 4] = [Kind::Regular, Kind::MoveIn, Kind::MoveOut, Kind::Check];

/// Why it is read, and the way to the exchange.
#[component]
pub(super) fn More(desk: Desk, can_exchange: bool) -> impl IntoView {
    let words = use_wording().exchange();
    let replaced = can_exchange.then(|| {
        view! {
            <button
                class="button button--wide"
                type="button"
                data-testid="replace-meter"
                on:click=move |_| desk.exchange()
            >
                <Icon glyph=Glyph::Swap />
                {words.replaced}
            </button>
        }
    });
    view! {
        <div class="stack" data-testid="more-choices">
            {replaced}
            <span class="field__label" id="why-read">{words.why_read}</span>
            <div class="chips" role="radiogroup" aria-labelledby="why-read">
                {KINDS.map(|kind| view! { <KindChip desk kind /> }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn KindChip(desk: Desk, kind: Kind) -> impl IntoView {
    let wording = use_wording();
    let name = match kind {
        Kind::Regular => wording.exchange().monthly.to_owned(),
        kind => wording.kind(kind.name()),
    };
    view! {
        <button
            class="chip"
            type="button"
            role="radio"
            aria-checked=move || (kind_of(&desk.form.read()) == kind).to_string()
            data-testid=format!("kind-{}", kind.name())
            on:click=move |_| desk.form.update(|form| kind.name().clone_into(&mut form.kind))
        >
            {name}
        </button>
    }
}
