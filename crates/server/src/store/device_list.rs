//! Every phone with every person's queue on it.

use std::collections::BTreeMap;

use shared::device_warning::DeviceRules;
use sqlx::FromRow;

use super::Store;
use super::json_list::json_list;

/// One phone with one person's queue, as it was enrolled and as it reported last.
#[derive(Debug, Clone, FromRow)]
pub struct KnownDevice {
    /// The phone.
    pub device_id: String,
    /// Whose queue.
    pub name: String,
    /// The name as it is compared.
    pub name_normal: String,
    /// When it was enrolled.
    pub enrolled_at: i64,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// When it reported last; this and what follows is absent when it never did.
    pub last_contact_at: Option<i64>,
    /// The highest running number that it has given.
    pub device_total: Option<i64>,
    /// Items that waited.
    pub waiting: Option<i64>,
    /// When the oldest of them was read.
    pub oldest_read_at: Option<i64>,
    /// Version of the app.
    pub app_version: Option<String>,
    /// How well its storage is protected.
    pub storage: Option<String>,
}

impl Store {
    /// All phones, each with the person who enrolled it and with whoever reported from it.
    pub async fn known_devices(&self) -> sqlx::Result<Vec<KnownDevice>> {
        const DEVICES: &str = "SELECT d.id AS device_id, a.name, a.name_normal, d.enrolled_at, d.revoked_at,
                q.last_contact_at, q.device_total, q.waiting, q.oldest_read_at, q.app_version, q.storage
            FROM (SELECT id, account_id FROM device UNION SELECT device_id, account_id FROM device_queue) AS pair
            JOIN device d ON d.id = pair.id
            JOIN account a ON a.id = pair.account_id
            LEFT JOIN device_queue q ON q.device_id = pair.id AND q.account_id = pair.account_id
            ORDER BY a.name_normal, d.id";
        crate::on!(self.reader(), |pool| sqlx::query_as(DEVICES)
            .fetch_all(pool)
            .await)
    }

    /// What arrived from these, by name and phone: how many running numbers, and the highest. Those from which nothing came are
    /// left out.
    pub async fn arrived_from(
        &self,
        devices: &[KnownDevice],
    ) -> sqlx::Result<BTreeMap<(String, String), (i64, i64)>> {
        const ARRIVED: &str =
            "SELECT i.captured_by, i.device_id, CAST(COUNT(DISTINCT i.device_seq) AS BIGINT),
                CAST(MAX(i.device_seq) AS BIGINT)
            FROM json_each($1) w
            JOIN item i ON i.captured_by = w.value->>'person' AND i.device_id = w.value->>'device'
            WHERE i.device_seq >= 1 GROUP BY i.captured_by, i.device_id";
        let pairs = devices
            .iter()
            .map(|it| serde_json::json!({ "person": it.name_normal, "device": it.device_id }));
        let pairs = json_list(pairs);
        let rows: Vec<(String, String, i64, i64)> = crate::on!(self.reader(), |pool| {
            sqlx::query_as(ARRIVED).bind(pairs).fetch_all(pool).await?
        });
        Ok(rows
            .into_iter()
            .map(|(person, device, count, last)| ((person, device), (count, last)))
            .collect())
    }

    /// When the office is warned of a phone.
    pub async fn device_rules(&self) -> sqlx::Result<DeviceRules> {
        let text: Option<String> = crate::on!(self.reader(), |pool| {
            sqlx::query_scalar("SELECT value FROM setting WHERE name = 'devices'")
                .fetch_optional(pool)
                .await?
        });
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }
}
