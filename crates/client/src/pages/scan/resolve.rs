//! What the text of a label means on this phone, and where the page goes on.

use shared::label::{Label, UNKNOWN_LENGTH_MAX};
use shared::lookup::{self, look_up_text};
use shared::wire::list::MeterPointRow;

use crate::components::unit_row::encode;
use crate::view_state::{Round, RoundRow};

/// The meter points that a label names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// Exactly this one.
    One(Box<RoundRow>),
    /// One of these: the technician says which.
    Several(Vec<RoundRow>),
    /// None that this phone knows; the text, bounded.
    Unknown(String),
}

/// Looks the label up in the round.
pub(super) fn resolve(text: &str, round: &Round) -> Found {
    // First those that fit by themselves, then the choice among them: so that few rows are copied.
    let fits =
        |row: &&RoundRow| look_up_text(text, std::slice::from_ref(&*row.point)) != lookup::Found::NotInList;
    let fitting: Vec<&RoundRow> = round.rows.iter().filter(fits).collect();
    let points: Vec<MeterPointRow> = fitting.iter().map(|row| (*row.point).clone()).collect();
    let with_id = |id: &str| {
        fitting
            .iter()
            .find(|row| row.point.id == id)
            .map(|row| (*row).clone())
    };
    match look_up_text(text, &points) {
        lookup::Found::One(point) => with_id(&point.id).map(Box::new).map(Found::One),
        lookup::Found::Several(points) => Some(Found::Several(
            points.iter().filter_map(|point| with_id(&point.id)).collect(),
        )),
        lookup::Found::NotInList => None,
    }
    .unwrap_or_else(|| Found::Unknown(shown(text)))
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
