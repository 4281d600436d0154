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
    let bar = move || {
        progress.get().map(|(sending, percent)| {
            let scale = if sending {
                format!("scaleX({})", f64::from(percent) / 100.0)
            } else {
                String::new()
            };
            view! {
                <div
                    class=if sending { "runbar" } else { "runbar runbar--steps" }
                    data-testid="run-bar"
                    data-percent=percent.to_string()
                >
                    <div class="runbar__fill" style:transform=scale></div>
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
