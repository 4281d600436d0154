//! Texts of items that were read before they are sent: whoever opens the app with a full outbox has read all of it for the
//! round, and a drain need not read it again. The text of a revision never changes.

use std::cell::RefCell;
use std::collections::BTreeMap;

use shared::sync::event::Entry;
use wasm_bindgen::JsValue;

use crate::adapters::idb::StoreError;
use crate::adapters::outbox_store::{Body, OutboxStore};

/// Texts that are kept: some 7 MB of readings.
const TEXTS_MAX: usize = 10_000;

/// What was read and is not sent yet, as far as it is kept.
#[derive(Default)]
pub struct Texts(RefCell<BTreeMap<Entry, JsValue>>);

impl Texts {
    /// Keeps these as well, as far as there is room.
    pub fn keep(&self, bodies: &[Body]) {
        let mut kept = self.0.borrow_mut();
        let room = TEXTS_MAX.saturating_sub(kept.len());
        kept.extend(
            bodies
                .iter()
                .take(room)
                .map(|body| (body.entry, body.text.clone())),
        );
    }

    /// Keeps none.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Hands out the texts of these entries, by rising number. What is not kept is read from the store; an entry that is not
    /// stored in this revision is left out.
    pub(crate) async fn take(
        &self,
        outbox: &OutboxStore,
        person: &str,
        entries: &[Entry],
    ) -> Result<Vec<Body>, StoreError> {
        let (mut bodies, others) = self.take_kept(entries);
        if !others.is_empty() {
            bodies.extend(outbox.bodies(person, &others).await?);
            bodies.sort_unstable_by_key(|body| body.entry);
        }
        Ok(bodies)
    }

    /// What is kept of these, and which are not.
    fn take_kept(&self, entries: &[Entry]) -> (Vec<Body>, Vec<Entry>) {
        let mut kept = self.0.borrow_mut();
        let mut bodies = Vec::with_capacity(entries.len());
        let mut others = Vec::new();
        for entry in entries {
            match kept.remove(entry) {
                Some(text) => bodies.push(Body { entry: *entry, text }),
                None => others.push(*entry),
            }
        }
        (bodies, others)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use shared::id::ItemId;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    pub(crate) fn entry(seq: u64, revision: u32) -> Entry {
        Entry {
            seq,
            revision,
            id: ItemId::default(),
        }
    }

    pub(crate) fn body(entry: Entry) -> Body {
        let text = JsValue::from_str(&format!("{}/{}", entry.seq, entry.revision));
        Body { entry, text }
    }

    #[test]
    fn a_kept_text_is_handed_out_once_and_only_for_its_revision() {
        let texts = Texts::default();
        texts.keep(&[body(entry(1, 1)), body(entry(2, 1))]);
        texts.keep(&[body(entry(3, 1))]);
        let (bodies, others) = texts.take_kept(&[entry(1, 1), entry(2, 2)]);
        let said: Vec<Option<String>> = bodies.iter().map(|it| it.text.as_string()).collect();
        assert_eq!(said, [Some(String::from("1/1"))]);
        assert_eq!(others, [entry(2, 2)]);
        let (bodies, others) = texts.take_kept(&[entry(1, 1), entry(3, 1)]);
        assert_eq!((bodies.len(), others), (1, vec![entry(1, 1)]));
        texts.clear();
        assert_eq!(texts.take_kept(&[entry(2, 1)]).1, [entry(2, 1)]);
    }
}
