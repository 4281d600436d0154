//! Tabs open, persons come and go, sessions end.

use shared::sync::event::{Hint, Input};

use super::event::Event;
use super::phone::Tab;
use super::table::Fault;
use super::world::World;

impl World {
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
        let was_open = known.person.is_some();
        let told_in_ms = self.phones[phone].saved_told_at.saturating_sub(self.now_ms);
        if was_open && told_in_ms > 0 {
            // Nobody signs in between the moment when a form is stored and the one when its page knows it.
            self.plan(told_in_ms, Event::PersonChanges { phone, tab });
            return;
        }
        let known = &mut self.phones[phone].tabs[tab];
        known.person = None;
        known.session += 1;
        known.not_before = 0;
        if was_open {
            self.step(phone, tab, Input::Closed);
        }
        self.phones[phone].tabs[tab].person = Some(cookie.clone());
        self.phones[phone].changed(self.now_ms);
        let stored = self.phones[phone].store(&cookie).stored();
        let settings = self.settings.sync();
        self.step(phone, tab, Input::Settings(settings));
        self.step(phone, tab, Input::Opened(stored));
        let network = self.phones[phone].network;
        self.step(phone, tab, Input::Network(network));
        let to = self.to(phone, tab);
        self.tell_photos(to);
        self.tell_where(phone, tab);
        let is_worker = self.phones[phone].worker == Some(tab);
        let hint = if is_worker {
            Hint::Background
        } else {
            Hint::Started
        };
        self.step(phone, tab, Input::Hint(hint));
    }

    pub(super) fn change_person(&mut self, phone: usize, tab: usize) {
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
        // A service worker that runs keeps the person whom it woke for; the server refuses what it sends.
        for other in self.phones[phone].pages().filter(|other| *other != tab) {
            let delay_ms = self.chance.below(20_000);
            self.plan(delay_ms, Event::PersonChanges { phone, tab: other });
        }
    }

    pub(super) fn expire_cookie(&mut self, phone: usize) {
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
}
