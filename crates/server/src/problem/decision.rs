//! Why the office's decision could not be carried out.

use axum::http::StatusCode;
use shared::intake::DecisionError;

use super::ApiError;
use super::face::{Face, face};

pub(super) fn decision_face(error: DecisionError) -> Face {
    let (code, title, detail) = match error {
        DecisionError::NotFound => return ApiError::NotFound.face(),
        DecisionError::OtherRevision => (
            "other_revision",
            "The reading has changed in the meantime",
            "Look at it again: another revision counts by now.",
        ),
        DecisionError::NotReceived => (
            "not_received",
            "The reading is not waiting for a decision",
            "Look at it again: somebody else may have decided.",
        ),
        DecisionError::PeriodClosed => (
            "period_closed",
            "The period is closed",
            "An admin has to reopen the period first.",
        ),
        DecisionError::NotYourApproval => (
            "not_your_approval",
            "The approval is not there to be undone",
            "Look at it again: it is not approved any more, or somebody else approved it.",
        ),
        DecisionError::Flagged => (
            "flagged",
            "A check was raised for the reading",
            "Look at it, and approve it by itself.",
        ),
        DecisionError::Exchange => (
            "exchange",
            "An exchange of a meter can't be changed",
            "Send it back, so that it is recorded again.",
        ),
        DecisionError::Unreadable => (
            "unreadable",
            "That is no reading that could be booked",
            "It can only be dismissed.",
        ),
        DecisionError::OutOfRange => (
            "out_of_range",
            "The meter can't show this value",
            "It has more digits or decimals than the register.",
        ),
        DecisionError::OtherValue => (
            "other_value",
            "The official value is another reading's by now",
            "Look at both again.",
        ),
        DecisionError::SameItem => (
            "same_item",
            "Both values are of one and the same reading",
            "Keep the first or take the second.",
        ),
        DecisionError::NotBookable(reason) => {
            return Face::new(
                StatusCode::CONFLICT,
                "not_bookable",
                "It can't be booked like this",
                format!("What is in the way: `{}`.", reason.name()),
            );
        }
        DecisionError::NoEstimate(reason) => {
            return Face::new(
                StatusCode::CONFLICT,
                reason.name(),
                "Nothing can be estimated like this",
                "Choose the other method, or ask for a reading.".to_owned(),
            );
        }
        DecisionError::MeterInUse => (
            "meter_in_use",
            "The new meter has been read already",
            "Send back what was read on the new meter first.",
        ),
    };
    face(StatusCode::CONFLICT, code, title, detail)
}
