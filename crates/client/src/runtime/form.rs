//! From the form to the text that is sent, and back.

pub(crate) mod exchange;

use shared::meter_point::Meter;
use shared::position::Position;
use shared::reading_value::ReadingValue;
use shared::timestamp::LocalTime;
use shared::wire::batch::{WireClock, WireItem};
use shared::wire::list::MeterPointRow;

use crate::actions::SaveError;
use crate::adapters::outbox_store::Stamp;
use crate::view_state::{ItemForm, ItemSummary, PartSummary, PhoneList};

/// What the capture adds to a form.
pub(crate) struct Capture<'a> {
    /// Who reads.
    pub(crate) captured_by: &'a str,
    /// The phone's clock.
    pub(crate) read_at: LocalTime,
    /// What is known of that clock.
    pub(crate) clock: WireClock,
    /// Where the phone is, if the person wants it to say so and it knows by now.
    pub(crate) position: Option<Position>,
}

/// Makes the item of a form; number and revision are stamped by the store's transaction.
pub(crate) fn item_of(
    form: &ItemForm,
    row: Option<&MeterPointRow>,
    capture: Capture<'_>,
) -> Result<WireItem, SaveError> {
    let mut item = WireItem {
        id: form.id,
        period: some_text(&form.period),
        period_chosen_by: Some(String::from(if form.period_chosen {
            "technician"
        } else {
            "rule"
        })),
        kind: some_text(&form.kind).or_else(|| Some(String::from("regular"))),
        read_at: capture.read_at.to_rfc3339(),
        captured_by: String::from(capture.captured_by),
        flags: form.flags.clone(),
        answers: form.answers.clone(),
        remarks: some_text(&form.remarks),
        identified_by: some_text(&form.identified_by),
        previous_value: form.previous_value.clone(),
        rule_version: form.rule_version,
        clock: Some(capture.clock),
        position: capture.position.map(Position::to_wire),
        photos: form.photos.clone(),
        ..WireItem::default()
    };
    match &form.point_id {
        Some(_) => name_point(&mut item, row.ok_or(SaveError::PointGone)?),
        None => item.label_text = form.label_text.clone(),
    }
    match (&form.exchange, &form.skip_reason) {
        (Some(exchange), _) => {
            let row = row.ok_or(SaveError::PointGone)?;
            item.exchange = exchange::parts_of(exchange, row).ok_or(SaveError::NotOnRegister)?;
            // What the round and the outbox know it by.
            item.kind = Some(exchange::kind_of(exchange).to_owned());
        }
        (None, Some(reason)) => item.skip_reason = Some(reason.clone()),
        (None, None) => item.value = Some(value_of(form, row)?),
    }
    Ok(item)
}

/// The next revision says something else about the same meter point at the same moment.
pub(crate) fn edit_of(earlier: WireItem, edited: WireItem) -> WireItem {
    WireItem {
        property_code: earlier.property_code,
        building: earlier.building,
        unit_no: earlier.unit_no,
        utility: earlier.utility,
        point: earlier.point,
        meter_serial: earlier.meter_serial,
        label_text: earlier.label_text,
        read_at: earlier.read_at,
        clock: earlier.clock,
        position: earlier.position,
        identified_by: earlier.identified_by,
        ..edited
    }
}

/// Takes an item back: the same, without what it said.
pub(crate) fn void_of(earlier: WireItem) -> WireItem {
    WireItem {
        void: true,
        value: None,
        skip_reason: None,
        exchange: Vec::new(),
        flags: Vec::new(),
        answers: Vec::new(),
        ..earlier
    }
}

/// The text that is sent.
pub(crate) fn text_of(item: &WireItem, stamp: Stamp) -> String {
    let stamped = WireItem {
        device_seq: stamp.seq,
        revision: stamp.revision,
        ..item.clone()
    };
    // Strings, numbers and lists of them always become JSON.
    serde_json::to_string(&stamped).unwrap_or_default()
}

/// The form of a stored item, for editing.
pub(crate) fn form_of(text: &str, list: &PhoneList) -> Option<ItemForm> {
    let item: WireItem = serde_json::from_str(text).ok()?;
    let point = list.rows.iter().find(|row| is_point_of(row, &item));
    Some(ItemForm {
        id: item.id,
        point_id: point.map(|row| row.id.clone()),
        label_text: item.label_text,
        period: item.period.unwrap_or_default(),
        period_chosen: item.period_chosen_by.as_deref() == Some("technician"),
        kind: item.kind.unwrap_or_default(),
        value: item.value.unwrap_or_default(),
        skip_reason: item.skip_reason,
        exchange: exchange::form_of(&item.exchange),
        flags: item.flags,
        answers: item.answers,
        remarks: item.remarks.unwrap_or_default(),
        identified_by: item.identified_by.unwrap_or_default(),
        previous_value: item.previous_value,
        rule_version: item.rule_version,
        photos: item.photos,
    })
}

/// What a stored item says, for a row of the outbox or the shelf.
pub(crate) fn summary_of(text: &str) -> ItemSummary {
    let Ok(item) = serde_json::from_str::<WireItem>(text) else {
        return ItemSummary::default();
    };
    let exchange = item.exchange.into_iter().map(|part| PartSummary {
        kind: part.kind,
        meter_serial: part.meter_serial,
        value: part.value,
    });
    ItemSummary {
        property_code: item.property_code.unwrap_or_default(),
        building: item.building.unwrap_or_default(),
        unit_no: item.unit_no.unwrap_or_default(),
        utility: item.utility.unwrap_or_default(),
        point: item.point.unwrap_or_default(),
        meter_serial: item.meter_serial.unwrap_or_default(),
        label_text: item.label_text,
        period: item.period.unwrap_or_default(),
        kind: item.kind.unwrap_or_default(),
        value: item.value,
        skip_reason: item.skip_reason,
        exchange: exchange.collect(),
        void: item.void,
        read_at: item.read_at,
        captured_by: item.captured_by,
        flags: item.flags,
        remarks: item.remarks.unwrap_or_default(),
    }
}

fn name_point(item: &mut WireItem, row: &MeterPointRow) {
    item.property_code = Some(row.property_code.clone());
    item.building = Some(row.building.clone());
    item.unit_no = Some(row.unit_no.clone());
    item.utility = Some(row.utility.clone());
    item.point = Some(row.point.clone());
    item.meter_serial = some_text(&row.meter_serial);
}

fn is_point_of(row: &MeterPointRow, item: &WireItem) -> bool {
    Some(&row.property_code) == item.property_code.as_ref()
        && Some(&row.building) == item.building.as_ref()
        && Some(&row.unit_no) == item.unit_no.as_ref()
        && Some(&row.utility) == item.utility.as_ref()
        && Some(&row.point) == item.point.as_ref()
}

/// The value by the meter's register; where there is none (an unknown label), any value that a register can show.
fn value_of(form: &ItemForm, row: Option<&MeterPointRow>) -> Result<String, SaveError> {
    let value = match row.and_then(Meter::from_row) {
        Some(meter) => meter.register.parse(&form.value).ok(),
        None => ReadingValue::parse(&form.value).ok(),
    };
    value
        .map(|value| value.to_string())
        .ok_or(SaveError::NotOnRegister)
}

fn some_text(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| String::from(text))
}
