//! Whether a phone is enrolled here.

use shared::id::DeviceId;

use super::Store;

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
    pub async fn device_state(&self, device: DeviceId) -> sqlx::Result<DeviceState> {
        let revoked_at: Option<Option<i64>> = crate::on!(self.reader(), |pool| {
            sqlx::query_scalar("SELECT revoked_at FROM device WHERE id = $1")
                .bind(device.to_string())
                .fetch_optional(pool)
                .await?
        });
        Ok(match revoked_at {
            None => DeviceState::Unknown,
            Some(None) => DeviceState::Enrolled,
            Some(Some(_)) => DeviceState::Revoked,
        })
    }
}
