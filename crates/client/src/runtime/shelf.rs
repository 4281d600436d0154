//! What needs attention, as it is stored.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::receipt::WireVerdict;

use super::core::Core;
use super::form::summary_of;
use super::queue::Where;
use crate::view_state::ShelfEntry;

/// Shows the shelf of the person who is here.
pub(crate) async fn load_shelf(core: &Rc<Core>, person: &str) {
    let generation = core.generation();
    let Ok(records) = core.outbox.shelf(person).await else {
        return;
    };
    if core.generation() != generation {
        return;
    }
    let mut entries = Vec::with_capacity(records.len());
    for record in &records {
        core.queue.borrow_mut().mark(&record.body, Where::Shelf);
        let Ok(verdict) = serde_json::from_str::<WireVerdict>(&record.verdict) else {
            continue;
        };
        entries.push(ShelfEntry {
            entry: record.entry,
            item: summary_of(&record.body),
            verdict: verdict.verdict,
            code: verdict.code,
            existing: verdict.existing,
        });
    }
    core.view.outbox.update(|outbox| outbox.shelf = entries.len());
    core.view.shelf.set(Arc::new(entries));
    core.draw_round_soon();
}
