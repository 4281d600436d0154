//! What to do when there is no picture.

mod browser;
mod picture;

use leptos::prelude::*;

use super::session::Session;
use crate::adapters::camera::error::CameraError;
use crate::adapters::surroundings;
use crate::wording::use_wording;
use browser::PhoneBrowser;
use picture::StepPicture;

/// Says why, what to tap, and what works without the camera.
#[component]
pub(super) fn CameraHelp(error: CameraError, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let (title, steps) = match error {
        CameraError::Refused => (words.refused_title, view! { <Allow /> }.into_any()),
        CameraError::Missing => (words.missing.title, steps(words.missing.steps)),
        CameraError::Busy => (words.busy.title, steps(words.busy.steps)),
        CameraError::Insecure => (words.insecure.title, steps(words.insecure.steps)),
    };
    view! {
        <section class="scan__panel" role="alert" data-testid="camera-help">
            <h2>{title}</h2>
            {steps}
            <p class="soft">{words.without_camera}</p>
            <button type="button" class="button button--wide" on:click=move |_| session.start()>
                {words.try_again}
            </button>
        </section>
    }
}

fn steps(steps: &'static [&'static str]) -> AnyView {
    let items = steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view();
    view! { <ul class="scan__steps">{items}</ul> }.into_any()
}

/// How the camera is allowed in the browser that this is: a sentence and a picture a step.
#[component]
fn Allow() -> impl IntoView {
    let words = use_wording().scan();
    let browser = PhoneBrowser::of(&surroundings::user_agent());
    let items = browser
        .steps()
        .iter()
        .map(|&step| {
            view! {
                <li>
                    <StepPicture step />
                    <span>{words.allow(step)}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="scan__steps scan__steps--shown">{items}</ol> }
}
