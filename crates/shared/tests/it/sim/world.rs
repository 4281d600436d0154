//! The simulated world: one queue of events, one clock that is right, and phones whose clocks may not be.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use shared::id::{DeviceId, ItemId};
use shared::photo::PhotoKey;
use shared::sync::event::{Input, Network, PeerMessage};
use shared::timestamp::Timestamp;

use super::chance::Chance;
use super::event::{Event, Planned};
use super::evict::Lost;
use super::figures::Figures;
use super::network::Weather;
use super::phone::{Phone, Tab, To};
use super::photos::Taken;
use super::points::Form;
use super::server::Server;
use super::settings::Settings;
use super::table::{Fault, Table};

/// What became of a seed.
pub(super) struct Ended {
    pub(super) violation: Option<String>,
    pub(super) table: Table,
    pub(super) figures: Figures,
    pub(super) trace: Vec<String>,
}

/// What a person was told is saved.
#[derive(Debug, Clone)]
pub(super) struct Saved {
    pub(super) phone: usize,
    pub(super) revision: u32,
    pub(super) form: Form,
    /// The true time of the last revision, if the phone's clock was right then.
    pub(super) read_at: Option<Timestamp>,
}

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) chance: Chance,
    pub(super) now_ms: u64,
    queue: BinaryHeap<Reverse<Planned>>,
    planned: u64,
    pub(super) phones: Vec<Phone>,
    pub(super) server: Server,
    pub(super) saved: BTreeMap<ItemId, Saved>,
    /// Items that spoil each batch they are in, until the world heals.
    pub(super) poison: Vec<ItemId>,
    pub(super) requests: u64,
    pub(super) healed: bool,
    pub(super) restored_at: Option<u64>,
    /// What browsers have thrown away.
    pub(super) lost: Vec<Lost>,
    pub(super) photos: BTreeMap<PhotoKey, Taken>,
    pub(super) table: Table,
    pub(super) figures: Figures,
    pub(super) violation: Option<String>,
    trace: Option<Vec<String>>,
}

impl World {
    pub(super) fn new(seed: u64, tracing: bool) -> Self {
        let mut chance = Chance::new(seed);
        let settings = Settings::draw(&mut chance);
        let phones = (0..settings.phones)
            .map(|index| phone(index, &settings, &mut chance))
            .collect();
        Self {
            settings,
            chance,
            now_ms: 0,
            queue: BinaryHeap::new(),
            planned: 0,
            phones,
            server: Server::new(),
            saved: BTreeMap::new(),
            poison: Vec::new(),
            requests: 0,
            healed: false,
            restored_at: None,
            lost: Vec::new(),
            photos: BTreeMap::new(),
            figures: Figures::default(),
            table: Table::default(),
            violation: None,
            trace: tracing.then(Vec::new),
        }
    }

    pub(super) fn run(mut self) -> Ended {
        self.note(|world| format!("{:?}", world.settings));
        self.plan_storm();
        self.run_until(self.settings.storm_ms);
        self.heal();
        self.check_end();
        self.check_photos();
        self.figures.count(&self.settings, &self.saved, self.requests);
        Ended {
            violation: self.violation,
            table: self.table,
            figures: self.figures,
            trace: self.trace.unwrap_or_default(),
        }
    }

    /// Handles events up to this moment, or to the first violation.
    pub(super) fn run_until(&mut self, until_ms: u64) {
        while self.violation.is_none() {
            let Some(Reverse(planned)) = self.queue.peek() else {
                break;
            };
            if planned.0 > until_ms {
                break;
            }
            if let Some(Reverse(Planned(at_ms, _, event))) = self.queue.pop() {
                self.now_ms = at_ms;
                self.handle(event);
            }
        }
        self.now_ms = self.now_ms.max(until_ms);
    }

    /// The true time.
    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.settings.start_ms).plus_ms(self.now_ms as i64)
    }

    pub(super) fn plan(&mut self, delay_ms: u64, event: Event) {
        self.planned += 1;
        self.queue
            .push(Reverse(Planned(self.now_ms + delay_ms, self.planned, event)));
    }

    /// An answer that the engine waits for.
    pub(super) fn answer(&mut self, delay_ms: u64, to: To, input: Input) {
        self.plan(
            delay_ms,
            Event::Deliver {
                to,
                input,
                owed: true,
            },
        );
    }

    pub(super) fn note(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let line = format!("{:>8} {}", self.now_ms, line(self));
            self.trace.get_or_insert_default().push(line);
        }
    }

    pub(super) fn must(&mut self, holds: bool, said: impl FnOnce(&Self) -> String) {
        if !holds && self.violation.is_none() {
            let said = said(self);
            self.note(|_| format!("VIOLATION {said}"));
            self.violation = Some(format!("at {} ms: {said}", self.now_ms));
        }
    }

    /// A fault meets every item of the phone in the state that it is in.
    pub(super) fn met(&mut self, fault: Fault, phone: usize) {
        self.table.happened(fault);
        for state in self.phones[phone].states() {
            self.table.met(fault, state);
        }
        self.note(|_| format!("p{phone} FAULT {}", fault.label()));
    }

    /// Whether the tab still lives.
    pub(super) fn lives(&self, to: To) -> bool {
        let tab = &self.phones[to.phone].tabs[to.tab];
        tab.is_alive && tab.life == to.life
    }

    /// The tab as it is now.
    pub(super) fn to(&self, phone: usize, tab: usize) -> To {
        let known = &self.phones[phone].tabs[tab];
        To {
            phone,
            tab,
            life: known.life,
            session: known.session,
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Act => self.act(),
            Event::Meets { fault, phone } => self.met(fault, phone),
            Event::WeatherChanges { phone } => self.change_weather(phone),
            Event::Save { to, form, edit } => self.save(to, &form, edit),
            Event::Deliver { to, input, owed } => self.deliver(to, input, owed),
            Event::TakeLock { to } => self.take_lock(to),
            Event::ReadForLock { to } => self.read_for_lock(to),
            Event::ReadOutbox { to } => self.read_outbox(to),
            Event::ReadPhotos { to } => self.tell_photos(to),
            Event::AtServer {
                to,
                request,
                kind,
                back_ms,
                replaced,
            } => {
                self.at_server(to, request, &kind, back_ms, replaced);
            }
            Event::Answered { to, request, answer } => self.answered(to, request, &answer),
            Event::GivenUp { to, request } => self.given_up(to, request),
            Event::Settle {
                to,
                person,
                attempt,
                settled,
            } => self.settle(to, &person, attempt, &settled),
            Event::Offer { to, person, missing } => self.offer(to, &person, &missing),
            Event::Wake { to, alarm } => self.wake(to, alarm),
            Event::Peer { to, message } => {
                let changes = matches!(message, PeerMessage::Finished(_) | PeerMessage::OutboxChanged);
                self.deliver(to, Input::Peer(message), false);
                if changes {
                    self.tell_photos(to);
                }
            }
            Event::TabOpens { phone, tab } => self.open_tab(phone, tab),
            Event::SignsInAgain { phone } => self.sign_in_again(phone),
            Event::WorkerWakes { phone } if !self.healed => self.wake_worker(phone),
            Event::WorkerWakes { .. } => {}
            Event::WorkerDies { phone, life } => self.end_worker(phone, life),
            Event::PersonChanges { phone, tab } => self.open_person(phone, tab),
        }
    }
}

fn phone(index: usize, settings: &Settings, chance: &mut Chance) -> Phone {
    let mut persons = vec![format!("person {index}")];
    if settings.shared_phones {
        persons.push(format!("guest {index}"));
    }
    let far_off_ms = 366 * 86_400_000;
    let clock_is_wrong = settings.wrong_clocks && chance.percent(50);
    Phone {
        device: DeviceId::new(Timestamp::from_ms(settings.start_ms), chance.bytes()),
        clock_error_ms: if clock_is_wrong {
            chance.pick(&[far_off_ms, -far_off_ms, 7_200_000])
        } else {
            0
        },
        clock_was_wrong: clock_is_wrong,
        cookie: persons[0].clone(),
        persons,
        stores: BTreeMap::new(),
        cookie_expired: false,
        lock: None,
        weather: Weather::Clear,
        tabs: tabs(settings, chance),
        flapping: None,
        changed_at: 0,
        worker_unheard_until: 0,
        saved_told_at: 0,
        worker: settings.worker.then_some(settings.tabs),
        tapped: false,
        here: 0,
        network: Network::Unknown,
    }
}

/// The pages, and after them the service worker, which sleeps.
fn tabs(settings: &Settings, chance: &mut Chance) -> Vec<Tab> {
    let mut tabs: Vec<Tab> = (0..settings.tabs + usize::from(settings.worker))
        .map(|_| Tab::new(chance.next()))
        .collect();
    if let Some(worker) = tabs.get_mut(settings.tabs) {
        worker.die();
    }
    tabs
}
