//! The lines of the round's list: headings and units, in walking order, narrowed by a search.

use std::collections::HashSet;
use std::sync::Arc;

use super::filter::fits;
use crate::view_state::{PropertyProgress, Round, RoundFilter, RoundRow};

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
            Self::Property(it) => format!("{} {} {} {}", it.code, it.done, it.not_read, it.total),
            Self::Unit(it) => {
                let point = &it.point;
                let (value, tenant) = (it.value.as_deref(), it.tenant.as_deref());
                format!(
                    "{} {:?} {value:?} {:?} {tenant:?} {:?} {} {} {}",
                    point.id,
                    it.state,
                    it.skip_reason,
                    point.reread,
                    point.meter_serial,
                    point.hazard,
                    point.access_note
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
pub(super) fn lines_of(round: &Arc<Round>, wanted: Option<&HashSet<&str>>, filter: RoundFilter) -> Lines {
    let mut places = Vec::with_capacity(round.rows.len() + round.properties.len());
    let mut property_code = "";
    for (at, row) in round.rows.iter().enumerate() {
        let found = wanted.is_none_or(|wanted| wanted.contains(row.point.id.as_str()));
        if !found || !fits(row, filter) {
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

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use shared::wire::list::MeterPointRow;
    use shared::wire::periods::WindowRow;

    use super::*;
    use crate::view_state::RowState;

    /// One row a state that a filter asks for.
    fn row(property: &str, unit: &str) -> RoundRow {
        RoundRow {
            point: Arc::new(MeterPointRow {
                id: format!("{property}{unit}"),
                property_code: property.into(),
                unit_no: unit.into(),
                ..MeterPointRow::default()
            }),
            tenant: None,
            period: "2026-11".into(),
            state: RowState::ToRead,
            value: None,
            skip_reason: None,
            read_at: None,
            captured_by: None,
            item: None,
        }
    }

    fn round() -> Round {
        let read_at = Some(String::from("2026-11-27T09:00:00Z"));
        let mut rows = ["101", "102", "103", "104"].map(|unit| row("A", unit)).to_vec();
        rows.push(row("B", "101"));
        rows[0].value = Some("7".into());
        rows[2].skip_reason = Some("no_access".into());
        for visited in [0, 2, 3] {
            rows[visited].read_at.clone_from(&read_at);
        }
        rows[3].value = Some("8".into());
        let asked = Arc::make_mut(&mut rows[3].point);
        asked.reread = Some("The photo shows another number".into());
        asked.hazard = "Dog".into();
        let property = |code: &str| PropertyProgress {
            code: code.into(),
            name: code.into(),
            period: "2026-11".into(),
            done: 1,
            not_read: 0,
            total: 2,
            window: WindowRow::default(),
        };
        Round {
            rows,
            properties: vec![property("A"), property("B")],
            ..Round::default()
        }
    }

    fn check(wanted: Option<&[&str]>, filter: RoundFilter, expected: &[&str]) {
        let wanted = wanted.map(|ids| ids.iter().copied().collect());
        let lines = lines_of(&Arc::new(round()), wanted.as_ref(), filter);
        let shown: Vec<_> = (0..lines.len())
            .filter_map(|index| lines.get(index))
            .map(|line| match line {
                Line::Property(it) => it.code.clone(),
                Line::Unit(it) => it.point.id.clone(),
            })
            .collect();
        assert_eq!(shown, expected, "{filter:?}");
    }

    #[test]
    fn each_property_has_a_heading() {
        check(
            None,
            RoundFilter::All,
            &["A", "A101", "A102", "A103", "A104", "B", "B101"],
        );
    }

    #[test]
    fn a_search_leaves_the_walking_order() {
        check(
            Some(&["B101", "A102"]),
            RoundFilter::All,
            &["A", "A102", "B", "B101"],
        );
        check(Some(&[]), RoundFilter::All, &[]);
    }

    #[test]
    fn what_was_visited_is_read_or_could_not_be_and_the_rest_is_to_read() {
        check(None, RoundFilter::ToRead, &["A", "A102", "A104", "B", "B101"]);
        check(None, RoundFilter::Read, &["A", "A101"]);
        check(None, RoundFilter::NotRead, &["A", "A103"]);
    }

    #[test]
    fn what_the_office_asks_for_and_what_is_dangerous_can_be_shown_alone() {
        check(None, RoundFilter::Again, &["A", "A104"]);
        check(None, RoundFilter::Hazard, &["A", "A104"]);
    }
}
