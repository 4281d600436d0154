//! The rows of the outbox: loaded from the device around what is seen, however many there are.

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
/// Rows asked for at once: several screens, so that a scroll seldom waits for the store.
const ROWS_LOADED: usize = 240;

/// What was loaded, and from which state of the outbox.
#[derive(Default)]
struct Loaded {
    version: u64,
    from: usize,
    rows: Vec<OutboxEntry>,
}

impl Loaded {
    fn row(&self, index: usize) -> Option<&OutboxEntry> {
        self.rows.get(index.checked_sub(self.from)?)
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
        // In steps, so that a scroll by a row loads nothing.
        let from = (start / (ROWS_LOADED / 4)).saturating_sub(1) * (ROWS_LOADED / 4);
        (outbox.read().version, from)
    });
    // The rows come from the device's store, outside of the signals.
    Effect::new(move || {
        let (version, from) = wanted.get();
        spawn_local(async move {
            let rows = runtime.outbox_page(from, ROWS_LOADED).await;
            if wanted.try_get_untracked() == Some((version, from)) {
                loaded.try_set(Loaded { version, from, rows });
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
            .map(|row| (row.entry.id, row.entry.revision))
            .ok_or(loaded.version)
    };
    let row = move |index: usize| match loaded.read_untracked().row(index) {
        Some(entry) => {
            let entry = entry.clone();
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
