//! Torch, lens, zoom and photo: each is there only where the phone has it.

use leptos::html::Input;
use leptos::prelude::*;
use ui::number::number_of;

use super::session::Session;
use crate::components::icon::{Glyph, Icon};
use crate::wording::use_wording;

/// What the camera can do besides.
#[component]
pub(super) fn Tools(session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let abilities = session.abilities;
    let has_lenses = move || abilities.get().lenses > 1;
    view! {
        <Show when=move || abilities.get().torch>
            <button
                type="button"
                class="scan__tool"
                aria-pressed=move || session.torch_on.get().to_string()
                on:click=move |_| session.switch_torch()
            >
                <Icon glyph=Glyph::Torch />
                <span>{words.torch}</span>
            </button>
        </Show>
        <Show when=has_lenses>
            <button type="button" class="scan__tool" on:click=move |_| session.change_lens()>
                <Icon glyph=Glyph::Lens />
                <span>{words.lens}</span>
            </button>
        </Show>
    }
}

/// A slider that lies under the frame.
#[component]
pub(super) fn Zoom(session: Session) -> impl IntoView {
    let words = use_wording().scan();
    move || {
        session.abilities.get().zoom.map(|range| {
            view! {
                <label class="scan__zoom">
                    <span>{words.zoom}</span>
                    <input
                        type="range"
                        min=range.min.to_string()
                        max=range.max.to_string()
                        step=range.step.to_string()
                        prop:value=range.now.to_string()
                        on:input:target=move |event| {
                            if let Some(zoom) = number_of(&event.target().value()) {
                                session.zoom(zoom);
                            }
                        }
                    />
                </label>
            }
        })
    }
}

/// Chooses a photo; the phone offers its gallery and its own camera app.
#[component]
pub(super) fn PhotoButton(session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let input = NodeRef::<Input>::new();
    let read = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let file = input.files().and_then(|files| files.get(0));
        // Without this, choosing the same photo again would be no change.
        input.set_value("");
        if let Some(file) = file {
            session.read_photo(file);
        }
    };
    view! {
        <label class="button button--big scan__photo">
            <Icon glyph=Glyph::Photo />
            {words.photo}
            <input
                node_ref=input
                class="unseen"
                type="file"
                accept="image/*"
                data-testid="scan-photo"
                on:change=read
            />
        </label>
    }
}
