//! What the text of a label means on this phone, and where the page goes on.

use shared::label::{Label, UNKNOWN_LENGTH_MAX};
use shared::lookup::LabelIndex;

use crate::components::unit_row::encode;
use crate::view_state::{Round, RoundRow};

/// The meter points that a label names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// Exactly this one.
    One(Box<RoundRow>),
    /// One of these: the technician says which.
    Several(Vec<RoundRow>),
    /// None that this phone knows.
    Unknown(Unlisted),
}

/// A label that names no meter point of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unlisted {
    /// What it says, bounded.
    pub(super) text: String,
    /// The office has revoked it.
    pub(super) is_revoked: bool,
}

/// Looks the label up in the round.
pub(super) fn resolve(text: &str, round: &Round) -> Found {
    let labels = LabelIndex::new(round.rows.iter().map(|row| &*row.point));
    let mut found: Vec<RoundRow> = labels
        .look_up(text)
        .into_iter()
        .filter_map(|at| round.rows.get(at).cloned())
        .collect();
    match (found.pop(), found.is_empty()) {
        (None, _) => Found::Unknown(Unlisted {
            text: shown(text),
            is_revoked: labels.is_revoked(text),
        }),
        (Some(row), true) => Found::One(Box::new(row)),
        (Some(row), false) => {
            found.push(row);
            Found::Several(found)
        }
    }
}

/// What a stranger wrote on a label: as a label of ours would be shown, and never longer than is kept.
fn shown(text: &str) -> String {
    match Label::parse(text) {
        Label::Unknown(text) => text,
        Label::Short(_) | Label::Unit { .. } => text.trim().chars().take(UNKNOWN_LENGTH_MAX).collect(),
    }
}

/// The form of a meter point that a label named.
pub(super) fn form_address(point_id: &str) -> String {
    format!("/read/{}?by=scan", encode(point_id))
}

/// The form of a reading whose label nobody knows.
pub(super) fn unknown_form_address(text: &str) -> String {
    format!("/read?label={}&by=scan", encode(text))
}

/// Find unit, for a label whose text this is.
pub(super) fn find_address(text: &str) -> String {
    format!("/find?label={}", encode(text))
}
