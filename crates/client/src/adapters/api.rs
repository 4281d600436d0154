//! Signing in and out, and the walking order: the calls that are not the engine's.

use gloo_net::http::Method;
use shared::sync::answer::DEVICE_REVOKED;
use shared::wire::people::Enrolment;
use shared::wire::session::{Session, SignIn};
use shared::wire::walking_order::{WalkingOrder, WalkingOrderKept};
use ui::address::encode;
pub(crate) use ui::api::sign_out;
use ui::api::{json, problem};

use super::http::{self, Outgoing};
use crate::actions::SignInError;

/// `POST /api/session`.
pub(crate) async fn sign_in(credentials: &SignIn) -> Result<Session, SignInError> {
    let text = serde_json::to_string(credentials).map_err(|_| SignInError::ServerFailed)?;
    signed_in("/api/session", &text).await
}

/// `POST /api/enrolment`.
pub(crate) async fn enrol(enrolment: &Enrolment) -> Result<Session, SignInError> {
    let text = serde_json::to_string(enrolment).map_err(|_| SignInError::ServerFailed)?;
    signed_in("/api/enrolment", &text).await
}

async fn signed_in(url: &str, text: &str) -> Result<Session, SignInError> {
    let outgoing = Outgoing::new(Method::POST, url).with_json(text);
    let answer = http::send(outgoing)
        .await
        .map_err(|_| SignInError::NoConnection)?;
    match (answer.status, problem(&answer)) {
        (200, _) => json(&answer).ok_or(SignInError::SignInPage),
        (401, Some(_)) => Err(SignInError::WrongNameOrPassword),
        (410, Some(_)) => Err(SignInError::CodeNotGood),
        (403, Some(problem)) if problem.code == DEVICE_REVOKED => Err(SignInError::DeviceRevoked),
        (429, _) => Err(SignInError::TooManyAttempts(
            answer
                .retry_after
                .as_deref()
                .and_then(|it| it.trim().parse().ok()),
        )),
        (500..=599, _) | (_, Some(_)) => Err(SignInError::ServerFailed),
        _ => Err(SignInError::SignInPage),
    }
}

/// What became of a walking order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderAnswer {
    /// The server has it.
    Kept,
    /// The server will never take it from this person.
    Refused,
    /// It is told again.
    Later,
}

/// `PUT /api/properties/{code}/walking-order`.
pub(crate) async fn put_walking_order(property_code: &str, order: &WalkingOrder) -> OrderAnswer {
    let Ok(text) = serde_json::to_string(order) else {
        return OrderAnswer::Refused;
    };
    let url = format!("/api/properties/{}/walking-order", encode(property_code));
    let Ok(answer) = http::send(Outgoing::new(Method::PUT, &url).with_json(&text)).await else {
        return OrderAnswer::Later;
    };
    match (answer.status, problem(&answer)) {
        (200, _) if json::<WalkingOrderKept>(&answer).is_some() => OrderAnswer::Kept,
        (400 | 404 | 413, Some(_)) => OrderAnswer::Refused,
        _ => OrderAnswer::Later,
    }
}
