//! What can be done with the unit that is picked, under the thumb.

use leptos::prelude::*;
use shared::walking_order::Step;

use super::desk::Desk;
use crate::components::icon::{Glyph, Icon};
use crate::wording::use_wording;

/// The ways, or what to tap first.
#[component]
pub(super) fn Foot(desk: Desk) -> impl IntoView {
    let wording = use_wording();
    let words = wording.walk();
    let line = move || match (desk.picked_unit(), desk.placing.get()) {
        (None, _) => words.order_hint.to_owned(),
        (Some((_, name)), true) => (words.tap_before)(&name),
        (Some((at, name)), false) if desk.kept.get() > 0 => {
            (words.stands)(&name, at + 1, desk.units.read().len())
        }
        (Some((_, name)), false) => (words.picked)(&name),
    };
    let waits = move || {
        desk.waits()
            .then(|| view! { <p class="soft small" data-testid="order-waits">{words.waits}</p> })
    };
    let is_picked = Memo::new(move |_| desk.picked.get().is_some());
    view! {
        <div class="form__foot">
            <p class="strong" role="status" data-testid="order-line">{line}</p>
            {waits}
            {move || is_picked.get().then(|| view! { <Ways desk /> })}
        </div>
    }
}

#[component]
fn Ways(desk: Desk) -> impl IntoView {
    let words = use_wording().walk();
    let way = move |glyph, word: &'static str, test_id: &'static str, act: fn(Desk)| {
        view! {
            <button class="button button--big" type="button" data-testid=test_id on:click=move |_| act(desk)>
                {glyph}
                {word}
            </button>
        }
    };
    view! {
        <div class="order__ways">
            {way(view! { <Icon glyph=Glyph::Up /> }, words.up, "order-up", |desk| desk.step(Step::Up))}
            {way(view! { <Icon glyph=Glyph::Down /> }, words.down, "order-down", |desk| desk.step(Step::Down))}
            {way(view! { <Icon glyph=Glyph::Round /> }, words.go_next, "order-next", |desk| desk.go_next())}
            <button
                class="button button--big"
                type="button"
                aria-pressed=move || desk.placing.get().to_string()
                data-testid="order-after"
                on:click=move |_| desk.placing.update(|placing| *placing = !*placing)
            >
                <Icon glyph=Glyph::Order />
                {words.put_after}
            </button>
        </div>
    }
}
