//! Why a period was not closed, reopened or handed over.

use axum::http::StatusCode;

use super::ApiError;
use super::face::{Face, face};

pub(super) fn period_face(error: &ApiError) -> Option<Face> {
    let (code, title, detail) = match error {
        ApiError::PeriodInTheWay(_) => (
            "period_in_the_way",
            "Something is in the way",
            "Nothing was changed. Deal with what `in_the_way` lists, then close the period.",
        ),
        ApiError::PeriodNotBegun => (
            "period_not_begun",
            "The period has not begun",
            "It can be closed from its first day on.",
        ),
        ApiError::PeriodOpen => (
            "period_open",
            "The period is open",
            "Close it first: what is handed over does not change any more.",
        ),
        ApiError::NoWebhook => (
            "no_webhook",
            "There is no webhook",
            "Download the hand-over. Whoever runs the server sets up a webhook with --webhook-url.",
        ),
        _ => return None,
    };
    Some(face(StatusCode::CONFLICT, code, title, detail))
}
