//! The forms that edit what the books hold of a unit.

use leptos::prelude::untrack;
use shared::wire::portfolio::{PortfolioEdit, PortfolioThing, UnitDetail, UnitPoint, UnitTenancy};
use ui::wording::places::unit_name;

use super::send;
use crate::components::form_field::{Field, FieldKind};
use crate::components::form_panel::{Form, FormSpec};
use crate::wording::Wording;

/// The unit itself.
pub(super) fn unit(unit: &UnitDetail, wording: &'static Wording) -> FormSpec {
    let words = wording.portfolio();
    let place = match unit.walk_seq {
        Some(walked) => (words.walked_hint)(walked),
        None => String::new(),
    };
    let fields = vec![
        Field::new(
            "access_note",
            words.access_note,
            FieldKind::Text(500),
            &unit.access_note,
        )
        .hinted(words.note_hint),
        Field::new("hazard", words.hazard, FieldKind::Line(200), &unit.hazard).hinted(words.hazard_hint),
        Field::new(
            "route_seq",
            words.place,
            FieldKind::Number,
            &unit.route_seq.to_string(),
        )
        .hinted(place),
        Field::new("unit_type", words.unit_type, FieldKind::Line(60), &unit.unit_type),
    ];
    let name = unit_name(&unit.building, &unit.unit_no, "");
    form(
        PortfolioThing::Unit,
        unit.id.clone(),
        name,
        words.unit_hint,
        fields,
        wording,
    )
}

/// The register of the meter that sits at a meter point.
pub(super) fn meter(
    _: &UnitDetail,
    point: &UnitPoint,
    _: Option<&str>,
    wording: &'static Wording,
) -> Option<FormSpec> {
    let words = wording.portfolio();
    let meter = point.meters.iter().find(|it| it.removed_on.is_none())?;
    let fields = vec![
        Field::new("dials", words.dials, FieldKind::Number, &meter.dials.to_string()),
        Field::new(
            "decimals",
            words.decimals,
            FieldKind::Number,
            &meter.decimals.to_string(),
        ),
        Field::new(
            "multiplier",
            words.multiplier,
            FieldKind::Number,
            &meter.multiplier,
        ),
    ];
    let serial = meter.serial.clone();
    Some(form(
        PortfolioThing::Meter,
        serial.clone(),
        serial,
        words.meter_hint,
        fields,
        wording,
    ))
}

/// A tenancy that is there.
pub(super) fn tenancy(tenancy: &UnitTenancy, wording: &'static Wording) -> FormSpec {
    let words = wording.portfolio();
    let fields = tenancy_fields(tenancy, wording);
    let code = tenancy.tenant_code.clone();
    form(
        PortfolioThing::Tenancy,
        code,
        tenancy.tenant_name.clone(),
        words.tenancy_hint,
        fields,
        wording,
    )
}

/// A new one.
pub(super) fn new_tenancy(unit: &UnitDetail, wording: &'static Wording) -> FormSpec {
    let words = wording.portfolio();
    let mut fields = vec![Field::new("tenant_code", words.code, FieldKind::Line(64), "")];
    fields.extend(tenancy_fields(&UnitTenancy::default(), wording));
    let unit_id = unit.id.clone();
    FormSpec {
        title: words.add_tenancy.to_owned(),
        hint: words.new_tenancy_hint.to_owned(),
        fields,
        send_word: words.add,
        send: send::edit(wording, move |form: &Form| {
            let mut changes = form.changes();
            changes.retain(|it| it.column != "tenant_code");
            PortfolioEdit {
                thing: PortfolioThing::Tenancy,
                name: untrack(|| form.text("tenant_code")).trim().to_owned(),
                new_in_unit: Some(unit_id.clone()),
                changes,
            }
        }),
        below: None,
    }
}

fn tenancy_fields(tenancy: &UnitTenancy, wording: &'static Wording) -> Vec<Field> {
    let words = wording.portfolio();
    let move_out = tenancy.move_out.clone().unwrap_or_default();
    vec![
        Field::new(
            "tenant_name",
            words.tenant,
            FieldKind::Line(200),
            &tenancy.tenant_name,
        ),
        Field::new("move_in", words.move_in, FieldKind::Day, &tenancy.move_in),
        Field::new("move_out", words.move_out, FieldKind::Day, &move_out).hinted(words.move_out_hint),
    ]
}

fn form(
    thing: PortfolioThing,
    name: String,
    shown: String,
    hint: &str,
    fields: Vec<Field>,
    wording: &'static Wording,
) -> FormSpec {
    FormSpec {
        title: (wording.portfolio().edit_title)(&shown),
        hint: hint.to_owned(),
        fields,
        send_word: wording.common.save,
        send: send::edit(wording, move |form: &Form| PortfolioEdit {
            thing,
            name: name.clone(),
            new_in_unit: None,
            changes: form.changes(),
        }),
        below: None,
    }
}
