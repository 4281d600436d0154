//! What the proxy saw of batches: situation 5.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use anyhow::{Context, Result, ensure};
use journeys::proxy::Exchange;
use shared::id::ItemId;
use shared::wire::batch::{Batch, WireItem};
use shared::wire::receipt::Receipts;

/// No item in two requests at the same moment, none posted after its receipt was given out.
pub(super) fn check_the_trace(exchanges: &[Exchange]) -> Result<()> {
    let batches: Vec<&Exchange> = exchanges
        .iter()
        .filter(|it| it.method == "POST" && it.path == "/api/readings")
        .collect();
    ensure!(batches.len() >= 3, "only {} batches", batches.len());
    let mut received: BTreeMap<ItemId, u64> = BTreeMap::new();
    for batch in &batches {
        for id in ids_of(batch)? {
            let again = received
                .get(&id)
                .is_some_and(|received_at| *received_at < batch.span.0);
            ensure!(!again, "{id} was posted after its receipt");
        }
        if let (Some(200), Some(ended)) = (batch.status, batch.span.1) {
            let receipts: Receipts = serde_json::from_slice(&batch.answer)?;
            received.extend(receipts.verdicts.iter().map(|it| (it.id, ended)));
        }
    }
    for (place, batch) in batches.iter().enumerate() {
        let Some(ended) = batch.span.1 else { continue };
        let ids: BTreeSet<ItemId> = ids_of(batch)?.into_iter().collect();
        for other in batches[place + 1..].iter().filter(|it| it.span.0 < ended) {
            ensure!(
                !ids_of(other)?.iter().any(|id| ids.contains(id)),
                "an item in two requests at once"
            );
        }
    }
    Ok(())
}

pub(super) fn ids_of(exchange: &Exchange) -> Result<Vec<ItemId>> {
    let mut text = Vec::new();
    match exchange.encoding.as_str() {
        "gzip" => drop(flate2::read::GzDecoder::new(&exchange.body[..]).read_to_end(&mut text)?),
        _ => text.extend_from_slice(&exchange.body),
    }
    let batch: Batch<WireItem> = serde_json::from_slice(&text).context("a batch")?;
    Ok(batch.readings.iter().map(|it| it.id).collect())
}
