//! Writes what was folded: states and freed keys first, so that the new rows find the keys free.

mod insert;
mod meters;

use sqlx::Result;

use super::QueueReport;
use super::rows::Writes;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;

const SET_STATES: &str = "
    UPDATE item SET state = w.value->>'state', updated_seq = CAST(w.value->>'seq' AS BIGINT)
    FROM json_each($1) w
    WHERE item.id = w.value->>'id' AND item.revision = CAST(w.value->>'revision' AS BIGINT) AND item.variant = 0";

const SET_RIVAL_STATES: &str = "
    UPDATE item SET state = w.value->>'state', updated_seq = CAST(w.value->>'seq' AS BIGINT)
    FROM json_each($1) w JOIN item named ON named.receipt_seq = CAST(w.value->>'receipt_seq' AS BIGINT)
    WHERE item.id = named.id AND item.revision = named.revision AND item.variant = named.variant";

const FREE_KEYS: &str = "
    UPDATE item SET official_key = NULL FROM json_each($1) w
    WHERE item.id = w.value->>'id' AND item.official_key = w.value->>'key'";

const NAMED_PHOTOS: &str = "
    INSERT INTO item_photo (receipt_seq, place, sha256)
    SELECT CAST(w.value->>'receipt_seq' AS BIGINT), CAST(w.value->>'place' AS BIGINT), w.value->>'sha256'
    FROM json_each($1) w";

const REREAD_DONE: &str = "
    UPDATE meter_point SET reread_reason = NULL, changed_seq = $2
    WHERE id IN (SELECT CAST(atom AS BIGINT) FROM json_each($1))";

const ASK_FOR_READING: &str = "
    UPDATE meter_point SET reread_reason = w.value->>'reason', changed_seq = CAST(w.value->>'seq' AS BIGINT)
    FROM json_each($1) w WHERE meter_point.id = CAST(w.value->>'id' AS BIGINT)";

const REPORT: &str = "
    INSERT INTO device_queue
        (device_id, account_id, last_contact_at, device_total, waiting, oldest_read_at, app_version, storage)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (device_id, account_id) DO UPDATE SET last_contact_at = excluded.last_contact_at,
        device_total = excluded.device_total, waiting = excluded.waiting, oldest_read_at = excluded.oldest_read_at,
        app_version = excluded.app_version, storage = excluded.storage";

/// Writes rows, texts, states, keys and meters.
pub(super) async fn items(transaction: &mut Transaction, writes: &mut Writes<'_>) -> Result<()> {
    if !writes.states.is_empty() {
        let states = json_list(&writes.states);
        in_transaction!(transaction, |c| sqlx::query(SET_STATES)
            .bind(states)
            .execute(c)
            .await
            .map(drop))?;
    }
    if !writes.rival_states.is_empty() {
        let states = json_list(&writes.rival_states);
        in_transaction!(transaction, |c| sqlx::query(SET_RIVAL_STATES)
            .bind(states)
            .execute(c)
            .await
            .map(drop))?;
    }
    if !writes.freed.is_empty() {
        let freed = json_list(&writes.freed);
        in_transaction!(transaction, |c| sqlx::query(FREE_KEYS)
            .bind(freed)
            .execute(c)
            .await
            .map(drop))?;
    }
    if !writes.meters.is_empty() {
        meters::change(transaction, &writes.meters, &mut writes.rows).await?;
    }
    insert::rows(transaction, &writes.rows).await?;
    insert::bodies(transaction, &writes.bodies).await?;
    if !writes.photos.is_empty() {
        let photos = json_list(&writes.photos);
        in_transaction!(transaction, |c| sqlx::query(NAMED_PHOTOS)
            .bind(photos)
            .execute(c)
            .await
            .map(drop))?;
    }
    if !writes.answered_points.is_empty() {
        let points = json_list(&writes.answered_points);
        let change = writes.last_change();
        in_transaction!(transaction, |c| {
            sqlx::query(REREAD_DONE)
                .bind(points)
                .bind(change)
                .execute(c)
                .await
                .map(drop)
        })?;
    }
    if !writes.asked.is_empty() {
        let asked = json_list(&writes.asked);
        in_transaction!(transaction, |c| sqlx::query(ASK_FOR_READING)
            .bind(asked)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Notes what a phone said of itself.
pub(super) async fn report(transaction: &mut Transaction, report: &QueueReport) -> Result<()> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    in_transaction!(transaction, |c| {
        sqlx::query(REPORT)
            .bind(report.device_id.to_string())
            .bind(report.account_id)
            .bind(report.at.ms())
            .bind(number(report.device_total))
            .bind(number(report.waiting))
            .bind(report.oldest_read_at.map(|at| at.ms()))
            .bind(&report.app_version)
            .bind(&report.storage)
            .execute(c)
            .await
            .map(drop)
    })
}
