//! A code for a phone: a picture for its camera.

use std::sync::Arc;

use leptos::html::Button;
use leptos::prelude::*;
use shared::timestamp::LocalTime;
use shared::wire::people::{EnrolmentCode, PersonRow};
use ui::address::encode;

use super::store::Store;
use crate::wording::{locale, use_wording};

/// The picture, until when it is good, and the way to take it back.
#[component]
pub(super) fn Code(store: Store, row: Arc<PersonRow>, code: Arc<EnrolmentCode>) -> impl IntoView {
    let words = use_wording().people();
    let done = NodeRef::<Button>::new();
    // The sheet may be open already, with the focus on what was shown before.
    done.on_load(|button| drop(button.focus()));
    let until = LocalTime::parse(&code.expires_at).map(|it| locale::time(it.at));
    // An image can't run anything, whatever the picture holds.
    let picture = format!("data:image/svg+xml,{}", encode(&code.svg));
    view! {
        <div class="stack">
            <h2 id="person-title">{(words.enrol_title)(&code.username)}</h2>
            <img class="people__code" src=picture alt=words.enrol_picture data-testid="enrol-code" data-link=code.link.clone() />
            <p>{(words.enrol_hint)(&until.unwrap_or_default())}</p>
            <div class="buttons">
                <button
                    class="button"
                    type="button"
                    data-testid="code-take-back"
                    on:click=move |_| store.take_code_back(Arc::clone(&row))
                >
                    {words.take_back}
                </button>
                <button
                    class="button button--main"
                    type="button"
                    autofocus=true
                    node_ref=done
                    data-testid="code-done"
                    on:click=move |_| store.shown.set(None)
                >
                    {words.done}
                </button>
            </div>
        </div>
    }
}
