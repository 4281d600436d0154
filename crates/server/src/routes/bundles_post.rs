//! `POST /api/bundles`: a file with what a phone could not send, brought in by the office.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use shared::intake::Delivery;
use shared::names::Source;
use shared::wire::batch::WireItem;
use shared::wire::bundle::{BUNDLE_FORMAT, BUNDLE_VERSION, Bundle, BundleAnswer, BundleDevice};
use shared::wire::problem::Problem;
use shared::wire::receipt::WireVerdict;

use crate::accounts;
use crate::auth::{Office, PropertyScope};
use crate::intake::SentBatch;
use crate::intake::arrivals::{access_of, arrivals_of, standing_of};
use crate::intake::batch_body::{BatchBody, ReadItem};
use crate::problem::ApiError;
use crate::state::AppState;
use crate::store::DeviceState;

/// Judges the items in the name of the person who captured them, as if the phone had sent them itself: sent once more, by the
/// phone or as the same file, they get the same receipts. From a phone that is unknown or revoked all of them are held.
#[utoipa::path(
    post, path = "/api/bundles", tag = "office", request_body = Bundle<WireItem>,
    responses(
        (status = OK, body = BundleAnswer),
        (status = BAD_REQUEST, body = Problem, description = "no bundle, a newer version, nobody here of that name"),
        (status = UNAUTHORIZED, body = Problem),
        (status = FORBIDDEN, body = Problem, description = "`wrong_person`: nothing was stored"),
        (status = PAYLOAD_TOO_LARGE, body = Problem, description = "over 4 MiB or 500 items: send it in parts"),
        (status = UNSUPPORTED_MEDIA_TYPE, body = Problem),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "come back after `Retry-After`"),
    )
)]
pub(crate) async fn import(
    State(app): State<AppState>,
    Office(importer): Office,
    body: BatchBody,
) -> Result<impl IntoResponse, ApiError> {
    let (envelope, items) = body.read_bundle()?;
    check_kind(&envelope)?;
    let person = accounts::capturer(&app.store, &envelope.captured_by)
        .await?
        .ok_or_else(|| unknown_person(&envelope.captured_by))?;
    let arrivals = arrivals_of(&items, &person.name_normal).ok_or(ApiError::WrongPerson)?;
    let state = app.store.device_state(envelope.device_id).await?;
    let delivery = Delivery {
        person: person.name_normal,
        device: envelope.device_id,
        standing: standing_of(state),
        access: access_of(person.properties),
        source: Source::Import,
        received_at: app.clock.now(),
        clock_offset_ms: envelope.clock_offset_ms,
    };
    let bodies = items.iter().map(|item| item.text.to_owned()).collect();
    let batch = SentBatch {
        delivery,
        arrivals,
        bodies,
        imported_by: Some(importer.name),
    };
    let mut verdicts = app.writer.take(batch).await?;
    hide_foreign(&mut verdicts, &items, &importer.properties);
    let answer = BundleAnswer {
        server_id: app.store.identity().server_id.clone(),
        device: match state {
            DeviceState::Enrolled => BundleDevice::Enrolled,
            DeviceState::Unknown => BundleDevice::Unknown,
            DeviceState::Revoked => BundleDevice::Revoked,
        },
        verdicts,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

fn check_kind(envelope: &Bundle<()>) -> Result<(), ApiError> {
    if envelope.format != BUNDLE_FORMAT {
        return Err(ApiError::BadRequest(
            "This is no file that a phone exported. Choose the one that Export made on the phone.".into(),
        ));
    }
    if !(1..=BUNDLE_VERSION).contains(&envelope.version) {
        return Err(ApiError::BadRequest(
            "A newer app wrote this file. Update the server, then import it again.".into(),
        ));
    }
    Ok(())
}

fn unknown_person(name: &str) -> ApiError {
    let name: String = name.chars().filter(|it| !it.is_control()).take(40).collect();
    ApiError::BadRequest(format!(
        "There is no account {name} here. Check that the file is of this installation, or make the account first."
    ))
}

/// The official reading that stands in the way is of the item's own property: told only to who may see that.
fn hide_foreign(verdicts: &mut [WireVerdict], items: &[ReadItem<'_>], scope: &PropertyScope) {
    for (verdict, item) in verdicts.iter_mut().zip(items) {
        let property = item.wire.as_ref().and_then(|wire| wire.property_code.as_deref());
        if !property.is_some_and(|code| scope.contains(&shared::code::normal(code))) {
            verdict.existing = None;
        }
    }
}
