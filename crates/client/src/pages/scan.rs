//! The viewfinder: looks for a label, and opens the form of the meter that the label names.

mod found;
mod help;
mod resolve;
mod session;
mod tools;
mod upcoming;

use leptos::html::Video;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::icon::{Glyph, Icon};
use crate::components::status_pill::StatusPill;
use crate::wording::use_wording;
use found::{Chooser, UnknownLabel};
use help::CameraHelp;
use session::{Notice, Phase, Session};
use tools::{PhotoButton, Tools, Zoom};
use upcoming::Upcoming;

/// The page.
#[component]
pub(crate) fn ScanPage() -> impl IntoView {
    let words = use_wording().scan();
    let video = NodeRef::<Video>::new();
    let session = Session::begin(video);
    view! {
        <main class="scan" data-testid="scan-page">
            <video class="scan__video" node_ref=video autoplay=true playsinline=true prop:muted=true aria-hidden="true"></video>
            <header class="scan__bar">
                <A href="/" attr:class="scan__tool" attr:aria-label=use_wording().common.back>
                    <Icon glyph=Glyph::Back />
                </A>
                <h1>{words.title}</h1>
                <Tools session />
                <StatusPill />
            </header>
            <Middle session />
            <footer class="scan__foot">
                <Upcoming />
                <div class="scan__actions">
                    <A href="/find" attr:class="button button--big" attr:data-testid="find-unit">
                        <Icon glyph=Glyph::Search />
                        {words.find_unit}
                    </A>
                    <PhotoButton session />
                </div>
            </footer>
        </main>
    }
}

/// The frame to aim with, or what stands in its place.
#[component]
fn Middle(session: Session) -> impl IntoView {
    move || match session.phase.get() {
        Phase::Opening | Phase::Watching | Phase::ReadingPhoto => view! { <Aim session /> }.into_any(),
        Phase::NoCamera(error) => view! { <CameraHelp error session /> }.into_any(),
        Phase::Several(rows) => view! { <Chooser rows session /> }.into_any(),
        Phase::Unknown(label) => view! { <UnknownLabel label session /> }.into_any(),
    }
}

#[component]
fn Aim(session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let text = move || match (session.notice.get(), session.phase.get()) {
        (_, Phase::ReadingPhoto) => words.reading_photo,
        (Some(Notice::NoLabelInPhoto), _) => words.no_label_in_photo,
        (Some(Notice::NotAPicture), _) => words.not_a_picture,
        (Some(Notice::ScannerFailed), _) => words.scanner_failed,
        (None, Phase::Watching) if session.needs_light() => words.dark,
        (None, Phase::Watching) if session.last_label_is_read() => words.next_label,
        (None, Phase::Watching) => words.aim,
        (None, _) => words.opening,
    };
    view! {
        <div class="scan__aim">
            <div class="scan__frame" aria-hidden="true"></div>
            <p class="scan__hint" role="status" data-testid="scan-hint">{text}</p>
            <Zoom session />
        </div>
    }
}
