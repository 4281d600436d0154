//! Items for tests.

use crate::id::ItemId;
use crate::timestamp::Timestamp;
use crate::wire::batch::{WireClock, WireExchangePart, WireItem};
use crate::wire::position::WirePosition;

pub(crate) fn id(number: u8) -> ItemId {
    ItemId::new(Timestamp::from_ms(1_795_000_000_000), [number; 10])
}

/// The reading of the protocol's example, with a clock that was right.
pub(crate) fn reading() -> WireItem {
    WireItem {
        device_seq: 36,
        property_code: text("GC A"),
        building: text(""),
        unit_no: text("101"),
        utility: text("electricity"),
        meter_serial: text("E76496171"),
        period: text("2026-11"),
        period_chosen_by: text("rule"),
        kind: text("regular"),
        value: text("46211"),
        identified_by: text("scan"),
        previous_value: text("46074"),
        clock: Some(WireClock {
            offset_ms: Some(0),
            offset_age_ms: Some(60_000),
            ..WireClock::default()
        }),
        ..bare()
    }
}

/// The members that every item has.
pub(crate) fn bare() -> WireItem {
    WireItem {
        id: id(1),
        revision: 1,
        device_seq: 1,
        read_at: "2026-11-27T09:14:03+10:00".to_owned(),
        captured_by: "ana".to_owned(),
        ..WireItem::default()
    }
}

pub(crate) fn exchange_part(kind: &str, serial: &str, value: &str) -> WireExchangePart {
    WireExchangePart {
        kind: kind.to_owned(),
        meter_serial: serial.to_owned(),
        value: value.to_owned(),
        ..WireExchangePart::default()
    }
}

pub(crate) fn position() -> WirePosition {
    WirePosition {
        latitude: "13.44583".to_owned(),
        longitude: "144.80912".to_owned(),
        accuracy_m: "12".to_owned(),
        fixed_at: "2026-11-27T09:14:01+10:00".to_owned(),
    }
}

pub(crate) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}
