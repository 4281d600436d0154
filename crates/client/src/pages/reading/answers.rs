//! What a check asks, with every way out named.

use leptos::prelude::*;
use shared::names::{Answer, Flag};

use super::desk::{Desk, Stage};
use super::last::below_what;
use crate::components::icon::{Glyph, Icon};
use crate::components::notice::{Notice, Tone};
use crate::wording::{locale, use_wording};

/// The question of a stage; nothing while digits come in.
#[component]
pub(super) fn Answers(desk: Desk, stage: Stage) -> impl IntoView {
    match stage {
        Stage::Lower(rolled_over) => view! { <Lower desk rolled_over /> }.into_any(),
        Stage::Again { differs: true, .. } => view! { <Differs /> }.into_any(),
        Stage::Again { flag, .. } => view! { <Again desk flag /> }.into_any(),
        Stage::Zero => view! { <Zero desk /> }.into_any(),
        Stage::Typing | Stage::CannotRead | Stage::Saving => ().into_any(),
    }
}

#[component]
fn Lower(desk: Desk, rolled_over: Option<String>) -> impl IntoView {
    let wording = use_wording();
    let (words, replacing) = (&wording.check, wording.exchange());
    let (now, last) = desk.form.with_untracked(|form| {
        (
            locale::decimal(&form.value),
            form.previous_value
                .as_deref()
                .map(locale::decimal)
                .unwrap_or_default(),
        )
    });
    let rolled_over = rolled_over.map(|used| {
        let hint = (words.rolled_over_hint)(&used);
        view! {
            <Way glyph=Glyph::RolledOver title=words.rolled_over hint test_id="answer-rolled-over"
                on_choose=move |()| desk.answer(Answer::RolledOver) />
        }
    });
    let question = if last.is_empty() {
        below_what(desk).to_owned()
    } else {
        (words.lower)(&now, &last)
    };
    view! {
        <Notice tone=Tone::Warn alert=true test_id="check-lower">{question}</Notice>
        <div class="answers">
            <Way glyph=Glyph::Edit title=words.mistyped hint=words.mistyped_hint test_id="answer-mistyped"
                on_choose=move |()| desk.type_over() />
            {rolled_over}
            <Way glyph=Glyph::Swap title=replacing.replaced hint=replacing.replaced_hint test_id="answer-replaced"
                on_choose=move |()| desk.exchange() />
            <Way glyph=Glyph::Check title=replacing.right_anyway hint=replacing.right_anyway_hint
                test_id="answer-insist" on_choose=move |()| desk.insist() />
        </div>
    }
}

#[component]
fn Again(desk: Desk, flag: Flag) -> impl IntoView {
    let words = &use_wording().check;
    let used = desk
        .facts
        .with_value(|facts| facts.as_ref()?.judge(&desk.form.get_untracked())?.consumption);
    let used = used.map(|used| desk.amount(used)).unwrap_or_default();
    let why = match flag {
        Flag::VeryHigh => (words.very_high)(&used),
        Flag::High => (words.high)(&used),
        Flag::Low => (words.low)(&used),
        _ => String::new(),
    };
    view! {
        <Notice tone=Tone::Warn alert=true test_id="check-again">
            <p class="strong">{why} " " {words.type_again}</p>
            <p class="small">{words.type_again_hint}</p>
        </Notice>
    }
}

/// The second entry was another value: it is confirmed like the first.
#[component]
pub(super) fn Differs() -> impl IntoView {
    let words = &use_wording().check;
    view! {
        <Notice tone=Tone::Bad alert=true test_id="check-differs">
            <p class="strong">{words.differs}</p>
        </Notice>
    }
}

#[component]
fn Zero(desk: Desk) -> impl IntoView {
    let words = &use_wording().check;
    view! {
        <Notice tone=Tone::Warn alert=true test_id="check-zero">{words.zero}</Notice>
        <div class="answers">
            <Way glyph=Glyph::Check title=words.zero_confirm hint=words.zero_hint test_id="answer-confirm"
                on_choose=move |()| desk.answer(Answer::Confirmed) />
            <Way glyph=Glyph::Edit title=words.mistyped hint=words.mistyped_hint test_id="answer-mistyped"
                on_choose=move |()| desk.type_over() />
        </div>
    }
}

/// One way out.
#[component]
pub(super) fn Way(
    glyph: Glyph,
    title: &'static str,
    #[prop(into)] hint: String,
    test_id: &'static str,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <button class="answer" type="button" data-testid=test_id on:click=move |_| on_choose.run(())>
            <Icon glyph />
            <span>
                <span class="answer__title">{title}</span>
                <span class="answer__hint">{hint}</span>
            </span>
        </button>
    }
}
