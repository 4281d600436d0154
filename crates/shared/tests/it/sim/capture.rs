//! Technicians save, save twice, edit and delete.

use shared::id::ItemId;
use shared::sync::event::{Entry, Input};
use shared::wire::batch::WireClock;

use super::brief;
use super::event::Event;
use super::phone::To;
use super::points::{Form, Stamp};
use super::store::Body;
use super::table::Fault;
use super::world::{Saved, World};

impl World {
    pub(super) fn plan_save(&mut self, phone: usize, tab: usize) {
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

    pub(super) fn save_many(&mut self, phone: usize, tab: usize) {
        for _ in 0..self.chance.between(5, 60) {
            self.plan_save(phone, tab);
        }
    }

    pub(super) fn save_again(&mut self, phone: usize, tab: usize) {
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

    pub(super) fn plan_edit(&mut self, phone: usize, tab: usize) {
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
        if self.healed || !self.chance.percent(8) {
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
        if !self.healed && self.chance.percent(self.settings.full) {
            // Not saved, and the person knows: what is typed stays on the screen, and is saved again.
            self.met(Fault::PhoneFull, to.phone);
            let again_ms = self.chance.between(2_000, 30_000);
            let form = form.clone();
            if self.now_ms + again_ms < self.settings.storm_ms {
                self.plan(again_ms, Event::Save { to, form, edit });
            }
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
        if !edit && !self.saved.contains_key(&form.id) {
            self.take_photos(to, &person, form);
        }
        let store = self.phones[to.phone].store(&person);
        let entry = if edit {
            store.replace(form, stamp)
        } else {
            let (entry, is_replay) = store.save(form, stamp);
            (!is_replay).then_some(entry)
        };
        let Some(entry) = entry else { return };
        self.phones[to.phone].changed(self.now_ms);
        self.remember(to, form, entry);
        let delay_ms = self.chance.below(40);
        self.phones[to.phone].saved_told_at = self.now_ms + delay_ms + 1;
        self.plan(
            delay_ms,
            Event::Deliver {
                to,
                input: Input::Saved(entry),
                owed: false,
            },
        );
        self.plan(delay_ms, Event::ReadPhotos { to });
        if form.is_regular_reading() {
            self.tell_where(to.phone, to.tab);
        }
        self.background_sync(to.phone, 5);
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
}
