//! The rows of the outbox: loaded from the device around what is seen, however many there are.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::sync::status::Step;

use crate::components::item_row::ItemRow;
use crate::components::virtual_list::VirtualList;
use crate::runtime::use_runtime;
use crate::view_state::OutboxEntry;
use crate::wording::use_wording;

/// Height of a row, in rem.
const ROW_REM: f64 = 4.0;
/// Rows kept: several screens, so that a scroll seldom waits for the store.
const ROWS_LOADED: usize = 160;
/// They move along in steps of so many, so that a scroll by a row loads nothing and each step loads little.
const ROWS_A_STEP: usize = 20;
/// Rows kept before the first one that is seen.
const ROWS_BEFORE: usize = 60;

/// What was loaded, and from which state of the outbox.
#[derive(Default)]
struct Loaded {
    version: u64,
    from: usize,
    /// Shared, so that moving along copies none of them.
    rows: Vec<Arc<OutboxEntry>>,
}

impl Loaded {
    fn row(&self, index: usize) -> Option<&Arc<OutboxEntry>> {
        self.rows.get(index.checked_sub(self.from)?)
    }

    /// Which of the wanted rows are not here yet; what is here stays as it is while the outbox does.
    fn missing(&self, version: u64, wanted: Range<usize>) -> Range<usize> {
        let here = self.from..self.from + self.rows.len();
        if version != self.version || here.end <= wanted.start || wanted.end <= here.start {
            wanted
        } else if here.start <= wanted.start {
            here.end.min(wanted.end)..wanted.end
        } else {
            wanted.start..here.start
        }
    }

    /// The wanted rows: those that are here, and these, which begin at `from`.
    fn completed(&self, version: u64, wanted: Range<usize>, from: usize, rows: &[Arc<OutboxEntry>]) -> Self {
        let new = |index: usize| rows.get(index.checked_sub(from)?);
        let old = |index: usize| self.row(index).filter(|_| version == self.version);
        Self {
            version,
            from: wanted.start,
            rows: wanted
                .map_while(|index| new(index).or_else(|| old(index)).cloned())
                .collect(),
        }
    }
}

/// The list.
#[component]
pub(super) fn Rows(selected: RwSignal<Option<OutboxEntry>>) -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let outbox = runtime.outbox();
    let loaded = RwSignal::new(Loaded::default());
    let seen = RwSignal::new((0_usize, 0_usize));
    let wanted = Memo::new(move |_| {
        let (start, _) = seen.get();
        let from = (start / ROWS_A_STEP * ROWS_A_STEP).saturating_sub(ROWS_BEFORE);
        (outbox.read().version, from)
    });
    // The rows come from the device's store, outside of the signals.
    Effect::new(move || {
        let (version, from) = wanted.get();
        let range = from..from + ROWS_LOADED;
        let missing = loaded.with_untracked(|loaded| loaded.missing(version, range.clone()));
        spawn_local(async move {
            let rows = runtime.outbox_page(missing.start, missing.len()).await;
            let rows: Vec<_> = rows.into_iter().map(Arc::new).collect();
            // Also when the thumb is further on by now: answers come in the order in which they were asked for.
            if wanted
                .try_get_untracked()
                .is_some_and(|(present, _)| present == version)
            {
                loaded.try_update(|loaded| *loaded = loaded.completed(version, range, missing.start, &rows));
            }
        });
    });
    let sending = Memo::new(move |_| {
        runtime
            .status()
            .read()
            .progress
            .as_ref()
            .is_some_and(|it| it.step == Step::Sending)
    });
    let count = Signal::derive(move || outbox.read().waiting);
    let key_of = move |index: usize| {
        let loaded = loaded.read();
        loaded
            .row(index)
            .map(|row| format!("{} {} {}", row.entry.id, row.entry.revision, row.photos))
            .unwrap_or_else(|| loaded.version.to_string())
    };
    let row = move |index: usize| match loaded.read_untracked().row(index) {
        Some(entry) => {
            let entry = OutboxEntry::clone(entry);
            view! { <ItemRow entry sending on_open=move |entry| selected.set(Some(entry)) /> }.into_any()
        }
        None => view! { <BlankRow /> }.into_any(),
    };
    view! { <VirtualList label=wording.outbox.list count row_rem=ROW_REM seen key_of row /> }
}

/// Stands for a row that the store has not given yet.
#[component]
fn BlankRow() -> impl IntoView {
    view! {
        <div class="row row--blank">
            <span></span>
            <span class="row__body"></span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::view_state::ItemSummary;

    fn entries(seqs: Range<u64>) -> Vec<Arc<OutboxEntry>> {
        let entry = |seq| {
            Arc::new(OutboxEntry {
                entry: shared::sync::event::Entry {
                    seq,
                    id: shared::id::ItemId::default(),
                    revision: 1,
                },
                item: ItemSummary::default(),
                photos: 0,
            })
        };
        seqs.map(entry).collect()
    }

    fn seqs(loaded: &Loaded) -> Vec<u64> {
        loaded.rows.iter().map(|row| row.entry.seq).collect()
    }

    fn check(here: Range<u64>, wanted: Range<usize>, missing: Range<usize>, expected: Range<u64>) {
        let loaded = Loaded {
            version: 7,
            from: here.start as usize,
            rows: entries(here),
        };
        assert_eq!(loaded.missing(7, wanted.clone()), missing);
        let came = entries(missing.start as u64..missing.end as u64);
        let completed = loaded.completed(7, wanted.clone(), missing.start, &came);
        assert_eq!(seqs(&completed), expected.collect::<Vec<_>>());
        assert_eq!(
            loaded.missing(8, wanted.clone()),
            wanted,
            "the outbox has changed"
        );
    }

    #[test]
    fn a_scroll_loads_only_what_is_not_here_yet() {
        check(0..160, 20..180, 160..180, 20..180);
        check(60..220, 40..200, 40..60, 40..200);
        check(0..160, 400..560, 400..560, 400..560);
        check(60..220, 60..220, 220..220, 60..220);
    }

    #[test]
    fn the_end_of_the_list_is_no_gap() {
        let loaded = Loaded {
            version: 7,
            from: 0,
            rows: entries(0..30),
        };
        assert_eq!(loaded.missing(7, 0..160), 30..160);
        assert_eq!(seqs(&loaded.completed(7, 0..160, 30, &[])).len(), 30);
    }
}
