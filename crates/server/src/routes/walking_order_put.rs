//! `PUT /api/properties/{code}/walking-order`: the order in which the units of a property are walked.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use shared::code::normal;
use shared::walking_order::UnitKey;
use shared::wire::problem::Problem;
use shared::wire::walking_order::{WALKING_ORDER_UNITS_MAX, WalkingOrder, WalkingOrderKept};

use crate::auth::SignedIn;
use crate::problem::ApiError;
use crate::state::AppState;
use crate::walking_order;

/// Kept for everybody who walks the property, until somebody orders it anew. Sending it again changes nothing.
#[utoipa::path(
    put, path = "/api/properties/{code}/walking-order", tag = "phone", request_body = WalkingOrder,
    params(("code" = String, Path, description = "Property code")),
    responses(
        (status = OK, body = WalkingOrderKept),
        (status = BAD_REQUEST, body = Problem, description = "more units than a property has"),
        (status = UNAUTHORIZED, body = Problem),
        (status = NOT_FOUND, body = Problem, description = "no such property, or not this person's"),
    )
)]
pub(crate) async fn set(
    State(app): State<AppState>,
    SignedIn(person): SignedIn,
    Path(code): Path<String>,
    body: Result<Json<WalkingOrder>, JsonRejection>,
) -> Result<Json<WalkingOrderKept>, ApiError> {
    let Json(order) = body?;
    if order.units.len() > WALKING_ORDER_UNITS_MAX {
        return Err(ApiError::BadRequest(format!(
            "units is a list of at most {WALKING_ORDER_UNITS_MAX}."
        )));
    }
    let code = normal(&code);
    if !person.properties.contains(&code) {
        return Err(ApiError::NotFound);
    }
    let wanted: Vec<UnitKey> = order
        .units
        .iter()
        .map(|unit| UnitKey::new(&unit.building, &unit.unit_no))
        .collect();
    let kept = walking_order::set(&app.store, app.clock.now(), &person.name, &code, &wanted).await?;
    kept.map(Json).ok_or(ApiError::NotFound)
}
