//! What stands where a list would be: says what to do.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An icon, what is so, and what to do.
#[component]
pub fn Empty(
    /// The picture.
    glyph: Glyph,
    /// What is so.
    title: &'static str,
    /// What to do.
    hint: &'static str,
    /// A way out.
    #[prop(optional)]
    children: Option<Children>,
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
