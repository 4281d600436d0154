//! Photos on the Sync page: how many went, how many are still here, and what they wait for.

use leptos::prelude::*;
use shared::sync::status::{PhotosWait, Status};

use crate::components::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::wording::{Wording, use_wording};

/// A line of its own, so that nobody takes it for readings.
#[component]
pub(super) fn PhotosLine() -> impl IntoView {
    let wording = use_wording();
    let status = use_runtime().status();
    let line = Memo::new(move |_| line_of(&status.read(), wording));
    move || {
        line.get().map(|text| {
            view! {
                <p class="line small" data-testid="photos-line">
                    <Icon glyph=Glyph::Photo small=true />
                    {text}
                </p>
            }
        })
    }
}

fn line_of(status: &Status, wording: &Wording) -> Option<String> {
    let words = wording.photos();
    match &status.progress {
        Some(progress) if progress.photos > 0 => Some((words.sending)(progress.photos_sent, progress.photos)),
        Some(_) => None,
        None if status.photos == 0 => None,
        None => {
            let count = (words.on_phone)(status.photos);
            let why = match status.photos_wait {
                Some(PhotosWait::Wifi) => words.why_wifi,
                Some(PhotosWait::Tap) => words.why_tap,
                None => "",
            };
            Some(format!("{count} {why}").trim_end().to_owned())
        }
    }
}
