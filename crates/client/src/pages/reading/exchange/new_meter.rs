//! Serial and register of the new meter.

use leptos::prelude::*;
use shared::code::{CODE_LENGTH_MAX, normal};

use super::bench::Bench;
use crate::components::notice::{Notice, Tone};
use crate::components::place::row_name;
use crate::components::register_display::RegisterDisplay;
use crate::runtime::use_runtime;
use crate::view_state::ExchangeForm;
use crate::wording::use_wording;

/// Typed as it is printed; the places of its register by a tap.
#[component]
pub(super) fn NewMeter(bench: Bench) -> impl IntoView {
    let words = use_wording().exchange();
    view! {
        <label class="field">
            <span class="field__label">{words.serial_field}</span>
            <input
                class="input"
                type="text"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                enterkeyhint="next"
                maxlength=CODE_LENGTH_MAX.to_string()
                data-testid="new-serial"
                prop:value=move || bench.exchange().serial
                on:input:target=move |event| bench.change(|form| form.serial = event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                        bench.next();
                    }
                }
            />
            <span class="soft small">{words.serial_hint}</span>
        </label>
        {move || elsewhere(bench)}
        <Places bench name="dials" label=words.dials choices=&[4, 5, 6, 7, 8] />
        <Places bench name="decimals" label=words.decimals choices=&[0, 1, 2, 3] />
        <div class="line" aria-hidden="true">
            {move || {
                let ExchangeForm { dials, decimals, .. } = bench.exchange();
                view! { <RegisterDisplay value=String::new() dials decimals large=true /> }
            }}
        </div>
    }
}

/// A row of chips; the old meter's number of places is chosen at the start, also where it is none of these.
#[component]
fn Places(bench: Bench, name: &'static str, label: &'static str, choices: &'static [u32]) -> impl IntoView {
    let is_dials = name == "dials";
    let place = move |form: &ExchangeForm| if is_dials { form.dials } else { form.decimals };
    let known = place(&untrack(|| bench.exchange()));
    let mut offered = choices.to_vec();
    if !offered.contains(&known) {
        offered.push(known);
        offered.sort_unstable();
    }
    let chip = move |count: u32| {
        view! {
            <button
                class="chip number"
                type="button"
                role="radio"
                aria-checked=move || (place(&bench.exchange()) == count).to_string()
                data-testid=format!("new-{name}-{count}")
                on:click=move |_| {
                    bench.change(|form| *(if is_dials { &mut form.dials } else { &mut form.decimals }) = count);
                }
            >
                {count}
            </button>
        }
    };
    let id = format!("places-{name}");
    view! {
        <div class="stack stack--tight">
            <span class="field__label" id=id.clone()>{label}</span>
            <div class="chips" role="radiogroup" aria-labelledby=id>
                {offered.into_iter().map(chip).collect_view()}
            </div>
        </div>
    }
}

/// Another unit of the list has this serial: mistyped, or the office has to know.
fn elsewhere(bench: Bench) -> Option<impl IntoView> {
    let words = use_wording().exchange();
    let serial = normal(&bench.exchange().serial);
    let own = bench.facts.with_value(|facts| facts.row.id.clone());
    let list = use_runtime().list();
    let list = list.read();
    let row = list
        .rows
        .iter()
        .find(|row| !serial.is_empty() && row.id != own && normal(&row.meter_serial) == serial)?;
    let text = (words.serial_elsewhere)(&row_name(row));
    Some(view! { <Notice tone=Tone::Warn alert=true test_id="serial-elsewhere">{text}</Notice> })
}
