//! The order in which the units of a property are walked, as people in the field change it.

use serde_json::json;
use shared::timestamp::Timestamp;
use shared::walking_order::{UnitKey, arrange, renumber};
use shared::wire::walking_order::WalkingOrderKept;
use sqlx::FromRow;

use crate::audit::AuditEntry;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::Store;
use crate::store::json_list::json_list;

const PROPERTY: &str = "SELECT id, code FROM property WHERE code_normal = $1";

const UNITS: &str = "
    SELECT id, building, unit_no, COALESCE(walk_seq, route_seq) AS place FROM unit WHERE property_id = $1
    ORDER BY COALESCE(walk_seq, route_seq), id";

const MOVE: &str = "
    UPDATE unit SET walk_seq = CAST(list.value->>'place' AS BIGINT) FROM json_each($1) AS list
    WHERE unit.id = CAST(list.value->>'unit' AS BIGINT)";

const TELL_PHONES: &str = "
    UPDATE meter_point SET changed_seq = $1
    WHERE unit_id IN (SELECT CAST(value->>'unit' AS BIGINT) FROM json_each($2))";

#[derive(FromRow)]
struct Unit {
    id: i64,
    building: String,
    unit_no: String,
    place: i64,
}

/// Walks the property in this order from now on; `None` when there is no such property. The last word counts, and the
/// audit keeps whose it was. The same order again changes nothing.
pub async fn set(
    store: &Store,
    now: Timestamp,
    actor: &str,
    property_normal: &str,
    wanted: &[UnitKey],
) -> sqlx::Result<Option<WalkingOrderKept>> {
    let mut transaction = Transaction::begin(store.writer()).await?;
    let mut counters = transaction.lock_counters().await?;
    let property: Option<(i64, String)> = in_transaction!(&mut transaction, |c| sqlx::query_as(PROPERTY)
        .bind(property_normal)
        .fetch_optional(c)
        .await?);
    let Some((property_id, code)) = property else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let units: Vec<Unit> = in_transaction!(&mut transaction, |c| sqlx::query_as(UNITS)
        .bind(property_id)
        .fetch_all(c)
        .await?);
    let moves = moves(&units, wanted);
    let kept = WalkingOrderKept {
        property_code: code.clone(),
        moved: moves.len(),
    };
    if moves.is_empty() {
        transaction.rollback().await?;
        return Ok(Some(kept));
    }
    counters.change += 1;
    let moved = json_list(&moves);
    in_transaction!(&mut transaction, |c| sqlx::query(MOVE)
        .bind(&moved)
        .execute(c)
        .await
        .map(drop))?;
    in_transaction!(&mut transaction, |c| sqlx::query(TELL_PHONES)
        .bind(counters.change)
        .bind(&moved)
        .execute(c)
        .await
        .map(drop))?;
    transaction.store_counters(counters).await?;
    let entry = AuditEntry {
        at: now,
        actor: actor.to_owned(),
        action: "walking_order",
        subject: code,
        detail: json!({ "units": moves.len() }),
    };
    entry.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(Some(kept))
}

/// The units that get another place.
fn moves(units: &[Unit], wanted: &[UnitKey]) -> Vec<serde_json::Value> {
    let present: Vec<UnitKey> = units
        .iter()
        .map(|unit| UnitKey::new(&unit.building, &unit.unit_no))
        .collect();
    let places: Vec<i64> = units.iter().map(|unit| unit.place).collect();
    renumber(&places, &arrange(&present, wanted))
        .into_iter()
        .filter_map(|(at, place)| Some(json!({ "unit": units.get(at)?.id, "place": place })))
        .collect()
}
