//! The questions before somebody loses something.

use leptos::prelude::*;
use ui::components::confirm::{Confirm, open_about};

use super::store::{Ask, Store};
use crate::wording::use_wording;

/// Before a password is reset, before passkeys are removed, and before somebody is deactivated.
#[component]
pub(super) fn AskDialogs(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    let open = open_about(store.asking);
    let name = move || {
        let asking = store.asking.read();
        asking
            .as_ref()
            .map(|(_, row)| row.username.clone())
            .unwrap_or_default()
    };
    let asked = move || store.asking.read().as_ref().map(|(ask, _)| *ask);
    let keys = wording.passkeys();
    let title = Signal::derive(move || match asked() {
        Some(Ask::Reset) => (words.reset_title)(&name()),
        Some(Ask::Passkeys) => (keys.of_person_title)(&name()),
        Some(Ask::Deactivate) | None => (words.deactivate_title)(&name()),
    });
    let hint = Signal::derive(move || {
        let hint = match asked() {
            Some(Ask::Reset) => words.reset_hint,
            Some(Ask::Passkeys) => keys.of_person_hint,
            Some(Ask::Deactivate) | None => words.deactivate_hint,
        };
        hint.to_owned()
    });
    let yes = Signal::derive(move || {
        let yes = match asked() {
            Some(Ask::Reset) => words.reset,
            Some(Ask::Passkeys) => keys.remove,
            Some(Ask::Deactivate) | None => words.deactivate,
        };
        yes.to_owned()
    });
    let agree = move |()| match store.asking.get_untracked() {
        Some((Ask::Reset, row)) => store.reset_password(row),
        Some((Ask::Passkeys, row)) => store.remove_passkeys(row),
        Some((Ask::Deactivate, row)) => store.set_active(row, false),
        None => {}
    };
    view! { <Confirm open title hint yes on_yes=agree /> }
}
