//! Revisions that were filed before under the ids that arrive.

use std::collections::{BTreeSet, HashMap};

use shared::content_hash::ContentHash;
use shared::id::ItemId;
use shared::intake::{Exchanged, Filed, LastDecision, OfficialKey, ReasonCode};
use shared::meter_point::PointKey;
use shared::names::{DecisionStep, Kind, Source, State, Utility};
use shared::period::Period;
use shared::reading_value::ReadingValue;
use shared::timestamp::{LocalTime, Timestamp};
use sqlx::{FromRow, Result};

use crate::database::Transaction;
use crate::in_transaction;
use crate::intake::rows::UNREADABLE;
use crate::store::json_list::json_list;

const FILED: &str = "
    SELECT id, revision, variant, part, hash, shape, state, code, property_normal, building, unit_normal, utility,
        point, kind, meter_id, period, receipt_seq, received_at, captured_by, value_micro, read_at, read_offset_s,
        official_key, source, CAST(CASE WHEN flags = '[]' THEN 0 ELSE 1 END AS BIGINT) AS flagged, decision, decided_by,
        decision_reason
    FROM item WHERE id IN (SELECT atom FROM json_each($1)) ORDER BY receipt_seq";

/// What was filed, and for each meter that an exchange of them brought in the one that sat there before.
#[derive(Debug, Default)]
pub(super) struct FiledItems {
    pub(super) items: HashMap<ItemId, Vec<Filed>>,
    pub(super) replaced: Vec<Replaced>,
    /// Whose row it is that has this number.
    pub(super) ids: HashMap<i64, ItemId>,
}

/// The meter that had to go.
#[derive(Debug)]
pub(super) struct Replaced {
    pub(super) point: PointKey,
    /// Absent where there was none.
    pub(super) meter_id: Option<i64>,
}

pub(super) async fn load(transaction: &mut Transaction, ids: &BTreeSet<ItemId>) -> Result<FiledItems> {
    let mut filed = FiledItems::default();
    if ids.is_empty() {
        return Ok(filed);
    }
    let wanted = json_list(ids);
    let rows: Vec<FiledRow> = in_transaction!(transaction, |c| sqlx::query_as(FILED)
        .bind(&wanted)
        .fetch_all(c)
        .await?);
    let mut removed_meter_id = None;
    for row in rows {
        let Some(id) = ItemId::parse(&row.id) else {
            continue;
        };
        filed.ids.insert(row.receipt_seq, id);
        let revisions = filed.items.entry(id).or_default();
        let exchanged = row.exchanged();
        if row.part == 0 {
            removed_meter_id = row.removed_meter_id();
            revisions.extend(row.into_filed());
        } else if let Some(whole) = revisions.last_mut() {
            // A further reading of an exchange: it stands or falls with the first.
            whole.keys.extend(row.held_key());
            whole.value = None;
        }
        if let Some((exchanged, whole)) = exchanged.zip(revisions.last_mut()) {
            filed.replaced.push(Replaced {
                point: exchanged.point.clone(),
                meter_id: removed_meter_id,
            });
            whole.exchanged = Some(exchanged);
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
    building: String,
    unit_normal: String,
    utility: String,
    point: String,
    kind: String,
    meter_id: Option<i64>,
    period: String,
    receipt_seq: i64,
    received_at: i64,
    captured_by: String,
    value_micro: Option<i64>,
    read_at: i64,
    read_offset_s: i64,
    official_key: Option<String>,
    source: String,
    flagged: i64,
    decision: Option<String>,
    decided_by: Option<String>,
    decision_reason: Option<String>,
}

impl FiledRow {
    fn into_filed(self) -> Option<Filed> {
        let keys = self.held_key().into_iter().collect();
        let point = self.point_key();
        let read_at = LocalTime {
            at: Timestamp::from_ms(self.read_at),
            offset_s: i32::try_from(self.read_offset_s).unwrap_or(0),
        };
        let by_office = self.source == Source::Office.name();
        let flagged = self.flagged == 1;
        let decided = self.decision.as_deref().and_then(DecisionStep::parse);
        let decided = decided.map(|step| LastDecision {
            step,
            by: self.decided_by.unwrap_or_default(),
            reason: self.decision_reason.unwrap_or_default(),
        });
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
            point,
            period: Period::parse(&self.period),
            receipt_seq: self.receipt_seq,
            received_at: Timestamp::from_ms(self.received_at),
            captured_by: self.captured_by,
            value: value.and_then(ReadingValue::from_micro),
            read_at: (self.shape != UNREADABLE).then_some(read_at),
            keys,
            exchanged: None,
            by_office,
            flagged,
            decided,
        })
    }

    fn point_key(&self) -> Option<PointKey> {
        let utility = Utility::parse(&self.utility)?;
        let [property, unit] = [&self.property_normal, &self.unit_normal];
        Some(PointKey::new(
            property,
            &self.building,
            unit,
            utility,
            &self.point,
        ))
    }

    // The first reading of an exchange is that of the meter that goes, if there is one.
    fn removed_meter_id(&self) -> Option<i64> {
        self.meter_id.filter(|_| self.kind == Kind::MeterRemoved.name())
    }

    // An exchange that holds the new meter's key brought that meter in.
    fn exchanged(&self) -> Option<Exchanged> {
        let installs = self.shape == "exchange" && self.kind == Kind::MeterInstalled.name();
        let key = self.held_key().filter(|_| installs)?;
        Some(Exchanged {
            point: self.point_key()?,
            serial: key.serial()?.to_owned(),
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
