//! Hands everything unsent over as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{Glyph, Icon};
use super::toast::use_toasts;
use crate::actions::Exported;
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// The button; without a person, for the one who is signed in.
#[component]
pub(crate) fn ExportButton(#[prop(optional, into)] person: Option<String>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.handover();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let export = move |_| {
        let person = person.clone();
        spawn_local(async move {
            match runtime.export_unsent(person).await {
                Exported::Shared(count) => toasts.say((words.shared)(count)),
                Exported::Downloaded(count) => toasts.say((words.downloaded)(count)),
                Exported::Cancelled => {}
                Exported::Failed => toasts.say(words.failed),
            }
        });
    };
    view! {
        <button class="button" type="button" data-testid="export" on:click=export>
            <Icon glyph=Glyph::Download />
            {words.export}
        </button>
    }
}
