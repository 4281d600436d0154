//! The list, made ready for being searched: slice by slice, as reading thousands of rows at once would keep a slow phone
//! from answering for half a second.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use phone::list::has_same_rows;
use shared::lookup::{LabelIndex, SearchIndex};

use super::core::Core;
use crate::adapters::entropy::monotonic_ms;
use crate::adapters::timer;
use crate::view_state::PhoneList;

/// A slice ends after this long, however fast the phone is: a few of them fit between two frames.
const SLICE_MS: f64 = 4.0;
/// Rows between two looks at the clock.
const ROWS_A_LOOK: usize = 25;

/// The rows and what they are found by.
#[derive(Default)]
pub struct Directory {
    list: Arc<PhoneList>,
    words: SearchIndex,
    labels: LabelIndex,
}

impl Directory {
    /// Positions in the list of all rows that fit, best first.
    pub fn search(&self, text: &str, limit: usize) -> Vec<usize> {
        self.words.search(text, limit)
    }

    /// Ids of all rows that fit.
    pub fn ids(&self, text: &str) -> HashSet<&str> {
        let found = self.words.all(text);
        found.into_iter().filter_map(|at| self.id_at(at)).collect()
    }

    /// Positions in the list of the rows that a label's text names.
    pub fn of_label(&self, text: &str) -> Vec<usize> {
        self.labels.look_up(text)
    }

    /// Whether the text is the code of a label that the office has revoked.
    pub fn is_revoked_label(&self, text: &str) -> bool {
        self.labels.is_revoked(text)
    }

    /// The id of the row at this position.
    pub fn id_at(&self, at: usize) -> Option<&str> {
        Some(self.list.rows.get(at)?.id.as_str())
    }
}

/// Makes the directory of the present list, unless it is there or under way. Done when the signal has it; until then
/// the one of an earlier list serves.
pub(super) fn prepare(core: &Rc<Core>) {
    let list = core.view.list.get_untracked();
    let is_done = core.view.directory.with_untracked(|directory| {
        directory
            .as_ref()
            .is_some_and(|it| has_same_rows(&it.list, &list))
    });
    let is_under_way = core
        .indexing
        .borrow()
        .as_ref()
        .is_some_and(|it| has_same_rows(it, &list));
    if is_done || is_under_way {
        return;
    }
    core.indexing.replace(Some(Arc::clone(&list)));
    let core = Rc::clone(core);
    spawn_local(async move {
        let is_wanted = || has_same_rows(&core.view.list.get_untracked(), &list);
        let directory = make(&list, is_wanted).await;
        core.indexing.borrow_mut().take_if(|it| Arc::ptr_eq(it, &list));
        if let Some(directory) = directory {
            core.view.directory.set(Some(Arc::new(directory)));
        }
    });
}

/// `None` when another list came meanwhile.
async fn make(list: &Arc<PhoneList>, is_wanted: impl Fn() -> bool) -> Option<Directory> {
    let mut directory = Directory {
        list: Arc::clone(list),
        ..Directory::default()
    };
    let mut slice_began_ms = monotonic_ms();
    for rows in list.rows.chunks(ROWS_A_LOOK) {
        for row in rows {
            directory.words.push(row);
            directory.labels.push(row);
        }
        if monotonic_ms() - slice_began_ms >= SLICE_MS {
            timer::yield_now().await;
            if !is_wanted() {
                return None;
            }
            slice_began_ms = monotonic_ms();
        }
    }
    Some(directory)
}
