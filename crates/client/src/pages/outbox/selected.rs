//! What can be done with one item that waits: change it or take it back.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::confirm::Confirm;
use crate::components::icon::{Glyph, Icon};
use crate::components::place::item_name;
use crate::components::toast::use_toasts;
use crate::runtime::use_runtime;
use crate::view_state::OutboxEntry;
use crate::wording::use_wording;

/// A bar under the list while an item is chosen.
#[component]
pub(super) fn Selected(selected: RwSignal<Option<OutboxEntry>>) -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let name = move || {
        selected
            .read()
            .as_ref()
            .map(|it| item_name(&it.item, wording))
            .unwrap_or_default()
    };
    let take_back = move |()| {
        let Some(entry) = selected.get_untracked() else {
            return;
        };
        selected.set(None);
        spawn_local(async move {
            match runtime.void(entry.entry.id).await {
                Ok(_) => toasts.say(wording.frame.taken_back),
                Err(error) => toasts.say(wording.edit_error(error)),
            }
        });
    };
    let bar = move || {
        selected
            .get()
            .map(|entry| view! { <Bar entry name=name() asking selected /> })
    };
    view! {
        {bar}
        <Confirm
            open=asking
            title=Signal::derive(move || (wording.outbox.delete_title)(&name()))
            hint=wording.outbox.delete_hint
            yes=wording.common.delete
            on_yes=take_back
        />
    }
}

#[component]
fn Bar(
    entry: OutboxEntry,
    name: String,
    asking: RwSignal<bool>,
    selected: RwSignal<Option<OutboxEntry>>,
) -> impl IntoView {
    let wording = use_wording();
    let can_edit = !entry.item.void;
    let edit = format!("/edit/{}", entry.entry.id);
    view! {
        <div class="actions actions--one" data-testid="outbox-selected">
            <div class="line line--spread">
                <span class="strong one-line">{name}</span>
                <button
                    class="back"
                    type="button"
                    aria-label=wording.common.close
                    data-testid="outbox-close"
                    on:click=move |_| selected.set(None)
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            {can_edit
                .then(|| {
                    view! {
                        <div class="buttons">
                            <a class="button" href=edit data-testid="outbox-edit">
                                <Icon glyph=Glyph::Edit />
                                {wording.common.edit}
                            </a>
                            <button
                                class="button button--danger"
                                type="button"
                                data-testid="outbox-delete"
                                on:click=move |_| asking.set(true)
                            >
                                <Icon glyph=Glyph::Remove />
                                {wording.common.delete}
                            </button>
                        </div>
                    }
                })}
        </div>
    }
}
