//! A word that something is done, said once and gone after some seconds. Outlives the page that said it.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// Long enough to be read twice; it covers the title meanwhile.
const SHOWN_FOR: Duration = Duration::from_millis(3_000);

/// Where pages leave their word.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<(u64, String)>>,
    count: StoredValue<u64>,
}

impl Toasts {
    /// Puts the place for words into the context. Called once, by the app's frame.
    pub fn provide() {
        provide_context(Self {
            shown: RwSignal::new(None),
            count: StoredValue::new(0),
        });
    }

    /// Shows a word, in the place of an earlier one.
    pub fn say(self, text: impl Into<String>) {
        self.count.update_value(|count| *count += 1);
        let number = self.count.get_value();
        self.shown.set(Some((number, text.into())));
        set_timeout(
            move || {
                let still_this = self
                    .shown
                    .with_untracked(|shown| shown.as_ref().is_some_and(|it| it.0 == number));
                if still_this {
                    self.shown.set(None);
                }
            },
            SHOWN_FOR,
        );
    }
}

/// The place for words of the running app.
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// Where the word is shown; always in the document, so that screen readers notice what appears in it.
#[component]
pub fn ToastPlace() -> impl IntoView {
    let toasts = use_toasts();
    let word = move || {
        toasts.shown.get().map(|(_, text)| {
            view! {
                <div class="toast" data-testid="toast">
                    <Icon glyph=Glyph::Check />
                    {text}
                </div>
            }
        })
    };
    view! {
        <div class="toast-place" role="status" aria-live="polite">
            {word}
        </div>
    }
}
