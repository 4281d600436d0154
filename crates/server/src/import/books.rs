//! What the books hold before the import.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Imported check readings, of which there may be any number: serial in normal form and moment, and the value.
    pub(super) checks: BTreeMap<(String, i64), i64>,
    /// Property and period that take nothing any more.
    pub(super) closed: BTreeSet<(String, String)>,
}

/// One official value.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct OfficialValue {
    pub(super) official_key: String,
    /// Absent for a skip that holds the key.
    pub(super) value_micro: Option<i64>,
    pub(super) read_at: i64,
    pub(super) serial_normal: String,
}

impl Books {
    /// Reads the books inside the import's transaction.
    pub(super) async fn load(work: &mut Work, without_readings: bool) -> sqlx::Result<Self> {
        const REVOKED: &str = "SELECT code FROM label WHERE revoked_at IS NOT NULL ORDER BY code";
        const OFFICIAL: &str = "SELECT i.official_key, i.value_micro, i.read_at, \
             COALESCE(m.serial_normal, '') AS serial_normal FROM item i LEFT JOIN meter m ON m.id = i.meter_id \
             WHERE i.official_key IS NOT NULL AND i.state IN ('received', 'approved', 'estimated') ORDER BY i.receipt_seq";
        const CHECKS: &str = "SELECT m.serial_normal, i.read_at, i.value_micro FROM item i \
             JOIN meter m ON m.id = i.meter_id WHERE i.kind = 'check' AND i.source = 'import' \
             AND i.value_micro IS NOT NULL ORDER BY i.receipt_seq";
        const CLOSED: &str = "SELECT p.code_normal, s.period FROM period_state s \
             JOIN property p ON p.id = s.property_id WHERE s.state = 'closed' ORDER BY s.period";
        let mut official: Vec<OfficialValue> = Vec::new();
        let mut checks: Vec<(String, i64, i64)> = Vec::new();
        let mut closed: Vec<(String, String)> = Vec::new();
        if !without_readings {
            official = work.rows(OFFICIAL).await?;
            checks = work.rows(CHECKS).await?;
            closed = work.rows(CLOSED).await?;
        }
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
            checks: checks
                .into_iter()
                .map(|(serial, read_at, value)| ((serial, read_at), value))
                .collect(),
            closed: closed.into_iter().collect(),
        })
    }
}

async fn by_key<R: Record>(work: &mut Work) -> sqlx::Result<BTreeMap<String, R>> {
    let records: Vec<R> = work.rows(R::SELECT).await?;
    Ok(records.into_iter().map(|record| (record.key(), record)).collect())
}
