//! The meter point of an entry, and what has to be known of it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use shared::code::Code;

use super::EntryError;
use crate::auth::Person;
use crate::import::books::Books;
use crate::import::records::{MeterRecord, PointRecord, Record};
use crate::import::transaction::Work;
use crate::store::Store;

pub(super) struct Place {
    /// Of the unit.
    pub(super) books: Books,
    pub(super) point: PointRecord,
    pub(super) zone: TimeZone,
    /// The day of the present meter's last official value.
    pub(super) last_read: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct Found {
    unit_id: String,
    utility: String,
    point_normal: String,
    read_at: Option<i64>,
}

impl Place {
    pub(super) async fn find(
        store: &Store,
        person: &Person,
        meter_point_id: &str,
    ) -> Result<Self, EntryError> {
        const FIND: &str = "SELECT CAST(mp.unit_id AS TEXT) AS unit_id, mp.utility, mp.point_normal, \
             (SELECT MAX(i.corrected_at) FROM item i JOIN meter m ON m.id = i.meter_id AND m.removed_on IS NULL \
             WHERE i.meter_point_id = mp.id AND i.state IN ('received', 'approved', 'estimated') \
             AND i.value_micro IS NOT NULL) AS read_at \
             FROM meter_point mp WHERE mp.id = CAST($1 AS BIGINT) AND mp.removed_at IS NULL";
        if meter_point_id.parse::<i64>().is_err() {
            return Err(EntryError::NotFound);
        }
        // Nothing is written, but the few statements see one state of the books.
        let mut work = Work::begin(store.writer()).await?;
        let found: Option<Found> = work.rows(FIND, &[meter_point_id]).await?.pop();
        let found = found.ok_or(EntryError::NotFound)?;
        let books = Books::of_unit(&mut work, &found.unit_id, "").await?;
        work.rollback().await?;
        let mut points = books.points.values();
        let point = points.find(|it| it.utility == found.utility && it.point_normal == found.point_normal);
        let point = point.filter(|it| person.properties.contains(&it.property_normal));
        let point = point.cloned().ok_or(EntryError::NotFound)?;
        let zone = books
            .properties
            .values()
            .next()
            .map(|it| TimeZone::get(&it.time_zone));
        let zone = zone.and_then(Result::ok).unwrap_or(TimeZone::UTC);
        let last_read = found
            .read_at
            .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
        let last_read = last_read.map(|at| at.to_zoned(zone.clone()).date());
        Ok(Self {
            books,
            point,
            zone,
            last_read,
        })
    }

    /// The meter that sits there.
    pub(super) fn meter(&self) -> Option<&MeterRecord> {
        let mut meters = self.books.meters.values();
        meters.find(|it| it.removed_on.is_none() && it.point_record().key() == self.point.key())
    }
}

pub(super) async fn serial_exists(store: &Store, serial: &Code) -> sqlx::Result<bool> {
    const EXISTS: &str = "SELECT COUNT(*) FROM meter WHERE serial_normal = $1";
    let count: i64 = crate::on!(store.reader(), |pool| sqlx::query_scalar(EXISTS)
        .bind(serial.normal())
        .fetch_one(pool)
        .await?);
    Ok(count > 0)
}
