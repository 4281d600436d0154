//! Fills the ledger for the batches that wait: a few bulk statements, whatever their number.

mod clocks;
mod filed;
mod occupants;
mod points;
mod properties;
mod serials;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use filed::FiledItems;
use properties::AskedFor;
use shared::id::ItemId;
use shared::intake::{Filed, Ledger, Needs, Property};
use shared::meter_point::{MeterPoint, PointKey};
use sqlx::Result;

use super::{Decision, SentBatch};
use crate::database::{Counters, Transaction};

pub(super) use points::KnownPoint;
pub(super) use properties::ZoneCache;

/// Meter points as the books know them: what the rows need that the rules don't.
pub(super) type KnownPoints = HashMap<PointKey, KnownPoint>;

/// The meter points that the items name.
#[derive(Debug, Default)]
struct Points {
    judged: HashMap<PointKey, MeterPoint>,
    known: KnownPoints,
}

/// Everything that the rules may ask for while they take these batches and carry out these decisions.
pub(super) async fn load(
    transaction: &mut Transaction,
    batches: &[&SentBatch],
    decisions: &[&Decision],
    counters: Counters,
    zones: &mut ZoneCache,
) -> Result<(Ledger, KnownPoints)> {
    let arrived = batches.iter().flat_map(|batch| &batch.arrivals).map(|it| it.id);
    let ids = arrived.chain(decisions.iter().map(|it| it.id)).collect();
    let FiledItems { items, replaced } = filed::load(transaction, &ids).await?;
    let properties = properties::load(transaction, &asked_for(batches, decisions, &items), zones).await?;
    let needs = needs_of(batches, &properties);
    let points = points::load(transaction, &needs.points, &replaced).await?;
    let official = occupants::load(transaction, &needs.keys).await?;
    let serials = serials::load(transaction, &needs.serials).await?;
    let clocks = clocks::load(transaction, &needs.clocks).await?;
    let ledger = Ledger {
        properties,
        points: points.judged,
        items,
        official,
        serials,
        clocks,
        next_receipt_seq: counters.receipt + 1,
    };
    Ok((ledger, points.known))
}

fn asked_for(
    batches: &[&SentBatch],
    decisions: &[&Decision],
    items: &HashMap<ItemId, Vec<Filed>>,
) -> AskedFor {
    let now = batches
        .iter()
        .map(|batch| batch.delivery.received_at)
        .chain(decisions.iter().map(|it| it.at))
        .max()
        .unwrap_or_default();
    let arrivals = batches.iter().flat_map(|batch| &batch.arrivals);
    let points = arrivals.filter_map(|arrival| arrival.item.as_ref().ok()?.point());
    let decided = decisions.iter().filter_map(|it| items.get(&it.id)).flatten();
    let codes = points
        .map(|point| point.property.normal())
        .chain(decided.map(|it| it.property.as_str()));
    AskedFor {
        codes: codes.map(str::to_owned).collect(),
        now,
    }
}

fn needs_of(batches: &[&SentBatch], properties: &BTreeMap<String, Arc<Property>>) -> Needs {
    let mut needs = Needs::default();
    for batch in batches {
        needs.add(&batch.delivery, &batch.arrivals, properties);
    }
    needs
}
