//! Items as a phone sends them.

use serde_json::{Value, json};
use server::intake::SentBatch;
use shared::intake::{Access, Arrival, Delivery, DeviceStanding};
use shared::names::Source;
use shared::wire::batch::WireItem;
use uuid::Uuid;

use super::Caller;

/// A reading of the electricity meter of a unit of `GC A`, read on 2026-11-27.
pub(crate) fn reading(caller: &Caller, device_seq: u64, unit: u32, value: u64) -> Value {
    json!({
        "id": Uuid::now_v7(), "revision": 1, "device_seq": device_seq, "property_code": "GC A", "building": "",
        "unit_no": unit.to_string(), "utility": "electricity", "meter_serial": format!("E{unit}"), "period": "2026-11",
        "period_chosen_by": "rule", "kind": "regular", "value": value.to_string(),
        "read_at": "2026-11-27T09:14:03+10:00", "identified_by": "scan", "captured_by": caller.name,
        "clock": { "offset_ms": 0, "offset_age_ms": 1000 },
    })
}

/// The same item with some members changed; `null` takes a member away.
pub(crate) fn with(item: &Value, changes: Value) -> Value {
    let mut item = item.clone();
    let members = item.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    item
}

/// An item as the route hands it to the writer.
pub(crate) fn sent_batch(caller: &Caller, item: &Value, app: &super::TestApp) -> SentBatch {
    let body = item.to_string();
    let wire: WireItem = serde_json::from_str(&body).unwrap();
    let delivery = Delivery {
        person: caller.name.clone(),
        device: caller.device,
        standing: DeviceStanding::Known,
        access: Access::All,
        source: Source::Phone,
        received_at: app.clock.now(),
        clock_offset_ms: Some(0),
    };
    SentBatch {
        delivery,
        arrivals: vec![Arrival::of_wire(&wire, body.as_bytes())],
        bodies: vec![body],
        imported_by: None,
    }
}
