//! Fills the ledger for the batches that wait: a few bulk statements, whatever their number.

mod clocks;
mod filed;
mod occupants;
mod points;
mod properties;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use shared::intake::{Ledger, Needs, Property};
use shared::meter_point::PointKey;
use sqlx::Result;

use super::SentBatch;
use crate::database::{Counters, Transaction};

pub(super) use points::KnownPoint;
pub(super) use properties::ZoneCache;

/// Meter points as the books know them: what the rows need that the rules don't.
pub(super) type KnownPoints = HashMap<PointKey, KnownPoint>;

/// Everything that the rules may ask for while they take these batches.
pub(super) async fn load(
    transaction: &mut Transaction,
    batches: &[&SentBatch],
    counters: Counters,
    zones: &mut ZoneCache,
) -> Result<(Ledger, KnownPoints)> {
    let properties = properties::load(transaction, batches, zones).await?;
    let needs = needs_of(batches, &properties);
    let points = points::load(transaction, &needs.points).await?;
    let items = filed::load(transaction, &needs.items).await?;
    let official = occupants::load(transaction, &needs.keys).await?;
    let clocks = clocks::load(transaction, &needs.clocks).await?;
    let ledger = Ledger {
        properties,
        points: points
            .iter()
            .map(|(key, known)| (key.clone(), known.point.clone()))
            .collect(),
        items,
        official,
        clocks,
        next_receipt_seq: counters.receipt + 1,
    };
    Ok((ledger, points))
}

fn needs_of(batches: &[&SentBatch], properties: &BTreeMap<String, Arc<Property>>) -> Needs {
    let mut needs = Needs::default();
    for batch in batches {
        needs.add(&batch.delivery, &batch.arrivals, properties);
    }
    needs
}
