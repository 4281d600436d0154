//! Whether a phone is enrolled here.

use std::collections::HashMap;

use shared::id::DeviceId;

use super::Store;
use super::json_list::json_list;
use super::lookup::{Lookup, LookupFailed};
use crate::database::Database;

/// Whether a phone may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// Somebody signed in on it here.
    Enrolled,
    /// Never seen here.
    Unknown,
    /// An admin revoked it.
    Revoked,
}

impl Store {
    /// Whether this person enrolled the phone, or has reported from it before.
    pub async fn has_device(&self, account_id: i64, device: DeviceId) -> sqlx::Result<bool> {
        const TIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (
            SELECT account_id FROM device WHERE id = $1 AND account_id = $2
            UNION ALL SELECT account_id FROM device_queue WHERE device_id = $1 AND account_id = $2) AS ties";
        let ties: i64 = crate::on!(self.reader(), |pool| {
            sqlx::query_scalar(TIES)
                .bind(device.to_string())
                .bind(account_id)
                .fetch_one(pool)
                .await?
        });
        Ok(ties > 0)
    }

    /// What is known of a phone.
    pub async fn device_state(&self, device: DeviceId) -> Result<DeviceState, LookupFailed> {
        let state = self.device_states.find(device).await?;
        Ok(state.unwrap_or(DeviceState::Unknown))
    }
}

/// Looks phones up; those that are not found are unknown.
pub(super) fn states(database: Database) -> Lookup<DeviceId, DeviceState> {
    Lookup::start(move |devices: Vec<DeviceId>| known(database.clone(), json_list(devices)))
}

async fn known(database: Database, devices: String) -> sqlx::Result<HashMap<DeviceId, DeviceState>> {
    const KNOWN: &str = "SELECT id, revoked_at FROM device WHERE id IN (SELECT atom FROM json_each($1))";
    let rows: Vec<(String, Option<i64>)> = crate::on!(&database, |pool| sqlx::query_as(KNOWN)
        .bind(&devices)
        .fetch_all(pool)
        .await?);
    let known = rows.into_iter().filter_map(|(id, revoked_at)| {
        let state = match revoked_at {
            None => DeviceState::Enrolled,
            Some(_) => DeviceState::Revoked,
        };
        Some((DeviceId::parse(&id)?, state))
    });
    Ok(known.collect())
}
