//! What the audit is told of a batch, in the transaction that takes it: a file that the office brought in, and items that are
//! held because of the phone they come from, and meters that were exchanged.

use serde_json::json;
use shared::intake::{Arrival, Change, DeviceStanding, Taken};
use shared::names::Source;

use super::SentBatch;
use crate::audit::AuditEntry;

/// The rows for one batch. One that brings nothing new is told only when somebody carried it in by hand.
pub(super) fn audit_of(batch: &SentBatch, taken: &[Taken]) -> Vec<AuditEntry> {
    let is_new = |it: &&Taken| it.changes.iter().any(|change| matches!(change, Change::File(_)));
    let new_items = taken.iter().filter(is_new).count();
    let delivery = &batch.delivery;
    let standing = match delivery.standing {
        DeviceStanding::Known => "enrolled",
        DeviceStanding::Unknown => "unknown",
        DeviceStanding::Revoked => "revoked",
    };
    let entry = |actor: &str, action| AuditEntry {
        at: delivery.received_at,
        actor: actor.to_owned(),
        action,
        subject: delivery.device.to_string(),
        detail: json!({
            "captured_by": delivery.person, "device": standing, "items": taken.len(), "new_items": new_items,
        }),
    };
    let carried = batch.imported_by.as_deref();
    let imported = carried.map(|by| entry(by, "bundle_import"));
    let is_strange = delivery.standing != DeviceStanding::Known && new_items > 0;
    let held = is_strange.then(|| entry(carried.unwrap_or(&delivery.person), "device_not_trusted"));
    let entered = (delivery.source == Source::Office && new_items > 0)
        .then(|| batch.arrivals.iter().filter_map(|it| entered_entry(batch, it)));
    let meters = taken
        .iter()
        .flat_map(|it| &it.changes)
        .filter_map(|it| meter_entry(batch, it));
    let meters = entered.into_iter().flatten().chain(meters);
    imported.into_iter().chain(held).chain(meters).collect()
}

// What somebody in the office says was read.
fn entered_entry(batch: &SentBatch, arrival: &Arrival) -> Option<AuditEntry> {
    let item = arrival.item.as_ref().ok()?;
    Some(AuditEntry {
        at: batch.delivery.received_at,
        actor: item.captured_by.shown().to_owned(),
        action: "office_entry",
        subject: item.meter_serial.shown().to_owned(),
        detail: json!({ "item": item.id, "reason": item.remarks, "value": item.value().map(|it| it.to_string()) }),
    })
}

// The portfolio changes without anybody in the office.
fn meter_entry(batch: &SentBatch, change: &Change) -> Option<AuditEntry> {
    let delivery = &batch.delivery;
    let (action, subject, detail) = match change {
        Change::Exchange(it) => {
            let (serial, value) = it
                .removed
                .as_ref()
                .map(|(serial, value)| (serial, value.to_string()))
                .unzip();
            let installed = &it.installed;
            let detail = json!({
                "item": it.id, "revision": it.revision, "day": it.day.to_string(), "removed": serial,
                "final_value": value, "initial_value": installed.initial_value.to_string(),
            });
            ("meter_exchange", installed.serial.shown().to_owned(), detail)
        }
        Change::UndoExchange {
            exchanged,
            reinstated,
        } => (
            "meter_exchange_undone",
            exchanged.serial.clone(),
            json!({ "reinstated": reinstated }),
        ),
        Change::File(_)
        | Change::SetState { .. }
        | Change::SetRivalState { .. }
        | Change::Occupy { .. }
        | Change::Free { .. }
        | Change::AskForReading { .. } => {
            return None;
        }
    };
    Some(AuditEntry {
        at: delivery.received_at,
        actor: batch
            .imported_by
            .clone()
            .unwrap_or_else(|| delivery.person.clone()),
        action,
        subject,
        detail,
    })
}
