//! How something is allowed again that the browser was told to block: a sentence and a picture a step, in the order of the
//! browser that this is.

mod browser;
mod picture;

use leptos::prelude::*;

use crate::adapters::surroundings;
use crate::wording::allow::Blocked;
use crate::wording::use_wording;
use browser::PhoneBrowser;
use picture::StepPicture;

/// The steps.
#[component]
pub(crate) fn AllowSteps(blocked: Blocked) -> impl IntoView {
    let wording = use_wording();
    let browser = PhoneBrowser::of(&surroundings::user_agent());
    let items = browser
        .steps()
        .iter()
        .map(|&step| {
            view! {
                <li>
                    <StepPicture blocked step />
                    <span>{wording.allow(blocked, step)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="guide guide--shown">{items}</ol> }
}
