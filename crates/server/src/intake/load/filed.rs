//! Revisions that were filed before under the ids that arrive.

use std::collections::{BTreeSet, HashMap};

use shared::content_hash::ContentHash;
use shared::id::ItemId;
use shared::intake::{Filed, OfficialKey, ReasonCode};
use shared::names::State;
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use sqlx::{FromRow, Result};

use crate::database::Transaction;
use crate::in_transaction;
use crate::intake::rows::UNREADABLE;
use crate::store::json_list::json_list;

const FILED: &str = "
    SELECT id, revision, variant, part, hash, shape, state, code, property_normal, period, receipt_seq, received_at,
        captured_by, value_micro, read_at, read_offset_s, official_key
    FROM item WHERE id IN (SELECT atom FROM json_each($1)) ORDER BY receipt_seq";

pub(super) async fn load(
    transaction: &mut Transaction,
    ids: &BTreeSet<ItemId>,
) -> Result<HashMap<ItemId, Vec<Filed>>> {
    let mut filed: HashMap<ItemId, Vec<Filed>> = HashMap::new();
    if ids.is_empty() {
        return Ok(filed);
    }
    let wanted = json_list(ids);
    let rows: Vec<FiledRow> = in_transaction!(transaction, |c| sqlx::query_as(FILED)
        .bind(&wanted)
        .fetch_all(c)
        .await?);
    for row in rows {
        let Some(id) = ItemId::parse(&row.id) else {
            continue;
        };
        let revisions = filed.entry(id).or_default();
        if row.part == 0 {
            revisions.extend(row.into_filed());
        } else if let Some(whole) = revisions.last_mut() {
            // A further reading of an exchange: it stands or falls with the first.
            whole.keys.extend(row.held_key());
            whole.value = None;
        }
    }
    Ok(filed)
}

#[derive(FromRow)]
struct FiledRow {
    id: String,
    revision: i64,
    variant: i64,
    part: i64,
    hash: String,
    shape: String,
    state: String,
    code: Option<String>,
    property_normal: String,
    period: String,
    receipt_seq: i64,
    received_at: i64,
    captured_by: String,
    value_micro: Option<i64>,
    read_at: i64,
    read_offset_s: i64,
    official_key: Option<String>,
}

impl FiledRow {
    fn into_filed(self) -> Option<Filed> {
        let keys = self.held_key().into_iter().collect();
        let read_at = LocalTime {
            at: Timestamp::from_ms(self.read_at),
            offset_s: i32::try_from(self.read_offset_s).unwrap_or(0),
        };
        let value = if self.shape == "exchange" {
            None
        } else {
            self.value_micro
        };
        Some(Filed {
            revision: u32::try_from(self.revision).ok()?,
            rival: self.variant > 0,
            hash: ContentHash::parse(&self.hash)?,
            state: State::parse(&self.state)?,
            reason: self.code.as_deref().and_then(ReasonCode::parse),
            property: self.property_normal,
            period: Period::parse(&self.period),
            receipt_seq: self.receipt_seq,
            received_at: Timestamp::from_ms(self.received_at),
            captured_by: self.captured_by,
            value: value.and_then(ReadingValue::from_micro),
            read_at: (self.shape != UNREADABLE).then_some(read_at),
            keys,
        })
    }

    fn held_key(&self) -> Option<OfficialKey> {
        let official = State::parse(&self.state).is_some_and(State::is_official);
        self.official_key
            .clone()
            .filter(|_| official)
            .map(OfficialKey::from_stored)
    }
}
