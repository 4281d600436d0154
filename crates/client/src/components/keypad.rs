//! Our own keypad: large keys, no zoom, the same on every phone.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::register_input::Typed;
use crate::wording::use_wording;

/// Digits, clear and erase.
#[component]
pub(crate) fn Keypad(typed: RwSignal<Typed>) -> impl IntoView {
    let wording = use_wording();
    let key = move |digit: char| {
        view! {
            <button
                class="key"
                type="button"
                data-testid=format!("key-{digit}")
                on:click=move |_| typed.update(|it| it.push(digit))
            >
                {digit}
            </button>
        }
    };
    view! {
        // The focus stays in the register, so that a hardware keyboard goes on working.
        <div
            class="keypad"
            role="group"
            aria-label=wording.reading.keypad
            on:mousedown=|event| event.prevent_default()
        >
            {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key).collect_view()}
            <button
                class="key key--quiet"
                type="button"
                data-testid="key-clear"
                on:click=move |_| typed.update(Typed::clear)
            >
                {wording.reading.clear}
            </button>
            {key('0')}
            <button
                class="key key--quiet"
                type="button"
                aria-label=wording.reading.erase
                data-testid="key-erase"
                on:click=move |_| typed.update(Typed::erase)
            >
                <Icon glyph=Glyph::Erase />
            </button>
        </div>
    }
}
