//! Time zones, limits and closed periods of the properties that items name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::intake::Property;
use shared::period::Period;
use shared::timestamp::Timestamp;
use shared::wire::list::RuleSettings;
use shared::zone::Zone;
use sqlx::Result;

use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;
use crate::zone_offsets::zone_offsets;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Offsets by zone name; they are reckoned once a day.
#[derive(Debug, Default)]
pub(in crate::intake) struct ZoneCache {
    day: i64,
    zones: BTreeMap<String, Zone>,
}

impl ZoneCache {
    /// The zone of this name.
    pub(in crate::intake) fn zone(&mut self, name: &str, now: Timestamp) -> Zone {
        let day = now.ms().div_euclid(DAY_MS);
        if self.day != day {
            self.zones.clear();
            self.day = day;
        }
        let fresh = || Zone::new(&zone_offsets(name, now)).unwrap_or_else(Zone::utc);
        self.zones.entry(name.to_owned()).or_insert_with(fresh).clone()
    }
}

/// Which properties, and as of when.
#[derive(Debug)]
pub(super) struct AskedFor {
    /// Codes in normal form.
    pub(super) codes: BTreeSet<String>,
    /// The server's clock.
    pub(super) now: Timestamp,
}

pub(super) async fn load(
    transaction: &mut Transaction,
    asked_for: &AskedFor,
    zones: &mut ZoneCache,
) -> Result<BTreeMap<String, Arc<Property>>> {
    const PROPERTIES: &str = "SELECT code_normal, time_zone FROM property
        WHERE code_normal IN (SELECT atom FROM json_each($1))";
    const CLOSED: &str =
        "SELECT p.code_normal, s.period FROM period_state s JOIN property p ON p.id = s.property_id
        WHERE s.state = 'closed' AND p.code_normal IN (SELECT atom FROM json_each($1))";
    if asked_for.codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let now = asked_for.now;
    let codes = json_list(&asked_for.codes);
    let known: Vec<(String, String)> = in_transaction!(transaction, |c| sqlx::query_as(PROPERTIES)
        .bind(&codes)
        .fetch_all(c)
        .await?);
    let closed: Vec<(String, String)> = in_transaction!(transaction, |c| sqlx::query_as(CLOSED)
        .bind(&codes)
        .fetch_all(c)
        .await?);
    let settings = rule_settings(transaction).await?;
    let mut closed_by_code: BTreeMap<String, BTreeSet<Period>> = BTreeMap::new();
    for (code, period) in closed {
        closed_by_code
            .entry(code)
            .or_default()
            .extend(Period::parse(&period));
    }
    Ok(known
        .into_iter()
        .map(|(code, time_zone)| {
            let closed = closed_by_code.remove(&code).unwrap_or_default();
            let zone = zones.zone(&time_zone, now);
            (
                code,
                Arc::new(Property {
                    zone,
                    settings: settings.clone(),
                    closed,
                }),
            )
        })
        .collect())
}

/// Limits of the checks.
pub(in crate::intake) async fn rule_settings(transaction: &mut Transaction) -> Result<RuleSettings> {
    const RULES: &str = "SELECT value FROM setting WHERE name = 'rules'";
    let text: Option<String> = in_transaction!(transaction, |c| sqlx::query_scalar(RULES)
        .fetch_optional(c)
        .await?);
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}
