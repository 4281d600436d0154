//! Which meter point a label or a typed text means.

mod search;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use search::SearchIndex;

use crate::code::{normal, squeezed};
use crate::label::{Label, ShortCode};
use crate::wire::list::MeterPointRow;

/// The labels of a list, made ready for being looked up. Made once a list, asked with each key and each scan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelIndex {
    by_short_code: HashMap<ShortCode, Vec<usize>>,
    by_unit: HashMap<(String, String), Vec<usize>>,
    by_text: HashMap<String, Vec<usize>>,
    revoked: HashSet<ShortCode>,
    serials: Vec<String>,
}

impl LabelIndex {
    /// Reads the labels of a list.
    pub fn new<'a>(rows: impl IntoIterator<Item = &'a MeterPointRow>) -> Self {
        let mut index = Self::default();
        for row in rows {
            index.push(row);
        }
        index
    }

    /// Adds the next row of the list: a long list is read in many small parts.
    pub fn push(&mut self, row: &MeterPointRow) {
        let at = self.serials.len();
        let codes: BTreeSet<ShortCode> = row.labels.iter().filter_map(|it| ShortCode::parse(it)).collect();
        for code in codes {
            self.by_short_code.entry(code).or_default().push(at);
        }
        let revoked = row.revoked_labels.iter().filter_map(|it| ShortCode::parse(it));
        self.revoked.extend(revoked);
        let texts: BTreeSet<String> = row.labels.iter().map(|it| normal(it)).collect();
        for text in texts {
            self.by_text.entry(text).or_default().push(at);
        }
        let unit = (squeezed(&row.property_code), normal(&row.unit_no));
        self.by_unit.entry(unit).or_default().push(at);
        self.serials.push(normal(&row.meter_serial));
    }

    /// Positions in the list of the meter points that a scanned or typed text names: none when it is not in the list
    /// (perhaps another person's, perhaps nobody's), and of several the technician picks one.
    pub fn look_up(&self, text: &str) -> Vec<usize> {
        let found = match Label::parse(text) {
            Label::Short(code) => self.by_short_code.get(&code).cloned().unwrap_or_default(),
            Label::Unit {
                property,
                unit_no,
                meter,
            } => {
                let unit = (squeezed(property.shown()), unit_no.normal().to_owned());
                self.of_unit(&unit, meter.as_ref().map(|meter| meter.normal()))
            }
            Label::Unknown(_) => Vec::new(),
        };
        // A printed label of the customer's own may happen to look like one of the formats.
        if found.is_empty() {
            self.of_text(text)
        } else {
            found
        }
    }

    /// Whether the text is the code of a label that the office has revoked. It names no meter point any more, and the
    /// one that it named is not told: it may have been the wrong one.
    pub fn is_revoked(&self, text: &str) -> bool {
        match Label::parse(text) {
            Label::Short(code) => self.revoked.contains(&code),
            Label::Unit { .. } | Label::Unknown(_) => false,
        }
    }

    /// All of the unit, or the one with this serial where it has one.
    fn of_unit(&self, unit: &(String, String), serial: Option<&str>) -> Vec<usize> {
        let fitting = self.by_unit.get(unit).map_or(&[][..], Vec::as_slice);
        let has_serial = |at: &&usize| serial.is_some_and(|serial| self.serials[**at] == serial);
        let exact: Vec<usize> = fitting.iter().filter(has_serial).copied().collect();
        if exact.is_empty() { fitting.to_vec() } else { exact }
    }

    fn of_text(&self, text: &str) -> Vec<usize> {
        let text = normal(text);
        let labelled = self.by_text.get(&text).filter(|_| !text.is_empty());
        labelled.cloned().unwrap_or_default()
    }
}
