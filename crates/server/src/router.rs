//! The table of routes and layers.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware;
use shared::wire::batch::BATCH_BYTES_MAX;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::trace::TraceLayer;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Api;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::identify::identify;
use crate::auth::session_store::DatabaseSessionStore;
use crate::edge::Edge;
use crate::problem::{self, ApiError};
use crate::routes::{
    bundles_post, conflict_resolution_post, conflicts_get, demo_labels, device_check, device_revocation,
    device_settings, devices_get, events_get, health, label_change, label_sheets, labels_get,
    meter_points_get, openapi, photo_get, photo_put, ping, reading_decision_post, reading_get,
    reading_photos, readings_decisions_post, readings_get, readings_post, round_list, session_delete,
    session_get, session_post, walking_order_put,
};
use crate::{accounts, assets, origin, security_headers};

/// The whole server as one service; tests need no socket.
pub fn app(edge: Edge) -> Router {
    let description = description();
    let who = (accounts::people(&edge.app.store), edge.app.clock.clone());
    let sessions = SessionManagerLayer::new(DatabaseSessionStore::new(
        edge.app.store.clone(),
        edge.app.clock.clone(),
    ))
    .with_name("meterline_session")
    .with_same_site(SameSite::Lax)
    .with_secure(edge.config.secure_cookies());
    let with_person = Router::from(signed_in_routes())
        .layer(middleware::from_fn_with_state(who, identify))
        .layer(sessions);
    let routes = Router::from(open_routes())
        .merge(with_person)
        .route(
            OPENAPI_PATH,
            axum::routing::get(async move || openapi::answer(&description)),
        )
        .fallback(assets::serve)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed);
    layered(routes, &edge).with_state(edge)
}

/// Where the description of the interface is served.
pub const OPENAPI_PATH: &str = "/api/openapi.json";

/// The description of the interface.
pub fn description() -> Api {
    open_routes().merge(signed_in_routes()).into_openapi()
}

/// Routes that ask neither cookie nor session.
fn open_routes() -> OpenApiRouter<Edge> {
    OpenApiRouter::with_openapi(openapi::Description::openapi())
        .routes(routes!(ping::ping))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(demo_labels::labels))
        .routes(routes!(label_sheets::style))
}

/// Routes that look up who calls; each says by its extractor whom it serves.
fn signed_in_routes() -> OpenApiRouter<Edge> {
    OpenApiRouter::default()
        .routes(routes!(
            session_post::sign_in,
            session_get::session,
            session_delete::sign_out
        ))
        .routes(routes!(round_list::list))
        .routes(routes!(walking_order_put::set))
        .routes(routes!(readings_post::take, readings_get::readings))
        .routes(routes!(device_check::check))
        .routes(routes!(devices_get::devices))
        .routes(routes!(device_revocation::revoke, device_revocation::readmit))
        .routes(routes!(device_settings::set))
        .routes(routes!(bundles_post::import))
        .routes(routes!(reading_get::reading))
        .routes(routes!(reading_photos::photos))
        .routes(routes!(photo_put::take, photo_get::photo))
        .routes(routes!(reading_decision_post::decide))
        .routes(routes!(readings_decisions_post::decide))
        .routes(routes!(conflicts_get::conflicts))
        .routes(routes!(conflicts_get::inbox))
        .routes(routes!(conflicts_get::counts))
        .routes(routes!(conflict_resolution_post::resolve))
        .routes(routes!(conflict_resolution_post::decide_held))
        .routes(routes!(meter_points_get::search))
        .routes(routes!(labels_get::labels))
        .routes(routes!(label_change::revoke))
        .routes(routes!(label_change::reissue))
        .routes(routes!(label_sheets::sheets))
        .routes(routes!(events_get::events))
}

/// From the outside in. Whatever goes wrong further in leaves as a problem with the headers of every answer.
fn layered(routes: Router<Edge>, edge: &Edge) -> Router<Edge> {
    let guard = middleware::from_fn_with_state(edge.config.public_url.clone(), origin::guard);
    let layers = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(middleware::from_fn(security_headers::add))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn(problem::as_problem))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(guard)
        // Bytes on the wire; the limit of the unpacked body stands with the extractors.
        .layer(RequestBodyLimitLayer::new(BATCH_BYTES_MAX))
        .layer(RequestDecompressionLayer::new())
        .map_request(|request: Request<_>| request.map(Body::new));
    routes
        .layer(axum::extract::DefaultBodyLimit::max(BATCH_BYTES_MAX))
        .layer(layers)
}

/// Queries are left out: they hold what people search for.
fn span<B>(request: &Request<B>) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}
