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

/// Official values and skips of some meter points from a period on, in the order they were read. The list comes first: a
/// planner without statistics would rather scan a state.
const HISTORY: &str = "
    SELECT i.meter_point_id, i.meter_id, i.id, i.period, i.kind, i.state, i.shape, i.value_micro, i.read_at,
        i.read_offset_s, i.corrected_at, i.captured_by, i.consumption_micro, i.skip_reason
    FROM json_each($1) w
    CROSS JOIN item i
    WHERE i.meter_point_id = CAST(w.atom AS BIGINT) AND i.period >= $2
        AND i.state IN ('received', 'approved', 'estimated') AND (i.value_micro IS NOT NULL OR i.skip_reason IS NOT NULL)
    ORDER BY i.meter_point_id, i.corrected_at, i.receipt_seq";

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
        let official_from = this_period.previous().previous().to_string();
        let mut histories = BTreeMap::new();
        let recent = self.history_rows(point_ids, &from.to_string()).await?;
        fold(&mut histories, recent, &official_from, meters, names);
        let quiet = meters
            .keys()
            .filter(|id| histories.get(id).is_none_or(|it: &History| it.latest.is_none()));
        let quiet: Vec<i64> = quiet.copied().collect();
        if !quiet.is_empty() {
            for id in &quiet {
                histories.remove(id);
            }
            let old = self.history_rows(&json_list(quiet), "").await?;
            fold(&mut histories, old, &official_from, meters, names);
        }
        Ok(histories)
    }

    async fn history_rows(&self, point_ids: &str, from: &str) -> sqlx::Result<Vec<HistoryRow>> {
        crate::on!(self.reader(), |pool| {
            sqlx::query_as(HISTORY)
                .bind(point_ids)
                .bind(from)
                .fetch_all(pool)
                .await
        })
    }
}

/// What one row of the list tells of the past.
#[derive(Debug, Default)]
pub(super) struct History {
    latest: Option<LatestReading>,
    consumption: Option<String>,
    official: Vec<OfficialRow>,
    /// Regular values of the current meter, in the order they were read.
    regular: Vec<(Timestamp, ReadingValue)>,
    register: Option<Register>,
}

impl History {
    pub(super) fn put_into(self, row: &mut MeterPointRow) {
        row.statistics = match self.register {
            Some(register) => statistics_of(&register, &self.regular),
            None => Statistics::default(),
        };
        row.latest = self.latest;
        row.consumption = self.consumption;
        row.official = self.official;
    }

    fn add(
        &mut self,
        row: HistoryRow,
        meter: CurrentMeter,
        official_from: &str,
        names: &BTreeMap<String, String>,
    ) {
        let captured_by = names.get(&row.captured_by).cloned().unwrap_or(row.captured_by);
        let read_at = local_rfc3339(row.read_at, row.read_offset_s);
        let value = row.value_micro.map(|micro| value_text(micro, meter.decimals()));
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
            self.consumption = row.consumption_micro.map(decimal_text);
            self.latest = Some(LatestReading {
                value: value.clone().unwrap_or_default(),
                read_at: read_at.clone(),
                period: row.period.clone(),
                kind: row.kind.clone(),
                captured_by: captured_by.clone(),
            });
        }
        if row.period.as_str() >= official_from
            && let Some(id) = ItemId::parse(&row.id)
        {
            let state = if row.shape == "skip" {
                String::from("skipped")
            } else {
                row.state
            };
            self.official.push(OfficialRow {
                id,
                period: row.period,
                kind: row.kind,
                state,
                value,
                skip_reason: row.skip_reason,
                read_at,
                captured_by,
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
    id: String,
    period: String,
    kind: String,
    state: String,
    shape: String,
    value_micro: Option<i64>,
    read_at: i64,
    read_offset_s: i64,
    corrected_at: i64,
    captured_by: String,
    consumption_micro: Option<i64>,
    skip_reason: Option<String>,
}

fn fold(
    histories: &mut BTreeMap<i64, History>,
    rows: Vec<HistoryRow>,
    official_from: &str,
    meters: &BTreeMap<i64, CurrentMeter>,
    names: &BTreeMap<String, String>,
) {
    for row in rows {
        if let Some(meter) = meters.get(&row.meter_point_id) {
            histories
                .entry(row.meter_point_id)
                .or_default()
                .add(row, *meter, official_from, names);
        }
    }
}
