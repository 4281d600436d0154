//! Reads for the list that phones work from: what changed after a change number, in bulk, one row a meter point.

mod history;
mod points;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::period::Period;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::list::{Decision, MeterPointRow, PeriodRow, PropertyRow, RuleSettings};
use sqlx::FromRow;

use super::Store;
use crate::auth::PropertyScope;
use crate::zone_offsets::zone_offsets;

/// Decisions that a complete list still tells: those of the last days, as a phone keeps what it sent for 35.
const DECISION_KEPT_MS: i64 = 60 * 24 * 60 * 60 * 1_000;

/// Meter points a portion.
const PORTION_POINTS: usize = 1_000;

/// Of the last days: by the index `item_decided`.
const DECISIONS: &str =
    "SELECT id, revision, state, decision_reason AS reason, decided_by, decided_at FROM item
    WHERE captured_by = $1 AND part = 0 AND decided_at IS NOT NULL AND decided_at >= $2 ORDER BY updated_seq";
/// Of what changed. The person is compared as a text that no index has: the changes since then are few, what the person ever read
/// is not.
const DECISIONS_SINCE: &str = "SELECT id, revision, state, decision_reason AS reason, decided_by, decided_at FROM item
    WHERE captured_by || '' = $1 AND part = 0 AND decided_at IS NOT NULL AND updated_seq > $2 ORDER BY updated_seq";

/// Which part of the list is asked for.
#[derive(Debug, Clone)]
pub struct RoundListQuery {
    /// Key of the account whose decisions are told.
    pub captured_by: String,
    /// Which properties are in it.
    pub scope: PropertyScope,
    /// Only what changed after this change number; `None` for all.
    pub since: Option<i64>,
    /// Now.
    pub now: Timestamp,
}

/// What was asked for.
#[derive(Debug)]
pub struct RoundListRows {
    /// The properties of the scope, always complete.
    pub properties: Vec<PropertyRow>,
    /// Meter points in service.
    pub points: MeterPointRows,
    /// Meter points that were taken out of service.
    pub removed: Vec<String>,
    /// What the office made of the person's items.
    pub decisions: Vec<Decision>,
}

/// The rows of meter points, read in portions: a whole portfolio with its history is never in memory at once.
#[derive(Debug)]
pub struct MeterPointRows {
    store: Store,
    /// Those that are still to come, the next one first.
    ids: VecDeque<i64>,
    this_period: Period,
    now: Timestamp,
    names: BTreeMap<String, String>,
}

impl MeterPointRows {
    /// Whether every row was given.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The next rows; none when there are no more.
    pub async fn portion(&mut self) -> sqlx::Result<Vec<MeterPointRow>> {
        let count = self.ids.len().min(PORTION_POINTS);
        let ids: Vec<i64> = self.ids.drain(..count).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.store
            .meter_point_rows(&ids, self.this_period, self.now, &self.names)
            .await
    }
}

impl Store {
    /// The limits that the office has set.
    pub async fn rule_settings(&self) -> sqlx::Result<RuleSettings> {
        let text: Option<String> = crate::on!(self.reader(), |pool| {
            sqlx::query_scalar("SELECT value FROM setting WHERE name = 'rules'")
                .fetch_optional(pool)
                .await
        })?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// The list or what changed in it. Read the last change number before: what is committed in between is then told
    /// twice rather than never.
    pub async fn round_list(&self, query: &RoundListQuery) -> sqlx::Result<RoundListRows> {
        let scope = query.scope.as_json();
        let properties = self.property_rows(scope.as_deref(), query.now).await?;
        let names = self.account_names().await?;
        let this_period = latest_period(&properties, query.now);
        let ids = self.meter_point_ids(scope.as_deref(), query.since).await?;
        let removed = match query.since {
            Some(since) => self.removed_points(scope.as_deref(), since).await?,
            None => Vec::new(),
        };
        let decisions = self.decisions(query).await?;
        Ok(RoundListRows {
            properties,
            points: MeterPointRows {
                store: self.clone(),
                ids: ids.into(),
                this_period,
                now: query.now,
                names,
            },
            removed,
            decisions,
        })
    }

    async fn property_rows(&self, scope: Option<&str>, now: Timestamp) -> sqlx::Result<Vec<PropertyRow>> {
        const PROPERTIES: &str = "SELECT id, code, name, time_zone FROM property
            WHERE $1 IS NULL OR code_normal IN (SELECT atom FROM json_each($1)) ORDER BY code_normal";
        const PERIODS: &str =
            "SELECT property_id, period, state FROM period_state ORDER BY property_id, period";
        let (properties, states): (Vec<Property>, Vec<PeriodState>) = crate::on!(self.reader(), |pool| {
            (
                sqlx::query_as(PROPERTIES).bind(scope).fetch_all(pool).await?,
                sqlx::query_as(PERIODS).fetch_all(pool).await?,
            )
        });
        let mut states_by_property: BTreeMap<i64, Vec<PeriodRow>> = BTreeMap::new();
        for state in states {
            let row = PeriodRow {
                period: state.period,
                state: state.state,
            };
            states_by_property.entry(state.property_id).or_default().push(row);
        }
        Ok(properties
            .into_iter()
            .map(|property| {
                let zone_offsets = zone_offsets(&property.time_zone, now);
                let known = states_by_property.remove(&property.id).unwrap_or_default();
                let periods = with_recent_periods(known, &zone_offsets, now);
                PropertyRow {
                    code: property.code,
                    name: property.name,
                    time_zone: property.time_zone,
                    zone_offsets,
                    periods,
                }
            })
            .collect())
    }

    /// Account names as they are shown, by their normalised form.
    async fn account_names(&self) -> sqlx::Result<BTreeMap<String, String>> {
        let rows: Vec<(String, String)> = crate::on!(self.reader(), |pool| {
            sqlx::query_as("SELECT name_normal, name FROM account")
                .fetch_all(pool)
                .await
        })?;
        Ok(rows.into_iter().collect())
    }

    async fn decisions(&self, query: &RoundListQuery) -> sqlx::Result<Vec<Decision>> {
        let (sql, from) = match query.since {
            Some(since) => (DECISIONS_SINCE, since),
            None => (DECISIONS, query.now.ms() - DECISION_KEPT_MS),
        };
        let rows: Vec<DecisionRow> = crate::on!(self.reader(), |pool| {
            sqlx::query_as(sql)
                .bind(&query.captured_by)
                .bind(from)
                .fetch_all(pool)
                .await
        })?;
        Ok(rows.into_iter().filter_map(DecisionRow::into_wire).collect())
    }
}

#[derive(FromRow)]
struct Property {
    id: i64,
    code: String,
    name: String,
    time_zone: String,
}

#[derive(FromRow)]
struct PeriodState {
    property_id: i64,
    period: String,
    state: String,
}

#[derive(FromRow)]
struct DecisionRow {
    id: String,
    revision: i64,
    state: String,
    reason: Option<String>,
    decided_by: Option<String>,
    decided_at: i64,
}

impl DecisionRow {
    fn into_wire(self) -> Option<Decision> {
        Some(Decision {
            id: shared::id::ItemId::parse(&self.id)?,
            revision: u32::try_from(self.revision).ok()?,
            state: self.state,
            reason: self.reason.filter(|reason| !reason.is_empty()),
            by: self.decided_by.unwrap_or_default(),
            at: Timestamp::from_ms(self.decided_at).to_rfc3339(),
        })
    }
}

/// A moment as the phone's clock showed it, from its two columns.
pub(super) fn local_rfc3339(at_ms: i64, offset_s: i64) -> String {
    LocalTime {
        at: Timestamp::from_ms(at_ms),
        offset_s: i32::try_from(offset_s).unwrap_or(0),
    }
    .to_rfc3339()
}

// The periods with a state of their own, and this month and the one before even if they have none.
fn with_recent_periods(mut known: Vec<PeriodRow>, offsets: &[(i64, i32)], now: Timestamp) -> Vec<PeriodRow> {
    let zone = shared::zone::Zone::new(offsets).unwrap_or_else(shared::zone::Zone::utc);
    let this = zone.month_at(now);
    let told: BTreeSet<String> = known.iter().map(|it| it.period.clone()).collect();
    for period in [this.previous(), this] {
        let period = period.to_string();
        if !told.contains(&period) {
            known.push(PeriodRow {
                period,
                state: "open".into(),
            });
        }
    }
    known.sort_by(|a, b| a.period.cmp(&b.period));
    known
}

// Properties may stand in zones with different months at this moment: the latest of them.
fn latest_period(properties: &[PropertyRow], now: Timestamp) -> Period {
    let zones = properties.iter().map(shared::zone::Zone::of_property);
    let utc_month = shared::zone::Zone::utc().month_at(now);
    zones.map(|zone| zone.month_at(now)).max().unwrap_or(utc_month)
}

#[cfg(test)]
mod tests;
