//! What runs on a phone: the engine, the adapters, and the queue of inputs between them.
//!
//! Invariants:
//! - `Engine::step` is never entered while it runs: inputs wait in a queue.
//! - No borrow is held over an await.
//! - Each request of the engine is answered, even when its person is gone; what is told is the present person's.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use serde::Deserialize;
use shared::id::ItemId;
use shared::photo::PhotoKey;
use shared::sync::engine::Engine;
use shared::sync::event::{Hint, Input, PeerMessage, Stored, SyncSettings};
use shared::sync::status::Status;
use shared::timestamp::Timestamp;
use wasm_bindgen_futures::spawn_local;

use crate::adapters::broadcast::Peers;
use crate::adapters::cache_store::CacheStore;
use crate::adapters::entropy;
use crate::adapters::network;
use crate::adapters::outbox_store::OutboxStore;
use crate::adapters::photo_store::PhotoStore;
use crate::adapters::tab_lock::HeldLock;
use crate::adapters::timer::Timer;
use crate::document;
use crate::effects;
use crate::list::{PhoneList, Seen, StoredList};
use crate::listener::Listener;
use crate::person::Person;
use crate::queue::Queue;
use crate::texts::Texts;

/// The running parts that need no page.
pub struct Driver {
    /// What waits, needs attention and was sent.
    pub outbox: OutboxStore,
    /// What can be lost.
    pub cache: CacheStore,
    /// Photos that wait.
    pub photos: PhotoStore,
    /// Which photos are on this phone, as far as is known here; without those of the open form.
    pub photo_keys: RefCell<Vec<PhotoKey>>,
    /// What the outbox holds, as far as is known here.
    pub queue: RefCell<Queue>,
    /// The highest running number given.
    pub device_total: Cell<u64>,
    /// The server's clock minus the phone's, and when it was measured.
    pub clock_offset: Cell<Option<(i64, Timestamp)>>,
    pub(crate) listener: Box<dyn Listener>,
    pub(crate) in_flight: RefCell<BTreeMap<u64, effects::InFlight>>,
    /// What was read of the outbox and is not sent yet.
    pub texts: Texts,
    pub(crate) read_ahead: RefCell<Option<effects::ReadAhead>>,
    pub(crate) lock: RefCell<Option<HeldLock>>,
    pub(crate) peers: RefCell<Option<Peers>>,
    pub(crate) cursor: RefCell<Option<String>>,
    /// Where the list stood that the cache holds.
    pub(crate) kept_cursor: RefCell<Option<String>>,
    /// Lists that are being kept.
    pub(crate) keeping: Cell<usize>,
    /// What the other tabs hear when the list is kept.
    pub(crate) untold: RefCell<Option<PeerMessage>>,
    pub(crate) list: RefCell<Arc<PhoneList>>,
    pub(crate) wake: Timer,
    /// Answers that are owed to the engine.
    pub(crate) owed: Cell<usize>,
    person: RefCell<Option<Person>>,
    engine: RefCell<Engine>,
    inputs: RefCell<VecDeque<Input>>,
    stepping: Cell<bool>,
}

impl Driver {
    /// A driver that knows nobody yet.
    pub fn new(listener: Box<dyn Listener>) -> Rc<Self> {
        let seed = u64::from_le_bytes(entropy::random_bytes());
        Rc::new(Self {
            outbox: OutboxStore::default(),
            cache: CacheStore::default(),
            photos: PhotoStore::default(),
            photo_keys: RefCell::default(),
            queue: RefCell::default(),
            device_total: Cell::default(),
            clock_offset: Cell::default(),
            listener,
            in_flight: RefCell::default(),
            texts: Texts::default(),
            read_ahead: RefCell::default(),
            lock: RefCell::default(),
            peers: RefCell::default(),
            cursor: RefCell::default(),
            kept_cursor: RefCell::default(),
            keeping: Cell::default(),
            untold: RefCell::default(),
            list: RefCell::default(),
            wake: Timer::default(),
            owed: Cell::default(),
            person: RefCell::default(),
            engine: RefCell::new(Engine::new(seed)),
            inputs: RefCell::default(),
            stepping: Cell::default(),
        })
    }

    /// Tells the engine, and carries out what it asks for.
    pub fn dispatch(self: &Rc<Self>, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        if self.stepping.replace(true) {
            return;
        }
        while let Some(input) = self.next_input() {
            let asked = self.engine.borrow_mut().step(entropy::now(), input);
            for effect in asked {
                effects::carry_out(self, effect);
            }
        }
        self.stepping.set(false);
        let status = self.engine.borrow().status().clone();
        self.note_clock(&status);
        self.listener.stepped(&status);
    }

    /// A hint, as an input.
    pub fn hint(self: &Rc<Self>, hint: Hint) {
        self.dispatch(Input::Network(network::now()));
        self.dispatch(Input::Hint(hint));
    }

    /// Applies the person's settings of sync and keeps them for the service worker.
    pub fn set_settings(self: &Rc<Self>, settings: SyncSettings) {
        if let Some(person) = self.person() {
            let (driver, settings) = (Rc::clone(self), settings.clone());
            spawn_local(async move {
                let name = document::sync_settings(&person.username);
                driver.cache.keep(&name, &settings).await;
            });
        }
        self.dispatch(Input::Settings(settings));
    }

    /// The clock's offset as measured last.
    pub async fn load_clock(&self) {
        self.clock_offset
            .set(self.cache.load(document::CLOCK).await.flatten());
    }

    /// The list of this person as it was refreshed last.
    pub async fn load_list(&self, username: &str) -> Arc<PhoneList> {
        let seen: Option<Seen> = self.cache.load(&document::list_seen(username)).await;
        if let Some(list) = self.list_as_known(seen.as_ref()) {
            return list;
        }
        let stored: Option<StoredList> = self.cache.load(&document::list(username)).await;
        let stored = stored.unwrap_or_default();
        let cursor_of = |list: &StoredList| Some(list.cursor.clone()).filter(|it| !it.is_empty());
        self.kept_cursor.replace(cursor_of(&stored));
        let stored = stored.seen(seen);
        self.cursor.replace(cursor_of(&stored));
        let list = Arc::new(stored.into_list());
        self.list.replace(Arc::clone(&list));
        list
    }

    /// Reading thousands of rows is saved where the cache still holds those that are here.
    fn list_as_known(&self, seen: Option<&Seen>) -> Option<Arc<PhoneList>> {
        let seen = seen.filter(|seen| self.kept_cursor.borrow().as_deref() == Some(&seen.list))?;
        self.cursor.replace(Some(seen.cursor.clone()));
        let list = Arc::new(PhoneList {
            refreshed_at: seen.refreshed_at,
            ..PhoneList::clone(&self.list.borrow())
        });
        self.list.replace(Arc::clone(&list));
        Some(list)
    }

    /// From now on this person works here, and hears what is said in other tabs and the service worker.
    pub fn enter(self: &Rc<Self>, person: Person) {
        let listening = Rc::downgrade(self);
        let peers = Peers::join(&person.username, move |message| {
            if let Some(driver) = listening.upgrade() {
                driver.listener.heard(&message);
                let changes = matches!(message, PeerMessage::Finished(_) | PeerMessage::OutboxChanged);
                driver.dispatch(Input::Peer(message));
                if changes {
                    driver.photos_changed();
                }
            }
        });
        self.peers.replace(Some(peers));
        self.person.replace(Some(person));
    }

    /// Starts on the outbox of the person who is here.
    pub fn open_queue(self: &Rc<Self>, stored: Stored, settings: SyncSettings, hint: Hint) {
        self.set_settings(settings);
        self.note_stored(&stored);
        self.dispatch(Input::Opened(stored));
        self.photos_changed();
        self.hint(hint);
    }

    /// Nobody works here any more. Everything that is stored stays.
    pub fn leave(self: &Rc<Self>) {
        self.dispatch(Input::Closed);
        drop(self.peers.take());
        self.queue.replace(Queue::default());
        self.texts.clear();
        self.photo_keys.replace(Vec::new());
        self.cursor.replace(None);
        self.kept_cursor.replace(None);
        self.list.replace(Arc::default());
        self.device_total.set(0);
        self.person.replace(None);
    }

    /// Photos were taken, removed or saved with their form, here or in another tab.
    pub fn photos_changed(self: &Rc<Self>) {
        let Some(person) = self.person() else { return };
        let driver = Rc::clone(self);
        spawn_local(async move { driver.read_photos(&person).await });
    }

    /// Reads which photos are on this phone, and tells the engine. Those of a form that is still open are nobody's yet.
    pub(crate) async fn read_photos(self: &Rc<Self>, person: &Person) {
        let Some(keys) = self.saved_photos(person).await else {
            return;
        };
        if self.person().as_ref() == Some(person) {
            self.note_photos(keys.clone());
            self.dispatch(Input::Photos(keys));
        }
    }

    /// The photos on this phone, without those of the form that is open; `None` when the store can't be read.
    pub(crate) async fn saved_photos(&self, person: &Person) -> Option<Vec<PhotoKey>> {
        let mut keys = self.photos.keys(&person.username).await.ok()?;
        let draft = self.outbox.load_draft(&person.username).await.ok().flatten();
        let open = draft.and_then(|text| serde_json::from_str::<DraftName>(&text).ok());
        keys.retain(|photo| open.as_ref().is_none_or(|open| open.id != photo.item));
        Some(keys)
    }

    pub(crate) fn note_photo_gone(&self, person: &Person, gone: &PhotoKey) {
        if self.person().as_ref() == Some(person) {
            let mut keys = self.photo_keys.borrow().clone();
            keys.retain(|photo| photo != gone);
            self.note_photos(keys);
        }
    }

    fn note_photos(&self, keys: Vec<PhotoKey>) {
        if *self.photo_keys.borrow() != keys {
            self.photo_keys.replace(keys);
            self.listener.photos();
        }
    }

    /// Who works here.
    pub fn person(&self) -> Option<Person> {
        self.person.borrow().clone()
    }

    /// What a person may be told now.
    pub fn status(&self) -> Status {
        self.engine.borrow().status().clone()
    }

    /// Whether this very driver sends, reads or asks for something.
    pub fn is_at_work(&self) -> bool {
        self.owed.get() > 0 || self.lock.borrow().is_some()
    }

    /// What is known of the store, when it cannot be asked.
    pub fn stored_as_known(&self) -> Stored {
        Stored {
            entries: self.queue.borrow().entries.clone(),
            shelf: self.engine.borrow().status().shelf,
            device_total: self.device_total.get(),
            oldest_read_at: None,
        }
    }

    /// Remembers what the store holds.
    pub fn note_stored(&self, stored: &Stored) {
        let is_news = self.queue.borrow().entries != stored.entries;
        if is_news {
            self.queue.borrow_mut().entries.clone_from(&stored.entries);
        }
        self.device_total.set(stored.device_total);
        self.listener.stored(stored, is_news);
    }

    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    fn note_clock(self: &Rc<Self>, status: &Status) {
        if status.clock_offset.is_some() && status.clock_offset != self.clock_offset.get() {
            self.clock_offset.set(status.clock_offset);
            let driver = Rc::clone(self);
            spawn_local(async move {
                driver
                    .cache
                    .keep(document::CLOCK, &driver.clock_offset.get())
                    .await;
            });
        }
    }
}

/// The member of a half-typed form that says under which id it will be saved.
#[derive(Deserialize)]
struct DraftName {
    id: ItemId,
}
