//! Fills the ledger for the batches that wait: a few bulk statements, whatever their number.

mod clocks;
mod filed;
mod occupants;
mod point_row;
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

use super::rewritten::{self, Rewritten};
use super::{Decision, SentBatch};
use crate::database::{Counters, Transaction};

pub(super) use points::KnownPoint;
pub(super) use properties::{ZoneCache, rule_settings};

/// Meter points as the books know them: what the rows need that the rules don't.
pub(super) type KnownPoints = HashMap<PointKey, KnownPoint>;

/// The meter points that the items name.
#[derive(Debug, Default)]
struct Points {
    judged: HashMap<PointKey, MeterPoint>,
    known: KnownPoints,
}

/// What was loaded.
pub(super) struct Loaded {
    pub(super) ledger: Ledger,
    pub(super) known: KnownPoints,
    /// For each decision its new revision.
    pub(super) rewritten: Vec<Rewritten>,
}

/// Everything that the rules may ask for while they take these batches and carry out these decisions.
pub(super) async fn load(
    transaction: &mut Transaction,
    batches: &[&SentBatch],
    decisions: &[&Decision],
    counters: Counters,
    zones: &mut ZoneCache,
) -> Result<Loaded> {
    let arrived = batches.iter().flat_map(|batch| &batch.arrivals).map(|it| it.id);
    let ids = arrived.chain(decisions.iter().map(|it| it.order.id)).collect();
    let FiledItems {
        items,
        replaced,
        mut ids,
    } = filed::load(transaction, &ids).await?;
    let rewritten = rewritten::rewrite_all(transaction, decisions, &items, zones).await?;
    let new = rewritten.iter().filter_map(|it| it.as_ref().ok()?.as_ref());
    let arriving: Vec<&SentBatch> = batches.iter().copied().chain(new).collect();
    let properties = properties::load(transaction, &asked_for(&arriving, decisions, &items), zones).await?;
    let needs = needs_of(&arriving, decisions, &properties);
    let official = occupants::load(transaction, &needs.keys, &mut ids).await?;
    let points = points::load(transaction, &needs.points, &replaced, &ids).await?;
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
    Ok(Loaded {
        ledger,
        known: points.known,
        rewritten,
    })
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
    let decided = decisions
        .iter()
        .filter_map(|it| items.get(&it.order.id))
        .flatten();
    let about_points = decisions
        .iter()
        .filter_map(|it| Some(it.order.ruling.about_point()?.0.key()?.property().to_owned()));
    let codes = points
        .map(|point| point.property.normal())
        .chain(decided.map(|it| it.property.as_str()))
        .map(str::to_owned)
        .chain(about_points);
    AskedFor {
        codes: codes.collect(),
        now,
    }
}

fn needs_of(
    batches: &[&SentBatch],
    decisions: &[&Decision],
    properties: &BTreeMap<String, Arc<Property>>,
) -> Needs {
    let mut needs = Needs::default();
    decisions.iter().for_each(|it| needs.add_order(&it.order));
    for batch in batches {
        needs.add(&batch.delivery, &batch.arrivals, properties);
    }
    needs
}
