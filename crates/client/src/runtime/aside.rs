//! Forms that the device's database did not take. They are not saved, and a person is told so until they are.

use leptos::prelude::*;

use super::core::Core;
use crate::adapters::journal;
use crate::view_state::{ItemForm, StoreTrouble};

/// The database did not take this form: keeps it aside and says so.
pub(crate) fn keep(core: &Core, person: &str, form: &ItemForm) {
    let text = serde_json::to_string(form);
    let kept = text.is_ok_and(|text| journal::keep(person, &form.id.to_string(), &text));
    core.view.trouble.set(Some(StoreTrouble::NotStored { kept }));
}

/// The form is saved now, or dropped.
pub(crate) fn forget(core: &Core, person: &str, form: &ItemForm) {
    journal::forget(person, &form.id.to_string());
    let was_said = core
        .view
        .trouble
        .with_untracked(|trouble| matches!(trouble, Some(StoreTrouble::NotStored { .. })));
    if was_said && journal::count(person) == 0 {
        core.view.trouble.set(None);
    }
}

/// The first form that is kept aside.
pub(crate) fn first(person: &str) -> Option<ItemForm> {
    serde_json::from_str(&journal::first(person)?).ok()
}

/// Says again after a start of the app what is not saved.
pub(crate) fn say(core: &Core, person: &str) {
    if journal::count(person) > 0 {
        core.view
            .trouble
            .set(Some(StoreTrouble::NotStored { kept: true }));
    }
}
