//! The last resort for what a person typed: where the device's database takes nothing, forms are kept in the browser's
//! other store. Nothing in here is saved or sent; it is offered again as a half-typed form.

use serde_json::{Map, Value};
use web_sys::Storage;

/// Forms that are kept aside for this person, by item id. `false`: this store takes nothing either.
pub(crate) fn keep(person: &str, id: &str, form: &str) -> bool {
    let Some(mut forms) = read(person) else {
        return false;
    };
    forms.insert(String::from(id), Value::from(form));
    write(person, &forms)
}

/// The form that was begun first; the ids sort by time.
pub(crate) fn first(person: &str) -> Option<String> {
    let forms = read(person)?;
    forms.values().next()?.as_str().map(String::from)
}

/// How many are kept aside.
pub(crate) fn count(person: &str) -> usize {
    read(person).map_or(0, |forms| forms.len())
}

/// Forgets a form: it is saved now, or dropped.
pub(crate) fn forget(person: &str, id: &str) {
    let Some(mut forms) = read(person) else { return };
    if forms.remove(id).is_some() {
        write(person, &forms);
    }
}

fn read(person: &str) -> Option<Map<String, Value>> {
    let text = storage()?.get_item(&key(person)).ok()?;
    // What cannot be read is of no use to anybody: the next form begins anew.
    let forms = text.and_then(|text| serde_json::from_str(&text).ok());
    Some(forms.unwrap_or_default())
}

fn write(person: &str, forms: &Map<String, Value>) -> bool {
    let Some(storage) = storage() else { return false };
    if forms.is_empty() {
        return storage.remove_item(&key(person)).is_ok();
    }
    storage
        .set_item(&key(person), &Value::Object(forms.clone()).to_string())
        .is_ok()
}

fn key(person: &str) -> String {
    format!("meterline.journal/{person}")
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn forms_are_kept_by_person_until_they_are_forgotten() {
        let person = "journal";
        assert_eq!(first(person), None);
        assert!(keep(person, "b", "second") && keep(person, "a", "first"));
        assert!(keep(person, "b", "second, typed on"));
        assert_eq!((first(person).as_deref(), count(person)), (Some("first"), 2));
        assert_eq!(count("somebody else"), 0);
        forget(person, "a");
        assert_eq!(first(person).as_deref(), Some("second, typed on"));
        forget(person, "b");
        assert_eq!(count(person), 0);
    }
}
