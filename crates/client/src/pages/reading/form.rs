//! The form's layout: what is known, the register, what it means, and the keypad with Save under the thumb.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::names::{Flag, Kind};

use super::Start;
use super::already::Already;
use super::answers::Answers;
use super::cannot_read::CannotRead;
use super::desk::{Desk, Stage};
use super::facts::{Facts, kind_of};
use super::last::{Last, below_what};
use super::more::More;
use super::period::PeriodLine;
use super::photos::Photos;
use super::place::Place;
use super::remark::{Extras, RemarkField};
use crate::components::icon::{Glyph, Icon};
use crate::components::keypad::Keypad;
use crate::components::notice::{Notice, Tone};
use crate::components::phone_page::PhonePage;
use crate::components::place::row_name;
use crate::components::register_input::RegisterInput;
use crate::view_state::ItemForm;
use crate::wording::use_wording;

/// The whole form.
#[component]
pub(super) fn Form(
    start: Start,
    facts: Option<Arc<Facts>>,
    /// The meter was replaced.
    on_exchange: Callback<ItemForm>,
) -> impl IntoView {
    let words = &use_wording().reading;
    let navigate = use_navigate();
    let next = next_page(&start);
    let on_saved = Callback::new(move |()| navigate(next, Default::default()));
    let (title, under) = match &facts {
        Some(facts) => (row_name(&facts.row), facts.property_name.clone()),
        None => (words.title_unknown.to_owned(), String::new()),
    };
    let has_said = !start.form.value.is_empty() || start.form.skip_reason.is_some();
    let note = match (start.editing, start.from_draft && has_said) {
        (true, _) => Some(words.editing),
        (false, true) => Some(words.draft_back),
        (false, false) => None,
    };
    let id = start.form.id;
    let label = start.form.label_text.clone();
    let desk = Desk::new(start, facts.clone(), on_saved, on_exchange);
    // Only the person at the meter knows where a label hangs that is in nobody's list.
    let asks_where = label.is_some();
    let with_remark = RwSignal::new(asks_where || desk.form.with_untracked(|form| !form.remarks.is_empty()));
    let with_more = RwSignal::new(desk.form.with_untracked(|form| kind_of(form) != Kind::Regular));
    let can_exchange = facts.is_some() && !desk.editing;
    view! {
        <PhonePage title under back="/" fixed=true>
            <div class="form" data-testid="form">
                {facts.clone().map(|facts| view! { <Place facts /> })}
                {label.map(|label| view! { <UnknownLabel label /> })}
                {note.map(|note| view! { <Notice tone=Tone::Info test_id="form-note">{note}</Notice> })}
                {facts.clone().map(|facts| view! { <Already desk facts own=id /> })}
                {facts.clone().map(|facts| view! { <Last facts /> })}
                <Now desk />
                {facts.map(|facts| view! { <PeriodLine desk facts /> })}
                <Extras desk with_remark with_more />
                <Photos desk=desk.photos />
                {move || with_more.get().then(|| view! { <More desk can_exchange /> })}
                {move || with_remark.get().then(|| view! { <RemarkField desk /> })}
            </div>
            <Foot desk />
        </PhonePage>
    }
}

/// Back to the scanner when the reading began there, so that the next label can be held in front of it.
pub(super) fn next_page(start: &Start) -> &'static str {
    match (start.editing, start.form.identified_by.as_str()) {
        (true, _) => "/outbox",
        (false, "scan") => "/scan",
        (false, _) => "/",
    }
}

#[component]
fn UnknownLabel(label: String) -> impl IntoView {
    let words = &use_wording().reading;
    view! {
        <Notice tone=Tone::Warn test_id="unknown-label">
            <p class="strong">{label}</p>
            <p>{words.unknown_hint}</p>
        </Notice>
    }
}

/// The register and what its value means.
#[component]
fn Now(desk: Desk) -> impl IntoView {
    let words = &use_wording().reading;
    let register = desk
        .facts
        .with_value(|facts| facts.as_ref().and_then(|facts| facts.register()));
    let label = match register {
        Some((dials, decimals)) => (words.field)(dials, decimals),
        None => words.unknown_value.to_owned(),
    };
    let trouble = move || {
        desk.trouble
            .get()
            .map(|text| view! { <Notice tone=Tone::Bad alert=true test_id="form-error">{text}</Notice> })
    };
    let unknown = register.is_none().then(|| view! { <DecimalsChoice desk /> });
    let hidden = move || matches!(desk.stage.get(), Stage::CannotRead);
    view! {
        <div class="form__now" hidden=hidden>
            <span class="field__label">{words.now}</span>
            <RegisterInput typed=desk.typed label=label on_enter=move |()| desk.save() />
            <p class="form__use number" aria-live="polite" data-testid="use-line">
                {move || use_line(desk)}
            </p>
        </div>
        {unknown}
        {trouble}
    }
}

/// Where a meter that nobody knows has its decimal point: said by the person in front of it.
#[component]
fn DecimalsChoice(desk: Desk) -> impl IntoView {
    let words = &use_wording().reading;
    let chip = move |decimals: usize| {
        view! {
            <button
                class="chip"
                type="button"
                role="radio"
                aria-checked=move || desk.typed.with(|typed| typed.decimals() == decimals).to_string()
                data-testid=format!("decimals-{decimals}")
                on:click=move |_| desk.typed.update(|typed| typed.set_decimals(decimals))
            >
                {decimals}
            </button>
        }
    };
    view! {
        <div class="line" role="radiogroup" aria-label=words.decimals>
            <span class="field__label">{words.decimals}</span>
            {[0, 1, 2, 3].map(chip).into_iter().collect_view()}
        </div>
    }
}

/// Consumption worked out as one types; says nothing while a value is typed blind.
fn use_line(desk: Desk) -> Option<AnyView> {
    if matches!(desk.stage.get(), Stage::Again { .. }) {
        return None;
    }
    let wording = use_wording();
    let words = &wording.reading;
    let checked = desk.judged()?;
    if checked.open.contains(Flag::Lower) {
        // Each number is lower while its last digits are missing.
        let previous = desk
            .form
            .with(|form| form.previous_value.clone())
            .unwrap_or_default();
        if desk.typed.with(|typed| typed.is_shorter_than(&previous)) {
            return None;
        }
        return Some(view! { <span class="tone-warn">{below_what(desk)}</span> }.into_any());
    }
    let used = desk.amount(checked.consumption?);
    let days = desk.facts.with_value(|facts| facts.as_ref()?.days_since_last());
    let text = match days {
        Some(days) if days > 0 => (words.used_in_days)(&used, days),
        _ => (words.used)(&used),
    };
    let unusual = [Flag::VeryHigh, Flag::High, Flag::Low, Flag::Zero, Flag::VacantUse];
    let (tone, word) = match unusual.into_iter().find(|flag| checked.flags.contains(*flag)) {
        Some(flag) => ("tone-warn", wording.flag(flag.name())),
        None => ("tone-ok", words.usual.to_owned()),
    };
    Some(view! { {text} " · " <span class=tone>{word}</span> }.into_any())
}

/// What stands under the thumb: keys and Save, or what a check asks.
#[component]
fn Foot(desk: Desk) -> impl IntoView {
    let stage = Memo::new(move |_| desk.stage.get());
    let keys = move || matches!(*stage.read(), Stage::Typing | Stage::Again { .. } | Stage::Saving);
    let shown = Memo::new(move |_| keys());
    let asked = move || match stage.get() {
        Stage::CannotRead => view! { <CannotRead desk /> }.into_any(),
        stage => view! { <Answers desk stage /> }.into_any(),
    };
    view! {
        <div class="form__foot">
            {asked}
            {move || shown.get().then(|| view! { <KeysAndSave desk stage /> })}
        </div>
    }
}

#[component]
fn KeysAndSave(desk: Desk, stage: Memo<Stage>) -> impl IntoView {
    let wording = use_wording();
    let saving = move || *stage.read() == Stage::Saving;
    view! {
        <Keypad typed=desk.typed />
        <button
            class="button button--main button--big button--wide"
            type="button"
            data-testid="save"
            aria-disabled=move || saving().to_string()
            on:click=move |_| desk.save()
        >
            <Icon glyph=Glyph::Check />
            {move || if saving() { wording.reading.saving } else { wording.common.save }}
        </button>
    }
}
