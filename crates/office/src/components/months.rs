//! The month that a page looks at, and those beside it.

use leptos::prelude::*;
use shared::period::Period;
use ui::components::icon::{Glyph, Icon};

use crate::wording::{locale, use_wording};

/// `period`: what is shown; `on_go` is told another one.
#[component]
pub(crate) fn Months(
    #[prop(into)] period: Signal<String>,
    #[prop(into)] on_go: Callback<Period>,
    /// The name by which tests find the month.
    test_id: &'static str,
) -> impl IntoView {
    let wording = use_wording();
    let words = wording.missing();
    let step = move |to: fn(Period) -> Period| {
        if let Some(period) = Period::parse(&period.get_untracked()) {
            on_go.run(to(period));
        }
    };
    view! {
        <div class="line months" role="group" aria-label=wording.readings.period>
            <button class="button" type="button" data-testid="month-before" on:click=move |_| step(Period::previous)>
                <Icon glyph=Glyph::Back small=true />
                {words.previous_month}
            </button>
            <span class="strong number" aria-live="polite" data-testid=test_id>
                {move || locale::month(&period.read())}
            </span>
            <button class="button" type="button" data-testid="month-after" on:click=move |_| step(Period::next)>
                {words.next_month}
            </button>
        </div>
    }
}
