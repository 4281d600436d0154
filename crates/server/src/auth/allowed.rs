//! Whom a route serves: named once, beside the route; enforced before the handler and told in the description.

use axum::middleware;
use utoipa::openapi::Components;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa_axum::router::UtoipaMethodRouter;

use super::Caller;
use crate::accounts::role_text;
use crate::edge::Edge;

/// Name of the session's cookie.
pub const SESSION_COOKIE: &str = "meterline_session";
/// Name of the session among the description's security schemes.
const SCHEME: &str = "session";

/// Routes for anybody, signed in or not.
pub(crate) fn anybody(routes: UtoipaMethodRouter<Edge>) -> UtoipaMethodRouter<Edge> {
    let (schemas, mut paths, methods) = routes;
    for operation in paths.paths.values_mut().flat_map(operations) {
        operation.security = Some(Vec::new());
    }
    (schemas, paths, methods)
}

/// Routes for those whom the extractor `C` lets through. The description lists the roles as alternatives: one is enough.
pub(crate) fn only<C: Caller>(routes: UtoipaMethodRouter<Edge>) -> UtoipaMethodRouter<Edge> {
    let (schemas, mut paths, methods) = routes;
    for operation in paths.paths.values_mut().flat_map(operations) {
        let alternatives = C::ROLES
            .iter()
            .map(|role| SecurityRequirement::new(SCHEME, [role_text(*role)]));
        operation.security = Some(alternatives.collect());
    }
    // A handler that takes no person, or one whom it should not serve, is guarded all the same.
    (
        schemas,
        paths,
        methods.route_layer(middleware::from_extractor::<C>()),
    )
}

/// Says in the description how a session is shown.
pub(crate) fn describe_session(components: &mut Components) {
    let cookie = ApiKeyValue::with_description(SESSION_COOKIE, "Set by POST /api/session");
    components.add_security_scheme(SCHEME, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let methods = [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.patch,
    ];
    methods.into_iter().flatten()
}
