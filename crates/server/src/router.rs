//! The table of routes and layers.

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware;
use shared::wire::batch::BATCH_BYTES_MAX;
use shared::wire::imports::IMPORT_BYTES_MAX;
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
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::auth::allowed::{self, SESSION_COOKIE, anybody, only};
use crate::auth::identify::identify;
use crate::auth::session_store::DatabaseSessionStore;
use crate::auth::{Admin, Newcomer, Office, SignedIn, Technician};
use crate::edge::Edge;
use crate::problem::{self, ApiError};
use crate::routes::passkeys::CREDENTIAL_BYTES_MAX;
use crate::routes::{
    arrivals_get, audit_export, audit_get, bundles_post, conflict_resolution_post, conflicts_get,
    consumption_get, demo_labels, device_check, device_revocation, device_settings, devices_get,
    enrolment_post, estimates_post, events_get, handover_get, handover_send_post, health, imports_post,
    label_change, label_sheets, labels_get, meter_points_get, missing_get, office_entries_post, openapi,
    passkeys, people_get, people_post, period_close_post, period_settings, periods_get, person_enrolment,
    photo_get, photo_put, ping, portfolio_edits_post, portfolio_get, reading_decision_post, reading_get,
    reading_photos, readings_decisions_post, readings_get, readings_post, reread_requests_post, round_list,
    session_delete, session_get, session_passkey, session_password_put, session_post, walking_order_put,
};
use crate::{accounts, assets, origin, security_headers};

/// The whole server as one service; tests need no socket.
pub fn app(edge: Edge) -> Router {
    let who = (accounts::people(&edge.app.store), edge.app.clock.clone());
    let sessions = SessionManagerLayer::new(DatabaseSessionStore::new(
        edge.app.store.clone(),
        edge.app.clock.clone(),
    ))
    .with_name(SESSION_COOKIE)
    .with_same_site(SameSite::Lax)
    .with_secure(edge.config.secure_cookies());
    let with_person = Router::from(signed_in_routes())
        .layer(middleware::from_fn_with_state(who, identify))
        .layer(sessions);
    let routes = Router::from(open_routes())
        .merge(with_person)
        .fallback(assets::serve)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed);
    layered(routes, &edge).with_state(edge)
}

/// The description of the interface.
pub fn description() -> Api {
    let mut api = open_routes().merge(signed_in_routes()).into_openapi();
    allowed::describe_session(api.components.get_or_insert_default());
    api
}

/// Routes that ask neither cookie nor session.
fn open_routes() -> OpenApiRouter<Edge> {
    OpenApiRouter::with_openapi(openapi::Description::openapi())
        .routes(anybody(routes!(ping::ping)))
        .routes(anybody(routes!(health::healthz)))
        .routes(anybody(routes!(health::readyz)))
        .routes(anybody(routes!(openapi::openapi)))
        .routes(anybody(routes!(demo_labels::labels)))
        .routes(anybody(routes!(label_sheets::style)))
}

/// Routes that look up who calls; each stands with those whom it serves.
fn signed_in_routes() -> OpenApiRouter<Edge> {
    OpenApiRouter::default()
        .routes(anybody(routes!(session_post::sign_in, session_delete::sign_out)))
        .routes(anybody(routes!(enrolment_post::redeem)))
        .routes(anybody(routes!(session_passkey::offer)))
        .routes(anybody(routes!(session_passkey::sign_in).layer(small_body())))
        .routes(anybody(routes!(session_passkey::begin)))
        .routes(only::<Newcomer>(routes!(session_get::session)))
        .routes(only::<Newcomer>(routes!(session_password_put::change)))
        .routes(only::<Office>(routes!(passkeys::list)))
        .routes(only::<Office>(routes!(passkeys::add).layer(small_body())))
        .routes(only::<Office>(routes!(passkeys::begin)))
        .routes(only::<Office>(routes!(passkeys::remove)))
        .routes(only::<SignedIn>(routes!(round_list::list)))
        .routes(only::<SignedIn>(routes!(walking_order_put::set)))
        .routes(only::<Technician>(routes!(readings_post::take)))
        .routes(only::<SignedIn>(routes!(readings_get::readings)))
        .routes(only::<Technician>(routes!(device_check::check)))
        .routes(only::<Office>(routes!(devices_get::devices)))
        .routes(only::<Admin>(routes!(
            device_revocation::revoke,
            device_revocation::readmit
        )))
        .routes(only::<Admin>(routes!(device_settings::set)))
        .routes(only::<Office>(routes!(bundles_post::import)))
        .routes(only::<Admin>(routes!(imports_post::import)).layer(DefaultBodyLimit::max(IMPORT_BYTES_MAX)))
        .routes(only::<SignedIn>(routes!(reading_get::reading)))
        .routes(only::<SignedIn>(routes!(reading_photos::photos)))
        .routes(only::<Technician>(routes!(photo_put::take)))
        .routes(only::<SignedIn>(routes!(photo_get::photo)))
        .routes(only::<Office>(routes!(reading_decision_post::decide)))
        .routes(only::<Office>(routes!(readings_decisions_post::decide)))
        .routes(only::<Office>(routes!(conflicts_get::conflicts)))
        .routes(only::<Office>(routes!(conflicts_get::inbox)))
        .routes(only::<Office>(routes!(conflicts_get::counts)))
        .routes(only::<Office>(routes!(conflict_resolution_post::resolve)))
        .routes(only::<Office>(routes!(conflict_resolution_post::decide_held)))
        .routes(only::<Office>(routes!(meter_points_get::search)))
        .routes(only::<Office>(routes!(missing_get::missing)))
        .routes(only::<Office>(routes!(estimates_post::estimate)))
        .routes(only::<Office>(routes!(reread_requests_post::ask)))
        .routes(only::<Office>(routes!(office_entries_post::reading)))
        .routes(only::<Office>(routes!(portfolio_get::properties)))
        .routes(only::<Office>(routes!(portfolio_get::units)))
        .routes(only::<Office>(routes!(portfolio_get::unit)))
        .routes(only::<Admin>(routes!(portfolio_edits_post::edit)))
        .routes(only::<Admin>(routes!(office_entries_post::exchange)))
        .routes(only::<Office>(routes!(periods_get::periods)))
        .routes(only::<Office>(routes!(periods_get::period)))
        .routes(only::<Office>(routes!(periods_get::late)))
        .routes(only::<Office>(routes!(consumption_get::consumption)))
        .routes(only::<Office>(routes!(consumption_get::chart)))
        .routes(only::<Office>(routes!(arrivals_get::arrivals)))
        .routes(only::<Office>(routes!(handover_get::csv)))
        .routes(only::<Office>(routes!(handover_get::xlsx)))
        .routes(only::<Office>(routes!(handover_get::json)))
        .routes(only::<Office>(routes!(handover_send_post::send)))
        .routes(only::<Office>(routes!(period_close_post::close)))
        .routes(only::<Admin>(routes!(period_close_post::reopen)))
        .routes(only::<Admin>(routes!(period_settings::set)))
        .routes(only::<Office>(routes!(labels_get::labels)))
        .routes(only::<Office>(routes!(label_change::revoke)))
        .routes(only::<Office>(routes!(label_change::reissue)))
        .routes(only::<Office>(routes!(label_sheets::sheets)))
        .routes(only::<Office>(routes!(events_get::events)))
        .routes(only::<Admin>(routes!(people_get::people, people_post::add)))
        .routes(only::<Admin>(routes!(people_post::change)))
        .routes(only::<Admin>(routes!(people_post::reset_password)))
        .routes(only::<Admin>(routes!(passkeys::remove_all)))
        .routes(only::<Admin>(routes!(
            person_enrolment::show,
            person_enrolment::take_back
        )))
        .routes(only::<Admin>(routes!(audit_get::audit)))
        .routes(only::<Admin>(routes!(audit_export::export)))
}

/// What a browser says of a passkey is small.
fn small_body() -> DefaultBodyLimit {
    DefaultBodyLimit::max(CREDENTIAL_BYTES_MAX)
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
    routes.layer(DefaultBodyLimit::max(BATCH_BYTES_MAX)).layer(layers)
}

/// Queries are left out: they hold what people search for.
fn span<B>(request: &Request<B>) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}
