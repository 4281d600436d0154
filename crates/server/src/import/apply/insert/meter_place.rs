//! What a reading's row says of its meter and of where that sits: looked up once for all readings of a meter.

use std::collections::{BTreeSet, HashMap};

use crate::import::apply::STATEMENT_ROWS_MAX;
use crate::import::records::ItemRecord;
use crate::import::transaction::Work;
use crate::store::json_list::json_list;

/// As the books write it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct MeterPlace {
    serial_normal: String,
    pub(super) meter_id: i64,
    pub(super) meter_point_id: i64,
    property_code: String,
    property_normal: String,
    building: String,
    unit_no: String,
    unit_normal: String,
    utility: String,
    point: String,
    meter_serial: String,
}

impl MeterPlace {
    /// Its texts in the order of their columns.
    pub(super) fn texts(&self) -> [&str; 8] {
        [
            &self.property_code,
            &self.property_normal,
            &self.building,
            &self.unit_no,
            &self.unit_normal,
            &self.utility,
            &self.point,
            &self.meter_serial,
        ]
    }
}

/// Places by the meter's serial in normal form.
pub(super) struct Places<T>(HashMap<String, T>);

impl<T> Places<T> {
    /// The same in another form.
    pub(super) fn as_form<F>(&self, form: impl Fn(&T) -> F) -> Places<F> {
        let forms = self.0.iter().map(|(serial, place)| (serial.clone(), form(place)));
        Places(forms.collect())
    }

    /// Where the meter of this reading sits. It stands in the books or in the files: without it the import fails.
    pub(super) fn of(&self, item: &ItemRecord) -> sqlx::Result<&T> {
        self.0.get(item.serial.normal()).ok_or(sqlx::Error::RowNotFound)
    }
}

/// The places of the meters that these readings are of.
pub(super) async fn places_of(work: &mut Work, readings: &[ItemRecord]) -> sqlx::Result<Places<MeterPlace>> {
    const PLACES: &str = "SELECT m.serial_normal, m.id AS meter_id, mp.id AS meter_point_id, \
         p.code AS property_code, p.code_normal AS property_normal, u.building, u.unit_no, u.unit_normal, mp.utility, \
         mp.point, m.serial AS meter_serial FROM json_each($1) AS list \
         JOIN meter m ON m.serial_normal = atom JOIN meter_point mp ON mp.id = m.meter_point_id \
         JOIN unit u ON u.id = mp.unit_id JOIN property p ON p.id = u.property_id";
    let serials: BTreeSet<&str> = readings.iter().map(|item| item.serial.normal()).collect();
    let serials: Vec<&str> = serials.into_iter().collect();
    let mut places = HashMap::with_capacity(serials.len());
    for chunk in serials.chunks(STATEMENT_ROWS_MAX) {
        let rows: Vec<MeterPlace> = work.rows(PLACES, &[&json_list(chunk)]).await?;
        places.extend(rows.into_iter().map(|place| (place.serial_normal.clone(), place)));
    }
    Ok(Places(places))
}
