//! What people and fate do: save, edit, tap, leave, die, change clocks and weather.

use shared::id::ItemId;
use shared::sync::event::{Entry, Hint, Input, SyncSettings};
use shared::wire::batch::WireClock;

use super::brief;
use super::network::Weather;
use super::phone::{Tab, To};
use super::points::{Form, Stamp};
use super::store::Body;
use super::table::Fault;
use super::world::{Event, Saved, World};

impl World {
    /// Opens all tabs and spreads the acts over the stormy part.
    pub(super) fn plan_storm(&mut self) {
        for phone in 0..self.phones.len() {
            for tab in 0..self.phones[phone].tabs.len() {
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
        let weather = Weather::draw(&mut self.chance, self.now_ms);
        self.phones[phone].weather = weather;
        self.phones[phone].flapping = None;
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
                let tabs = self.phones[phone].tabs.len();
                for tab in 0..tabs {
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
        let lasts_ms = self.chance.between(5_000, 90_000);
        self.plan(lasts_ms, Event::WeatherChanges { phone });
    }

    pub(super) fn hint_all(&mut self, phone: usize, hint: Hint) {
        for tab in 0..self.phones[phone].tabs.len() {
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
        let Some(tab) = self.open_tab_of(phone) else {
            return;
        };
        match self.chance.below(30) {
            0..=14 => self.plan_save(phone, tab),
            15..=18 => self.plan_edit(phone, tab),
            19 => self.save_again(phone, tab),
            20 => self.step(phone, tab, Input::Hint(Hint::SyncNow)),
            21 => self.step(phone, tab, Input::Hint(Hint::Visible)),
            22 => self.step(phone, tab, Input::Hint(Hint::Background)),
            23 => self.expire_cookie(phone),
            24 => self.set_clock(phone),
            25 => self.change_person(phone, tab),
            26 => self.storm_of_hints(phone, tab),
            27 => self.server_trouble(),
            28 => self.poison_one(phone),
            _ => self.save_many(phone, tab),
        }
    }

    fn open_tab_of(&mut self, phone: usize) -> Option<usize> {
        let open = |tab: &Tab| tab.is_alive && tab.person.is_some();
        let tabs = &self.phones[phone].tabs;
        let open: Vec<usize> = (0..tabs.len()).filter(|tab| open(&tabs[*tab])).collect();
        (!open.is_empty()).then(|| self.chance.pick(&open))
    }

    fn plan_save(&mut self, phone: usize, tab: usize) {
        let wall = self.phones[phone].wall(self.now());
        let form = Form::draw(&mut self.chance, wall);
        let to = self.to(phone, tab);
        let delay_ms = self.chance.between(1, 40);
        if self.chance.percent(10) {
            // A double tap: both taps were on their way before either was stored.
            let later_ms = delay_ms + self.chance.below(20);
            self.met(Fault::SavedTwice, phone);
            self.plan(
                later_ms,
                Event::Save {
                    to,
                    form: form.clone(),
                    edit: false,
                },
            );
        }
        self.plan(
            delay_ms,
            Event::Save {
                to,
                form,
                edit: false,
            },
        );
    }

    fn save_many(&mut self, phone: usize, tab: usize) {
        for _ in 0..self.chance.between(5, 60) {
            self.plan_save(phone, tab);
        }
    }

    fn save_again(&mut self, phone: usize, tab: usize) {
        if let Some(form) = self.any_form(phone, tab) {
            self.met(Fault::SavedTwice, phone);
            let to = self.to(phone, tab);
            self.plan(
                1,
                Event::Save {
                    to,
                    form,
                    edit: false,
                },
            );
        }
    }

    fn plan_edit(&mut self, phone: usize, tab: usize) {
        let Some(form) = self.any_form(phone, tab) else {
            return;
        };
        let is_void = self.chance.percent(30);
        self.met(if is_void { Fault::Voided } else { Fault::Edited }, phone);
        let form = if is_void {
            form.voided()
        } else {
            form.edited(&mut self.chance)
        };
        let to = self.to(phone, tab);
        let delay_ms = self.chance.between(1, 30);
        self.plan(delay_ms, Event::Save { to, form, edit: true });
    }

    /// The person edits one of the items that are being sent: chance alone would seldom meet that moment.
    pub(super) fn edit_in_flight(&mut self, to: To, bodies: &[Body]) {
        if self.healed || !self.chance.percent(4) {
            return;
        }
        let form = bodies[self.chance.index(bodies.len())]
            .form
            .edited(&mut self.chance);
        let delay_ms = self.chance.below(400);
        self.plan(delay_ms, Event::Save { to, form, edit: true });
    }

    /// A form that this person has saved before; one that is just being sent if there is any.
    fn any_form(&mut self, phone: usize, tab: usize) -> Option<Form> {
        let person = self.phones[phone].tabs[tab].person.clone()?;
        let in_flight: Vec<ItemId> = self.phones[phone]
            .in_flight()
            .iter()
            .map(|entry| entry.id)
            .collect();
        let store = self.phones[phone].store(&person);
        let stored = store.items.values().map(|body| body.form.clone());
        let shelved = store.shelf.values().map(|kept| kept.body.form.clone());
        let forms: Vec<Form> = stored.chain(shelved).collect();
        let sent: Vec<Form> = forms
            .iter()
            .filter(|form| in_flight.contains(&form.id))
            .cloned()
            .collect();
        let forms = if sent.is_empty() { forms } else { sent };
        (!forms.is_empty()).then(|| forms[self.chance.index(forms.len())].clone())
    }

    pub(super) fn save(&mut self, to: To, form: &Form, edit: bool) {
        if !self.lives(to) || self.phones[to.phone].tabs[to.tab].session != to.session {
            return;
        }
        let Some(person) = self.phones[to.phone].tabs[to.tab].person.clone() else {
            return;
        };
        if !self.healed && self.chance.percent(self.settings.store_faults) {
            self.met(Fault::SaveFails, to.phone);
            return;
        }
        let wall = self.phones[to.phone].wall(self.now());
        let offset = self.phones[to.phone].tabs[to.tab].engine.status().clock_offset;
        let clock = WireClock {
            offset_ms: offset.map(|(offset_ms, _)| offset_ms),
            offset_age_ms: offset.map(|(_, measured_at)| wall.since_ms(measured_at)),
            ..WireClock::default()
        };
        let stamp = |seq, revision| {
            form.to_wire(&Stamp {
                seq,
                revision,
                wall,
                person: person.clone(),
                clock: clock.clone(),
            })
        };
        let store = self.phones[to.phone].store(&person);
        let entry = if edit {
            store.replace(form, stamp)
        } else {
            let (entry, is_replay) = store.save(form, stamp);
            (!is_replay).then_some(entry)
        };
        let Some(entry) = entry else { return };
        self.remember(to, form, entry);
        let delay_ms = self.chance.below(40);
        self.plan(
            delay_ms,
            Event::Deliver {
                to,
                input: Input::Saved(entry),
                owed: false,
            },
        );
    }

    /// From here on the person may believe that it is saved.
    fn remember(&mut self, to: To, form: &Form, entry: Entry) {
        let first = self.saved.get(&entry.id);
        let is_right = !self.phones[to.phone].clock_was_wrong;
        let read_at = first.map_or(is_right.then(|| self.now()), |first| first.read_at);
        let saved = Saved {
            phone: to.phone,
            revision: entry.revision,
            form: form.clone(),
            read_at,
        };
        self.saved.insert(entry.id, saved);
        self.note(|_| format!("p{} stored {}", to.phone, brief::entry(&entry)));
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
        let tabs = self.phones[phone].tabs.len();
        let one = self.chance.index(tabs);
        for tab in (0..tabs).filter(|tab| whole_phone || *tab == one) {
            let known = &mut self.phones[phone];
            if !known.tabs[tab].is_alive {
                continue;
            }
            known.lock.take_if(|holder| holder.0 == tab);
            known.tabs[tab].die();
            known.flapping = None;
            let delay_ms = self.chance.between(200, 60_000);
            self.plan(delay_ms, Event::TabOpens { phone, tab });
        }
    }

    /// A tab opens, new or after its death: nothing but the store is left.
    pub(super) fn open_tab(&mut self, phone: usize, tab: usize) {
        let seed = self.chance.next();
        let known = &mut self.phones[phone].tabs[tab];
        let life = known.life;
        if known.person.is_some() {
            return;
        }
        *known = Tab {
            life,
            session: known.session + 1,
            ..Tab::new(seed)
        };
        // A tab that opens does not know what the others have asked within the minute.
        self.phones[phone].flapping = None;
        self.open_person(phone, tab);
    }

    /// The tab opens the queue of the person whose cookie it is.
    pub(super) fn open_person(&mut self, phone: usize, tab: usize) {
        let cookie = self.phones[phone].cookie.clone();
        let known = &mut self.phones[phone].tabs[tab];
        if !known.is_alive || known.person.as_deref() == Some(&cookie) {
            return;
        }
        let was_open = known.person.take().is_some();
        known.session += 1;
        if was_open {
            self.step(phone, tab, Input::Closed);
        }
        self.phones[phone].tabs[tab].person = Some(cookie.clone());
        let stored = self.phones[phone].store(&cookie).stored();
        let automatic = self.settings.automatic;
        self.step(phone, tab, Input::Settings(SyncSettings { automatic }));
        self.step(phone, tab, Input::Opened(stored));
        self.step(phone, tab, Input::Hint(Hint::Started));
    }

    fn change_person(&mut self, phone: usize, tab: usize) {
        let known = &self.phones[phone];
        let Some(other) = known
            .persons
            .iter()
            .find(|person| **person != known.cookie)
            .cloned()
        else {
            return;
        };
        self.met(Fault::PersonLeaves, phone);
        self.phones[phone].cookie = other;
        self.phones[phone].cookie_expired = false;
        self.open_person(phone, tab);
        for other in (0..self.phones[phone].tabs.len()).filter(|other| *other != tab) {
            let delay_ms = self.chance.below(20_000);
            self.plan(delay_ms, Event::PersonChanges { phone, tab: other });
        }
    }

    fn expire_cookie(&mut self, phone: usize) {
        if !self.phones[phone].cookie_expired {
            self.phones[phone].cookie_expired = true;
            let delay_ms = self.chance.between(1_000, 120_000);
            self.plan(delay_ms, Event::SignsInAgain { phone });
        }
    }

    pub(super) fn sign_in_again(&mut self, phone: usize) {
        self.phones[phone].cookie_expired = false;
        if let Some(tab) = self.open_tab_of(phone) {
            self.step(phone, tab, Input::Hint(Hint::SignedInAgain));
        }
    }

    fn set_clock(&mut self, phone: usize) {
        if !self.settings.wrong_clocks {
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
