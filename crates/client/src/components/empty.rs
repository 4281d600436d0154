//! What stands where a list would be: says what to do.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An icon, what is so, and what to do.
#[component]
pub(crate) fn Empty(
    glyph: Glyph,
    title: &'static str,
    hint: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" data-testid="empty">
            <Icon glyph />
            <p class="strong">{title}</p>
            <p>{hint}</p>
            {children.map(|children| children())}
        </div>
    }
}
