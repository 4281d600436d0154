//! A small picture a step: what to look for on the screen. Beside each stands a sentence that says the same.

use leptos::prelude::*;

use crate::wording::allow::{AllowStep, Blocked};

/// The picture of a step.
#[component]
pub(super) fn StepPicture(blocked: Blocked, step: AllowStep) -> impl IntoView {
    let drawing = match step {
        AllowStep::Sliders => address_bar(sliders()),
        AllowStep::Lock => address_bar(lock()),
        AllowStep::Allow => switch(blocked),
        AllowStep::PhoneSettings => settings(),
        AllowStep::AppInfo => held_icon(),
        AllowStep::OpenAgain => opened_again(),
    };
    view! {
        <svg class="guide__picture" viewBox="0 0 96 56" aria-hidden="true" focusable="false">
            {drawing}
        </svg>
    }
}

/// An address bar whose icon at the left is ringed.
fn address_bar(icon: AnyView) -> AnyView {
    view! {
        <rect class="line" x="2" y="14" width="92" height="28" rx="14" />
        <path class="faint" d="M36 28h46" />
        <circle class="mark" cx="18" cy="28" r="12" />
        {icon}
    }
    .into_any()
}

fn sliders() -> AnyView {
    view! {
        <path class="line" d="M12 24h12M12 32h12" />
        <circle class="dot" cx="16" cy="24" r="2.5" />
        <circle class="dot" cx="20" cy="32" r="2.5" />
    }
    .into_any()
}

fn lock() -> AnyView {
    view! {
        <rect class="dot" x="13" y="27" width="10" height="8" rx="1.5" />
        <path class="line" d="M15 27v-3a3 3 0 0 1 6 0v3" />
    }
    .into_any()
}

/// What was blocked, and beside it a switch that is on.
fn switch(blocked: Blocked) -> AnyView {
    let what = match blocked {
        Blocked::Camera => camera(),
        Blocked::Position => pin(),
    };
    view! {
        {what}
        <rect class="mark" x="52" y="17" width="38" height="22" rx="11" />
        <circle class="dot" cx="79" cy="28" r="7" />
    }
    .into_any()
}

fn camera() -> AnyView {
    view! {
        <rect class="line" x="6" y="20" width="24" height="17" rx="3" />
        <circle class="line" cx="18" cy="29" r="5" />
        <path class="line" d="M13 20l2-4h6l2 4" />
    }
    .into_any()
}

/// As on a map.
fn pin() -> AnyView {
    view! {
        <path class="line" d="M18 42c-7-9-10-13-10-17a10 10 0 0 1 20 0c0 4-3 8-10 17z" />
        <circle class="dot" cx="18" cy="25" r="3.5" />
    }
    .into_any()
}

/// A wheel, and a way down a list.
fn settings() -> AnyView {
    view! {
        <circle class="line" cx="20" cy="28" r="7" />
        <path class="line" d="M20 15v5M20 36v5M7 28h5M28 28h5M11 19l3 3M26 34l3 3M11 37l3-3M26 22l3-3" />
        <path class="faint" d="M46 18h22M46 28h22M46 38h22" />
        <circle class="mark" cx="82" cy="38" r="8" />
        <path class="line" d="M78 38l3 3 5-6" />
    }
    .into_any()
}

/// The app's icon under a finger, and the word that comes up.
fn held_icon() -> AnyView {
    view! {
        <rect class="line" x="8" y="12" width="28" height="28" rx="7" />
        <circle class="mark" cx="30" cy="38" r="11" />
        <rect class="line" x="52" y="14" width="40" height="28" rx="5" />
        <circle class="dot" cx="61" cy="28" r="4" />
        <path class="faint" d="M70 28h16" />
    }
    .into_any()
}

/// The app's icon with an arrow round it.
fn opened_again() -> AnyView {
    view! {
        <rect class="line" x="36" y="16" width="24" height="24" rx="6" />
        <path class="mark" d="M26 42a26 26 0 0 1 4-34M70 14a26 26 0 0 1-4 34" />
        <path class="mark" d="M24 8h7v7M72 48h-7v-7" />
    }
    .into_any()
}
