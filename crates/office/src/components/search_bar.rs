//! The free search in a page's bar.

use leptos::prelude::*;
use ui::components::icon::{Glyph, Icon};

/// What is searched, told when the field is left or Enter is hit.
#[component]
pub(crate) fn SearchBar<F>(
    /// What can be searched.
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    on_search: F,
) -> impl IntoView
where
    F: Fn(String) + 'static,
{
    view! {
        <label class="search">
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=label
                data-testid="filter-q"
                prop:value=move || value.get()
                on:change:target=move |event| on_search(event.target().value())
            />
        </label>
    }
}
