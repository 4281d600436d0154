//! The heading of a property in the round: name and progress.

use leptos::prelude::*;

use crate::view_state::PropertyProgress;
use crate::wording::use_wording;

/// "Garden Court, Block A · 17 of 24 read" and a bar.
#[component]
pub(crate) fn PropertyHeading(property: PropertyProgress) -> impl IntoView {
    let wording = use_wording();
    let words = (wording.round.read_of)(property.done, property.total);
    view! {
        <div
            class="row row--heading"
            data-testid="property"
            data-property=property.code.clone()
            data-done=property.done.to_string()
        >
            <div class="line line--spread">
                <h2 class="one-line">{property.name.clone()}</h2>
                <span class="number small strong">{words}</span>
            </div>
            <progress
                class="progress"
                max=property.total.to_string()
                value=property.done.to_string()
                aria-label=property.name
            ></progress>
        </div>
    }
}
