//! The office's own revisions, made of what was sent, and its estimates, before anything is judged.

use std::collections::HashMap;

use shared::id::{DeviceId, ItemId};
use shared::intake::{
    Access, Arrival, DecisionError, Delivery, DeviceStanding, Filed, Original, next_revision, rewrite,
};
use shared::names::Source;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::WireItem;
use sqlx::{FromRow, Result};

use super::load::ZoneCache;
use super::{Decision, SentBatch, estimated};
use crate::database::Transaction;
use crate::in_transaction;

/// `None` for a decision that says nothing else than the item did.
pub(super) type Rewritten = std::result::Result<Option<SentBatch>, DecisionError>;

const SENT: &str = "
    SELECT s.body, i.corrected_at, i.read_offset_s, i.received_at, i.device_id
    FROM sent_item s JOIN item i ON i.receipt_seq = s.receipt_seq WHERE s.receipt_seq = $1";

/// One for each decision, in their order. There are few that rewrite: each is asked for by itself.
pub(super) async fn rewrite_all(
    transaction: &mut Transaction,
    decisions: &[&Decision],
    items: &HashMap<ItemId, Vec<Filed>>,
    zones: &mut ZoneCache,
) -> Result<Vec<Rewritten>> {
    let mut estimated = estimated::estimate_all(transaction, decisions, zones).await?;
    let mut rewritten = Vec::with_capacity(decisions.len());
    for (index, decision) in decisions.iter().enumerate() {
        rewritten.push(if let Some(estimate) = estimated.remove(&index) {
            estimate
        } else if decision.order.ruling.rewrites() {
            rewrite_one(transaction, decision, items).await?
        } else {
            Ok(None)
        });
    }
    Ok(rewritten)
}

async fn rewrite_one(
    transaction: &mut Transaction,
    decision: &Decision,
    items: &HashMap<ItemId, Vec<Filed>>,
) -> Result<Rewritten> {
    let order = &decision.order;
    let Some(filed) = items.get(&order.id) else {
        return Ok(Err(DecisionError::NotFound));
    };
    let Some(target) = filed.iter().find(|it| order.which.names(it)) else {
        return Ok(Err(DecisionError::OtherRevision));
    };
    let sent: Option<Sent> = in_transaction!(transaction, |c| sqlx::query_as(SENT)
        .bind(target.receipt_seq)
        .fetch_optional(c)
        .await?);
    let Some((original, device)) = sent.and_then(Sent::into_original) else {
        return Ok(Err(DecisionError::Unreadable));
    };
    let new = rewrite(&original, target, &order.ruling, next_revision(filed));
    Ok(new.map(|wire| Some(batch_of(&wire, device, decision))))
}

pub(super) fn batch_of(wire: &WireItem, device: DeviceId, decision: &Decision) -> SentBatch {
    // A struct of texts and numbers: that can't fail.
    let body = serde_json::to_string(wire).unwrap_or_default();
    SentBatch {
        delivery: Delivery {
            person: shared::code::normal(&wire.captured_by),
            device,
            standing: DeviceStanding::Known,
            access: decision.access.clone(),
            source: Source::Office,
            received_at: decision.at,
            clock_offset_ms: None,
        },
        arrivals: vec![Arrival::of_wire(wire, body.as_bytes())],
        bodies: vec![body],
        imported_by: None,
    }
}

#[derive(FromRow)]
struct Sent {
    body: String,
    corrected_at: i64,
    read_offset_s: i64,
    received_at: i64,
    device_id: Option<String>,
}

impl Sent {
    fn into_original(self) -> Option<(Original, DeviceId)> {
        let local = |ms| LocalTime {
            at: Timestamp::from_ms(ms),
            offset_s: i32::try_from(self.read_offset_s).unwrap_or(0),
        };
        let original = Original {
            wire: serde_json::from_str(&self.body).ok()?,
            read_at: local(self.corrected_at),
            received_at: local(self.received_at),
        };
        let device = self.device_id.as_deref().and_then(DeviceId::parse);
        Some((original, device.unwrap_or_default()))
    }
}

/// What somebody may not see is not there for them.
pub(super) fn may_see(access: &Access, filed: &[Filed]) -> bool {
    // An item without a property is one that nobody could place: anybody in the office may see it.
    let mut properties = filed.iter().map(|it| it.property.as_str());
    properties.all(|it| it.is_empty() || access.allows(it))
}
