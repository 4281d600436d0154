//! `GET /api/devices`: the phones, what is still on them, and which of them want attention.

use std::cmp::Reverse;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::device_warning::{DeviceQueue, device_warning};
use shared::id::DeviceId;
use shared::timestamp::Timestamp;
use shared::wire::devices::{DeviceList, DeviceRow};
use shared::wire::problem::Problem;

use crate::auth::Office;
use crate::problem::ApiError;
use crate::state::AppState;
use crate::store::{KnownDevice, missing_ranges};

/// Every phone with every person's queue on it; what it said of it at its last contact beside what has arrived.
#[utoipa::path(
    get, path = "/api/devices", tag = "office",
    responses(
        (status = OK, body = DeviceList),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn devices(
    State(app): State<AppState>,
    Office(_): Office,
) -> Result<impl IntoResponse, ApiError> {
    let rules = app.store.device_rules().await?;
    let known = app.store.known_devices().await?;
    let arrived = app.store.arrived_from(&known).await?;
    let now = app.clock.now();
    let mut devices = Vec::with_capacity(known.len());
    for device in known {
        let key = (device.name_normal.clone(), device.device_id.clone());
        let (received, last) = arrived.get(&key).copied().unwrap_or_default();
        let total = device.device_total.unwrap_or(0).max(last);
        let (received, total) = (count(received), count(total));
        let missing = if received < total {
            let seqs = app.store.received_device_seqs(&key.0, &key.1, total).await?;
            missing_ranges(&seqs, total)
        } else {
            Vec::new()
        };
        let mut row = row_of(device, total, received, missing);
        row.0.warning = device_warning(&row.1, &rules, now);
        devices.push(row.0);
    }
    devices.sort_by_key(|row| Reverse((row.warning, row.last_contact_at.clone())));
    let list = DeviceList {
        devices,
        old_after_hours: rules.old_after_hours,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(list)))
}

fn row_of(
    device: KnownDevice,
    device_total: u64,
    received: u64,
    missing: Vec<(u64, u64)>,
) -> (DeviceRow, DeviceQueue) {
    let at = |ms: Option<i64>| ms.map(Timestamp::from_ms);
    let text = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339);
    let reported = count(device.device_total.unwrap_or(0));
    let queue = DeviceQueue {
        missing: missing
            .iter()
            .map(|(first, last)| (*last).min(reported).saturating_sub(first - 1))
            .sum(),
        waiting: count(device.waiting.unwrap_or(0)),
        oldest_read_at: at(device.oldest_read_at),
        last_contact_at: at(device.last_contact_at),
    };
    let row = DeviceRow {
        device_id: DeviceId::parse(&device.device_id).unwrap_or_default(),
        username: device.name,
        enrolled_at: Timestamp::from_ms(device.enrolled_at).to_rfc3339(),
        revoked_at: text(at(device.revoked_at)),
        last_contact_at: text(queue.last_contact_at),
        device_total,
        received,
        missing,
        waiting: queue.waiting,
        oldest_read_at: text(queue.oldest_read_at),
        app_version: device.app_version.unwrap_or_default(),
        storage: device.storage.unwrap_or_default(),
        ..DeviceRow::default()
    };
    (row, queue)
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
