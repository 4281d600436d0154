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
