//! Which installation this is, and which life of its database.

use uuid::Uuid;

use crate::database::Database;

/// Read once at the start: pings tell it without asking the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Which installation this is.
    pub server_id: String,
    /// New after a restore, so that no cursor of the lost time is believed.
    pub epoch: String,
}

impl Identity {
    /// What the database holds; a new database is given both.
    pub async fn load_or_create(database: &Database) -> sqlx::Result<Self> {
        Ok(Self {
            server_id: value_or(database, "server_id", &Uuid::new_v4().to_string()).await?,
            epoch: value_or(database, "epoch", &Uuid::new_v4().to_string()).await?,
        })
    }
}

async fn value_or(database: &Database, name: &str, fresh: &str) -> sqlx::Result<String> {
    crate::on!(database, |pool| {
        sqlx::query("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(fresh)
            .execute(pool)
            .await?;
        sqlx::query_scalar("SELECT value FROM meta WHERE name = $1")
            .bind(name)
            .fetch_one(pool)
            .await
    })
}
