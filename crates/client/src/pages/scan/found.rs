//! A label that names several meters, or none.

use leptos::prelude::*;
use leptos_router::components::A;

use super::resolve::{Unlisted, find_address, unknown_form_address};
use super::session::Session;
use crate::components::icon::{Glyph, Icon};
use crate::components::unit_row::UnitRow;
use crate::view_state::RoundRow;
use crate::wording::use_wording;

/// Exactly the meter points that the label fits.
#[component]
pub(super) fn Chooser(rows: Vec<RoundRow>, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let rows = rows
        .into_iter()
        .map(|row| view! { <li><UnitRow row by="scan" /></li> })
        .collect_view();
    view! {
        <section class="scan__panel" role="alert" data-testid="scan-several">
            <h2>{words.which_one}</h2>
            <p class="soft">{words.which_one_hint}</p>
            <ul class="choices">{rows}</ul>
            <ScanAgain session />
        </section>
    }
}

/// What the label says, whether it was revoked, and the ways on.
#[component]
pub(super) fn UnknownLabel(label: Unlisted, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let Unlisted { text, is_revoked } = label;
    let (title, hint) = if is_revoked {
        (words.revoked_title, words.revoked_hint)
    } else {
        (words.unknown_title, words.unknown_hint)
    };
    let (find, keep) = (find_address(&text), unknown_form_address(&text));
    view! {
        <section class="scan__panel" role="alert" data-testid="scan-unknown" data-revoked=is_revoked.to_string()>
            <h2>{title}</h2>
            <p class="soft">{hint}</p>
            <p class="scan__text" data-testid="scan-text">{text}</p>
            <A href=find attr:class="button button--main button--wide">
                <Icon glyph=Glyph::Search />
                {words.look_up}
            </A>
            <A href=keep attr:class="button button--wide" attr:data-testid="keep-unknown">
                <Icon glyph=Glyph::Unknown />
                {words.keep_unknown}
            </A>
            <ScanAgain session />
        </section>
    }
}

#[component]
fn ScanAgain(session: Session) -> impl IntoView {
    view! {
        <button type="button" class="button button--quiet button--wide" on:click=move |_| session.start()>
            {use_wording().scan().scan_again}
        </button>
    }
}
