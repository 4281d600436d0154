//! How much has arrived from phones since a moment, as of the beginning of somebody's day: as many as the list of readings has
//! with the same filters, which the count leads to.

use shared::timestamp::Timestamp;
use shared::wire::dashboard::Arrivals;

use crate::auth::Person;
use crate::reading_rows::{self, Filter};
use crate::store::Store;

/// Of those that the caller may see.
pub async fn since(store: &Store, person: &Person, at: Timestamp) -> sqlx::Result<Arrivals> {
    let filter = Filter::arrived_from_phones(person, at);
    let count = reading_rows::total(store, &filter).await?;
    Ok(Arrivals { count })
}
