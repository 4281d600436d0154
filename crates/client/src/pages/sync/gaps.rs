//! Readings that were numbered on this phone, never received, and are no longer here: said plainly, with what to do.

use leptos::prelude::*;

use crate::components::notice::{Notice, Tone};
use crate::runtime::use_runtime;
use crate::wording::use_wording;

/// Nothing when nothing is missing.
#[component]
pub(super) fn Gaps() -> impl IntoView {
    let wording = use_wording();
    let words = wording.past();
    let status = use_runtime().status();
    let missing = Memo::new(move |_| status.read().missing.clone());
    move || {
        let missing = missing.read();
        (!missing.is_empty()).then(|| {
            let title = (words.gaps_title)(&wording.reading_numbers(&missing));
            view! {
                <Notice tone=Tone::Bad alert=true test_id="gaps">
                    <p class="strong">{title}</p>
                    <p>{words.gaps_hint}</p>
                    <p>{words.gaps_todo}</p>
                </Notice>
            }
        })
    }
}
