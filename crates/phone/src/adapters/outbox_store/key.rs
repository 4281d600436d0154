//! Keys of `items` and `shelf`: `[person, seq, revision, id]`.

use std::fmt::Write;

use js_sys::Array;
use shared::id::ItemId;
use shared::sync::event::Entry;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbKeyRange;

use super::super::idb::StoreError;

/// Parts of a key.
const PARTS: usize = 4;
/// About what running number, revision and id take in a text.
const ENTRY_BYTES: usize = 48;
/// Parts the parts of keys in one text.
const PART_END: char = '\n';

/// The key that names exactly this revision.
pub(super) fn key_of(person: &str, entry: &Entry) -> JsValue {
    Array::of4(
        &JsValue::from_str(person),
        &JsValue::from_f64(entry.seq as f64),
        &JsValue::from_f64(f64::from(entry.revision)),
        &JsValue::from_str(&entry.id.to_string()),
    )
    .into()
}

/// The entry that a key names.
pub(super) fn entry_of_key(key: &JsValue) -> Option<Entry> {
    let key: &Array = key.dyn_ref()?;
    Some(Entry {
        seq: key.get(1).as_f64()? as u64,
        revision: key.get(2).as_f64()? as u32,
        id: ItemId::parse(&key.get(3).as_string()?)?,
    })
}

/// Whether these are the keys of exactly these entries, in this order. One text is made of each and nothing is parsed.
pub(super) fn are_keys_of(keys: &Array, person: &str, entries: &[Entry]) -> bool {
    if keys.length() as usize != entries.len() {
        return false;
    }
    let mut expected = String::with_capacity(entries.len() * (person.len() + ENTRY_BYTES));
    for Entry { seq, revision, id } in entries {
        // Writing to a text does not fail.
        let _ = write!(
            expected,
            "{person}{PART_END}{seq}{PART_END}{revision}{PART_END}{id}{PART_END}"
        );
    }
    expected.pop();
    parts_of(keys) == expected
}

/// All parts of all keys, as one text.
fn parts_of(keys: &Array) -> String {
    String::from(keys.flat(1).join(&PART_END.to_string()))
}

/// The entries that many keys name. As one text: with ten thousand of them, asking the browser for each part of each key
/// would keep a slow phone busy for a fifth of a second.
pub(super) fn entries_of_keys(keys: &Array) -> Vec<Entry> {
    let text = parts_of(keys);
    let parts: Vec<&str> = text.split(PART_END).collect();
    let (keys_of_four, rest) = parts.as_chunks::<PARTS>();
    if !rest.is_empty() || keys_of_four.len() != keys.length() as usize {
        // A name with a line in it.
        return keys.iter().filter_map(|key| entry_of_key(&key)).collect();
    }
    let entry = |[_, seq, revision, id]: &[&str; PARTS]| {
        Some(Entry {
            seq: seq.parse().ok()?,
            revision: revision.parse().ok()?,
            id: ItemId::parse(id)?,
        })
    };
    keys_of_four.iter().filter_map(entry).collect()
}

/// All keys of one person: in IndexedDB's order an array sorts behind every number and every text.
pub(super) fn range_of_person(person: &str) -> Result<JsValue, StoreError> {
    let person = JsValue::from_str(person);
    let end = Array::of2(&person, &Array::new());
    Ok(IdbKeyRange::bound(&Array::of1(&person), &end)?.into())
}

/// The keys of one person behind this one.
pub(super) fn range_behind(person: &str, key: &JsValue) -> Result<JsValue, StoreError> {
    let end = Array::of2(&JsValue::from_str(person), &Array::new());
    Ok(IdbKeyRange::bound_with_lower_open_and_upper_open(key, &end, true, false)?.into())
}

/// From one entry's key to another's, both included.
pub(super) fn range_of_entries(person: &str, first: &Entry, last: &Entry) -> Result<JsValue, StoreError> {
    Ok(IdbKeyRange::bound(&key_of(person, first), &key_of(person, last))?.into())
}

#[cfg(test)]
mod tests {
    use shared::timestamp::Timestamp;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn check(person: &str) {
        let entry = |seq: u64| Entry {
            seq,
            revision: 2,
            id: ItemId::new(Timestamp::from_ms(seq as i64), [7; 10]),
        };
        let expected: Vec<Entry> = [1, 7, 10_000].map(entry).to_vec();
        let keys: Array = expected.iter().map(|entry| key_of(person, entry)).collect();
        assert_eq!(entries_of_keys(&keys), expected, "{person:?}");
        assert_eq!(entries_of_keys(&Array::new()), []);
        assert!(are_keys_of(&keys, person, &expected), "{person:?}");
        assert!(are_keys_of(&Array::new(), person, &[]));
        let edited = Entry {
            revision: 3,
            ..entry(7)
        };
        for others in [
            [entry(1), edited, entry(10_000)].as_slice(),
            &expected[1..],
            &[entry(7), entry(1), entry(10_000)],
        ] {
            assert!(!are_keys_of(&keys, person, others), "{person:?} {others:?}");
        }
    }

    #[test]
    fn keys_are_read_whatever_the_person_is_called() {
        check("ana");
        check("ana\nmaria");
        check("a\nb\nc\nd\ne");
        check("");
    }
}
