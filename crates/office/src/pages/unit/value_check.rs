//! What a typed value comes to beside the last one, and the question where it is lower.

use leptos::prelude::*;
use rust_decimal::Decimal;
use shared::consumption::{consumption, rollover_is_plausible};
use shared::names::Answer;
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::wire::portfolio::{UnitMeter, UnitPoint};
use ui::components::notice::{Notice, Tone};

use crate::components::form_panel::Form;
use crate::typed_value::typed_value;
use crate::wording::{locale, use_wording};

/// What the value is compared with.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    register: Register,
    previous: ReadingValue,
    /// The field with the value.
    column: &'static str,
    utility: String,
}

impl Checked {
    /// The last value of this meter, or what it showed first; `None` for a register that can't be.
    pub(super) fn of(point: &UnitPoint, meter: &UnitMeter, column: &'static str) -> Option<Self> {
        let multiplier: Decimal = meter.multiplier.parse().ok()?;
        let previous = point.last.as_ref().map_or(&meter.initial_value, |it| &it.value);
        Some(Self {
            register: Register::new(meter.dials, meter.decimals, multiplier)?,
            previous: ReadingValue::parse(previous).ok()?,
            column,
            utility: point.utility.clone(),
        })
    }
}

/// The words, and the question.
#[component]
pub(super) fn ValueCheck(form: Form, checked: Option<Checked>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    checked.map(|checked| {
        let Checked { register, previous, column, utility } = checked;
        let typed = Memo::new(move |_| {
            let text = typed_value(&form.text(column))?;
            let value = ReadingValue::parse(&text).ok()?;
            register.check(value).is_ok().then_some(value)
        });
        let last = (words.last_was)(&locale::decimal(&register.print(previous)));
        let used = move || {
            let value = typed.get()?;
            let rolled = form.answer.read().as_str() == Answer::RolledOver.name();
            let amount = consumption(&register, previous, value, rolled);
            let amount = format!("{} {}", locale::decimal(&amount.to_string()), wording.utility_unit(&utility));
            (value >= previous || rolled).then(|| (wording.readings.used_amount)(&amount))
        };
        let is_lower = Memo::new(move |_| typed.get().is_some_and(|it| it < previous));
        let question = move || {
            is_lower.get().then(|| {
                let rolls = typed.get().is_some_and(|it| rollover_is_plausible(&register, previous, it));
                view! { <Lower form rolls /> }
            })
        };
        // An answer is about a value that is lower.
        Effect::new(move || {
            if !is_lower.get() {
                form.answer.set(String::new());
            }
        });
        view! {
            <p class="small" aria-live="polite" data-testid="value-check">{last} " " <span class="strong">{used}</span></p>
            {question}
        }
    })
}

#[component]
fn Lower(form: Form, rolls: bool) -> impl IntoView {
    let words = use_wording().portfolio();
    let rolled =
        rolls.then(|| view! { <option value=Answer::RolledOver.name()>{words.rolled_over}</option> });
    view! {
        <Notice tone=Tone::Warn test_id="value-lower">
            <label class="field">
                <span>{words.lower}</span>
                <select class="input" data-testid="value-answer" prop:value=move || form.answer.get()
                    on:change:target=move |event| form.answer.set(event.target().value())>
                    <option value="">{words.lower_open}</option>
                    {rolled}
                    <option value=Answer::Verified.name()>{words.verified}</option>
                </select>
            </label>
        </Notice>
    }
}
