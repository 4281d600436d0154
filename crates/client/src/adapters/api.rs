//! The calls that are not the engine's: session and the office's pages.

use gloo_net::http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::id::ItemId;
use shared::sync::answer::DEVICE_REVOKED;
use shared::wire::bundle::BundleAnswer;
use shared::wire::devices::DeviceList;
use shared::wire::office::{ReadingsPage, ReadingsQuery};
use shared::wire::photo::NamedPhoto;
use shared::wire::problem::Problem;
use shared::wire::session::{Session, SignIn};

use super::http::{self, Answer, Outgoing};
use crate::actions::{ApiError, SignInError};

/// `POST /api/session`.
pub(crate) async fn sign_in(credentials: &SignIn) -> Result<Session, SignInError> {
    let text = serde_json::to_string(credentials).map_err(|_| SignInError::ServerFailed)?;
    let outgoing = Outgoing::new(Method::POST, "/api/session").with_json(&text);
    let answer = http::send(outgoing)
        .await
        .map_err(|_| SignInError::NoConnection)?;
    match (answer.status, problem(&answer)) {
        (200, _) => json(&answer).ok_or(SignInError::SignInPage),
        (401, Some(_)) => Err(SignInError::WrongNameOrPassword),
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

/// `DELETE /api/session`; `false` when the server was not told.
pub(crate) async fn sign_out() -> bool {
    let answer = http::send(Outgoing::new(Method::DELETE, "/api/session")).await;
    answer.is_ok_and(|it| (200..=299).contains(&it.status) || (it.status == 401 && problem(&it).is_some()))
}

/// `GET /api/readings`.
pub(crate) async fn readings(query: &ReadingsQuery) -> Result<ReadingsPage, ApiError> {
    let url = format!("/api/readings?{}", query_text(query));
    office(Outgoing::new(Method::GET, &url)).await
}

/// `GET /api/readings/{id}/photos`.
pub(crate) async fn reading_photos(item: ItemId) -> Result<Vec<NamedPhoto>, ApiError> {
    let url = format!("/api/readings/{item}/photos");
    office(Outgoing::new(Method::GET, &url)).await
}

/// `GET /api/devices`.
pub(crate) async fn devices() -> Result<DeviceList, ApiError> {
    office(Outgoing::new(Method::GET, "/api/devices")).await
}

/// `POST /api/bundles`.
pub(crate) async fn bundle(text: &str) -> Result<BundleAnswer, ApiError> {
    office(Outgoing::new(Method::POST, "/api/bundles").with_json(text)).await
}

/// One call of the office's, answered by JSON or a refusal of ours.
async fn office<T: DeserializeOwned>(outgoing: Outgoing<'_>) -> Result<T, ApiError> {
    let answer = http::send(outgoing).await.map_err(|_| ApiError::NoConnection)?;
    match (answer.status, problem(&answer)) {
        (200, _) => json(&answer).ok_or(ApiError::Foreign),
        (401, Some(_)) => Err(ApiError::SignInAgain),
        (403, Some(_)) => Err(ApiError::NotAllowed),
        (status, Some(problem)) => Err(ApiError::Refused {
            status,
            code: problem.code,
        }),
        (status @ 500..=599, None) => Err(ApiError::Refused {
            status,
            code: String::new(),
        }),
        _ => Err(ApiError::Foreign),
    }
}

fn json<T: DeserializeOwned>(answer: &Answer) -> Option<T> {
    shared::wire::json::read(&answer.body)
}

/// Our own refusals carry our own media type.
fn problem(answer: &Answer) -> Option<Problem> {
    answer
        .content_type
        .starts_with(shared::wire::problem::PROBLEM_MEDIA_TYPE)
        .then(|| json(answer))?
}

/// The members of a flat struct as a query; absent ones are left out.
fn query_text(query: &impl Serialize) -> String {
    let Ok(serde_json::Value::Object(members)) = serde_json::to_value(query) else {
        return String::new();
    };
    let pairs = members.iter().filter_map(|(name, value)| {
        let text = match value {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(format!(
            "{name}={}",
            String::from(js_sys::encode_uri_component(&text))
        ))
    });
    pairs.collect::<Vec<_>>().join("&")
}
