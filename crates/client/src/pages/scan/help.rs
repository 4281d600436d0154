//! What to do when there is no picture.

use leptos::prelude::*;

use super::session::Session;
use crate::adapters::camera::error::CameraError;
use crate::components::allow_steps::AllowSteps;
use crate::wording::allow::Blocked;
use crate::wording::use_wording;

/// Says why, what to tap, and what works without the camera.
#[component]
pub(super) fn CameraHelp(error: CameraError, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let (title, steps) = match error {
        CameraError::Refused => (
            words.refused_title,
            view! { <AllowSteps blocked=Blocked::Camera /> }.into_any(),
        ),
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
    view! { <ul class="guide">{items}</ul> }.into_any()
}
