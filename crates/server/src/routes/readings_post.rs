//! `POST /api/readings`: a batch of items, answered by receipts once they are durable.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::intake::Delivery;
use shared::names::Source;
use shared::wire::batch::{Batch, WireItem};
use shared::wire::problem::Problem;
use shared::wire::receipt::{RECEIPTS_MEDIA_TYPE, Receipts};

use crate::auth::Technician;
use crate::intake::arrivals::{access_of, arrivals_of, standing_of};
use crate::intake::batch_body::BatchBody;
use crate::intake::{Refused, SentBatch};
use crate::problem::ApiError;
use crate::state::AppState;

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
    let arrivals = arrivals_of(&items, &name).ok_or(ApiError::WrongPerson)?;
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
            imported_by: None,
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
