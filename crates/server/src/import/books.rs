//! What the books hold before the import.

use std::collections::BTreeMap;

use super::records::{
    LabelRecord, MeterRecord, PointRecord, PropertyRecord, Record, TenancyRecord, UnitRecord,
};
use super::transaction::Work;

/// Everything that the files are compared with, by key.
#[derive(Debug, Default)]
pub(super) struct Books {
    pub(super) properties: BTreeMap<String, PropertyRecord>,
    pub(super) units: BTreeMap<String, UnitRecord>,
    pub(super) points: BTreeMap<String, PointRecord>,
    pub(super) meters: BTreeMap<String, MeterRecord>,
    pub(super) tenancies: BTreeMap<String, TenancyRecord>,
    pub(super) labels: BTreeMap<String, LabelRecord>,
    /// Codes that were printed once and are not to be given out again.
    pub(super) revoked_codes: Vec<String>,
    /// Official values by key; only loaded when the import brings readings.
    pub(super) official: BTreeMap<String, OfficialValue>,
}

/// One official value.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct OfficialValue {
    pub(super) official_key: String,
    pub(super) value_micro: i64,
    pub(super) read_at: i64,
    pub(super) serial_normal: String,
}

impl Books {
    /// Reads the books inside the import's transaction.
    pub(super) async fn load(work: &mut Work, without_readings: bool) -> sqlx::Result<Self> {
        const REVOKED: &str = "SELECT code FROM label WHERE revoked_at IS NOT NULL ORDER BY code";
        const OFFICIAL: &str = "SELECT i.official_key, i.value_micro, i.read_at, m.serial_normal FROM item i \
             JOIN meter m ON m.id = i.meter_id WHERE i.official_key IS NOT NULL AND i.value_micro IS NOT NULL \
             AND i.state IN ('received', 'approved', 'estimated') ORDER BY i.receipt_seq";
        let official: Vec<OfficialValue> = if without_readings {
            Vec::new()
        } else {
            work.rows(OFFICIAL).await?
        };
        let revoked: Vec<(String,)> = work.rows(REVOKED).await?;
        Ok(Self {
            properties: by_key(work).await?,
            units: by_key(work).await?,
            points: by_key(work).await?,
            meters: by_key(work).await?,
            tenancies: by_key(work).await?,
            labels: by_key(work).await?,
            revoked_codes: revoked.into_iter().map(|row| row.0).collect(),
            official: official
                .into_iter()
                .map(|value| (value.official_key.clone(), value))
                .collect(),
        })
    }
}

async fn by_key<R: Record>(work: &mut Work) -> sqlx::Result<BTreeMap<String, R>> {
    let records: Vec<R> = work.rows(R::SELECT).await?;
    Ok(records.into_iter().map(|record| (record.key(), record)).collect())
}
