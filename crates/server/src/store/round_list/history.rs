//! What was read at a meter point: its last official value, the official values of three periods, its statistics.

use std::collections::BTreeMap;

use shared::id::ItemId;
use shared::names::Kind;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::register::Register;
use shared::statistics::statistics_of;
use shared::timestamp::Timestamp;
use shared::wire::list::{LatestReading, MeterPointRow, OfficialRow, Statistics};
use sqlx::FromRow;

use super::local_rfc3339;
use super::points::{CurrentMeter, decimal_text, value_text};
use crate::store::Store;
use crate::store::json_list::json_list;

/// Periods that are looked through for the mean of twelve readings and the last value.
const PERIODS_BACK: usize = 14;

/// Official values and skips of some meter points, in the order they were read: all of it from the period `$3` on, and what
/// statistics are made of from `$2` on. The latter is read from the index alone: a meter point's readings lie a month apart in the
/// table, so that each would be a page of its own. The list comes first: a planner without statistics would rather scan a state.
const HISTORY: &str = "
    SELECT i.meter_point_id, i.meter_id, i.period, i.kind, i.state, i.value_micro, i.corrected_at, i.receipt_seq,
        i.id, i.shape, i.skip_reason, i.read_at, i.read_offset_s, i.captured_by, i.consumption_micro
    FROM json_each($1) w
    CROSS JOIN item i
    WHERE i.meter_point_id = CAST(w.atom AS BIGINT) AND i.period >= $3
        AND i.state IN ('received', 'approved', 'estimated') AND (i.value_micro IS NOT NULL OR i.skip_reason IS NOT NULL)
    UNION ALL
    SELECT i.meter_point_id, i.meter_id, i.period, i.kind, i.state, i.value_micro, i.corrected_at, i.receipt_seq,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM json_each($1) w
    CROSS JOIN item i
    WHERE i.meter_point_id = CAST(w.atom AS BIGINT) AND i.period >= $2 AND i.period < $3
        AND i.state IN ('received', 'approved', 'estimated') AND i.value_micro IS NOT NULL
    ORDER BY meter_point_id, corrected_at, receipt_seq";

/// How some values were read.
const READ: &str = "
    SELECT i.meter_point_id, i.read_at, i.read_offset_s, i.captured_by, i.consumption_micro
    FROM json_each($1) w JOIN item i ON i.receipt_seq = CAST(w.atom AS BIGINT)";

impl Store {
    /// By meter point. A point whose last value is older than [`PERIODS_BACK`] is looked through to its beginning.
    pub(super) async fn histories(
        &self,
        point_ids: &str,
        this_period: Period,
        meters: &BTreeMap<i64, CurrentMeter>,
        names: &BTreeMap<String, String>,
    ) -> sqlx::Result<BTreeMap<i64, History>> {
        let from = (0..PERIODS_BACK).fold(this_period, |period, _| period.previous());
        let told = Told {
            official_from: this_period.previous().previous().to_string(),
            meters,
            names,
        };
        let mut histories = BTreeMap::new();
        let recent = self.history_rows(point_ids, &from.to_string(), &told).await?;
        told.fold(&mut histories, recent);
        let quiet = meters
            .keys()
            .filter(|id| histories.get(id).is_none_or(|it: &History| it.latest.is_none()));
        let quiet: Vec<i64> = quiet.copied().collect();
        if !quiet.is_empty() {
            for id in &quiet {
                histories.remove(id);
            }
            let old = self.history_rows(&json_list(quiet), "", &told).await?;
            told.fold(&mut histories, old);
        }
        self.complete(&mut histories, &told).await?;
        Ok(histories)
    }

    async fn history_rows(
        &self,
        point_ids: &str,
        from: &str,
        told: &Told<'_>,
    ) -> sqlx::Result<Vec<HistoryRow>> {
        crate::on!(self.reader(), |pool| {
            sqlx::query_as(HISTORY)
                .bind(point_ids)
                .bind(from)
                .bind(&told.official_from)
                .fetch_all(pool)
                .await
        })
    }

    /// Looks up how those of the last values were read that only the index has told.
    async fn complete(&self, histories: &mut BTreeMap<i64, History>, told: &Told<'_>) -> sqlx::Result<()> {
        let latest = histories.values().filter_map(|it| it.latest.as_ref());
        let unknown: Vec<i64> = latest
            .filter(|it| it.read.is_none())
            .map(|it| it.receipt_seq)
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let rows: Vec<(i64, i64, i64, String, Option<i64>)> = crate::on!(self.reader(), |pool| {
            sqlx::query_as(READ)
                .bind(json_list(unknown))
                .fetch_all(pool)
                .await
        })?;
        for (point, at_ms, offset_s, by, consumption_micro) in rows {
            let history = histories.get_mut(&point);
            if let Some(latest) = history.and_then(|it| it.latest.as_mut()) {
                latest.read = Some(Read::new(at_ms, offset_s, by, consumption_micro, told.names));
            }
        }
        Ok(())
    }
}

/// What the rows of the list are told by.
struct Told<'a> {
    /// The first period of which all is told.
    official_from: String,
    meters: &'a BTreeMap<i64, CurrentMeter>,
    names: &'a BTreeMap<String, String>,
}

impl Told<'_> {
    fn fold(&self, histories: &mut BTreeMap<i64, History>, rows: Vec<HistoryRow>) {
        for row in rows {
            if let Some(meter) = self.meters.get(&row.meter_point_id) {
                let history = histories.entry(row.meter_point_id).or_default();
                history.add(row, *meter, self.names);
            }
        }
    }
}

/// What one row of the list tells of the past.
#[derive(Debug, Default)]
pub(super) struct History {
    latest: Option<Latest>,
    official: Vec<OfficialRow>,
    /// Regular values of the current meter, in the order they were read.
    regular: Vec<(Timestamp, ReadingValue)>,
    register: Option<Register>,
}

/// The last value.
#[derive(Debug)]
struct Latest {
    receipt_seq: i64,
    value: String,
    period: String,
    kind: String,
    /// Absent until it is looked up.
    read: Option<Read>,
}

/// How a value was read.
#[derive(Debug, Clone)]
struct Read {
    at: String,
    by: String,
    consumption: Option<String>,
}

impl Read {
    fn new(
        at_ms: i64,
        offset_s: i64,
        by: String,
        consumption_micro: Option<i64>,
        names: &BTreeMap<String, String>,
    ) -> Self {
        Self {
            at: local_rfc3339(at_ms, offset_s),
            by: names.get(&by).cloned().unwrap_or(by),
            consumption: consumption_micro.map(decimal_text),
        }
    }
}

impl History {
    pub(super) fn put_into(self, row: &mut MeterPointRow) {
        row.statistics = match self.register {
            Some(register) => statistics_of(&register, &self.regular),
            None => Statistics::default(),
        };
        if let Some((latest, read)) = self
            .latest
            .and_then(|mut it| it.read.take().map(|read| (it, read)))
        {
            row.consumption = read.consumption;
            row.latest = Some(LatestReading {
                value: latest.value,
                read_at: read.at,
                period: latest.period,
                kind: latest.kind,
                captured_by: read.by,
            });
        }
        row.official = self.official;
    }

    fn add(&mut self, row: HistoryRow, meter: CurrentMeter, names: &BTreeMap<String, String>) {
        let value = row.value_micro.map(|micro| value_text(micro, meter.decimals()));
        let read = row.read(names);
        if let Some(micro) = row.value_micro
            && row.meter_id == meter.id
            && meter.id.is_some()
            && is_compared_with(&row.kind)
        {
            self.register = meter.register;
            if row.kind == "regular" {
                let at = Timestamp::from_ms(row.corrected_at);
                self.regular
                    .extend(ReadingValue::from_micro(micro).map(|value| (at, value)));
            }
            self.latest = Some(Latest {
                receipt_seq: row.receipt_seq,
                value: value.clone().unwrap_or_default(),
                period: row.period.clone(),
                kind: row.kind.clone(),
                read: read.clone(),
            });
        }
        if let Some(read) = read
            && let Some(id) = row.id.as_deref().and_then(ItemId::parse)
        {
            let is_skip = row.shape.as_deref() == Some("skip");
            let state = if is_skip { "skipped".into() } else { row.state };
            self.official.push(OfficialRow {
                id,
                period: row.period,
                kind: row.kind,
                state,
                value,
                skip_reason: row.skip_reason,
                read_at: read.at,
                captured_by: read.by,
            });
        }
    }
}

// The same kinds as for the intake: a check or a value of an exchange is nothing that the next reading goes on from.
fn is_compared_with(kind: &str) -> bool {
    matches!(
        Kind::parse(kind),
        Some(Kind::Regular | Kind::MoveIn | Kind::MoveOut)
    )
}

#[derive(FromRow)]
struct HistoryRow {
    meter_point_id: i64,
    meter_id: Option<i64>,
    period: String,
    kind: String,
    state: String,
    value_micro: Option<i64>,
    corrected_at: i64,
    receipt_seq: i64,
    // Of periods that are told in full.
    id: Option<String>,
    shape: Option<String>,
    skip_reason: Option<String>,
    read_at: Option<i64>,
    read_offset_s: Option<i64>,
    captured_by: Option<String>,
    consumption_micro: Option<i64>,
}

impl HistoryRow {
    fn read(&self, names: &BTreeMap<String, String>) -> Option<Read> {
        let by = self.captured_by.clone()?;
        let (at, offset) = (self.read_at?, self.read_offset_s?);
        Some(Read::new(at, offset, by, self.consumption_micro, names))
    }
}

#[cfg(test)]
mod tests;
