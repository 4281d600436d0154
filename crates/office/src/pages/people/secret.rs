//! A first password, shown this once.

use std::sync::Arc;

use leptos::html::Button;
use leptos::prelude::*;
use shared::wire::people::FirstPassword;
use shared::wire::session::RoleName;
use ui::components::icon::{Glyph, Icon};

use super::store::Store;
use crate::wording::use_wording;

/// The password, and for a technician the way without it.
#[component]
pub(super) fn Secret(store: Store, told: Arc<FirstPassword>) -> impl IntoView {
    let words = use_wording().people();
    let done = NodeRef::<Button>::new();
    // The sheet may be open already, with the focus on what was shown before.
    done.on_load(|button| drop(button.focus()));
    let row = Arc::new(told.person.clone());
    let enrol = (row.role == RoleName::Technician && row.active).then(|| {
        view! {
            <button class="button" type="button" data-testid="secret-enrol" on:click=move |_| store.show_code(Arc::clone(&row))>
                <Icon glyph=Glyph::Phone small=true />
                {words.enrol}
            </button>
        }
    });
    view! {
        <div class="stack">
            <h2 id="person-title">{(words.password_title)(&told.person.username)}</h2>
            <p class="people__secret" data-testid="first-password">{told.first_password.clone()}</p>
            <p>{words.password_hint}</p>
            <div class="buttons">
                {enrol}
                <button
                    class="button button--main"
                    type="button"
                    autofocus=true
                    node_ref=done
                    data-testid="secret-done"
                    on:click=move |_| store.shown.set(None)
                >
                    {words.done}
                </button>
            </div>
        </div>
    }
}
