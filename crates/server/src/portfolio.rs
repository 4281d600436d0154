//! The portfolio as the office looks at it: properties, units, and all that the books hold of one unit.

mod properties;
#[cfg(test)]
mod tests;
mod unit;
mod units;

pub use properties::{PropertiesAsked, properties, property};
pub use unit::unit;
pub use units::{UnitsAsked, units};

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow};

use crate::on;
use crate::store::Store;

/// The rows of a query that is put together from constants; whatever callers sent is bound, as text.
async fn rows<T>(store: &Store, sql: String, binds: &[String]) -> sqlx::Result<Vec<T>>
where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    on!(store.reader(), |pool| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for bind in binds {
            query = query.bind(bind.clone());
        }
        query.fetch_all(pool).await
    })
}
