//! Who holds the keys that the items may claim.

use std::collections::{BTreeSet, HashMap};

use shared::id::ItemId;
use shared::intake::{Occupant, OfficialKey};
use shared::names::{SkipReason, State};
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use sqlx::{FromRow, Result};

use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;

// The condition on `state` is that of the unique index, word for word, and the list comes first, so that the index is used.
const OCCUPANTS: &str = "
    SELECT i.official_key, i.receipt_seq, i.id, i.revision, i.state, i.value_micro, i.skip_reason, i.read_at, i.read_offset_s,
        COALESCE(a.name, i.captured_by) AS captured_by, i.property_normal, mp.reread_reason,
        CASE WHEN i.shape = 'exchange' THEN (SELECT CAST(COUNT(*) AS BIGINT) FROM item o
            WHERE o.id = i.id AND o.revision = i.revision AND o.variant = i.variant AND o.part <> i.part) ELSE 0 END
            AS other_parts
    FROM json_each($1) w
    CROSS JOIN item i
    LEFT JOIN meter_point mp ON mp.id = i.meter_point_id
    LEFT JOIN account a ON a.name_normal = i.captured_by
    WHERE i.official_key = w.atom AND i.state IN ('received', 'approved', 'estimated')";

/// Adds the rows that hold a key to `ids`.
pub(super) async fn load(
    transaction: &mut Transaction,
    keys: &BTreeSet<OfficialKey>,
    ids: &mut HashMap<i64, ItemId>,
) -> Result<HashMap<OfficialKey, Occupant>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted = json_list(keys.iter().map(OfficialKey::as_str));
    let rows: Vec<OccupantRow> = in_transaction!(transaction, |c| sqlx::query_as(OCCUPANTS)
        .bind(&wanted)
        .fetch_all(c)
        .await?);
    let occupants = rows.into_iter().filter_map(|row| {
        let receipt_seq = row.receipt_seq;
        let (key, occupant) = row.into_occupant()?;
        ids.insert(receipt_seq, occupant.id);
        Some((key, occupant))
    });
    Ok(occupants.collect())
}

#[derive(FromRow)]
struct OccupantRow {
    official_key: String,
    receipt_seq: i64,
    id: String,
    revision: i64,
    state: String,
    value_micro: Option<i64>,
    skip_reason: Option<String>,
    read_at: i64,
    read_offset_s: i64,
    captured_by: String,
    property_normal: String,
    reread_reason: Option<String>,
    other_parts: i64,
}

impl OccupantRow {
    fn into_occupant(self) -> Option<(OfficialKey, Occupant)> {
        let occupant = Occupant {
            id: ItemId::parse(&self.id)?,
            revision: u32::try_from(self.revision).ok()?,
            state: State::parse(&self.state)?,
            value: self.value_micro.and_then(ReadingValue::from_micro),
            skip_reason: self.skip_reason.as_deref().and_then(SkipReason::parse),
            read_at: LocalTime {
                at: Timestamp::from_ms(self.read_at),
                offset_s: i32::try_from(self.read_offset_s).unwrap_or(0),
            },
            captured_by: self.captured_by,
            property: self.property_normal,
            holds_others: self.other_parts > 0,
            reread: self.reread_reason.is_some(),
        };
        Some((OfficialKey::from_stored(self.official_key), occupant))
    }
}
