//! Estimates that the office asks for, as items, before anything is judged.

use std::collections::HashMap;

use shared::estimate::estimated_at;
use shared::id::DeviceId;
use shared::intake::{DecisionError, MeterPointName, Ruling, estimate_item};
use shared::names::{EstimateMethod, NoEstimate};
use shared::period::Period;
use shared::timestamp::LocalTime;
use sqlx::{AssertSqlSafe, FromRow, Result};

use super::Decision;
use super::load::{self, ZoneCache};
use super::rewritten::{Rewritten, batch_of};
use crate::database::Transaction;
use crate::estimate_basis::{MeterColumns, basis_of, past_of};
use crate::in_transaction;
use crate::store::json_list::json_list;

/// What an order asks for.
struct Asked<'a> {
    point: &'a MeterPointName,
    period: Period,
    method: EstimateMethod,
}

#[derive(Debug, FromRow)]
struct BasisRow {
    wanted: i64,
    time_zone: String,
    dials: Option<i64>,
    decimals: Option<i64>,
    multiplier_micro: Option<i64>,
    past: Option<String>,
}

/// One for each of these decisions that asks for an estimate, by its place among them.
pub(super) async fn estimate_all(
    transaction: &mut Transaction,
    decisions: &[&Decision],
    zones: &mut ZoneCache,
) -> Result<HashMap<usize, Rewritten>> {
    let asked: Vec<(usize, Asked<'_>)> = decisions
        .iter()
        .enumerate()
        .filter_map(|(index, it)| Some((index, asked_of(&it.order.ruling)?)))
        .collect();
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = basis_rows(transaction, &asked).await?;
    let history_readings_min = load::rule_settings(transaction).await?.history_readings_min;
    let estimated = asked.into_iter().map(|(index, asked)| {
        let decision = decisions[index];
        let new = match rows.get(&index) {
            None => Err(DecisionError::NotFound),
            Some(row) => estimate(decision, &asked, row, history_readings_min, zones),
        };
        (index, new)
    });
    Ok(estimated.collect())
}

fn asked_of(ruling: &Ruling) -> Option<Asked<'_>> {
    match ruling {
        Ruling::Estimate {
            point,
            period,
            method,
        } => Some(Asked {
            point,
            period: *period,
            method: *method,
        }),
        _ => None,
    }
}

async fn basis_rows(
    transaction: &mut Transaction,
    asked: &[(usize, Asked<'_>)],
) -> Result<HashMap<usize, BasisRow>> {
    let sql = format!(
        "SELECT CAST(w.value->>0 AS BIGINT) AS wanted, p.time_zone, m.dials, m.decimals, m.multiplier_micro, {} AS past
        FROM json_each($1) w
        JOIN property p ON p.code_normal = w.value->>1
        JOIN unit u ON u.property_id = p.id AND u.building_normal = w.value->>2 AND u.unit_normal = w.value->>3
        JOIN meter_point mp ON mp.unit_id = u.id AND mp.utility = w.value->>4 AND mp.point_normal = w.value->>5
        LEFT JOIN meter m ON m.meter_point_id = mp.id AND m.removed_on IS NULL
        WHERE mp.removed_at IS NULL
        ORDER BY m.installed_on",
        past_of("w.value->>6")
    );
    let wanted = json_list(asked.iter().filter_map(|(index, it)| {
        let key = it.point.key()?;
        let [property, building, unit, utility, point] = key.parts()?.map(str::to_owned);
        Some((
            index,
            property,
            building,
            unit,
            utility,
            point,
            it.period.to_string(),
        ))
    }));
    // Put together from constants; what callers sent is bound.
    let rows: Vec<BasisRow> = in_transaction!(transaction, |c| sqlx::query_as(AssertSqlSafe(sql))
        .bind(&wanted)
        .fetch_all(c)
        .await?);
    // Of two meters at one point, a fault of the portfolio, the one installed last counts: it comes last.
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((usize::try_from(row.wanted).ok()?, row)))
        .collect())
}

fn estimate(
    decision: &Decision,
    asked: &Asked<'_>,
    row: &BasisRow,
    history_readings_min: u32,
    zones: &mut ZoneCache,
) -> Rewritten {
    let none = DecisionError::NoEstimate;
    let zone = zones.zone(&row.time_zone, decision.at);
    let meter = MeterColumns {
        dials: row.dials,
        decimals: row.decimals,
        multiplier_micro: row.multiplier_micro,
    };
    let at = estimated_at(asked.period, &zone, decision.at).map_err(none)?;
    let basis =
        basis_of(meter, row.past.as_deref(), history_readings_min).ok_or(none(NoEstimate::NoMeter))?;
    let estimate = basis.estimate(asked.method, asked.period, at).map_err(none)?;
    let at = LocalTime {
        at,
        offset_s: zone.offset_s_at(at),
    };
    let order = &decision.order;
    let wire = estimate_item(order.id, asked.point, asked.period, estimate, at, &order.by);
    Ok(Some(batch_of(&wire, DeviceId::default(), decision)))
}
