//! The three values of an exchange, each on the register that it was read from.

use leptos::prelude::*;
use shared::names::Flag;

use super::super::last::Last;
use super::bench::Bench;
use super::step::Question;
use crate::components::icon::{Glyph, Icon};
use crate::components::register_input::RegisterInput;
use crate::wording::{locale, use_wording};

/// What the old meter showed when it was taken off, beside its last reading.
#[component]
pub(super) fn LastValue(bench: Bench) -> impl IntoView {
    let words = use_wording().exchange();
    let facts = bench.facts.get_value();
    view! {
        <Last facts />
        <Value bench label=words.last_field hint=words.last_hint />
        <p class="form__use number" aria-live="polite" data-testid="use-line">{move || use_line(bench)}</p>
    }
}

/// What the new meter showed when it was put in; it may be the period's reading too.
#[component]
pub(super) fn FirstValue(bench: Bench) -> impl IntoView {
    let words = use_wording().exchange();
    let period = bench.form.with_untracked(|form| locale::month(&form.period));
    let is_on = move || bench.exchange().today.is_some();
    let is_read = bench
        .facts
        .with_value(|facts| bench.form.with_untracked(|form| facts.is_already_read(form)));
    let toggle = move |_| {
        bench.change(|form| {
            form.today = match form.today.take() {
                Some(_) => None,
                None => Some(form.first.clone()),
            };
        });
    };
    view! {
        <Value bench label=words.first_value hint=words.first_hint />
        <button
            class="chip"
            type="button"
            hidden=is_read
            aria-pressed=move || is_on().to_string()
            data-testid="today-toggle"
            on:click=toggle
        >
            {move || is_on().then(|| view! { <Icon glyph=Glyph::Check small=true /> })}
            {(words.today_toggle)(&period)}
        </button>
    }
}

/// What the new meter shows now.
#[component]
pub(super) fn TodayValue(bench: Bench) -> impl IntoView {
    let words = use_wording().exchange();
    view! { <Value bench label=words.today_value hint=words.today_hint /> }
}

#[component]
fn Value(bench: Bench, label: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <div class="form__now">
            <span class="field__label">{label}</span>
            <RegisterInput typed=bench.typed label=label on_enter=move |()| bench.next() />
            <p class="soft small">{hint}</p>
        </div>
    }
}

/// Consumption of the old meter worked out as one types; says nothing while a value is typed blind.
fn use_line(bench: Bench) -> Option<AnyView> {
    if matches!(bench.question.get(), Some(Question::Again { .. })) {
        return None;
    }
    let wording = use_wording();
    let form = bench.form.get();
    let checked = bench
        .facts
        .with_value(|facts| facts.judge_exchange(&form))?
        .removed?;
    let used = bench.amount(checked.consumption?);
    let unusual = [Flag::VeryHigh, Flag::High, Flag::Low, Flag::Zero, Flag::VacantUse];
    let (tone, word) = match unusual.into_iter().find(|flag| checked.flags.contains(*flag)) {
        Some(flag) => ("tone-warn", wording.flag(flag.name())),
        None => ("tone-ok", wording.reading.usual.to_owned()),
    };
    Some(view! { {(wording.reading.used)(&used)} " · " <span class=tone>{word}</span> }.into_any())
}
