//! A driver without a page: drains the outbox of the person who signed in last, or fetches a fresh list, and ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use shared::photo::PhotoKey;
use shared::sync::engine::STOPPED_REST_MS;
use shared::sync::event::{Hint, Input, Stored, SyncSettings};
use shared::sync::history::History;
use shared::sync::status::{Outcome, Status};
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::adapters::entropy;
use crate::adapters::timer::Timer;
use crate::document;
use crate::driver::Driver;
use crate::listener::Listener;
use crate::notices::{NoticeChoice, Told};
use crate::person::Person;

/// How a drain in the background ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing waits, or what waits is for a person: another attempt would change nothing.
    Done,
    /// Something waits that a later attempt may deliver.
    TryAgain,
}

/// Why the browser woke the service worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// There is network, and something waited when that was asked for.
    Network,
    /// It is time for a fresh list, whether something waits or not.
    Time,
}

thread_local! {
    /// The bell of the drain that is under way.
    static UNDER_WAY: RefCell<Option<Rc<Bell>>> = const { RefCell::new(None) };
}

/// Ends a drain that is under way as if its limit were reached.
pub fn stop() {
    if let Some(bell) = UNDER_WAY.take() {
        bell.is_last.set(true);
        bell.ring();
    }
}

/// Drains until nothing waits, nothing more can be done before the limit, or the limit is reached. What is under way
/// then still ends, and is settled.
pub async fn drain(limit_ms: i64) -> End {
    run(limit_ms, Occasion::Network).await
}

/// Fetches the list, so that the next round begins with a fresh one, and sends what waits on the way. The browser comes again
/// by itself, whatever became of it.
pub async fn refresh(limit_ms: i64) {
    run(limit_ms, Occasion::Time).await;
}

async fn run(limit_ms: i64, occasion: Occasion) -> End {
    let bell = Rc::new(Bell::default());
    let told = Rc::new(Told::default());
    let driver = Driver::new(Box::new(Silent {
        bell: Rc::clone(&bell),
        told: Rc::clone(&told),
    }));
    let Some(queue) = Queue::of_last_person(&driver, occasion).await else {
        return End::Done;
    };
    if was_just_stopped(&driver, &queue.person).await {
        return End::TryAgain;
    }
    let limit = entropy::now().plus_ms(limit_ms);
    UNDER_WAY.set(Some(Rc::clone(&bell)));
    told.listen_for(NoticeChoice::of(&driver, &queue.person).await);
    queue.open(&driver);
    let alarm = Timer::default();
    alarm.replace(limit_ms, stop);
    while !bell.is_last.get() && !has_ended(&driver, limit) {
        bell.wait().await;
    }
    UNDER_WAY.take();
    // The run under way, if any, ends as if a person had switched automatic sync off: what was sent is settled.
    driver.dispatch(Input::Settings(SyncSettings {
        automatic: false,
        ..SyncSettings::default()
    }));
    while driver.is_at_work() {
        bell.wait().await;
    }
    let status = driver.status();
    told.show().await;
    driver.leave();
    if nothing_waits(&status) || status.paused.is_some() {
        End::Done
    } else {
        End::TryAgain
    }
}

/// What is to be drained, and how.
struct Queue {
    person: Person,
    settings: SyncSettings,
    stored: Stored,
    photos: Vec<PhotoKey>,
}

impl Queue {
    /// `None` when there is nothing to be drained.
    async fn of_last_person(driver: &Rc<Driver>, occasion: Occasion) -> Option<Self> {
        let person: Person = driver.cache.load(document::SESSION).await?;
        if person.role != RoleName::Technician {
            return None;
        }
        let name = document::sync_settings(&person.username);
        let mut settings: SyncSettings = driver.cache.load(&name).await.unwrap_or_default();
        if let Some(quiet) = &mut settings.quiet {
            quiet.offset_s = entropy::local_now().offset_s;
        }
        let stored = driver.outbox.load(&person.username).await.ok()?;
        let photos = driver.saved_photos(&person).await.unwrap_or_default();
        let waits = !stored.entries.is_empty() || !photos.is_empty();
        let has_work = occasion == Occasion::Time || waits;
        if !has_work || !settings.automatic {
            return None;
        }
        driver.load_clock().await;
        driver.load_list(&person.username).await;
        Some(Self {
            person,
            settings,
            stored,
            photos,
        })
    }

    fn open(self, driver: &Rc<Driver>) {
        driver.enter(self.person);
        driver.dispatch(Input::Settings(self.settings));
        driver.note_stored(&self.stored);
        driver.dispatch(Input::Opened(self.stored));
        driver.dispatch(Input::Photos(self.photos));
        driver.hint(Hint::Background);
    }
}

/// Engines that were there when the person stopped a run know it by themselves; this one was not.
async fn was_just_stopped(driver: &Driver, person: &Person) -> bool {
    let name = document::history(&person.username);
    let history: History = driver.cache.load(&name).await.unwrap_or_default();
    history.runs.first().is_some_and(|last| {
        let ended_ms_ago = entropy::now().since_ms(last.ended_at);
        last.outcome == Outcome::Stopped
            && u64::try_from(ended_ms_ago).is_ok_and(|ago_ms| ago_ms < STOPPED_REST_MS)
    })
}

/// Neither an item nor a photo that may go: those that wait for another network or a tap wait for a page.
fn nothing_waits(status: &Status) -> bool {
    status.waiting == 0 && (status.photos == 0 || status.photos_wait.is_some())
}

/// Nothing more can be done before the limit.
fn has_ended(driver: &Driver, limit: Timestamp) -> bool {
    let status = driver.status();
    if driver.is_at_work() || status.progress.is_some() {
        return false;
    }
    if nothing_waits(&status) || status.paused.is_some() {
        return true;
    }
    // Without a time for the next attempt it follows another tab, and will take over if that falls silent.
    status.next_attempt_at.is_some_and(|at| at >= limit)
}

/// Waits for one thing only: that something has happened. What a person wants to be told of it is kept for the end.
struct Silent {
    bell: Rc<Bell>,
    told: Rc<Told>,
}

impl Listener for Silent {
    fn stepped(&self, status: &Status) {
        self.told.look(status);
        self.bell.ring();
    }
}

/// Wakes the one who waits. Ringing when nobody waits is remembered.
#[derive(Default)]
struct Bell {
    has_rung: Cell<bool>,
    /// The limit is reached.
    is_last: Cell<bool>,
    waiting: RefCell<Option<Function>>,
}

impl Bell {
    fn ring(&self) {
        self.has_rung.set(true);
        if let Some(wake) = self.waiting.take() {
            let _ = wake.call0(&JsValue::NULL);
        }
    }

    async fn wait(&self) {
        if !self.has_rung.get() {
            let promise = Promise::new(&mut |resolve: Function, _reject| {
                self.waiting.replace(Some(resolve));
            });
            let _ = JsFuture::from(promise).await;
        }
        self.has_rung.set(false);
    }
}
