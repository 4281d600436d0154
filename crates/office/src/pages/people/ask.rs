//! The questions before somebody loses something.

use leptos::prelude::*;
use ui::components::confirm::Confirm;

use super::store::{Ask, Store};
use crate::wording::use_wording;

/// Before a password is reset, and before somebody is deactivated.
#[component]
pub(super) fn AskDialogs(store: Store) -> impl IntoView {
    let words = use_wording().people();
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
    let is_reset = move || matches!(&*store.asking.read(), Some((Ask::Reset, _)));
    let title = Signal::derive(move || match is_reset() {
        true => (words.reset_title)(&name()),
        false => (words.deactivate_title)(&name()),
    });
    let hint = Signal::derive(move || match is_reset() {
        true => words.reset_hint.to_owned(),
        false => words.deactivate_hint.to_owned(),
    });
    let yes = Signal::derive(move || match is_reset() {
        true => words.reset.to_owned(),
        false => words.deactivate.to_owned(),
    });
    let agree = move |()| match store.asking.get_untracked() {
        Some((Ask::Reset, row)) => store.reset_password(row),
        Some((Ask::Deactivate, row)) => store.set_active(row, false),
        None => {}
    };
    view! { <Confirm open title hint yes on_yes=agree /> }
}
