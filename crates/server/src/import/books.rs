//! What the books hold before the import.

use std::collections::{BTreeMap, BTreeSet};

use super::records::{
    LabelRecord, MeterRecord, PointRecord, PropertyRecord, Record, Row, TenancyRecord, UnitRecord,
};
use super::transaction::Work;
use crate::store::json_list::json_list;

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
    /// Only a part was loaded, for one thing that is edited.
    pub(super) is_part: bool,
    /// What was read on meters whose register is to be another one, by serial in normal form.
    pub(super) read_on: BTreeMap<String, ReadOn>,
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
            official = work.rows(OFFICIAL, &[]).await?;
            checks = work.rows(CHECKS, &[]).await?;
            closed = work.rows(CLOSED, &[]).await?;
        }
        let revoked: Vec<(String,)> = work.rows(REVOKED, &[]).await?;
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
            is_part: false,
            read_on: BTreeMap::new(),
        })
    }

    /// Only what belongs to one unit, and the tenancy with this code wherever it is.
    pub(super) async fn of_unit(work: &mut Work, unit_id: &str, tenant_normal: &str) -> sqlx::Result<Self> {
        let mut books = Self {
            properties: of_unit(work, unit_id).await?,
            units: of_unit(work, unit_id).await?,
            points: of_unit(work, unit_id).await?,
            meters: of_unit(work, unit_id).await?,
            tenancies: of_unit(work, unit_id).await?,
            labels: of_unit(work, unit_id).await?,
            is_part: true,
            ..Self::default()
        };
        let tenancy = select::<TenancyRecord>("t.tenant_normal = $1");
        books
            .tenancies
            .extend(keyed(work.rows(&tenancy, &[tenant_normal]).await?));
        Ok(books)
    }

    /// Only one property.
    pub(super) async fn of_property(work: &mut Work, code_normal: &str) -> sqlx::Result<Self> {
        let property = select::<PropertyRecord>("p.code_normal = $1");
        Ok(Self {
            properties: keyed(work.rows(&property, &[code_normal]).await?),
            is_part: true,
            ..Self::default()
        })
    }

    /// Reads what was read on those of the meters whose register the books have otherwise.
    pub(super) async fn load_read_on(
        &mut self,
        work: &mut Work,
        meters: &[Row<MeterRecord>],
    ) -> sqlx::Result<()> {
        let records = meters.iter().map(|row| &row.record);
        let others = records.filter(|it| {
            self.meters
                .get(&it.key())
                .is_some_and(|known| !known.has_register_of(it))
        });
        let serials: Vec<&str> = others.map(|it| it.serial_normal.as_str()).collect();
        if serials.is_empty() {
            return Ok(());
        }
        let rows: Vec<ReadOn> = work.rows(READ_ON, &[&json_list(serials)]).await?;
        self.read_on = rows
            .into_iter()
            .map(|it| (it.serial_normal.clone(), it))
            .collect();
        Ok(())
    }
}

/// What was read on a meter, as far as it speaks against another register.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ReadOn {
    serial_normal: String,
    /// The highest value.
    pub(super) value_micro: i64,
    /// The most decimals of a value.
    pub(super) decimals: i64,
    /// 1: it went through zero.
    pub(super) rolled_over: i64,
    /// 1: consumption was reckoned by its multiplier.
    pub(super) used: i64,
}

/// The history of each of these meters, by the index of its meter point.
const READ_ON: &str = "SELECT m.serial_normal, CAST(MAX(i.value_micro) AS BIGINT) AS value_micro, \
     CAST(MAX(CASE WHEN i.value_micro % 1000000 = 0 THEN 0 WHEN i.value_micro % 100000 = 0 THEN 1 \
     WHEN i.value_micro % 10000 = 0 THEN 2 WHEN i.value_micro % 1000 = 0 THEN 3 WHEN i.value_micro % 100 = 0 THEN 4 \
     WHEN i.value_micro % 10 = 0 THEN 5 ELSE 6 END) AS BIGINT) AS decimals, \
     CAST(MAX(CASE WHEN i.value_micro < i.previous_micro AND i.consumption_micro > 0 THEN 1 ELSE 0 END) AS BIGINT) \
     AS rolled_over, \
     CAST(MAX(CASE WHEN i.consumption_micro <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS used \
     FROM json_each($1) AS list JOIN meter m ON m.serial_normal = atom \
     JOIN item i ON i.meter_point_id = m.meter_point_id AND i.meter_id = m.id \
     WHERE i.value_micro IS NOT NULL AND i.state IN ('received', 'approved', 'estimated') GROUP BY m.serial_normal";

async fn by_key<R: Record>(work: &mut Work) -> sqlx::Result<BTreeMap<String, R>> {
    Ok(keyed(work.rows(&select::<R>("TRUE"), &[]).await?))
}

async fn of_unit<R: Record>(work: &mut Work, unit_id: &str) -> sqlx::Result<BTreeMap<String, R>> {
    Ok(keyed(work.rows(&select::<R>(R::OF_UNIT), &[unit_id]).await?))
}

fn select<R: Record>(condition: &str) -> String {
    format!("{} AND {condition} ORDER BY {}", R::SELECT, R::ORDER)
}

fn keyed<R: Record>(records: Vec<R>) -> BTreeMap<String, R> {
    records.into_iter().map(|record| (record.key(), record)).collect()
}
