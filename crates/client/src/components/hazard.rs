//! What endangers whoever comes to the meter.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::notice::{Notice, Tone};
use crate::wording::use_wording;

/// In a row or a line: icon and words.
#[component]
pub(crate) fn HazardWord(
    hazard: String,
    /// There is room for what it is, not for saying that it is one: the icon does.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let word = if short {
        view! { <span class="unseen">{(use_wording().walk().hazard)("")}</span> {hazard} }.into_any()
    } else {
        (use_wording().walk().hazard)(&hazard).into_any()
    };
    view! {
        <span class="hazard" data-testid="hazard">
            <Icon glyph=Glyph::Alert small=true />
            <span class="one-line">{word}</span>
        </span>
    }
}

/// Above a form.
#[component]
pub(crate) fn HazardNotice(hazard: String) -> impl IntoView {
    let word = (use_wording().walk().hazard)(&hazard);
    view! { <Notice tone=Tone::Bad test_id="hazard"><span class="strong">{word}</span></Notice> }
}
