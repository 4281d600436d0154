//! The office's page of phones: when each was heard of last, what is still on it, and what to do where something is
//! wrong. Files of phones that cannot send are brought in here.

mod advice;
mod import;
mod limit;
mod standing;
mod store;
mod table;

use leptos::prelude::*;

use crate::components::frame::OfficeFrame;
use crate::components::outcome::OutcomePlace;
use crate::wording::use_wording;
use import::ImportPanel;
use standing::StandingQuestion;
use store::Store;
use table::Table;
pub(crate) use table::{minutes_between, state};
use ui::components::icon::{Glyph, Icon};

/// The page.
#[component]
pub(crate) fn PhonesPage() -> impl IntoView {
    let words = use_wording().phones();
    let store = Store::begin();
    let importing = RwSignal::new(false);
    view! {
        <OfficeFrame>
            <header class="office__bar">
                <h1>{words.title}</h1>
                <p class="line small soft">
                    <span class="tone-info">
                        <Icon glyph=Glyph::Live small=true />
                    </span>
                    {words.live}
                </p>
                <button
                    class="button office__action"
                    type="button"
                    aria-expanded=move || importing.get().to_string()
                    data-testid="import-open"
                    on:click=move |_| importing.update(|open| *open = !*open)
                >
                    <Icon glyph=Glyph::Import />
                    {words.import}
                </button>
            </header>
            <main class="desk desk--plain">
                {move || importing.get().then(|| view! { <ImportPanel store importing /> })}
                <OutcomePlace outcome=store.outcome test_id="phones-outcome" />
                <Table store />
                <StandingQuestion store />
            </main>
        </OfficeFrame>
    }
}
