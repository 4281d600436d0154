//! `POST /api/devices/{id}/check`: which running numbers are missing; also the heartbeat that the office sees.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use shared::id::DeviceId;
use shared::timestamp::LocalTime;
use shared::wire::check::{DeviceCheck, DeviceReport};
use shared::wire::problem::Problem;

use crate::auth::{Person, Technician};
use crate::intake::QueueReport;
use crate::problem::ApiError;
use crate::state::AppState;
use crate::store::{DeviceState, missing_ranges};

/// Longest text that a phone may say of its version or storage; the rest is cut off.
const REPORT_TEXT_LENGTH_MAX: usize = 60;

/// Compares what the phone has captured with what the server has.
#[utoipa::path(
    post, path = "/api/devices/{id}/check", tag = "phone", request_body = DeviceReport,
    params(("id" = DeviceId, Path, description = "The phone")),
    responses(
        (status = OK, body = DeviceCheck),
        (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem, description = "`unknown_device`: not this person's phone"),
    )
)]
pub(crate) async fn check(
    State(app): State<AppState>,
    Technician(person): Technician,
    Path(device_id): Path<DeviceId>,
    body: Result<Json<DeviceReport>, JsonRejection>,
) -> Result<Json<DeviceCheck>, ApiError> {
    let Json(report) = body?;
    if !is_of(&app, &person, device_id).await? {
        return Err(ApiError::UnknownDevice);
    }
    let device_total = report.device_total;
    let queue = QueueReport {
        device_id,
        account_id: person.account_id,
        username: person.name.clone(),
        at: app.clock.now(),
        device_total,
        waiting: report.waiting,
        oldest_read_at: report
            .oldest_read_at
            .as_deref()
            .and_then(LocalTime::parse)
            .map(|read| read.at),
        app_version: bounded(&report.app_version),
        storage: bounded(&report.storage),
    };
    app.writer.note(queue).await?;
    let captured_by = person.name_normal.clone();
    let device = device_id.to_string();
    let received = app
        .store
        .received_device_seqs(&captured_by, &device, device_total)
        .await?;
    let count = u64::try_from(received.len()).unwrap_or(u64::MAX);
    Ok(Json(DeviceCheck {
        received: count,
        missing: missing_ranges(&received, device_total),
    }))
}

/// Two people can share a phone: whoever signed in on it is heard, also when somebody else enrolled it. A revoked phone is
/// heard as well, so that its person learns that the office has everything.
async fn is_of(app: &AppState, person: &Person, device_id: DeviceId) -> Result<bool, ApiError> {
    if app.store.device_state(device_id).await? == DeviceState::Unknown {
        return Ok(false);
    }
    let signed_in_on_it = person.device_id == Some(device_id);
    Ok(signed_in_on_it || app.store.has_device(person.account_id, device_id).await?)
}

fn bounded(text: &str) -> String {
    text.chars()
        .filter(|it| !it.is_control())
        .take(REPORT_TEXT_LENGTH_MAX)
        .collect()
}
