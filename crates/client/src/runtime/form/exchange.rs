//! From the form of an exchange to its readings, and back.

use shared::code::{CODE_LENGTH_MAX, Code};
use shared::item::ExchangePart;
use shared::meter_point::Meter;
use shared::names::Kind;
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::wire::batch::WireExchangePart;
use shared::wire::list::MeterPointRow;

use crate::view_state::ExchangeForm;

/// The readings that are sent; `None` when something is missing or not on its register.
pub(crate) fn parts_of(form: &ExchangeForm, row: &MeterPointRow) -> Option<Vec<WireExchangePart>> {
    let parts = checked_parts(form, row);
    let wanted = 1 + usize::from(has_old_meter(row)) + usize::from(form.today.is_some());
    (parts.len() == wanted).then(|| parts.into_iter().map(wire_of).collect())
}

/// As far as it is typed, for the checks.
pub(crate) fn checked_parts(form: &ExchangeForm, row: &MeterPointRow) -> Vec<ExchangePart> {
    let old = Meter::from_row(row);
    let removed = old.as_ref().and_then(|meter| {
        Some(ExchangePart {
            kind: Kind::MeterRemoved,
            meter_serial: meter.serial.clone(),
            value: meter.register.parse(&form.last).ok()?,
            dials: None,
            decimals: None,
        })
    });
    let register = new_register(form, old.as_ref());
    let serial = Code::parse(&form.serial, CODE_LENGTH_MAX).ok();
    let on_new = |kind, text: &str| {
        Some(ExchangePart {
            kind,
            meter_serial: serial.clone()?,
            value: register.as_ref()?.parse(text).ok()?,
            dials: Some(form.dials).filter(|_| kind == Kind::MeterInstalled),
            decimals: Some(form.decimals).filter(|_| kind == Kind::MeterInstalled),
        })
    };
    let installed = on_new(Kind::MeterInstalled, &form.first);
    let today = form.today.as_deref();
    let regular = today.and_then(|text| on_new(Kind::Regular, text));
    [removed, installed, regular].into_iter().flatten().collect()
}

/// What the round knows it by: with a reading of today it is the period's reading.
pub(crate) fn kind_of(form: &ExchangeForm) -> &'static str {
    if form.today.is_some() {
        Kind::Regular.name()
    } else {
        Kind::MeterInstalled.name()
    }
}

/// The form of stored readings; `None` when there are none.
pub(crate) fn form_of(parts: &[WireExchangePart]) -> Option<ExchangeForm> {
    let of_kind = |kind: Kind| parts.iter().find(|it| it.kind == kind.name());
    let value_of = |kind| of_kind(kind).map(|it| it.value.clone());
    let installed = of_kind(Kind::MeterInstalled)?;
    Some(ExchangeForm {
        last: value_of(Kind::MeterRemoved).unwrap_or_default(),
        serial: installed.meter_serial.clone(),
        dials: installed.dials.unwrap_or_default(),
        decimals: installed.decimals.unwrap_or_default(),
        first: installed.value.clone(),
        today: value_of(Kind::Regular),
    })
}

/// What the new meter shows; its factor is that of the connection.
fn new_register(form: &ExchangeForm, old: Option<&Meter>) -> Option<Register> {
    let one = ReadingValue::parse("1").ok()?.decimal();
    let multiplier = old.map_or(one, |meter| meter.register.multiplier());
    Register::new(form.dials, form.decimals, multiplier)
}

fn has_old_meter(row: &MeterPointRow) -> bool {
    Meter::from_row(row).is_some()
}

fn wire_of(part: ExchangePart) -> WireExchangePart {
    WireExchangePart {
        kind: part.kind.name().to_owned(),
        meter_serial: part.meter_serial.shown().to_owned(),
        value: part.value.to_string(),
        dials: part.dials,
        decimals: part.decimals,
    }
}
