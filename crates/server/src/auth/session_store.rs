//! Sessions in our own database.
//!
//! Saving never brings an ended session back: a request that was under way while its person signed out must not sign
//! them in again. Only `create` makes rows.

use std::collections::HashMap;

use async_trait::async_trait;
use shared::timestamp::Timestamp;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{self, Error};

use super::identify::ACCOUNT_KEY;
use crate::clock::Clock;
use crate::database::Database;
use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;
use crate::store::lookup::Lookup;

/// The store behind the session layer.
#[derive(Debug, Clone)]
pub struct DatabaseSessionStore {
    store: Store,
    clock: Clock,
    /// Data and end of the sessions that have an id.
    rows: Lookup<Id, SessionRow>,
}

/// What a session holds, as JSON, and when it ends, in seconds.
type SessionRow = (String, i64);

impl DatabaseSessionStore {
    /// Sessions in this store, expiring by this clock.
    pub fn new(store: Store, clock: Clock) -> Self {
        let database = store.reader().clone();
        let rows = Lookup::start(move |ids| session_rows(database.clone(), ids));
        Self { store, clock, rows }
    }

    fn now_s(&self) -> i64 {
        self.clock.now().ms().div_euclid(1_000)
    }
}

#[async_trait]
impl SessionStore for DatabaseSessionStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        const INSERT: &str = "INSERT INTO session (id, account_id, data, expires) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO NOTHING";
        let data = encode(record)?;
        loop {
            let inserted = on!(self.store.writer(), |pool| {
                sqlx::query(INSERT)
                    .bind(record.id.to_string())
                    .bind(account_id(record))
                    .bind(&data)
                    .bind(record.expiry_date.unix_timestamp())
                    .execute(pool)
                    .await
                    .map_err(backend)?
                    .rows_affected()
            });
            if inserted == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        const UPDATE: &str = "UPDATE session SET account_id = $2, data = $3, expires = $4 WHERE id = $1";
        let data = encode(record)?;
        on!(self.store.writer(), |pool| {
            sqlx::query(UPDATE)
                .bind(record.id.to_string())
                .bind(account_id(record))
                .bind(data)
                .bind(record.expiry_date.unix_timestamp())
                .execute(pool)
                .await
                .map(drop)
                .map_err(backend)
        })
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let row = self.rows.find(*id).await.map_err(|failed| backend(&failed))?;
        let row = row.filter(|(_, expires)| *expires > self.now_s());
        row.map(|(data, expires)| {
            let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
            let expiry_date = OffsetDateTime::from_unix_timestamp(expires)
                .map_err(|error| Error::Decode(error.to_string()))?;
            Ok(Record {
                id: *id,
                data,
                expiry_date,
            })
        })
        .transpose()
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        on!(self.store.writer(), |pool| {
            sqlx::query("DELETE FROM session WHERE id = $1")
                .bind(id.to_string())
                .execute(pool)
                .await
                .map(drop)
                .map_err(backend)
        })
    }
}

/// Removes what has expired; for the start of the server.
pub async fn forget_expired(store: &Store, now: Timestamp) -> sqlx::Result<()> {
    on!(store.writer(), |pool| {
        sqlx::query("DELETE FROM session WHERE expires <= $1")
            .bind(now.ms().div_euclid(1_000))
            .execute(pool)
            .await
            .map(drop)
    })
}

async fn session_rows(database: Database, ids: Vec<Id>) -> sqlx::Result<HashMap<Id, SessionRow>> {
    const SELECT: &str = "SELECT id, data, expires FROM session WHERE id IN (SELECT atom FROM json_each($1))";
    let ids = json_list(ids.iter().map(Id::to_string));
    let rows: Vec<(String, String, i64)> = on!(&database, |pool| {
        sqlx::query_as(SELECT).bind(&ids).fetch_all(pool).await?
    });
    let rows = rows
        .into_iter()
        .filter_map(|(id, data, expires)| Some((id.parse().ok()?, (data, expires))));
    Ok(rows.collect())
}

fn encode(record: &Record) -> session_store::Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn account_id(record: &Record) -> Option<i64> {
    record.data.get(ACCOUNT_KEY).and_then(serde_json::Value::as_i64)
}

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}
