//! New readings into the books: there may be millions of them.

mod copied;
mod inserted;
mod meter_place;

use shared::timestamp::Timestamp;

use self::meter_place::places_of;
use crate::database::Transaction;
use crate::import::records::ItemRecord;
use crate::import::transaction::Work;

/// What is said of each reading, in the order in which it is written.
const COLUMNS: &str = "meter_id, meter_point_id, property_code, property_normal, building, unit_no, unit_normal, utility, point, \
     meter_serial, receipt_seq, id, hash, official_key, period, kind, value_micro, previous_micro, consumption_micro, \
     read_at, corrected_at, read_offset_s, captured_by, flags, remarks, received_at, updated_seq";

/// What is the same for every one that was ever imported. They are approved: the customer's own books are what they come from.
const CONSTANTS: [(&str, &str); 5] = [
    ("revision", "1"),
    ("shape", "reading"),
    ("source", "import"),
    ("state", "approved"),
    ("verdict", "accepted"),
];

/// What a reading takes in the index of its meter point's history, where it is put among years of others.
const INDEX_BYTES: usize = 256;

/// What those of one import have in common.
struct Common {
    /// The receipt number before the first one.
    receipt_before: i64,
    now: Timestamp,
    change: i64,
}

/// Inserts them in their order; `change` is the number of the change that they come with.
pub(super) async fn readings(
    work: &mut Work,
    readings: &[ItemRecord],
    now: Timestamp,
    change: i64,
) -> sqlx::Result<()> {
    let count = i64::try_from(readings.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let common = Common {
        receipt_before: work.take_numbers("receipt", count).await? - count,
        now,
        change,
    };
    let places = places_of(work, readings).await?;
    let bytes = readings.len() * INDEX_BYTES;
    work.transaction().widen_cache(bytes).await?;
    match work.transaction() {
        Transaction::Sqlite(transaction) => inserted::readings(transaction, readings, &common, &places).await,
        Transaction::Postgres(transaction) => copied::readings(transaction, readings, &common, &places).await,
    }
}
