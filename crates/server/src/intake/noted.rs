//! What the audit is told of a batch, in the transaction that takes it: a file that the office brought in, and items that are
//! held because of the phone they come from.

use serde_json::json;
use shared::intake::{Change, DeviceStanding, Taken};

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
    imported.into_iter().chain(held).collect()
}
