//! What to do when there is no picture.

use leptos::prelude::*;

use super::session::Session;
use crate::adapters::camera::error::CameraError;
use crate::wording::use_wording;

/// Says why, what to tap, and what works without the camera.
#[component]
pub(super) fn CameraHelp(error: CameraError, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let help = match error {
        CameraError::Refused => &words.refused,
        CameraError::Missing => &words.missing,
        CameraError::Busy => &words.busy,
        CameraError::Insecure => &words.insecure,
    };
    view! {
        <section class="scan__panel" role="alert" data-testid="camera-help">
            <h2>{help.title}</h2>
            <ul class="scan__steps">
                {help.steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}
            </ul>
            <p class="soft">{words.without_camera}</p>
            <button type="button" class="button button--wide" on:click=move |_| session.start()>
                {words.try_again}
            </button>
        </section>
    }
}
