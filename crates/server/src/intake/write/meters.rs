//! Meters that are exchanged in the field, and exchanges that are undone. Seldom, so one by one.

use std::collections::{BTreeMap, BTreeSet};

use shared::intake::MeterExchange;
use sqlx::Result;

use crate::database::Transaction;
use crate::in_transaction;
use crate::intake::rows::{ItemRow, MeterChange};

const END: &str = "
    UPDATE meter SET removed_on = $1, final_micro = $2 WHERE serial_normal = $3 AND meter_point_id = $4 RETURNING id";

const BEGIN: &str = "
    INSERT INTO meter (meter_point_id, serial, serial_normal, dials, decimals, multiplier_micro, installed_on,
        initial_micro, taken_over_at, carried_micro)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id";

const FORGET: &str = "
    UPDATE item SET meter_id = NULL
    WHERE meter_point_id = $1 AND meter_id = (SELECT id FROM meter WHERE serial_normal = $2)";

const REMOVE: &str = "DELETE FROM meter WHERE serial_normal = $1 AND meter_point_id = $2 RETURNING id";

const REINSTATE: &str = "
    UPDATE meter SET removed_on = NULL, final_micro = NULL WHERE serial_normal = $1 AND meter_point_id = $2 RETURNING id";

const TOUCH: &str = "UPDATE meter_point SET changed_seq = $2 WHERE id = $1";

/// Changes the meters; then rows that are still to be inserted name the meters that they were read on.
pub(super) async fn change(
    transaction: &mut Transaction,
    changes: &[MeterChange],
    rows: &mut [ItemRow<'_>],
) -> Result<()> {
    let mut linked = Linked::default();
    for it in changes {
        match it {
            MeterChange::Exchange {
                exchange,
                point,
                change,
                receipt_seq,
            } => {
                let old = end(transaction, exchange, *point).await?;
                let new = begin(transaction, exchange, *point).await?;
                let serial = exchange.installed.serial.normal();
                linked.by_serial.insert(serial.to_owned(), new);
                linked.succeeded.extend(old.map(|old| (old, (*receipt_seq, new))));
                touch(transaction, *point, *change).await?;
            }
            MeterChange::Undo {
                serial,
                reinstated,
                point,
                change,
            } => {
                let gone = remove(transaction, serial, *point).await?;
                linked.by_serial.remove(serial);
                linked.gone.extend(gone);
                if let Some(serial) = reinstated {
                    let old = by_serial(transaction, REINSTATE, serial, *point).await?;
                    linked.by_serial.extend(old.map(|old| (serial.clone(), old)));
                }
                touch(transaction, *point, *change).await?;
            }
        }
    }
    rows.iter_mut().for_each(|row| linked.link(row));
    Ok(())
}

/// Which meter rows belong to, after what happened.
#[derive(Default)]
struct Linked {
    by_serial: BTreeMap<String, i64>,
    /// By old meter: behind which receipt which one came.
    succeeded: BTreeMap<i64, (i64, i64)>,
    gone: BTreeSet<i64>,
}

impl Linked {
    fn link(&self, row: &mut ItemRow<'_>) {
        if let Some(id) = self.by_serial.get(row.serial_normal) {
            row.meter_id = Some(*id);
            return;
        }
        if let Some((receipt_seq, new)) = row.meter_id.and_then(|id| self.succeeded.get(&id))
            && row.serial_normal.is_empty()
            && row.receipt_seq > *receipt_seq
        {
            row.meter_id = Some(*new);
        }
        // A number that became free may have been given to another meter: who names it here meant the one that is gone.
        row.meter_id = row.meter_id.filter(|id| !self.gone.contains(id));
    }
}

async fn end(transaction: &mut Transaction, exchange: &MeterExchange, point: i64) -> Result<Option<i64>> {
    let Some((serial, value)) = &exchange.removed else {
        return Ok(None);
    };
    in_transaction!(transaction, |c| sqlx::query_scalar(END)
        .bind(exchange.day.to_string())
        .bind(value.to_micro())
        .bind(serial)
        .bind(point)
        .fetch_optional(c)
        .await)
}

async fn begin(transaction: &mut Transaction, exchange: &MeterExchange, point: i64) -> Result<i64> {
    let meter = &exchange.installed;
    let register = &meter.register;
    in_transaction!(transaction, |c| sqlx::query_scalar(BEGIN)
        .bind(point)
        .bind(meter.serial.shown())
        .bind(meter.serial.normal())
        .bind(i64::from(register.dials()))
        .bind(i64::from(register.decimals()))
        .bind(shared::reading_value::micro_of(register.multiplier()))
        .bind(exchange.day.to_string())
        .bind(meter.initial_value.to_micro())
        .bind(meter.taken_over.map(|it| it.at.ms()))
        .bind(meter.taken_over.map_or(0, |it| it.carried_micro))
        .fetch_one(c)
        .await)
}

async fn remove(transaction: &mut Transaction, serial: &str, point: i64) -> Result<Option<i64>> {
    in_transaction!(transaction, |c| sqlx::query(FORGET)
        .bind(point)
        .bind(serial)
        .execute(c)
        .await
        .map(drop))?;
    by_serial(transaction, REMOVE, serial, point).await
}

async fn by_serial(
    transaction: &mut Transaction,
    statement: &'static str,
    serial: &str,
    point: i64,
) -> Result<Option<i64>> {
    in_transaction!(transaction, |c| sqlx::query_scalar(statement)
        .bind(serial)
        .bind(point)
        .fetch_optional(c)
        .await)
}

async fn touch(transaction: &mut Transaction, point: i64, change: i64) -> Result<()> {
    in_transaction!(transaction, |c| sqlx::query(TOUCH)
        .bind(point)
        .bind(change)
        .execute(c)
        .await
        .map(drop))
}
