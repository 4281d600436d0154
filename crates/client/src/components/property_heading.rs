//! The heading of a property in the round: name and progress.

use leptos::prelude::*;
use shared::reading_window::WindowState;
use shared::wire::periods::WindowRow;

use super::icon::{Glyph, Icon};
use super::unit_row::encode;
use crate::view_state::PropertyProgress;
use crate::wording::walk::Walk;
use crate::wording::{locale, use_wording};

/// "Garden Court, Block A · read by 30 Nov · 17 of 24 visited · 2 not read" and a bar.
#[component]
pub(crate) fn PropertyHeading(property: PropertyProgress) -> impl IntoView {
    let wording = use_wording();
    let words = wording.walk();
    let visited = (words.visited_of)(property.done, property.total);
    let not_read = Some(property.not_read).filter(|count| *count > 0);
    let not_read = not_read.map(|count| format!(" · {}", (words.of_which_not_read)(count)));
    let window = window_words(&property.window, words);
    let order = format!("/order/{}", encode(&property.code));
    view! {
        <div
            class="row row--heading"
            data-testid="property"
            data-property=property.code.clone()
            data-done=property.done.to_string()
        >
            <div class="row__progress">
                <div class="row__name">
                    <h2 class="one-line">{property.name.clone()}</h2>
                    <span class="small soft no-wrap" data-testid="window" data-state=property.window.state.clone()>
                        {window}
                    </span>
                </div>
                <div class="row__bar">
                    <progress
                        class="progress"
                        max=property.total.to_string()
                        value=property.done.to_string()
                        aria-label=property.name.clone()
                    ></progress>
                    <span class="number small strong no-wrap" data-testid="progress">{visited} {not_read}</span>
                </div>
            </div>
            <a class="row__order" href=order aria-label=(words.order_of)(&property.name) data-testid="change-order">
                <Icon glyph=Glyph::Order />
            </a>
        </div>
    }
}

/// Nothing once the month is over: what is late is still taken.
fn window_words(window: &WindowRow, words: &Walk) -> Option<String> {
    match WindowState::parse(&window.state)? {
        WindowState::NotYet => Some((words.read_from)(&locale::day_of(&window.first_day))),
        WindowState::Open => Some((words.read_by)(&locale::day_of(&window.last_day))),
        WindowState::Over => None,
    }
}
