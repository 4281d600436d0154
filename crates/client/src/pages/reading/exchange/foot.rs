//! What stands under the thumb: keys, back and next, or what a check asks.

use leptos::prelude::*;
use shared::names::{Answer, Flag};

use super::super::answers::{Differs, Way};
use super::bench::Bench;
use super::step::{Question, Step};
use crate::components::icon::{Glyph, Icon};
use crate::components::keypad::Keypad;
use crate::components::notice::{Notice, Tone};
use crate::wording::{locale, use_wording};

/// The foot of the present step.
#[component]
pub(super) fn Foot(bench: Bench) -> impl IntoView {
    let has_keys = Memo::new(move |_| {
        let asks = matches!(*bench.question.read(), Some(Question::Lower(_) | Question::Zero));
        !asks && bench.step.get() != Step::NewMeter
    });
    let has_buttons =
        Memo::new(move |_| !matches!(*bench.question.read(), Some(Question::Lower(_) | Question::Zero)));
    view! {
        <div class="form__foot">
            {move || bench.question.get().map(|question| view! { <Ask bench question /> })}
            {move || has_keys.get().then(|| view! { <Keypad typed=bench.typed /> })}
            {move || has_buttons.get().then(|| view! { <Buttons bench /> })}
        </div>
    }
}

#[component]
fn Buttons(bench: Bench) -> impl IntoView {
    let wording = use_wording();
    let words = wording.exchange();
    let is_last = move || bench.step.get().number() == bench.steps();
    let back = move || match bench.step.get() {
        Step::LastValue if !bench.editing => words.not_replaced,
        Step::LastValue => wording.common.cancel,
        _ => words.before,
    };
    let next = move || match (bench.saving.get(), is_last()) {
        (true, _) => wording.reading.saving,
        (false, true) => wording.common.save,
        (false, false) => words.next,
    };
    view! {
        <div class="buttons buttons--next">
            <button class="button button--big" type="button" data-testid="exchange-back" on:click=move |_| bench.back()>
                {back}
            </button>
            <button
                class="button button--main button--big"
                type="button"
                data-testid=move || if is_last() { "save" } else { "exchange-next" }
                aria-disabled=move || bench.saving.get().to_string()
                on:click=move |_| bench.next()
            >
                {move || is_last().then(|| view! { <Icon glyph=Glyph::Check /> })}
                {next}
            </button>
        </div>
    }
}

/// What a check asks about the old meter's final value, with every way out named.
#[component]
fn Ask(bench: Bench, question: Question) -> impl IntoView {
    let wording = use_wording();
    let (words, more) = (&wording.check, wording.exchange());
    let mistyped = move || {
        view! {
            <Way glyph=Glyph::Edit title=words.mistyped hint=words.mistyped_hint test_id="answer-mistyped"
                on_choose=move |()| bench.type_over() />
        }
    };
    match question {
        Question::Lower(rolled_over) => {
            let rolled_over = rolled_over.map(|used| {
                let hint = (words.rolled_over_hint)(&used);
                view! {
                    <Way glyph=Glyph::RolledOver title=words.rolled_over hint test_id="answer-rolled-over"
                        on_choose=move |()| bench.answer(Answer::RolledOver) />
                }
            });
            view! {
                <Notice tone=Tone::Warn alert=true test_id="check-lower">{lower_text(bench)}</Notice>
                <div class="answers">
                    {mistyped()} {rolled_over}
                    <Way glyph=Glyph::Check title=more.right_anyway hint=more.right_anyway_hint
                        test_id="answer-insist" on_choose=move |()| bench.ask_again(Flag::Lower) />
                </div>
            }
            .into_any()
        }
        Question::Zero => view! {
            <Notice tone=Tone::Warn alert=true test_id="check-zero">{words.zero}</Notice>
            <div class="answers">
                <Way glyph=Glyph::Check title=words.zero_confirm hint=words.zero_hint test_id="answer-confirm"
                    on_choose=move |()| bench.answer(Answer::Confirmed) />
                {mistyped()}
            </div>
        }
        .into_any(),
        Question::Again { differs: true, .. } => view! { <Differs /> }.into_any(),
        Question::Again { .. } => view! {
            <Notice tone=Tone::Warn alert=true test_id="check-again">
                <p class="strong">{words.type_again}</p>
                <p class="small">{words.type_again_hint}</p>
            </Notice>
        }
        .into_any(),
    }
}

fn lower_text(bench: Bench) -> String {
    let words = &use_wording().check;
    let last = bench
        .facts
        .with_value(|facts| locale::decimal(facts.previous_value()));
    let now = locale::decimal(
        &bench
            .form
            .with_untracked(|form| form.exchange.clone().unwrap_or_default())
            .last,
    );
    (words.lower)(&now, &last)
}
