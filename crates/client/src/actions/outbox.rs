//! The half-typed form, and what waits.

use shared::sync::event::{Entry, Hint};
use shared::timestamp::Timestamp;

use crate::runtime::form::summary_of;
use crate::runtime::{Runtime, aside};
use crate::view_state::{ItemForm, OutboxEntry};

impl Runtime {
    /// Keeps the half-typed form; `false` when the store failed.
    pub async fn save_draft(self, form: ItemForm) -> bool {
        let core = self.core();
        let (Some(person), Ok(text)) = (core.person(), serde_json::to_string(&form)) else {
            return false;
        };
        if core.saving.borrow().contains(&form.id) || core.saved.borrow().contains_key(&form.id) {
            return true;
        }
        core.form_open.set(true);
        core.outbox.save_draft(&person.username, &text).await.is_ok()
    }

    /// The half-typed form that was open last, if it was neither saved nor dropped; else one that could not be stored.
    pub async fn load_draft(self) -> Option<ItemForm> {
        let core = self.core();
        let person = core.person()?;
        let draft = core.outbox.load_draft(&person.username).await.ok().flatten();
        draft
            .and_then(|text| serde_json::from_str(&text).ok())
            .or_else(|| aside::first(&person.username))
    }

    /// Forgets the half-typed form that [`Self::load_draft`] gives.
    pub async fn drop_draft(self) {
        let core = self.core();
        core.form_open.set(false);
        if let Some(person) = core.person() {
            if let Some(form) = self.load_draft().await {
                aside::forget(&core, &person.username, &form);
                for hash in &form.photos {
                    self.remove_photo(form.id, hash).await;
                }
            }
            // What is not forgotten is offered again, which loses nothing.
            let _ = core.outbox.drop_draft(&person.username).await;
        }
    }

    /// When the oldest item that waits was made.
    pub fn oldest_waiting(self) -> Option<Timestamp> {
        let core = self.core();
        let queue = core.queue.borrow();
        queue.entries.first()?.id.made_at()
    }

    /// Starts a sync now, ending any wait.
    pub fn sync_now(self) {
        self.core().hint(Hint::SyncNow);
    }

    /// Rows of the outbox, newest first, from the given place on.
    pub async fn outbox_page(self, from: usize, count: usize) -> Vec<OutboxEntry> {
        let core = self.core();
        let Some(person) = core.person() else {
            return Vec::new();
        };
        let mut wanted: Vec<Entry> = core
            .queue
            .borrow()
            .entries
            .iter()
            .rev()
            .skip(from)
            .take(count)
            .copied()
            .collect();
        wanted.reverse();
        let bodies = core
            .outbox
            .bodies(&person.username, &wanted)
            .await
            .unwrap_or_default();
        let rows = bodies.into_iter().rev().filter_map(|body| {
            let item = summary_of(&body.text.as_string()?);
            Some(OutboxEntry {
                entry: body.entry,
                item,
                photos: self.photos_of(body.entry.id),
            })
        });
        rows.collect()
    }
}
