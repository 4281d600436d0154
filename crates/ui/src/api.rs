//! Calls of the server that are none of the sync engine's, and what became of them.

use gloo_net::http::Method;
use phone::adapters::http::{self, Answer, Outgoing};
use serde::de::DeserializeOwned;
use shared::wire::problem::{PROBLEM_MEDIA_TYPE, Problem};
use shared::wire::session::PasswordChange;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// No answer.
    NoConnection,
    /// 401.
    SignInAgain,
    /// 403.
    NotAllowed,
    /// Something else answers in the server's place.
    Foreign,
    /// The server refused, with a stable code.
    Refused {
        /// HTTP status.
        status: u16,
        /// The problem's code; empty when there was none.
        code: String,
    },
}

/// One call, answered by JSON or a refusal of ours.
pub async fn call<T: DeserializeOwned>(outgoing: Outgoing<'_>) -> Result<T, ApiError> {
    let answer = answered(outgoing).await?;
    json(&answer).ok_or(ApiError::Foreign)
}

/// One call, answered by nothing but that it is done.
pub async fn done(outgoing: Outgoing<'_>) -> Result<(), ApiError> {
    answered(outgoing).await.map(drop)
}

/// `DELETE /api/session`; `false` when the server was not told.
pub async fn sign_out() -> bool {
    let answer = http::send(Outgoing::new(Method::DELETE, "/api/session")).await;
    answer.is_ok_and(|it| (200..=299).contains(&it.status) || (it.status == 401 && problem(&it).is_some()))
}

/// `PUT /api/session/password`.
pub async fn change_password(change: &PasswordChange) -> Result<(), ApiError> {
    // Texts in a struct: it can't fail to be written.
    let body = serde_json::to_string(change).unwrap_or_default();
    done(Outgoing::new(Method::PUT, "/api/session/password").with_json(&body)).await
}

/// The body of an answer of ours.
pub fn json<T: DeserializeOwned>(answer: &Answer) -> Option<T> {
    shared::wire::json::read(&answer.body)
}

/// Our own refusals carry our own media type.
pub fn problem(answer: &Answer) -> Option<Problem> {
    answer
        .content_type
        .starts_with(PROBLEM_MEDIA_TYPE)
        .then(|| json(answer))?
}

async fn answered(outgoing: Outgoing<'_>) -> Result<Answer, ApiError> {
    judged(http::send(outgoing).await.map_err(|_| ApiError::NoConnection)?)
}

/// The answer, if it is one of ours that says yes.
pub fn judged(answer: Answer) -> Result<Answer, ApiError> {
    match (answer.status, problem(&answer)) {
        (200 | 204, _) => Ok(answer),
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
