//! A thin bar under the top bar while a run is under way, and its words for screen readers.

use leptos::prelude::*;
use shared::sync::status::{Progress, Step};

use crate::runtime::use_runtime;
use crate::wording::{Wording, use_wording};

/// The bar. Steps that have no percentage are shown by a moving piece.
#[component]
pub(crate) fn RunBar() -> impl IntoView {
    let status = use_runtime().status();
    let progress = Memo::new(move |_| {
        status.read().progress.as_ref().map(|it| {
            (
                matches!(it.step, Step::Sending | Step::SendingPhotos),
                it.percent(),
            )
        })
    });
    let runs = Memo::new(move |_| progress.read().is_some());
    let sends = move || progress.get().is_some_and(|(sends, _)| sends);
    let percent = move || progress.get().map_or(0, |(_, percent)| percent);
    // The element stays while a run is under way: at a step there is nothing to be laid out anew.
    let bar = move || {
        runs.get().then(|| {
            view! {
                <div
                    class=move || if sends() { "runbar" } else { "runbar runbar--steps" }
                    data-testid="run-bar"
                    data-percent=move || percent().to_string()
                >
                    <div
                        class="runbar__fill"
                        style:transform=move || {
                            sends().then(|| format!("scaleX({})", f64::from(percent()) / 100.0))
                        }
                    ></div>
                </div>
            }
        })
    };
    view! { <div class="runbar-place" aria-hidden="true">{bar}</div> }
}

/// The words of a run, said politely and not at every batch. Stands once in the frame.
#[component]
pub(crate) fn RunWords() -> impl IntoView {
    let wording = use_wording();
    let status = use_runtime().status();
    let words = Memo::new(move |_| {
        let status = status.read();
        match (&status.progress, &status.last) {
            (Some(progress), _) => spoken(progress, wording),
            (None, Some(last)) => wording.outcome(last),
            (None, None) => String::new(),
        }
    });
    view! { <p class="unseen" role="status" aria-live="polite" data-testid="run-words">{words}</p> }
}

/// In quarters: a listener does not want to hear a hundred percentages.
fn spoken(progress: &Progress, wording: &Wording) -> String {
    let title = if progress.manual {
        wording.sync.manual_title
    } else {
        wording.sync.auto_title
    };
    match progress.step {
        Step::Sending => format!("{title}, {} %", progress.percent() / 25 * 25),
        step => format!("{title}. {}", wording.step(step)),
    }
}
