//! Into SQLite: many rows a statement. While the database is at one, the next one is bound.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use shared::period::Period;
use sqlx::SqliteConnection;
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};

use super::meter_place::{MeterPlace, Places};
use super::{COLUMNS, CONSTANTS, Common};
use crate::import::records::ItemRecord;
use crate::intake::statements::BulkInsert;

static INSERT: LazyLock<BulkInsert> =
    LazyLock::new(|| BulkInsert::with_constants("item", COLUMNS, &CONSTANTS));

type Bound = Query<'static, Sqlite, SqliteArguments>;

/// Inserts them.
pub(super) async fn readings(
    connection: &mut SqliteConnection,
    readings: &[ItemRecord],
    common: &Common,
    places: &Places<MeterPlace>,
) -> sqlx::Result<()> {
    let places = places.as_form(MeterTexts::new);
    let mut texts = Texts::default();
    let mut receipts = common.receipt_before + 1..;
    let mut chunks = INSERT.chunks(readings).into_iter();
    let mut bind_next = || {
        let (text, chunk) = chunks.next()?;
        let bound: sqlx::Result<Bound> = chunk.iter().try_fold(sqlx::query(text), |query, item| {
            let receipt = receipts.next().unwrap_or(i64::MAX);
            let query = places.of(item)?.bind(query);
            Ok(texts.bind(query, item, receipt, common))
        });
        Some(bound)
    };
    let mut bound = bind_next();
    while let Some(query) = bound {
        let (inserted, next) = tokio::join!(query?.execute(&mut *connection), async { bind_next() });
        inserted?;
        bound = next;
    }
    Ok(())
}

/// A meter's place with texts that are bound again and again without being copied.
struct MeterTexts {
    meter_id: i64,
    meter_point_id: i64,
    texts: [Arc<str>; 8],
}

impl MeterTexts {
    fn new(place: &MeterPlace) -> Self {
        Self {
            meter_id: place.meter_id,
            meter_point_id: place.meter_point_id,
            texts: place.texts().map(Arc::from),
        }
    }

    fn bind(&self, query: Bound) -> Bound {
        let query = query.bind(self.meter_id).bind(self.meter_point_id);
        let texts = self.texts.iter();
        texts.fold(query, |query, text| query.bind(Arc::clone(text)))
    }
}

/// Texts that many readings have in common.
#[derive(Default)]
struct Texts {
    periods: HashMap<Period, Arc<str>>,
    others: HashMap<String, Arc<str>>,
}

impl Texts {
    /// Binds all that is said of the reading alone.
    fn bind(&mut self, query: Bound, item: &ItemRecord, receipt: i64, common: &Common) -> Bound {
        let period = self.periods.entry(item.period);
        let period = period.or_insert_with_key(|period| period.to_string().into());
        let query = query
            .bind(receipt)
            .bind(item.id.to_string())
            .bind(item.hash.to_string())
            .bind(item.official_key.clone())
            .bind(Arc::clone(period));
        query
            .bind(self.once(item.kind))
            .bind(item.value_micro)
            .bind(item.previous_micro)
            .bind(item.consumption_micro)
            .bind(item.read_at)
            .bind(item.read_at)
            .bind(i64::from(item.read_offset_s))
            .bind(self.once(item.captured_by.normal()))
            .bind(self.once(item.flags))
            .bind(match item.remarks.as_str() {
                "" => self.once(""),
                said => said.into(),
            })
            .bind(common.now.ms())
            .bind(common.change)
    }

    fn once(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.others.get(text) {
            return Arc::clone(known);
        }
        let kept: Arc<str> = text.into();
        self.others.insert(text.to_owned(), Arc::clone(&kept));
        kept
    }
}
