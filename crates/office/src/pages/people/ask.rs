//! The questions before somebody loses something.

use leptos::prelude::*;
use ui::components::confirm::Confirm;

use super::store::{Ask, Store};
use crate::wording::use_wording;

/// Before a password is reset, before passkeys are removed, and before somebody is deactivated.
#[component]
pub(super) fn AskDialogs(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    let open = RwSignal::new(false);
    Effect::new(move || {
        let is_asked = store.asking.read().is_some();
        if open.get_untracked() != is_asked {
            open.set(is_asked);
        }
    });
    // What was asked stays to be carried out while the dialog closes.
    Effect::new(move || {
        let is_closed = !open.get();
        if is_closed && store.asking.with_untracked(Option::is_some) {
            store.asking.set(None);
        }
    });
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
