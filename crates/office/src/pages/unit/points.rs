//! The meter points of a unit, each with its meters.

use leptos::prelude::*;
use shared::wire::portfolio::{UnitDetail, UnitMeter, UnitPoint};
use ui::components::icon::{Glyph, Icon};

use super::{Asked, edit_forms, meter_forms};
use crate::components::form_panel::{FormPlace, FormSpec};
use crate::session::use_session;
use crate::wording::{Wording, locale, use_wording};

/// All of them.
#[component]
pub(super) fn Points(unit: StoredValue<UnitDetail>, forms: FormPlace, asked: Asked) -> impl IntoView {
    let points = unit.get_value().points.into_iter();
    points
        .map(|point| view! { <Point unit point=StoredValue::new(point) forms asked /> })
        .collect_view()
}

#[component]
fn Point(
    unit: StoredValue<UnitDetail>,
    point: StoredValue<UnitPoint>,
    forms: FormPlace,
    asked: Asked,
) -> impl IntoView {
    let wording = use_wording();
    let words = wording.portfolio();
    let is_admin = use_session().is_admin();
    let known = point.get_value();
    let button =
        move |word: &'static str,
              id: &'static str,
              glyph: Glyph,
              form: fn(&UnitDetail, &UnitPoint, Option<&str>, &'static Wording) -> Option<FormSpec>| {
            let open = move |_| {
                let period = asked.get_untracked().and_then(|(_, period)| period);
                let form = form(&unit.get_value(), &point.get_value(), period.as_deref(), wording);
                form.into_iter().for_each(|form| forms.show(form));
            };
            view! {
                <button class="button button--row" type="button" data-testid=id on:click=open>
                    <Icon glyph small=true />
                    {word}
                </button>
            }
        };
    let has_meter = known.meters.iter().any(|it| it.removed_on.is_none());
    let enter = has_meter.then(|| {
        button(
            words.enter_reading,
            "enter-reading",
            Glyph::Readings,
            meter_forms::reading,
        )
    });
    let replace = is_admin.then(|| {
        button(
            words.replace_meter,
            "replace-meter",
            Glyph::Swap,
            meter_forms::exchange,
        )
    });
    let edit = (is_admin && has_meter)
        .then(|| button(words.edit_register, "edit-meter", Glyph::Edit, edit_forms::meter));
    let name = [wording.utility(&known.utility), known.point.clone()].join(" ");
    let last = match &known.last {
        Some(last) => (words.last_value)(
            &locale::decimal(&last.value),
            &locale::day_time_there(&last.read_at),
        ),
        None => words.never_read.to_owned(),
    };
    let labels = (!known.labels.is_empty()).then(|| (words.labels)(&known.labels.join(", ")));
    view! {
        <section class="card stack" data-testid="point" data-point=known.id.clone()>
            <div class="line line--spread line--wrap">
                <h2 class="line">
                    <Icon glyph=Glyph::of_utility(&known.utility) />
                    {name}
                </h2>
                <div class="line line--wrap">{enter} {replace} {edit}</div>
            </div>
            <p class="small soft"><span data-testid="last-value">{last}</span> " " {labels}</p>
            <Meters meters=known.meters />
        </section>
    }
}

#[component]
fn Meters(meters: Vec<UnitMeter>) -> impl IntoView {
    let words = use_wording().portfolio();
    let rows = meters.into_iter().map(|it| {
        let value = |text: &str| locale::decimal(text);
        let state = if it.removed_on.is_none() { "present" } else { "past" };
        let until = it.removed_on.clone().unwrap_or_else(|| words.in_service.to_owned());
        view! {
            <tr data-testid="meter-row" data-serial=it.serial.clone() data-state=state class:soft=it.removed_on.is_some()>
                <td class="strong">{it.serial.clone()}</td>
                <td class="number">{(words.digits)(it.dials, it.decimals)}</td>
                <td class="number table__number wide-only">{format!("× {}", value(&it.multiplier))}</td>
                <td class="number">{it.installed_on.clone()}</td>
                <td class="number table__number wide-only">{value(&it.initial_value)}</td>
                <td class="number">{until}</td>
                <td class="number table__number wide-only">{it.final_value.as_deref().map(value)}</td>
            </tr>
        }
    });
    view! {
        <table class="table table--plain card-table">
            <thead>
                <tr>
                    <th scope="col">{words.serial}</th>
                    <th scope="col">{words.register}</th>
                    <th scope="col" class="table__number wide-only">{words.multiplier}</th>
                    <th scope="col">{words.from}</th>
                    <th scope="col" class="table__number wide-only">{words.initial_value}</th>
                    <th scope="col">{words.to}</th>
                    <th scope="col" class="table__number wide-only">{words.final_value}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
