//! Photos: stored before their item, sent after it and in parts, deleted only when the server has them whole.

use shared::photo::{PartRange, PhotoHash, PhotoKey};
use shared::sync::event::{Input, Network, PhotoResult};
use shared::wire::photo::{PHOTO_STATE_MEDIA_TYPE, PHOTO_UNEXPECTED, PhotoState};

use super::check::MOMENT_MS;
use super::phone::{Kind, To};
use super::points::Form;
use super::server::Answer;
use super::store::Store;
use super::world::World;

/// A photo that was stored beside an item that a person was told is saved.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    phone: usize,
    total: u64,
    /// Bytes of parts that our server has answered, as the phone was told.
    answered: u64,
}

impl World {
    /// The form has photos: they are in the store before it is.
    pub(super) fn take_photos(&mut self, to: To, person: &str, form: &Form) {
        if !self.chance.percent(self.settings.photos) {
            return;
        }
        for number in 0..self.chance.between(1, 2) {
            let photo = PhotoKey {
                item: form.id,
                hash: PhotoHash::of(format!("{} {number}", form.id).as_bytes()),
            };
            let total = self.chance.between(20_000, 300_000);
            let taken = Taken {
                phone: to.phone,
                total,
                answered: 0,
            };
            self.photos.entry(photo).or_insert(taken);
            self.phones[to.phone].store(person).photos.insert(photo);
        }
    }

    /// As the runtime does when photos have changed, and before each run.
    pub(super) fn tell_photos(&mut self, to: To) {
        if !self.lives(to) || self.phones[to.phone].tabs[to.tab].session != to.session {
            return;
        }
        if let Some(person) = self.phones[to.phone].tabs[to.tab].person.clone() {
            let store = self.phones[to.phone].store(&person);
            let photos = store.photos.iter().copied().collect();
            self.step(to.phone, to.tab, Input::Photos(photos));
        }
    }

    /// The phone comes into another network, and the browser may tell.
    pub(super) fn change_network(&mut self, phone: usize, network: Network) {
        self.phones[phone].network = network;
        for tab in 0..self.phones[phone].tabs.len() {
            if self.phones[phone].tabs[tab].is_alive {
                self.step(phone, tab, Input::Network(network));
            }
        }
    }

    pub(super) fn send_photo(
        &mut self,
        to: To,
        attempt: u64,
        photo: PhotoKey,
        part: (Option<u64>, u64),
        stall_ms: u64,
    ) {
        self.check_photo(to, &photo);
        let person = self.person_of(to);
        if !self.phones[to.phone].store(&person).photos.contains(&photo) {
            let gone = Input::PhotoEnded {
                attempt,
                result: PhotoResult::Gone,
                elapsed_ms: 0,
                bytes_sent: 0,
            };
            self.phones[to.phone].tabs[to.tab].owed += 1;
            return self.answer(5, to, gone);
        }
        let total = self.photos[&photo].total;
        let range = PartRange::next(part.0, part.1, total);
        let kind = Kind::Photo {
            attempt,
            photo,
            person,
            range,
        };
        self.send(to, kind, stall_ms);
    }

    /// Photos that the server has not got whole. What could not be deleted is no more than a copy.
    pub(super) fn photos_to_send(&self, store: &Store) -> usize {
        let is_there = |photo: &&PhotoKey| {
            let total = self.photos.get(photo).map(|taken| taken.total);
            self.server.photos.get(&photo.hash).copied() == total
        };
        store.photos.iter().filter(|photo| !is_there(photo)).count()
    }

    /// The server has told how much it holds.
    pub(super) fn note_photo(&mut self, photo: &PhotoKey, range: PartRange, result: PhotoResult) {
        let is_held = matches!(result, PhotoResult::Held { .. });
        if let (PartRange::Part { from, until, .. }, Some(taken), true) =
            (range, self.photos.get_mut(photo), is_held)
        {
            taken.answered += until - from;
        }
    }

    pub(super) fn forget_photo(&mut self, to: To, photo: PhotoKey) {
        let total = self.photos[&photo].total;
        let is_there = self.server.photos.get(&photo.hash) == Some(&total);
        self.must(is_there, |_| {
            format!("{photo:?} left the phone, the server has not got it")
        });
        let fails = !self.healed && self.chance.percent(self.settings.store_faults);
        if !fails {
            let person = self.person_of(to);
            self.phones[to.phone].store(&person).photos.remove(&photo);
        }
    }

    fn check_photo(&mut self, to: To, photo: &PhotoKey) {
        let is_sent = self.server.committed.iter().any(|(id, _)| *id == photo.item);
        let known = &self.phones[to.phone];
        let costs = self.settings.photos_on_wifi_only && known.network == Network::Cellular;
        let holds_lock = known.lock == Some((to.tab, to.life));
        let requests = known.tabs[to.tab].requests.values();
        let in_flight = requests
            .filter(|request| request.session == to.session)
            .any(|request| !request.posted().is_empty());
        // A tab may hear of a photo a moment before it hears of its item.
        let had_time = self.now_ms.saturating_sub(known.changed_at) > MOMENT_MS;
        self.must(is_sent || !had_time, |_| {
            format!("{photo:?} goes before its item")
        });
        self.must(!costs, |_| format!("{photo:?} on a network that costs"));
        self.must(holds_lock, |_| format!("{photo:?} without the lock"));
        self.must(!in_flight, |_| format!("{photo:?} while items are on their way"));
    }

    /// Each photo of an item that arrived is there, and none was sent twice without need.
    pub(super) fn check_photos(&mut self) {
        let single = self.settings.tabs == 1 && !self.settings.worker;
        for (photo, taken) in self.photos.clone() {
            let is_there = self.server.photos.get(&photo.hash) == Some(&taken.total);
            let is_named = self.server.committed.iter().any(|(id, _)| *id == photo.item);
            let may_be_lost = !is_named || self.was_evicted(photo.item);
            self.must(is_there || may_be_lost, |_| {
                format!("{photo:?} of p{} never arrived", taken.phone)
            });
            self.must(!single || taken.answered <= taken.total, |_| {
                format!("{photo:?}: {} bytes for {}", taken.answered, taken.total)
            });
        }
    }

    /// The server's answer to a part.
    pub(super) fn serve_photo(&mut self, photo: &PhotoKey, is_owner: bool, range: PartRange) -> Answer {
        let is_named = !self.server.filed(photo.item).is_empty();
        if !is_owner || !is_named {
            return Answer::problem(409, PHOTO_UNEXPECTED);
        }
        let held = self.server.photos.entry(photo.hash).or_default();
        if let PartRange::Part { from, until, .. } = range
            && from == *held
        {
            *held = until;
        }
        let state = PhotoState {
            sha256: photo.hash.to_string(),
            received: *held,
            complete: *held == range.total(),
        };
        Answer {
            content_type: PHOTO_STATE_MEDIA_TYPE,
            ..Answer::json(&state)
        }
    }
}
