//! The handle that pages hold: what to show, as signals, and (in [`crate::actions`]) what to do.

pub(crate) mod aside;
pub(crate) mod core;
pub(crate) mod directory;
pub(crate) mod form;
pub(crate) mod locator;
pub(crate) mod round;
mod screen;
pub(crate) mod session;
mod shelf;
pub(crate) mod update;
mod view;
pub(crate) mod walk;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
pub(crate) use phone::{document, queue};
use shared::id::ItemId;
use shared::overlay::takes_out;
use shared::sync::event::{Hint, Input};
use shared::sync::history::History;
use shared::sync::status::Status;
use shared::wire::list::MeterPointRow;
use shared::wire::session::RoleName;
use shared::zone::Zone;

use self::core::Core;
use self::directory::Directory;
use crate::adapters::update::Worker;
use crate::adapters::{background_sync, connectivity, entropy, network, persist};
use crate::view_state::{
    OutboxSummary, OwnPassword, PhoneList, Round, RoundFilter, SessionState, Settings, ShelfEntry,
    StorageState, StoreTrouble,
};
use queue::MoveReading;
use view::View;

/// The running app. Copy it freely; pages get it by [`use_runtime`].
#[derive(Clone, Copy)]
pub struct Runtime {
    view: View,
    core: StoredValue<Rc<Core>, LocalStorage>,
}

/// The runtime that [`Runtime::start`] has put into the context.
pub fn use_runtime() -> Runtime {
    expect_context::<Runtime>()
}

impl Runtime {
    /// Opens the stores, starts the engine and provides the handle as context. Called once, by the app's frame.
    pub fn start() -> Self {
        let view = View::new();
        let core = Core::new(view);
        let runtime = Self {
            view,
            core: StoredValue::new_local(Rc::clone(&core)),
        };
        provide_context(runtime);
        let hinted = Rc::clone(&core);
        connectivity::listen(move |hint| hear(&hinted, hint));
        let changed = Rc::clone(&core);
        network::listen(move |network| changed.dispatch(Input::Network(network)));
        spawn_local(async move {
            session::reopen(&core).await;
            core.view.storage.set(persist::state().await);
            let worker = Worker::register(update::OfPage(Rc::downgrade(&core))).await;
            let reads = core
                .person()
                .is_some_and(|person| person.role == RoleName::Technician);
            if let Some(worker) = worker.as_ref().filter(|_| reads) {
                worker.ask_for_refresh();
            }
            core.worker.replace(worker);
            if core.status().waiting > 0 {
                core.ask_for_background();
            }
        });
        runtime
    }

    /// Who works with the app.
    pub fn session(self) -> Signal<SessionState> {
        self.view.session.into()
    }

    /// What the status pill and the Sync screen show.
    pub fn status(self) -> Signal<Status> {
        self.view.status.into()
    }

    /// The list that look-ups and checks run against.
    pub fn list(self) -> Signal<Arc<PhoneList>> {
        self.view.list.into()
    }

    /// A row of the list, with the meter that sits there after the exchanges of this phone; `own` is the item of the form
    /// that asks.
    pub fn row_of(self, point_id: &str, own: ItemId) -> Option<Arc<MeterPointRow>> {
        self.core().row_of(point_id, own)
    }

    /// Readings at a move that this phone made of a meter point today, without those that the office took out; `own` is the
    /// item of the form that asks.
    pub(crate) fn moves_of(self, row: &MeterPointRow, own: ItemId, zone: &Zone) -> Vec<MoveReading> {
        let core = self.core();
        let list = self.view.list.get_untracked();
        let today = zone.date_at(entropy::now());
        let counts = |id: ItemId, it: &MoveReading| {
            let is_out = list
                .decisions
                .iter()
                .any(|decision| takes_out(decision, id, it.revision));
            id != own && !is_out && it.read_at().is_some_and(|at| zone.date_at(at) == today)
        };
        let queue = core.queue.borrow();
        let codes = queue::codes_of(row);
        let here = queue.moves.of(&codes);
        here.filter(|(id, it)| counts(*id, it))
            .map(|(_, it)| it.clone())
            .collect()
    }

    /// The list made ready for being searched, once [`Self::prepare_search`] was called and some moments have passed.
    pub fn directory(self) -> Signal<Option<Arc<Directory>>> {
        self.view.directory.into()
    }

    /// While the calling page is open and wants it, the present list is made ready for being searched.
    pub fn prepare_search(self, wanted: impl Fn() -> bool + 'static) {
        Effect::new(move || {
            self.view.list.track();
            if wanted() {
                directory::prepare(&self.core());
            }
        });
    }

    /// The round: the list, overlaid with what is on this phone.
    pub fn round(self) -> Signal<Arc<Round>> {
        self.view.round.into()
    }

    /// What of the round is shown: chosen on its page, and kept while the app is open.
    pub fn round_filter(self) -> RwSignal<RoundFilter> {
        self.view.round_filter
    }

    /// Counts of the outbox and a version that rises with each change.
    pub fn outbox(self) -> Signal<OutboxSummary> {
        self.view.outbox.into()
    }

    /// What needs attention, with both values.
    pub fn shelf(self) -> Signal<Arc<Vec<ShelfEntry>>> {
        self.view.shelf.into()
    }

    /// Runs of sync, and totals by day.
    pub fn history(self) -> Signal<Arc<History>> {
        self.view.history.into()
    }

    /// The person's settings on this phone.
    pub fn settings(self) -> Signal<Settings> {
        self.view.settings.into()
    }

    /// What the browser says of this app's storage.
    pub fn storage(self) -> Signal<StorageState> {
        self.view.storage.into()
    }

    /// Trouble with the device's store that a person has to know of.
    pub fn trouble(self) -> Signal<Option<StoreTrouble>> {
        self.view.trouble.into()
    }

    /// The office has revoked this phone.
    pub fn revoked(self) -> Signal<bool> {
        self.view.revoked.into()
    }

    /// Whether the person has a password of their own; pages ask for it, and put it off.
    pub fn own_password(self) -> RwSignal<OwnPassword> {
        self.view.own_password
    }

    /// A new version of the app is installed and waits for consent.
    pub fn update_available(self) -> Signal<bool> {
        self.view.update_available.into()
    }

    /// Whether this browser can send what waits with no page open.
    pub fn sends_in_background(self) -> bool {
        background_sync::is_known()
    }

    /// The running parts, for actions.
    pub(crate) fn core(self) -> Rc<Core> {
        self.core.get_value()
    }
}

fn hear(core: &Rc<Core>, hint: Hint) {
    if hint == Hint::Visible {
        if let Some(worker) = core.worker.borrow().as_ref() {
            worker.check();
        }
        // The day may have changed since the page was hidden, and the time zone.
        core.draw_round();
        session::tell_settings_again(core);
    }
    core.hint(hint);
}
