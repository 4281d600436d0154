//! The lines of the round's list: headings and units, in walking order, narrowed by a search.

use std::collections::HashSet;
use std::sync::Arc;

use crate::view_state::{PropertyProgress, Round, RoundRow, RowState};

/// One line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Line<'a> {
    /// A property and its progress.
    Property(&'a PropertyProgress),
    /// One meter point.
    Unit(&'a RoundRow),
}

impl Line<'_> {
    /// What the line shows, in short: drawn again when it changes.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Property(it) => format!("{} {} {}", it.code, it.done, it.total),
            Self::Unit(it) => {
                let point = &it.point;
                let (value, tenant) = (it.value.as_deref(), it.tenant.as_deref());
                format!(
                    "{} {:?} {value:?} {:?} {tenant:?} {:?} {}",
                    point.id, it.state, it.skip_reason, point.reread, point.meter_serial
                )
            }
        }
    }
}

/// Where a line is in the round.
#[derive(Debug, Clone, Copy)]
enum Place {
    Property(usize),
    Unit(usize),
}

/// The lines that are shown of a round: thousands, so they name its rows and do not copy them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    round: Arc<Round>,
    places: Vec<Place>,
}

impl Lines {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The line at this place of the list.
    pub(super) fn get(&self, index: usize) -> Option<Line<'_>> {
        match *self.places.get(index)? {
            Place::Property(at) => self.round.properties.get(at).map(Line::Property),
            Place::Unit(at) => self.round.rows.get(at).map(Line::Unit),
        }
    }
}

/// Headings stand only above units that fit; `wanted` are the ids that a search found, when there is one.
pub(super) fn lines_of(round: &Arc<Round>, wanted: Option<&HashSet<&str>>, only_open: bool) -> Lines {
    let mut places = Vec::with_capacity(round.rows.len() + round.properties.len());
    let mut property_code = "";
    for (at, row) in round.rows.iter().enumerate() {
        let found = wanted.is_none_or(|wanted| wanted.contains(row.point.id.as_str()));
        if !found || (only_open && !is_open(row)) {
            continue;
        }
        if row.point.property_code != property_code {
            property_code = &row.point.property_code;
            let heading = round
                .properties
                .iter()
                .position(|property| property.code == property_code);
            places.extend(heading.map(Place::Property));
        }
        places.push(Place::Unit(at));
    }
    Lines {
        round: Arc::clone(round),
        places,
    }
}

/// To read, or to read again.
pub(super) fn is_open(row: &RoundRow) -> bool {
    let read_again = row.state == RowState::NeedsAttention && row.point.reread.is_some();
    row.state == RowState::ToRead || read_again
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use shared::wire::list::MeterPointRow;

    use super::*;

    fn round() -> Round {
        let row = |property: &str, unit: &str, tenant: &str, state| RoundRow {
            point: Arc::new(MeterPointRow {
                id: format!("{property}{unit}"),
                property_code: property.into(),
                unit_no: unit.into(),
                meter_serial: format!("E{unit}"),
                ..MeterPointRow::default()
            }),
            tenant: Some(tenant.into()),
            period: "2026-11".into(),
            state,
            value: None,
            skip_reason: None,
            read_at: None,
            captured_by: None,
            item: None,
        };
        let property = |code: &str| PropertyProgress {
            code: code.into(),
            name: code.into(),
            period: "2026-11".into(),
            done: 1,
            total: 2,
        };
        Round {
            rows: vec![
                row("A", "101", "Ines", RowState::Received),
                row("A", "102", "Viktor", RowState::ToRead),
                row("B", "101", "Chidi", RowState::ToRead),
            ],
            properties: vec![property("A"), property("B")],
        }
    }

    fn check(wanted: Option<&[&str]>, only_open: bool, expected: &[&str]) {
        let wanted = wanted.map(|ids| ids.iter().copied().collect());
        let lines = lines_of(&Arc::new(round()), wanted.as_ref(), only_open);
        let shown: Vec<_> = (0..lines.len())
            .filter_map(|index| lines.get(index))
            .map(|line| match line {
                Line::Property(it) => it.code.clone(),
                Line::Unit(it) => it.point.id.clone(),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn each_property_has_a_heading() {
        check(None, false, &["A", "A101", "A102", "B", "B101"]);
    }

    #[test]
    fn a_search_leaves_the_walking_order() {
        check(Some(&["B101", "A102"]), false, &["A", "A102", "B", "B101"]);
        check(Some(&[]), false, &[]);
    }

    #[test]
    fn only_what_is_to_read_can_be_shown() {
        check(None, true, &["A", "A102", "B", "B101"]);
    }
}
