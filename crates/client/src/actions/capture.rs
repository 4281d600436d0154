//! Saving, editing and taking back. The tick comes after the transaction, never before.

use std::rc::Rc;

use leptos::prelude::*;
use shared::id::ItemId;
use shared::sync::event::{Entry, Input, SendOrder};
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::batch::{WireClock, WireItem};

use super::{EditError, SaveError, Saved};
use crate::adapters::cookie::{self, Mirror};
use crate::adapters::entropy;
use crate::adapters::idb::StoreError;
use crate::adapters::marks::{self, Measure};
use crate::adapters::outbox_store::{Edited, NewItem, Stamp};
use crate::runtime::Runtime;
use crate::runtime::aside;
use crate::runtime::core::Core;
use crate::runtime::form::{self, Capture};
use crate::runtime::queue::Where;
use crate::runtime::session::show_shelf;
use crate::view_state::{ItemForm, Person};

impl Runtime {
    /// An id for a form that opens.
    pub fn new_item_id(self) -> ItemId {
        ItemId::new(entropy::now(), entropy::random_bytes())
    }

    /// Saves a form: one strict transaction, then `Saved`. The same form again is a replay.
    pub async fn save(self, form: ItemForm) -> Result<Saved, SaveError> {
        let _measure = Measure::start(marks::SAVE);
        let core = self.core();
        let person = core.person().ok_or(SaveError::NobodySignedIn)?;
        let item = item_of(&core, &person, &form)?;
        if let Some(entry) = core.saved.borrow().get(&form.id).copied() {
            return Ok(Saved { entry, replay: true });
        }
        // From here on a draft of this form comes too late: it would bring the form back.
        core.saving.borrow_mut().insert(form.id);
        let saved = save(&core, &person, &item).await;
        core.saving.borrow_mut().remove(&form.id);
        match saved {
            Ok(_) => aside::forget(&core, &person.username, &form),
            Err(_) => aside::keep(&core, &person.username, &form),
        }
        saved
    }

    /// Replaces an item of the outbox or the shelf by its next revision. What was read stays where and when it was read.
    pub async fn edit(self, form: ItemForm) -> Result<Saved, EditError> {
        let core = self.core();
        let person = core.person().ok_or(EditError::Save(SaveError::NobodySignedIn))?;
        let earlier = stored_item(&core, &person, form.id).await?;
        let item = item_of(&core, &person, &form).map_err(EditError::Save)?;
        replace(&core, &person, form::edit_of(earlier, item)).await
    }

    /// Takes an item of the outbox or the shelf back, by a next revision that is sent like a reading.
    pub async fn void(self, id: ItemId) -> Result<Saved, EditError> {
        let core = self.core();
        let person = core.person().ok_or(EditError::Save(SaveError::NobodySignedIn))?;
        let earlier = stored_item(&core, &person, id).await?;
        replace(&core, &person, form::void_of(earlier)).await
    }

    /// The form of an item of the outbox or the shelf, for editing.
    pub async fn form_of(self, id: ItemId) -> Option<ItemForm> {
        let core = self.core();
        let person = core.person()?;
        let (_, text) = core.outbox.find(&person.username, id).await.ok()??;
        form::form_of(&text, &core.view.list.get_untracked())
    }
}

async fn save(core: &Rc<Core>, person: &Person, item: &WireItem) -> Result<Saved, SaveError> {
    let body = |stamp: Stamp| form::text_of(item, stamp);
    let new = NewItem {
        person: &person.username,
        id: item.id,
        read_at: read_at_of(item),
        body: &body,
    };
    let in_store = Measure::start(marks::SAVE_STORE);
    let stored = core.outbox.save(&new).await.map_err(save_error)?;
    drop(in_store);
    core.saved.borrow_mut().insert(item.id, stored.entry);
    core.form_open.set(false);
    if stored.replay {
        return Ok(Saved {
            entry: stored.entry,
            replay: true,
        });
    }
    core.device_total
        .set(core.device_total.get().max(stored.entry.seq));
    let mirror = Mirror {
        device_id: person.device_id,
        seq: stored.entry.seq,
    };
    cookie::write(&person.username, mirror);
    told(core, item, stored.entry);
    Ok(Saved {
        entry: stored.entry,
        replay: false,
    })
}

async fn stored_item(core: &Core, person: &Person, id: ItemId) -> Result<WireItem, EditError> {
    let found = core.outbox.find(&person.username, id).await;
    let found = found.map_err(|error| EditError::Save(save_error(error)))?;
    let (_, text) = found.ok_or(EditError::AlreadyReceived)?;
    serde_json::from_str(&text).map_err(|_| EditError::Save(SaveError::StoreFailed))
}

async fn replace(core: &Rc<Core>, person: &Person, item: WireItem) -> Result<Saved, EditError> {
    let body = |stamp: Stamp| form::text_of(&item, stamp);
    let new = NewItem {
        person: &person.username,
        id: item.id,
        read_at: read_at_of(&item),
        body: &body,
    };
    let edited = core.outbox.replace(&new).await;
    match edited.map_err(|error| EditError::Save(save_error(error)))? {
        Edited::Gone => Err(EditError::AlreadyReceived),
        Edited::Stored { entry, from_shelf } => {
            core.form_open.set(false);
            told(core, &item, entry);
            if from_shelf {
                show_shelf(core, &person.username).await;
            }
            Ok(Saved { entry, replay: false })
        }
    }
}

/// The store has it: now the engine and the screen may know.
fn told(core: &Rc<Core>, item: &WireItem, entry: Entry) {
    let text = form::text_of(
        item,
        Stamp {
            seq: entry.seq,
            revision: entry.revision,
        },
    );
    let mut queue = core.queue.borrow_mut();
    queue.add(entry);
    queue.mark(&text, Where::Waiting);
    drop(queue);
    core.outbox_changed();
    core.draw_round_soon();
    send_here_first(core, item);
    core.dispatch(Input::Saved(entry));
    if !item.photos.is_empty() {
        core.driver().photos_changed();
    }
}

/// One stands in the property of what was saved last.
fn send_here_first(core: &Rc<Core>, item: &WireItem) {
    let order = core.view.settings.with_untracked(|settings| settings.send_order);
    if let (SendOrder::HereFirst, Some(property_code)) = (order, &item.property_code) {
        let here = core.queue.borrow().waiting_in(property_code);
        core.dispatch(Input::SendFirst(here));
    }
}

fn item_of(core: &Core, person: &Person, form: &ItemForm) -> Result<WireItem, SaveError> {
    let read_at = entropy::local_now();
    let offset = core.clock_offset.get();
    let capture = Capture {
        captured_by: &person.username,
        read_at,
        clock: WireClock {
            offset_ms: offset.map(|(offset_ms, _)| offset_ms),
            offset_age_ms: offset.map(|(_, measured_at)| read_at.at.since_ms(measured_at)),
            page_session: Some(core.page_session.clone()),
            monotonic_ms: Some(entropy::monotonic_ms() as i64),
        },
        position: core.locator.last(),
    };
    let row = form.point_id.as_deref().and_then(|id| core.row_of(id, form.id));
    form::item_of(form, row.as_deref(), capture)
}

fn read_at_of(item: &WireItem) -> Timestamp {
    LocalTime::parse(&item.read_at).map_or_else(entropy::now, |read_at| read_at.at)
}

pub(super) fn save_error(error: StoreError) -> SaveError {
    match error {
        StoreError::Full => SaveError::DeviceFull,
        StoreError::Failed(_) => SaveError::StoreFailed,
    }
}
