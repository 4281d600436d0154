//! One row of the table `item`.

use shared::checks::RULE_VERSION;
use shared::id::ItemId;
use shared::intake::{Arrival, Delivery, Filing, verdict_of};
use shared::item::{Body, Item, Place};
use shared::names::{Source, State};
use shared::wire::receipt::VerdictName;

use crate::intake::load::KnownPoint;

/// Shape of what is no item.
pub(in crate::intake) const UNREADABLE: &str = "unreadable";

/// The columns, in the words of the table.
#[derive(Debug, Clone)]
pub(in crate::intake) struct ItemRow<'a> {
    pub(in crate::intake) receipt_seq: i64,
    pub(in crate::intake) id: ItemId,
    pub(in crate::intake) revision: u32,
    pub(in crate::intake) variant: i64,
    pub(in crate::intake) part: i64,
    pub(in crate::intake) hash: String,
    pub(in crate::intake) shape: &'static str,
    pub(in crate::intake) source: Source,
    pub(in crate::intake) state: State,
    pub(in crate::intake) verdict: &'static str,
    pub(in crate::intake) code: Option<&'static str>,
    pub(in crate::intake) received_at: i64,
    pub(in crate::intake) updated_seq: i64,
    pub(in crate::intake) official_key: Option<String>,
    pub(in crate::intake) meter_point_id: Option<i64>,
    pub(in crate::intake) meter_id: Option<i64>,
    pub(in crate::intake) property_code: &'a str,
    pub(in crate::intake) property_normal: &'a str,
    pub(in crate::intake) building: &'a str,
    pub(in crate::intake) unit_no: &'a str,
    pub(in crate::intake) unit_normal: &'a str,
    pub(in crate::intake) utility: &'static str,
    pub(in crate::intake) point: &'a str,
    pub(in crate::intake) meter_serial: &'a str,
    /// That in normal form, as the item says it; no column.
    pub(in crate::intake) serial_normal: &'a str,
    pub(in crate::intake) label_text: Option<&'a str>,
    pub(in crate::intake) period: String,
    pub(in crate::intake) kind: &'static str,
    pub(in crate::intake) value_micro: Option<i64>,
    pub(in crate::intake) skip_reason: Option<&'static str>,
    pub(in crate::intake) previous_micro: Option<i64>,
    pub(in crate::intake) consumption_micro: Option<i64>,
    pub(in crate::intake) read_at: i64,
    pub(in crate::intake) read_offset_s: i64,
    pub(in crate::intake) corrected_at: i64,
    pub(in crate::intake) time_certain: i64,
    pub(in crate::intake) captured_by: &'a str,
    pub(in crate::intake) device_id: String,
    pub(in crate::intake) device_seq: Option<i64>,
    pub(in crate::intake) identified_by: &'static str,
    pub(in crate::intake) flags: String,
    pub(in crate::intake) remarks: &'a str,
    pub(in crate::intake) rule_version: i64,
}

impl<'a> ItemRow<'a> {
    /// The first row of a filing.
    pub(super) fn new(
        filing: &Filing,
        delivery: &'a Delivery,
        arrival: &'a Arrival,
        known: Option<&'a KnownPoint>,
        variant: i64,
        updated_seq: i64,
    ) -> Self {
        let received_at = filing.received_at.ms();
        let mut row = Self {
            receipt_seq: filing.receipt_seq,
            id: filing.id,
            revision: filing.revision,
            variant,
            part: 0,
            hash: filing.hash.to_string(),
            shape: UNREADABLE,
            source: delivery.source,
            state: filing.state,
            verdict: verdict_text(filing.state),
            code: filing.reason.map(|reason| reason.name()),
            received_at,
            updated_seq,
            official_key: None,
            meter_point_id: known.map(|known| known.id),
            meter_id: None,
            property_code: "",
            property_normal: "",
            building: "",
            unit_no: "",
            unit_normal: "",
            utility: "",
            point: "",
            meter_serial: "",
            serial_normal: "",
            label_text: None,
            period: filing.period.map(|period| period.to_string()).unwrap_or_default(),
            kind: "regular",
            value_micro: None,
            skip_reason: None,
            previous_micro: filing.previous.map(|value| value.to_micro()),
            consumption_micro: filing.consumption_micro,
            read_at: received_at,
            read_offset_s: 0,
            corrected_at: filing.corrected_at.map_or(received_at, |at| at.ms()),
            time_certain: i64::from(filing.time_is_certain),
            captured_by: &delivery.person,
            device_id: delivery.device.to_string(),
            device_seq: i64::try_from(filing.device_seq).ok().filter(|seq| *seq > 0),
            identified_by: "",
            flags: flags_text(filing, arrival.item.as_ref().ok()),
            remarks: "",
            rule_version: i64::from(RULE_VERSION),
        };
        if let Ok(item) = &arrival.item {
            row.describe(item, filing, known);
        }
        row
    }

    /// Pushes this row and those of the further readings of an exchange; returns how many those are.
    pub(super) fn push_all(self, arrival: &'a Arrival, filing: &Filing, rows: &mut Vec<Self>) -> i64 {
        let parts = match arrival.item.as_ref().map(|item| &item.body) {
            Ok(Body::Exchange(parts)) => parts.as_slice(),
            _ => {
                rows.push(self);
                return 0;
            }
        };
        for (index, part) in (0_i64..).zip(parts) {
            let is_last = index + 1 == i64::try_from(parts.len()).unwrap_or(0);
            rows.push(Self {
                receipt_seq: self.receipt_seq + index,
                part: index,
                updated_seq: self.updated_seq + index,
                kind: part.kind.name(),
                value_micro: Some(part.value.to_micro()),
                meter_serial: part.meter_serial.shown(),
                serial_normal: part.meter_serial.normal(),
                // What the whole exchange used stands with its last reading.
                previous_micro: filing
                    .previous
                    .filter(|_| index == 0)
                    .map(|value| value.to_micro()),
                consumption_micro: filing.consumption_micro.filter(|_| is_last),
                ..self.clone()
            });
        }
        i64::try_from(parts.len().saturating_sub(1)).unwrap_or(0)
    }

    fn describe(&mut self, item: &'a Item, filing: &Filing, known: Option<&'a KnownPoint>) {
        match &item.body {
            Body::Reading { kind, value } => {
                self.shape = "reading";
                self.kind = kind.name();
                self.value_micro = Some(value.to_micro());
            }
            Body::Skip { kind, reason } => {
                self.shape = "skip";
                self.kind = kind.name();
                self.skip_reason = Some(reason.name());
            }
            Body::Void => self.shape = "void",
            Body::Exchange(_) => self.shape = "exchange",
        }
        self.place(item, known);
        self.read_at = item.read_at.at.ms();
        self.read_offset_s = i64::from(item.read_at.offset_s);
        self.corrected_at = filing.corrected_at.map_or(self.read_at, |at| at.ms());
        self.captured_by = item.captured_by.normal();
        self.identified_by = item.evidence.identified_by.map_or("", |it| it.name());
        self.remarks = &item.remarks;
    }

    fn place(&mut self, item: &'a Item, known: Option<&'a KnownPoint>) {
        self.meter_serial = item.meter_serial.shown();
        self.serial_normal = item.meter_serial.normal();
        match &item.place {
            Some(Place::Point(name)) => {
                self.property_code = name.property.shown();
                self.property_normal = name.property.normal();
                self.building = name.building.shown();
                self.unit_no = name.unit_no.shown();
                self.unit_normal = name.unit_no.normal();
                self.utility = name.utility.name();
                self.point = name.point.shown();
            }
            Some(Place::UnknownLabel(text)) => self.label_text = Some(text),
            None => {}
        }
        if let Some(known) = known {
            self.property_code = &known.property_code;
            self.building = &known.building;
            self.unit_no = &known.unit_no;
            self.point = &known.point_code;
            self.meter_id = known.meter_id_of(item);
            if self.meter_serial.is_empty() {
                self.meter_serial = known.serial();
            }
        }
    }
}

impl KnownPoint {
    // The present meter, unless the item names another one.
    fn meter_id_of(&self, item: &Item) -> Option<i64> {
        let (id, serial) = self.meter.as_ref()?;
        let same = item.meter_serial.is_empty() || item.meter_serial == *serial;
        same.then_some(*id)
    }

    fn serial(&self) -> &str {
        self.meter.as_ref().map_or("", |(_, serial)| serial.shown())
    }
}

fn verdict_text(state: State) -> &'static str {
    match verdict_of(state) {
        VerdictName::Accepted => "accepted",
        VerdictName::Duplicate => "duplicate",
        VerdictName::Conflict => "conflict",
        VerdictName::Held | VerdictName::Retry => "held",
        VerdictName::Rejected => "rejected",
    }
}

// What the phone raised and what the server's own checks raised, each once.
fn flags_text(filing: &Filing, item: Option<&Item>) -> String {
    let mut names: Vec<&str> = item
        .into_iter()
        .flat_map(|item| &item.flags)
        .map(String::as_str)
        .collect();
    for name in filing.flags.names() {
        names.push(name);
    }
    if names.is_empty() {
        return String::from("[]");
    }
    names.sort_unstable();
    names.dedup();
    crate::store::json_list::json_list(names)
}
