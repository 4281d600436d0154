//! What people and fate do: tap, die, change clocks and weather, break the server.

use shared::id::ItemId;
use shared::sync::event::{Hint, Input, Network, SendOrder};

use super::check::MOMENT_MS;
use super::event::Event;
use super::network::Weather;
use super::phone::Tab;
use super::points::{self, PROPERTIES};
use super::table::Fault;
use super::world::World;

/// Within this time after a page has died one of the others is looked at.
const LOOKED_AT_MS: u64 = 1_000;

impl World {
    /// Opens all tabs and spreads the acts over the stormy part.
    pub(super) fn plan_storm(&mut self) {
        for phone in 0..self.phones.len() {
            for tab in self.phones[phone].pages() {
                let delay_ms = self.chance.below(3_000);
                self.plan(delay_ms, Event::TabOpens { phone, tab });
            }
            let delay_ms = self.chance.below(30_000);
            self.plan(delay_ms, Event::WeatherChanges { phone });
        }
        for _ in 0..self.settings.acts {
            let delay_ms = self.chance.below(self.settings.storm_ms);
            self.plan(delay_ms, Event::Act);
        }
    }

    pub(super) fn change_weather(&mut self, phone: usize) {
        if self.healed {
            return;
        }
        let weather = Weather::draw(&self.settings, &mut self.chance, self.now_ms);
        self.phones[phone].weather = weather;
        self.phones[phone].flapping = None;
        let network = self
            .chance
            .pick(&[Network::Unknown, Network::Wifi, Network::Cellular]);
        self.change_network(phone, network);
        self.note(|_| format!("p{phone} weather {weather:?}"));
        let hint = if weather == Weather::Down {
            Hint::Offline
        } else {
            Hint::Online
        };
        if self.chance.percent(60) {
            self.hint_all(phone, hint);
        }
        if let Weather::Flapping { .. } = weather {
            // The browser tells of each time that the link comes back.
            for spell in 1..20 {
                for tab in self.phones[phone].pages() {
                    let to = self.to(phone, tab);
                    let input = Input::Hint(Hint::Online);
                    self.plan(
                        spell * 3_000 + 1,
                        Event::Deliver {
                            to,
                            input,
                            owed: false,
                        },
                    );
                }
            }
        }
        if weather != Weather::Down {
            self.background_sync(phone, 40);
        }
        let lasts_ms = self.chance.between(5_000, 90_000);
        self.plan(lasts_ms, Event::WeatherChanges { phone });
    }

    pub(super) fn hint_all(&mut self, phone: usize, hint: Hint) {
        for tab in self.phones[phone].pages() {
            if self.phones[phone].tabs[tab].is_alive {
                self.step(phone, tab, Input::Hint(hint));
            }
        }
    }

    pub(super) fn act(&mut self) {
        if self.healed {
            return;
        }
        let phone = self.chance.index(self.phones.len());
        if self.chance.percent(self.settings.crashes) {
            return self.kill(phone);
        }
        if self.chance.percent(4) {
            return self.office_acts();
        }
        let Some(tab) = self.open_tab_of(phone) else {
            return;
        };
        match self.chance.below(34) {
            0..=14 => self.plan_save(phone, tab),
            15..=18 => self.plan_edit(phone, tab),
            19 => self.save_again(phone, tab),
            20 => self.step(phone, tab, Input::Hint(Hint::SyncNow)),
            21 => self.step(phone, tab, Input::Hint(Hint::Visible)),
            22 => self.step(phone, tab, Input::Hint(Hint::Background)),
            23 => self.expire_cookie(phone),
            24 => self.set_clock(phone),
            25 | 33 => self.change_person(phone, tab),
            26 => self.storm_of_hints(phone, tab),
            27 => self.server_trouble(),
            28 => self.poison_one(phone),
            29 => self.background_sync(phone, 100),
            30 => self.walk_on(phone),
            31 => self.step(phone, tab, Input::Stop),
            _ => self.save_many(phone, tab),
        }
    }

    pub(super) fn open_tab_of(&mut self, phone: usize) -> Option<usize> {
        let open = |tab: &Tab| tab.is_alive && tab.person.is_some();
        let tabs = &self.phones[phone].tabs;
        let open: Vec<usize> = self.phones[phone]
            .pages()
            .filter(|tab| open(&tabs[*tab]))
            .collect();
        (!open.is_empty()).then(|| self.chance.pick(&open))
    }

    fn kill(&mut self, phone: usize) {
        let whole_phone = self.chance.percent(40);
        self.met(
            if whole_phone {
                Fault::PhoneDies
            } else {
                Fault::TabDies
            },
            phone,
        );
        let evicts = whole_phone && self.decide_eviction(phone);
        let tabs = self.phones[phone].tabs.len();
        let one = self.chance.index(tabs);
        for tab in (0..tabs).filter(|tab| whole_phone || *tab == one) {
            if !self.phones[phone].tabs[tab].is_alive {
                continue;
            }
            self.let_die(phone, tab);
            if !whole_phone {
                self.look_at_others(phone, tab);
            }
            if self.phones[phone].worker != Some(tab) {
                let delay_ms = self.chance.between(200, 60_000);
                self.plan(delay_ms, Event::TabOpens { phone, tab });
            }
        }
        if evicts {
            self.evict(phone);
        }
    }

    /// Where a page was there is another one now.
    fn look_at_others(&mut self, phone: usize, gone: usize) {
        for tab in self.phones[phone].pages().filter(|tab| *tab != gone) {
            let to = self.to(phone, tab);
            if self.lives(to) {
                let delay_ms = self.chance.below(LOOKED_AT_MS);
                let input = Input::Hint(Hint::Visible);
                self.plan(
                    delay_ms,
                    Event::Deliver {
                        to,
                        input,
                        owed: false,
                    },
                );
            }
        }
    }

    pub(super) fn let_die(&mut self, phone: usize, tab: usize) {
        let known = &mut self.phones[phone];
        known.lock.take_if(|holder| holder.0 == tab);
        known.tabs[tab].die();
        if self.now_ms.saturating_sub(known.changed_at) < MOMENT_MS {
            // It may have died before it told the others. They see it when somebody looks at them; nobody looks when a
            // worker dies, and they hear of it with the next change or run.
            let unheard_ms = match known.worker {
                Some(worker) if worker == tab => self.settings.storm_ms,
                _ => LOOKED_AT_MS,
            };
            known.changed(self.now_ms + unheard_ms);
            known.worker_unheard_until = self.now_ms + self.settings.storm_ms;
        }
        known.flapping = None;
    }

    /// The technician goes to another property.
    fn walk_on(&mut self, phone: usize) {
        self.phones[phone].here = self.chance.index(PROPERTIES);
        for tab in self.phones[phone].pages() {
            self.tell_where(phone, tab);
        }
    }

    /// The items of the property that one stands in.
    pub(super) fn tell_where(&mut self, phone: usize, tab: usize) {
        let Some(person) = self.phones[phone].tabs[tab].person.clone() else {
            return;
        };
        if self.settings.order == SendOrder::HereFirst && self.phones[phone].tabs[tab].is_alive {
            let here = self.phones[phone].here;
            let items = self.phones[phone].store(&person).items.values();
            let of_here = items.filter(|body| points::place(body.form.unit()) == here);
            let ids = of_here.map(|body| body.entry.id).collect();
            self.step(phone, tab, Input::SendFirst(ids));
        }
    }

    fn set_clock(&mut self, phone: usize) {
        // Known limit: a clock that leaps while a request of the person before is under way ends the wait for it.
        let mut tabs = self.phones[phone].tabs.iter();
        let waits_for_stale = tabs.any(|tab| {
            tab.requests
                .values()
                .any(|request| request.session != tab.session)
        });
        if !self.settings.wrong_clocks || waits_for_stale {
            return;
        }
        let jump_ms = self
            .chance
            .pick(&[3_600_000, 90_000, 400_000_000, 31_536_000_000]);
        let back = self.chance.percent(50);
        self.met(
            if back {
                Fault::ClockBack
            } else {
                Fault::ClockForward
            },
            phone,
        );
        let known = &mut self.phones[phone];
        known.clock_error_ms += if back { -jump_ms } else { jump_ms };
        known.clock_was_wrong = true;
        // What the phone counts by the minute, it counts by its own clock.
        known.flapping = None;
    }

    fn storm_of_hints(&mut self, phone: usize, tab: usize) {
        self.met(Fault::HintStorm, phone);
        let hint = self.chance.pick(&[Hint::Online, Hint::Visible, Hint::SyncNow]);
        for index in 0..40 {
            let to = self.to(phone, tab);
            self.plan(
                index * 700,
                Event::Deliver {
                    to,
                    input: Input::Hint(hint),
                    owed: false,
                },
            );
        }
    }

    fn server_trouble(&mut self) {
        if self.settings.restores && self.chance.percent(50) {
            if self.server.restore() {
                self.restored_at = Some(self.now_ms);
                (0..self.phones.len()).for_each(|phone| self.met(Fault::Restored, phone));
            }
        } else if self.settings.restores {
            self.server.back_up();
        } else if self.settings.server_faults > 0 {
            self.server.down_until = self.now_ms + self.chance.between(1_000, 60_000);
        }
    }

    /// One of the items that wait spoils every batch that it is in.
    fn poison_one(&mut self, phone: usize) {
        if self.settings.server_faults == 0 {
            return;
        }
        let waiting: Vec<ItemId> = self.phones[phone]
            .stores
            .values()
            .flat_map(|store| store.items.keys().copied())
            .collect();
        if !waiting.is_empty() {
            let id = self.chance.pick(&waiting);
            self.poison.push(id);
        }
    }
}
