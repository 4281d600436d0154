//! The calls about passkeys.

use gloo_net::http::Method;
use shared::wire::passkeys::{
    MadePasskey, NewPasskey, PasskeyCeremony, PasskeyList, PasskeyOffer, PasskeyRow, PasskeySignIn,
};
use shared::wire::session::Session;
use ui::address::encode;
use ui::api::{ApiError, call, done};

use super::api::json_of;
use super::http::Outgoing;

/// `GET /api/session/passkey`: whether the server lets people in by passkeys.
pub(crate) async fn offer() -> Result<PasskeyOffer, ApiError> {
    call(Outgoing::new(Method::GET, "/api/session/passkey")).await
}

/// `POST /api/session/passkey/begin`.
pub(crate) async fn begin_sign_in() -> Result<PasskeyCeremony, ApiError> {
    call(Outgoing::new(Method::POST, "/api/session/passkey/begin")).await
}

/// `POST /api/session/passkey`.
pub(crate) async fn sign_in(shown: &PasskeySignIn) -> Result<Session, ApiError> {
    call(Outgoing::new(Method::POST, "/api/session/passkey").with_json(&json_of(shown))).await
}

/// `GET /api/passkeys`.
pub(crate) async fn own() -> Result<PasskeyList, ApiError> {
    call(Outgoing::new(Method::GET, "/api/passkeys")).await
}

/// `POST /api/passkeys/begin`.
pub(crate) async fn begin_adding(new: &NewPasskey) -> Result<PasskeyCeremony, ApiError> {
    call(Outgoing::new(Method::POST, "/api/passkeys/begin").with_json(&json_of(new))).await
}

/// `POST /api/passkeys`.
pub(crate) async fn add(made: &MadePasskey) -> Result<PasskeyRow, ApiError> {
    call(Outgoing::new(Method::POST, "/api/passkeys").with_json(&json_of(made))).await
}

/// `DELETE /api/passkeys/{id}`.
pub(crate) async fn remove(id: &str) -> Result<(), ApiError> {
    let url = format!("/api/passkeys/{}", encode(id));
    done(Outgoing::new(Method::DELETE, &url)).await
}

/// `DELETE /api/people/{id}/passkeys`.
pub(crate) async fn remove_all_of(person: &str) -> Result<(), ApiError> {
    let url = format!("/api/people/{}/passkeys", encode(person));
    done(Outgoing::new(Method::DELETE, &url)).await
}
