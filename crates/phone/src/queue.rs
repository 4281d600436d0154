//! What the store holds, as far as this tab knows: keys for the outbox page, and what each item says about the round.

mod exchanges;
mod moves;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub use exchanges::Exchanges;
pub use moves::{MoveReading, Moves};
use serde::Deserialize;
use shared::code::normal;
use shared::id::ItemId;
use shared::sync::event::Entry;
use shared::timestamp::Timestamp;
use shared::wire::list::MeterPointRow;

/// Where an item of this phone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// It waits to be sent.
    Waiting,
    /// It needs attention.
    Shelf,
    /// The server has it, since this moment as far as this phone knows.
    Sent(Timestamp),
}

/// What an item says about the round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which meter point and period; see [`codes_of`].
    pub place: Rc<str>,
    /// Where the item is.
    pub at: Where,
    /// The highest revision known.
    pub revision: u32,
    /// Absent for a skip.
    pub value: Option<String>,
    /// Why it could not be read.
    pub skip_reason: Option<String>,
    /// It was taken back.
    pub void: bool,
    /// RFC 3339.
    pub read_at: String,
    /// Who read.
    pub captured_by: String,
}

/// The person's queue.
#[derive(Debug, Default)]
pub struct Queue {
    /// What waits, by rising number.
    pub entries: Vec<Entry>,
    marks: BTreeMap<ItemId, Mark>,
    /// Meters that were exchanged here, which the list may not know yet.
    pub exchanges: Exchanges,
    /// Readings at a move that were made here.
    pub moves: Moves,
    /// What the marks say, by place: the round is drawn often, and each time asks for thousands of places.
    by_place: HashMap<Rc<str>, Vec<ItemId>>,
}

impl Queue {
    /// Another entry waits; it replaces earlier revisions of its item.
    pub fn add(&mut self, entry: Entry) {
        self.entries.retain(|it| it.id != entry.id);
        let place = self.entries.partition_point(|it| *it < entry);
        self.entries.insert(place, entry);
    }

    /// These entries wait no more.
    pub fn remove(&mut self, settled: &[Entry]) {
        self.entries.retain(|it| settled.binary_search(it).is_err());
    }

    /// Remembers what an item's text says. An older revision never covers a newer one.
    pub fn mark(&mut self, body: &str, at: Where) {
        let Ok(said) = serde_json::from_str::<Said<'_>>(body) else {
            return;
        };
        if !said.exchange.is_empty() || said.void {
            self.exchanges.mark(body, at);
        }
        let codes = codes_text([
            &said.property_code,
            &said.building,
            &said.unit_no,
            &said.utility,
            &said.point,
        ]);
        let known = self.marks.get(&said.id).map(|known| known.revision);
        let known = known.max(self.moves.revision_of(said.id));
        if known.is_some_and(|known| known > said.revision) {
            return;
        }
        // Only these are what the round is about; a reading at a move-out or a check leaves the unit to be read.
        let of_round = said.kind.is_empty() || said.kind == "regular";
        if !of_round {
            self.unmark(said.id);
            return self.moves.mark(&said, codes, at);
        }
        self.moves.forget(said.id);
        let place: Rc<str> = format!("{}{codes}", said.period).into();
        self.move_to(said.id, &place);
        self.marks.insert(
            said.id,
            Mark {
                place,
                at,
                revision: said.revision,
                value: said.value.or_else(|| regular_of(said.exchange)),
                skip_reason: said.skip_reason,
                void: said.void,
                read_at: said.read_at,
                captured_by: said.captured_by,
            },
        );
    }

    /// An item moved.
    pub fn moved(&mut self, entry: &Entry, to: Where) {
        if let Some(mark) = self.marks.get_mut(&entry.id)
            && mark.revision == entry.revision
        {
            mark.at = to;
        }
        self.exchanges.moved(entry, to);
        self.moves.moved(entry, to);
    }

    /// What waits of this property.
    pub fn waiting_in(&self, property_code: &str) -> Vec<ItemId> {
        let wanted = normal(property_code);
        let is_here = |mark: &Mark| mark.place.split(PART_END).nth(1) == Some(wanted.as_str());
        let marks = self.marks.iter();
        marks
            .filter(|(_, mark)| mark.at == Where::Waiting && is_here(mark))
            .map(|(id, _)| *id)
            .collect()
    }

    /// Forgets what items say, before they are read again.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
        self.exchanges = Exchanges::default();
        self.moves = Moves::default();
        self.by_place.clear();
    }

    /// What the phone's items say of a place: the period, and behind it [`codes_of`] the meter point. What waits goes
    /// before the shelf, and that before what was sent.
    pub fn at_place(&self, place: &str) -> Option<(ItemId, &Mark)> {
        let here = self.by_place.get(place)?;
        let marks = here.iter().filter_map(|id| Some((*id, self.marks.get(id)?)));
        marks.max_by_key(|(id, mark)| (rank(mark.at), *id))
    }

    /// The item's newest revision is of another kind: it says nothing of the round any more.
    fn unmark(&mut self, id: ItemId) {
        if let Some(mark) = self.marks.remove(&id)
            && let Some(there) = self.by_place.get_mut(&mark.place)
        {
            there.retain(|other| *other != id);
        }
    }

    /// From now on the item says something of this place, and of no other.
    fn move_to(&mut self, id: ItemId, place: &Rc<str>) {
        if let Some(before) = self.marks.get(&id) {
            if before.place == *place {
                return;
            }
            if let Some(there) = self.by_place.get_mut(&before.place) {
                there.retain(|other| *other != id);
            }
        }
        self.by_place.entry(Rc::clone(place)).or_default().push(id);
    }
}

/// Names a meter point, codes compared as everywhere.
pub fn codes_of(row: &MeterPointRow) -> String {
    codes_text([
        &row.property_code,
        &row.building,
        &row.unit_no,
        &row.utility,
        &row.point,
    ])
}

/// Ends a part of a place: no code holds it.
const PART_END: char = '\u{1f}';

fn codes_text(codes: [&str; 5]) -> String {
    let mut text = String::new();
    for code in codes {
        text.push(PART_END);
        text.push_str(&normal(code));
    }
    text
}

fn rank(at: Where) -> (u8, Timestamp) {
    match at {
        Where::Sent(at) => (0, at),
        Where::Shelf => (1, Timestamp::default()),
        Where::Waiting => (2, Timestamp::default()),
    }
}

/// One reading of an exchange.
#[derive(Deserialize)]
struct SaidPart {
    kind: String,
    value: String,
}

fn regular_of(parts: Vec<SaidPart>) -> Option<String> {
    let regular = parts.into_iter().find(|it| it.kind == "regular")?;
    Some(regular.value)
}

/// The members of an item's text that the round shows.
#[derive(Deserialize)]
struct Said<'a> {
    id: ItemId,
    revision: u32,
    #[serde(default, borrow)]
    property_code: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    building: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    unit_no: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    utility: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    point: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    period: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    skip_reason: Option<String>,
    #[serde(default)]
    exchange: Vec<SaidPart>,
    #[serde(default)]
    void: bool,
    #[serde(default)]
    read_at: String,
    #[serde(default)]
    captured_by: String,
}
