//! Who works with the app: opening and closing a person's queue, list and settings.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::sync::event::{Hint, Input, SyncSettings};
use shared::sync::history::History;
use shared::timestamp::Timestamp;
use shared::wire::session::{RoleName, Session};
use wasm_bindgen::JsValue;

use super::core::Core;
use super::queue::Where;
pub(crate) use super::shelf::load_shelf as show_shelf;
use super::shelf::load_shelf;
use super::{aside, document, view, walk};
use crate::adapters::api;
use crate::adapters::cookie::{self, Mirror};
use crate::adapters::entropy;
use crate::adapters::timer;
use crate::view_state::{Person, SessionState, Settings, StoreTrouble};

/// Receipts are kept this long, in case the server is restored from an old backup.
const SENT_KEPT_MS: i64 = 35 * 24 * 3600 * 1000;
/// Texts that are read in one go, so that the page stays responsive with ten thousand of them.
const BODIES_A_SLICE: usize = 250;

/// The person of the last time, without asking anybody.
pub(crate) async fn reopen(core: &Rc<Core>) {
    core.load_clock().await;
    match core.cache.load::<Person>(document::SESSION).await {
        Some(person) => open(core, person).await,
        None => {
            core.view.session.set(SessionState::SignedOut);
            finish_sign_out(core).await;
        }
    }
}

/// A sign-out without network is told to the server as soon as the app is opened with it.
pub(crate) async fn finish_sign_out(core: &Core) {
    if core.cache.load::<bool>(document::SIGNED_OUT).await == Some(true) && api::sign_out().await {
        core.cache.forget(document::SIGNED_OUT).await;
    }
}

/// Opens a person's queue, list and settings. The list is shown before anything else is read.
pub(crate) async fn open(core: &Rc<Core>, person: Person) {
    core.begin_generation();
    let username = person.username.clone();
    load_documents(core, &username).await;
    core.view.session.set(SessionState::SignedIn(person.clone()));
    core.draw_round();
    core.driver().enter(person.clone());
    aside::say(core, &username);
    if person.role == RoleName::Technician {
        open_queue(core, &person).await;
    }
}

/// Closes what is open, and keeps everything that is stored.
pub(crate) fn close(core: &Rc<Core>) {
    core.begin_generation();
    core.driver().leave();
    core.codes.take();
    core.walks.clear();
    view::clear(core.view);
    core.view.session.set(SessionState::SignedOut);
}

/// Keeps what the server said at sign-in, and makes sure that no running number is given twice.
pub(crate) async fn adopt(core: &Rc<Core>, session: &Session) -> Result<Person, ()> {
    let mirror = cookie::read(&session.username);
    if let Some(id) = session.device_id {
        core.outbox.set_device_id(id).await.map_err(drop)?;
        let stored = core
            .outbox
            .raise_seq(&session.username, mirror.seq.max(session.device_seq_seen))
            .await
            .map_err(drop)?;
        notice_loss(core, stored.max(session.device_seq_seen), mirror.seq);
        cookie::write(
            &session.username,
            Mirror {
                device_id: Some(id),
                seq: 0,
            },
        );
    }
    let person = Person {
        username: session.username.clone(),
        role: session.role,
        device_id: session.device_id,
    };
    core.cache.forget(document::SIGNED_OUT).await;
    core.cache.keep(document::SESSION, &person).await;
    Ok(person)
}

/// What the items on this phone say is read again, slice by slice.
pub(crate) async fn read_marks(core: &Rc<Core>, username: &str) {
    let generation = core.generation();
    let since = entropy::now().plus_ms(-SENT_KEPT_MS);
    let sent = core.outbox.sent_since(username, since).await.unwrap_or_default();
    let waiting = core.outbox.all_bodies(username).await.unwrap_or_default();
    core.texts.clear();
    // Sent at an unknown moment before now: the list decides wherever it has a value.
    for slice in sent.chunks(BODIES_A_SLICE) {
        if core.generation() != generation {
            return;
        }
        mark(core, slice.iter(), Where::Sent(Timestamp::default()));
        timer::yield_now().await;
    }
    for slice in waiting.chunks(BODIES_A_SLICE) {
        if core.generation() != generation {
            return;
        }
        core.texts.keep(slice);
        mark(core, slice.iter().map(|body| &body.text), Where::Waiting);
        timer::yield_now().await;
    }
    load_shelf(core, username).await;
    core.draw_round();
}

/// A text of the browser's becomes one of ours for that alone.
fn mark<'a>(core: &Core, texts: impl Iterator<Item = &'a JsValue>, at: Where) {
    for text in texts.filter_map(JsValue::as_string) {
        core.queue.borrow_mut().mark(&text, at);
    }
}

/// What another tab or the service worker has changed of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// The history.
    History,
    /// List, settings and history.
    Documents,
    /// What waits, needs attention or was sent.
    Outbox,
    /// All of it.
    Everything,
}

/// Another tab or the service worker has changed what is stored.
pub(crate) async fn read_again(core: &Rc<Core>, read: Read) {
    let Some(person) = core.person() else { return };
    let generation = core.generation();
    match read {
        Read::History => return load_history(core, &person.username).await,
        Read::Documents => {
            load_documents(core, &person.username).await;
            return core.draw_round_soon();
        }
        Read::Outbox => {}
        Read::Everything => load_documents(core, &person.username).await,
    }
    if core.generation() == generation {
        core.queue.borrow_mut().clear_marks();
        read_marks(core, &person.username).await;
    }
}

/// The settings, for the engine.
pub(crate) fn sync_settings(settings: &Settings) -> SyncSettings {
    SyncSettings {
        automatic: settings.automatic_sync,
        window: settings.check_window,
        order: settings.send_order,
        quiet: settings.quiet_hours(entropy::local_now().offset_s),
        photos_on_wifi_only: settings.photos_on_wifi_only,
    }
}

/// The phone may be in another time zone by now, and quiet hours go by the clock on the wall.
pub(crate) fn tell_settings_again(core: &Core) {
    let settings = core.view.settings.get_untracked();
    if core.person().is_some() && settings.quiet.on {
        core.dispatch(Input::Settings(sync_settings(&settings)));
    }
}

async fn load_documents(core: &Rc<Core>, username: &str) {
    core.view.revoked.set(core.is_revoked(username).await);
    core.view.list.set(core.load_list(username).await);
    let settings: Option<Settings> = core.cache.load(&document::settings(username)).await;
    core.view.settings.set(settings.unwrap_or_default());
    walk::load(core, username).await;
    load_history(core, username).await;
}

async fn load_history(core: &Core, username: &str) {
    let generation = core.generation();
    let history: Option<History> = core.cache.load(&document::history(username)).await;
    if core.generation() == generation {
        core.view.history.set(Arc::new(history.unwrap_or_default()));
    }
}

async fn open_queue(core: &Rc<Core>, person: &Person) {
    let Ok(mut stored) = core.outbox.load(&person.username).await else {
        core.store_failed();
        return;
    };
    let mirror = cookie::read(&person.username);
    if mirror.seq > stored.device_total && core.outbox.raise_seq(&person.username, mirror.seq).await.is_ok() {
        notice_loss(core, stored.device_total, mirror.seq);
        stored.device_total = mirror.seq;
    }
    let settings = core.view.settings.with_untracked(sync_settings);
    core.driver().open_queue(stored, settings, Hint::Started);
    let (core, username) = (Rc::clone(core), person.username.clone());
    spawn_local(async move {
        read_marks(&core, &username).await;
        let before = entropy::now().plus_ms(-SENT_KEPT_MS);
        // What cannot be forgotten today is forgotten the next time.
        let _ = core.outbox.prune_sent(&username, before).await;
    });
}

/// Cookie or server know of numbers that this phone's store does not.
fn notice_loss(core: &Core, stored: u64, known: u64) {
    if known > stored {
        core.view
            .trouble
            .set(Some(StoreTrouble::NumbersMissing { stored, known }));
    }
}
