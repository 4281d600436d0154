//! The forms about a meter: a reading that the office enters, and another meter in the place of the old one.

use std::rc::Rc;

use leptos::prelude::*;
use shared::id::ItemId;
use shared::wire::portfolio::{OfficeExchange, OfficeReading, UnitDetail, UnitMeter, UnitPoint};
use ui::wording::places::unit_name;

use super::send::{said, verdict_words};
use super::value_check::{Checked, ValueCheck};
use crate::adapters::{entropy, portfolio};
use crate::components::form_field::{Field, FieldKind};
use crate::components::form_panel::{Form, FormSpec, Sending};
use crate::typed_value::with_point;
use crate::wording::{Wording, locale};

/// Made when the form opens: sent twice, it is filed once.
fn new_id() -> ItemId {
    ItemId::new(entropy::now(), entropy::random_bytes())
}

fn present(point: &UnitPoint) -> Option<UnitMeter> {
    point.meters.iter().find(|it| it.removed_on.is_none()).cloned()
}

fn answers(form: &Form) -> Vec<String> {
    let answer = form.answer.get_untracked();
    Some(answer).filter(|it| !it.is_empty()).into_iter().collect()
}

/// A reading of the meter that sits there; `period` where a certain month is meant.
pub(super) fn reading(
    unit: &UnitDetail,
    point: &UnitPoint,
    period: Option<&str>,
    wording: &'static Wording,
) -> Option<FormSpec> {
    let words = wording.portfolio();
    let meter = present(point)?;
    let id = new_id();
    let fields = vec![
        Field::new("value", words.value, FieldKind::Number, "")
            .hinted((words.digits)(meter.dials, meter.decimals)),
        Field::new("on", words.read_on, FieldKind::Day, &unit.today),
        Field::new("at", words.read_at, FieldKind::Time, "").hinted(words.time_hint),
        Field::new("reason", words.entry_reason, FieldKind::Text(500), "").hinted(words.entry_reason_hint),
    ];
    let checked = Checked::of(point, &meter, "value");
    let (point_id, serial) = (point.id.clone(), meter.serial.clone());
    let period = period.map(str::to_owned);
    let send = move |form: &Form| -> Sending {
        let text = |column: &str| untrack(|| form.text(column)).trim().to_owned();
        // The month that was missing, where the day can still be booked to it.
        let on = text("on");
        let period = period.clone().filter(|period| !on.starts_with(period.as_str()));
        let request = OfficeReading {
            id,
            meter_point_id: point_id.clone(),
            meter_serial: serial.clone(),
            on,
            at: text("at"),
            period,
            value: with_point(&text("value")),
            answers: answers(form),
            reason: text("reason"),
        };
        Box::pin(async move {
            let answer = portfolio::enter_reading(&request).await?;
            Ok(said(answer, |it| {
                let month = locale::month(it.period.as_deref().unwrap_or_default());
                verdict_words(&it, &(words.reading_entered)(&month), wording)
            }))
        })
    };
    let name = unit_name(&unit.building, &unit.unit_no, &point.point);
    Some(FormSpec {
        title: (words.reading_of)(&name, &meter.serial),
        hint: words.entry_hint.to_owned(),
        fields,
        send_word: words.enter,
        send: Rc::new(send),
        below: Some(Rc::new(move |form| {
            view! { <ValueCheck form checked=checked.clone() /> }.into_any()
        })),
    })
}

/// Another meter.
pub(super) fn exchange(
    unit: &UnitDetail,
    point: &UnitPoint,
    _: Option<&str>,
    wording: &'static Wording,
) -> Option<FormSpec> {
    let words = wording.portfolio();
    let old = present(point);
    let id = new_id();
    let digits =
        |count: fn(&UnitMeter) -> u32| old.as_ref().map(|it| count(it).to_string()).unwrap_or_default();
    let final_value = old.as_ref().map(|old| {
        Field::new("final_value", words.final_value_of, FieldKind::Number, "").hinted((words.of_meter)(
            &old.serial,
            old.dials,
            old.decimals,
        ))
    });
    let mut fields: Vec<Field> = final_value.into_iter().collect();
    fields.extend([
        Field::new("serial", words.new_serial, FieldKind::Line(64), ""),
        Field::new("dials", words.dials, FieldKind::Number, &digits(|it| it.dials)),
        Field::new(
            "decimals",
            words.decimals,
            FieldKind::Number,
            &digits(|it| it.decimals),
        ),
        Field::new("initial_value", words.new_initial_value, FieldKind::Number, ""),
        Field::new("on", words.exchanged_on, FieldKind::Day, &unit.today),
        Field::new("reason", words.why, FieldKind::Text(500), ""),
    ]);
    let checked = old
        .as_ref()
        .and_then(|old| Checked::of(point, old, "final_value"));
    let (point_id, removed) = (point.id.clone(), old.map(|it| it.serial).unwrap_or_default());
    let send = move |form: &Form| -> Sending {
        let text = |column: &str| untrack(|| form.text(column)).trim().to_owned();
        let request = OfficeExchange {
            id,
            meter_point_id: point_id.clone(),
            removed_serial: removed.clone(),
            final_value: with_point(&text("final_value")),
            serial: text("serial"),
            dials: text("dials"),
            decimals: text("decimals"),
            initial_value: with_point(&text("initial_value")),
            on: text("on"),
            at: String::new(),
            answers: answers(form),
            reason: text("reason"),
        };
        Box::pin(async move {
            let answer = portfolio::replace_meter(&request).await?;
            let done = (words.meter_replaced)(&request.serial);
            Ok(said(answer, |it| verdict_words(&it, &done, wording)))
        })
    };
    let name = unit_name(&unit.building, &unit.unit_no, &point.point);
    Some(FormSpec {
        title: (words.replace_title)(&name),
        hint: words.replace_hint.to_owned(),
        fields,
        send_word: words.replace,
        send: Rc::new(send),
        below: Some(Rc::new(move |form| {
            view! { <ValueCheck form checked=checked.clone() /> }.into_any()
        })),
    })
}
