//! The one blocking question of the app: before something that cannot be seen to be wrong afterwards.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::wording::use_words;

/// Whether the question is open, for one that is about something: open as soon as there is something, which is let go of when
/// the question is closed. It is still there when consent is heard.
pub fn open_about<T: Send + Sync + 'static>(asking: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move || {
        let is_asked = asking.read().is_some();
        if open.get_untracked() != is_asked {
            open.set(is_asked);
        }
    });
    Effect::new(move || {
        let is_closed = !open.get();
        if is_closed && asking.with_untracked(Option::is_some) {
            asking.set(None);
        }
    });
    open
}

/// A modal question that is open while `open` is true; `on_yes` runs on consent.
#[component]
pub fn Confirm(
    /// Shown while it is true.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What comes of it.
    #[prop(into)]
    hint: Signal<String>,
    /// The word of consent.
    #[prop(into)]
    yes: Signal<String>,
    /// Hears of consent.
    #[prop(into)]
    on_yes: Callback<()>,
    /// Consent takes nothing from anybody.
    #[prop(optional, into)]
    harmless: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It can only fail when the element has left the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let agree = move |_| {
        open.set(false);
        on_yes.run(());
    };
    let yes_class = move || {
        if harmless.get() {
            "button button--main"
        } else {
            "button button--danger"
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog on:close=move |_| open.set(false) data-testid="confirm">
            <div class="stack">
                <h2>{move || title.get()}</h2>
                <p>{move || hint.get()}</p>
                <div class="buttons">
                    <button class="button" type="button" data-testid="confirm-no" on:click=move |_| open.set(false)>
                        {words.common.cancel}
                    </button>
                    <button class=yes_class type="button" data-testid="confirm-yes" on:click=agree>
                        {move || yes.get()}
                    </button>
                </div>
            </div>
        </dialog>
    }
}
