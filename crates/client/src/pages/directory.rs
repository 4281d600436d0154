//! The list, made ready for being searched.

use std::collections::HashSet;

use shared::lookup::{Found, SearchIndex, look_up_text};
use shared::wire::list::MeterPointRow;

use crate::view_state::PhoneList;

/// The rows and their index. Costly to make: once a list.
pub(super) struct Directory {
    rows: Vec<MeterPointRow>,
    index: SearchIndex,
}

impl Directory {
    pub(super) fn new(list: &PhoneList) -> Self {
        let rows: Vec<MeterPointRow> = list.rows.iter().map(|row| (**row).clone()).collect();
        let index = SearchIndex::new(&rows);
        Self { rows, index }
    }

    /// Ids of all rows that fit.
    pub(super) fn ids(&self, text: &str) -> HashSet<&str> {
        self.search(text, usize::MAX).into_iter().collect()
    }

    /// Ids of the best rows, best first.
    pub(super) fn search(&self, text: &str, limit: usize) -> Vec<&str> {
        self.index
            .search(text, limit)
            .into_iter()
            .filter_map(|at| Some(self.rows.get(at)?.id.as_str()))
            .collect()
    }

    /// Ids of the rows that a label's text names.
    pub(super) fn of_label(&self, text: &str) -> Vec<&str> {
        match look_up_text(text, &self.rows) {
            Found::One(row) => vec![&row.id],
            Found::Several(rows) => rows.into_iter().map(|row| row.id.as_str()).collect(),
            Found::NotInList => Vec::new(),
        }
    }
}
