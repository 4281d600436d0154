//! The one place where errors become HTTP: a status, a stable `code`, and what to do next.
//!
//! Nothing here says who exists: an unknown account, a wrong password and a person without rights to a property all
//! read like their harmless neighbours.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use shared::intake::DecisionError;
use shared::wire::periods::{InTheWayGroup, PeriodProblem};
use shared::wire::photo::PHOTO_UNEXPECTED;
use shared::wire::problem::{PROBLEM_MEDIA_TYPE, Problem};

use crate::accounts::AccountError;
use crate::import::Faults;
use crate::photos::PhotoError;
use crate::store::lookup::LookupFailed;

mod account;
mod decision;
mod face;
mod period;

use account::account_face;
use decision::decision_face;
use face::{Face, database_face, face, internal_face, is_passing};
use period::period_face;

/// Why a request was not served.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    SignInNeeded,
    /// Name or password is wrong; which of the two is not told.
    #[error("sign-in failed")]
    SignInFailed,
    /// The session was opened by a first password, which has to be changed before anything else.
    #[error("first password not changed")]
    PasswordChangeNeeded,
    /// An account was not made or changed.
    #[error("account: {0}")]
    Account(AccountError),
    /// The role does not allow this.
    #[error("not allowed")]
    NotAllowed,
    /// An item's `captured_by` is not the session's person.
    #[error("items of another person")]
    WrongPerson,
    /// The phone is enrolled by nobody, or this person never signed in on it.
    #[error("phone is not enrolled")]
    UnknownDevice,
    /// The phone was revoked.
    #[error("phone is revoked")]
    DeviceRevoked,
    /// A page of another origin sent the request.
    #[error("foreign origin")]
    ForeignOrigin,
    /// The rules don't allow what the office decided.
    #[error("decision refused: {0:?}")]
    DecisionRefused(DecisionError),
    /// Files of an import with faults; nothing was changed.
    #[error("import refused")]
    ImportRefused(Faults),
    /// What is asked for was decided on what the books do not hold any more; nothing was changed.
    #[error("books have changed")]
    BooksChanged,
    /// Something is in the way of closing a period; nothing was changed.
    #[error("period can't be closed")]
    PeriodInTheWay(Vec<InTheWayGroup>),
    /// A period that has not begun can't be closed.
    #[error("period has not begun")]
    PeriodNotBegun,
    /// A period that is open is not reopened or handed over.
    #[error("period is open")]
    PeriodOpen,
    /// Billing is not told by a webhook.
    #[error("no webhook")]
    NoWebhook,
    /// A label was revoked before, and its meter point has a valid one.
    #[error("label was replaced")]
    LabelReplaced,
    /// No such thing, or not for this person.
    #[error("not found")]
    NotFound,
    /// The path exists, the method does not.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The request can't be understood; the text says what would be right.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// The body isn't the JSON that was expected.
    #[error("bad JSON: {0}")]
    BadJson(String),
    /// The body isn't of a media type or encoding that is taken here.
    #[error("unsupported media type")]
    UnsupportedMediaType,
    /// The body is larger than a request may be.
    #[error("body too large")]
    TooLarge,
    /// More items in one batch than a request may hold.
    #[error("too many items")]
    TooManyItems,
    /// A photo, or a part of one, is larger than it may be.
    #[error("photo too large")]
    PhotoTooLarge,
    /// No item of this person names the photo (yet).
    #[error("photo unexpected")]
    PhotoUnexpected,
    /// A photo does not have the hash that it was sent under.
    #[error("photo hash differs")]
    PhotoHashDiffers,
    /// A photo is neither JPEG nor WebP.
    #[error("photo is no picture")]
    PhotoNoPicture,
    /// The folder or bucket of the photos failed.
    #[error("photos: {0}")]
    Photos(object_store::Error),
    /// Too often; try again after so many seconds.
    #[error("too many requests")]
    TooManyRequests {
        /// Whole seconds until the next try.
        retry_after_s: u64,
    },
    /// The app on the phone is older than the server still understands.
    #[error("client too old")]
    ClientTooOld,
    /// The server can't do it at the moment: it is starting, stopping or its queue is full.
    #[error("unavailable: {0}")]
    Unavailable(&'static str),
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// Likewise, in a look-up that was shared with others.
    #[error("look-up: {0}")]
    Lookup(#[from] LookupFailed),
    /// A fault of ours; the text goes to the log only.
    #[error("internal: {0}")]
    Internal(String),
}

impl ApiError {
    /// A fault of ours, told in the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// The error as it travels.
    pub fn problem(&self) -> Problem {
        let Face {
            status,
            code,
            title,
            detail,
        } = self.face();
        Problem {
            kind: "about:blank".into(),
            title: title.into(),
            status: status.as_u16(),
            detail: Some(detail),
            code: code.into(),
        }
    }

    fn face(&self) -> Face {
        match self {
            Self::SignInNeeded => face(
                StatusCode::UNAUTHORIZED,
                "sign_in_needed",
                "Sign in to go on",
                "Sign in again. What is on this phone stays there and is sent afterwards.",
            ),
            Self::SignInFailed => face(
                StatusCode::UNAUTHORIZED,
                "sign_in_failed",
                "Name or password is not right",
                "Check both and try again, or ask the office for a new password.",
            ),
            // 401: to a phone this is a session that ended, so its queue waits until the person has a full one.
            Self::PasswordChangeNeeded => face(
                StatusCode::UNAUTHORIZED,
                "password_change_needed",
                "Choose a password of your own first",
                "The password you signed in with was made for the first time only. What is on this phone stays there.",
            ),
            Self::Account(error) => account_face(error),
            Self::NotAllowed => face(
                StatusCode::FORBIDDEN,
                "not_allowed",
                "This account may not do that",
                "Ask an admin if you need it.",
            ),
            Self::WrongPerson => face(
                StatusCode::FORBIDDEN,
                "wrong_person",
                "These readings belong to another person",
                "Nothing was stored and nothing has to be removed. The person who read has to sign in to send them.",
            ),
            Self::UnknownDevice => face(
                StatusCode::FORBIDDEN,
                "unknown_device",
                "This phone is not enrolled for you",
                "Sign in on this phone once more; that enrols it.",
            ),
            Self::DeviceRevoked => face(
                StatusCode::FORBIDDEN,
                "device_revoked",
                "This phone was revoked",
                "Export what is on it and give the file to the office, or ask them to take the phone back in.",
            ),
            Self::ForeignOrigin => face(
                StatusCode::FORBIDDEN,
                "foreign_origin",
                "The request came from another site",
                "Open Meterline at its own address. If this is its address, start the server with that --public-url.",
            ),
            Self::NotFound => face(
                StatusCode::NOT_FOUND,
                "not_found",
                "There is nothing here",
                "Check the address. /api/openapi.json lists all calls.",
            ),
            Self::DecisionRefused(error) => decision_face(*error),
            Self::ImportRefused(_) => face(
                StatusCode::UNPROCESSABLE_ENTITY,
                "import_faults",
                "The files have faults",
                "Nothing was changed. Put right what `faults` lists, and send all of it again.",
            ),
            Self::BooksChanged => face(
                StatusCode::CONFLICT,
                "books_changed",
                "The books have changed in the meantime",
                "Nothing was changed. Look at it again, and decide on what is there now.",
            ),
            Self::PeriodInTheWay(_) | Self::PeriodNotBegun | Self::PeriodOpen | Self::NoWebhook => {
                period_face(self).unwrap_or_else(internal_face)
            }
            Self::LabelReplaced => face(
                StatusCode::CONFLICT,
                "label_replaced",
                "The meter has another label by now",
                "Load the list again: the label was revoked before, and a valid one is there.",
            ),
            Self::MethodNotAllowed => face(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This address does not take that method",
                "/api/openapi.json lists all calls.",
            ),
            Self::BadRequest(detail) => Face::new(
                StatusCode::BAD_REQUEST,
                "bad_request",
                "The request is not right",
                detail.clone(),
            ),
            Self::BadJson(detail) => Face::new(
                StatusCode::BAD_REQUEST,
                "bad_json",
                "The body is not the JSON expected",
                detail.clone(),
            ),
            Self::UnsupportedMediaType => face(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "The body is of another kind than expected",
                "Send application/json, as it is or with Content-Encoding: gzip.",
            ),
            Self::TooLarge => face(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "The request is too large",
                "Send fewer items at a time: a request may have 4 MiB, unpacked.",
            ),
            Self::TooManyItems => face(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_many_items",
                "Too many items in one request",
                "Send at most 500 items at a time.",
            ),
            Self::PhotoTooLarge => face(
                StatusCode::PAYLOAD_TOO_LARGE,
                "photo_too_large",
                "The photo is too large",
                "A photo has at most 300,000 bytes.",
            ),
            Self::PhotoUnexpected => face(
                StatusCode::CONFLICT,
                PHOTO_UNEXPECTED,
                "No reading of yours names this photo",
                "Send the reading first, then its photos.",
            ),
            Self::PhotoHashDiffers => face(
                StatusCode::UNPROCESSABLE_ENTITY,
                "photo_hash_differs",
                "The photo is not what it was announced as",
                "Its parts were dropped. Send it again from the first byte.",
            ),
            Self::PhotoNoPicture => face(
                StatusCode::UNPROCESSABLE_ENTITY,
                "photo_no_picture",
                "That is no picture",
                "A photo is a JPEG or WebP. Its parts were dropped.",
            ),
            Self::Photos(_) => face(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Not at the moment",
                "Photos can't be stored or read. Readings are not affected. Try again later.",
            ),
            Self::TooManyRequests { .. } => face(
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_requests",
                "Too many attempts",
                "Wait as long as Retry-After says, then try again.",
            ),
            Self::ClientTooOld => face(
                StatusCode::UPGRADE_REQUIRED,
                "client_too_old",
                "This app is too old",
                "Update the app. What is on this phone stays there.",
            ),
            Self::Unavailable(detail) => face(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Not at the moment",
                detail,
            ),
            Self::Database(error) => database_face(error),
            Self::Lookup(LookupFailed(error)) => database_face(error),
            Self::Internal(_) => internal_face(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = self.problem();
        match &self {
            Self::Database(_)
            | Self::Lookup(_)
            | Self::Internal(_)
            | Self::Photos(_)
            | Self::Account(AccountError::Database(_)) => {
                tracing::error!(error = %self, "request failed")
            }
            _ => tracing::debug!(error = %self, code = problem.code, "request refused"),
        }
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = match &self {
            Self::ImportRefused(faults) => serde_json::to_vec(&faults.to_wire(problem)),
            Self::PeriodInTheWay(in_the_way) => serde_json::to_vec(&PeriodProblem {
                problem,
                in_the_way: in_the_way.clone(),
            }),
            _ => serde_json::to_vec(&problem),
        };
        let body = body.unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some((name, value)) = self.extra_headers() {
            headers.insert(name, value);
        }
        response
    }
}

impl ApiError {
    fn extra_headers(&self) -> Option<(HeaderName, HeaderValue)> {
        let seconds = match self {
            Self::TooManyRequests { retry_after_s } => *retry_after_s,
            // Long enough for a restart or a full queue to pass; phones back off by themselves anyway.
            Self::Unavailable(_) => 2,
            Self::Database(error) | Self::Account(AccountError::Database(error)) if is_passing(error) => 2,
            // A full or absent disk takes a person.
            Self::Photos(_) => 60,
            Self::Lookup(LookupFailed(error)) if is_passing(error) => 2,
            _ => return None,
        };
        Some((header::RETRY_AFTER, HeaderValue::from(seconds)))
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        Self::Account(error)
    }
}

impl From<PhotoError> for ApiError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Objects(error) => Self::Photos(error),
            PhotoError::Database(error) => Self::Database(error),
        }
    }
}

impl From<axum::extract::rejection::JsonRejection> for ApiError {
    fn from(rejection: axum::extract::rejection::JsonRejection) -> Self {
        use axum::extract::rejection::JsonRejection;
        match rejection {
            JsonRejection::MissingJsonContentType(_) => Self::UnsupportedMediaType,
            JsonRejection::BytesRejection(inner) => Self::from(inner),
            JsonRejection::JsonDataError(inner) => Self::BadJson(inner.body_text()),
            JsonRejection::JsonSyntaxError(inner) => Self::BadJson(inner.body_text()),
            other => Self::BadJson(other.body_text()),
        }
    }
}

impl From<axum::extract::rejection::BytesRejection> for ApiError {
    fn from(rejection: axum::extract::rejection::BytesRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::BadRequest("The body ended early or could not be unpacked. Send it again.".into()),
        }
    }
}

impl From<axum::extract::rejection::QueryRejection> for ApiError {
    fn from(rejection: axum::extract::rejection::QueryRejection) -> Self {
        Self::BadRequest(rejection.body_text())
    }
}

impl From<axum::extract::rejection::PathRejection> for ApiError {
    fn from(_: axum::extract::rejection::PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<tower_sessions::session::Error> for ApiError {
    fn from(error: tower_sessions::session::Error) -> Self {
        Self::internal(error)
    }
}

/// What a panicking handler answers.
pub fn from_panic(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    ApiError::Internal(format!("a handler panicked: {text}")).into_response()
}

/// Makes problems of what layers and extractors refuse with plain text.
pub async fn as_problem(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|media_type| media_type.as_bytes().starts_with(b"text/plain"));
    if !plain {
        return response;
    }
    let error = match response.status() {
        StatusCode::BAD_REQUEST => ApiError::BadRequest("/api/openapi.json says what is expected.".into()),
        StatusCode::NOT_FOUND => ApiError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ApiError::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ApiError::UnsupportedMediaType,
        StatusCode::UNPROCESSABLE_ENTITY => {
            ApiError::BadJson("/api/openapi.json says what is expected.".into())
        }
        status if status.is_server_error() => ApiError::internal(status),
        _ => return response,
    };
    error.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_internal_error_does_not_tell_its_cause() {
        let problem = ApiError::internal("SELECT secret FROM account").problem();
        let text = serde_json::to_string(&problem).unwrap();
        assert_eq!(problem.status, 500);
        assert!(!text.contains("secret"), "{text}");
    }

    #[test]
    fn too_many_attempts_say_when_to_come_back() {
        let response = ApiError::TooManyRequests { retry_after_s: 7 }.into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
        assert_eq!(response.headers()[header::CONTENT_TYPE], PROBLEM_MEDIA_TYPE);
    }
}
