//! `POST /api/readings`: a batch of items, answered by receipts once they are durable.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::intake::{Access, Arrival, Delivery, DeviceStanding, is_wrong_person};
use shared::item::ItemError;
use shared::names::Source;
use shared::wire::batch::{Batch, WireItem};
use shared::wire::problem::Problem;
use shared::wire::receipt::{RECEIPTS_MEDIA_TYPE, Receipts};

use crate::auth::{PropertyScope, Technician};
use crate::intake::batch_body::{BatchBody, ReadItem};
use crate::intake::{Refused, SentBatch};
use crate::problem::ApiError;
use crate::state::AppState;
use crate::store::DeviceState;

/// How long a phone is asked to wait when too much waits already; it adds its own jitter.
const QUEUE_FULL_RETRY_S: u64 = 3;

/// Takes a batch. One bad item gets `rejected` and spoils nobody else's; an item of another person spoils the batch.
#[utoipa::path(
    post, path = "/api/readings", tag = "phone", request_body = Batch<WireItem>,
    responses(
        (status = OK, body = Receipts, content_type = "application/vnd.meterline.receipts+json"),
        (status = BAD_REQUEST, body = Problem),
        (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem, description = "`wrong_person`: nothing was stored"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, description = "over 4 MiB or 500 items"),
        (status = UNSUPPORTED_MEDIA_TYPE, body = Problem),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
pub(crate) async fn take(
    State(app): State<AppState>,
    Technician(person): Technician,
    body: BatchBody,
) -> Result<impl IntoResponse, ApiError> {
    let (envelope, items) = body.read()?;
    let name = person.name_normal.clone();
    let arrivals: Vec<Arrival> = items.iter().map(arrival_of).collect();
    if is_wrong_person(&name, &arrivals) || items.iter().any(|item| names_another(item, &name)) {
        return Err(ApiError::WrongPerson);
    }
    let delivery = Delivery {
        person: name,
        device: envelope.device_id,
        standing: standing_of(app.store.device_state(envelope.device_id).await?),
        access: access_of(person.properties),
        source: Source::Phone,
        received_at: app.clock.now(),
        clock_offset_ms: envelope.clock_offset_ms,
    };
    let bodies = items.iter().map(|item| item.text.to_owned()).collect();
    let verdicts = app
        .writer
        .take(SentBatch {
            delivery,
            arrivals,
            bodies,
        })
        .await?;
    let server_id = app.store.identity().server_id.clone();
    let receipts = Receipts {
        server_id,
        batch_id: envelope.batch_id,
        verdicts,
    };
    let text = serde_json::to_vec(&receipts).map_err(ApiError::internal)?;
    Ok((
        [
            (header::CONTENT_TYPE, RECEIPTS_MEDIA_TYPE),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    ))
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::QueueFull => Self::TooManyRequests {
                retry_after_s: QUEUE_FULL_RETRY_S,
            },
            Refused::Stopped => Self::Unavailable("The server is stopping. Try again in a moment."),
            Refused::Database(error) => Self::Database(error),
        }
    }
}

fn arrival_of(item: &ReadItem<'_>) -> Arrival {
    match &item.wire {
        Some(wire) => Arrival::of_wire(wire, item.text.as_bytes()),
        None => Arrival {
            device_seq: item.name.device_seq.unwrap_or(0),
            ..Arrival::of_error(
                item.name.id,
                item.name.revision,
                ItemError::Malformed,
                item.text.as_bytes(),
            )
        },
    }
}

// Also of what is no item otherwise: nobody files anything in another's name.
fn names_another(item: &ReadItem<'_>, name: &str) -> bool {
    item.name
        .captured_by
        .as_deref()
        .is_some_and(|by| shared::code::normal(by) != name)
}

fn standing_of(state: DeviceState) -> DeviceStanding {
    match state {
        DeviceState::Enrolled => DeviceStanding::Known,
        DeviceState::Unknown => DeviceStanding::Unknown,
        DeviceState::Revoked => DeviceStanding::Revoked,
    }
}

fn access_of(scope: PropertyScope) -> Access {
    match scope {
        PropertyScope::All => Access::All,
        PropertyScope::Some(codes) => Access::Properties(codes),
    }
}
