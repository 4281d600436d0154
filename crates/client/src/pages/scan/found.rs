//! A label that names several meters, or none.

use leptos::prelude::*;
use leptos_router::components::A;

use super::resolve::{find_address, unknown_form_address};
use super::session::Session;
use crate::components::icon::{Glyph, Icon};
use crate::view_state::RoundRow;
use crate::wording::use_wording;

/// Exactly the meter points that the label fits.
#[component]
pub(super) fn Chooser(rows: Vec<RoundRow>, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let rows = rows
        .into_iter()
        .map(|row| view! { <li><Choice row session /></li> })
        .collect_view();
    view! {
        <section class="scan__panel" role="alert" data-testid="scan-several">
            <h2>{words.which_one}</h2>
            <p class="soft">{words.which_one_hint}</p>
            <ul class="scan__choices">{rows}</ul>
            <ScanAgain session />
        </section>
    }
}

/// What the label says, and the ways on.
#[component]
pub(super) fn UnknownLabel(text: String, session: Session) -> impl IntoView {
    let words = use_wording().scan();
    let (find, keep) = (find_address(&text), unknown_form_address(&text));
    view! {
        <section class="scan__panel" role="alert" data-testid="scan-unknown">
            <h2>{words.unknown_title}</h2>
            <p class="soft">{words.unknown_hint}</p>
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
fn Choice(row: RoundRow, session: Session) -> impl IntoView {
    let words = use_wording();
    let point = &row.point;
    let unit = [point.property_code.as_str(), &point.building, &point.unit_no];
    let unit = unit
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let meter = [
        words.utility(&point.utility),
        point.point.clone(),
        point.meter_serial.clone(),
    ];
    let meter = meter
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let glyph = Glyph::of_utility(&point.utility);
    let tenant = row
        .tenant
        .clone()
        .unwrap_or_else(|| words.common.vacant.to_owned());
    view! {
        <button type="button" class="button button--wide scan__choice" on:click=move |_| session.choose(&row)>
            <Icon glyph />
            <span>
                <strong>{unit}</strong>
                <small>{tenant}</small>
                <small>{meter}</small>
            </span>
        </button>
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
