//! One meter point of the round.

use leptos::prelude::*;
pub(crate) use ui::address::encode;

use super::hazard::HazardWord;
use super::icon::{Glyph, Icon};
use super::place::row_name;
use crate::view_state::{RoundRow, RowState};
use crate::wording::{locale, use_wording};

/// State with icon and word, unit, tenant, hazard, access note, value. Leads to the form.
#[component]
pub(crate) fn UnitRow(
    row: RoundRow,
    /// How the unit was found: `scan`, `typed` or `list`.
    by: &'static str,
    /// Units of several properties stand together.
    #[prop(optional)]
    with_property: bool,
) -> impl IntoView {
    let wording = use_wording();
    let (glyph, tone) = look_of(row.state);
    let point = row.point.clone();
    let tenant = row.tenant.clone();
    let note = match (&point.reread, &row.skip_reason) {
        (Some(why), _) if row.item.is_none() => (wording.round.reread)(why),
        (_, Some(reason)) => wording.skip_reason(reason),
        _ => point.access_note.clone(),
    };
    let hazard = point.hazard.clone();
    let value = row.value.as_deref().map(locale::decimal);
    view! {
        <a
            class="row"
            href=format!("/read/{}?by={by}", encode(&point.id))
            data-testid="unit-row"
            data-unit=row_name(&point)
            data-property=point.property_code.clone()
            data-utility=point.utility.clone()
            data-point=point.id.clone()
            data-state=name_of(row.state)
        >
            <span class=format!("row__state {tone}")>
                <Icon glyph />
            </span>
            <span class="row__body">
                <span class="row__name">
                    <span class="row__unit">{row_name(&point)}</span>
                    <span class="one-line">
                        {tenant.unwrap_or_else(|| wording.common.vacant.to_owned())}
                    </span>
                </span>
                <span class="row__note">
                    <Icon glyph=Glyph::of_utility(&point.utility) />
                    {(!hazard.is_empty()).then(|| view! { <HazardWord hazard short=true /> })}
                    <span class="one-line">
                        {with_property.then(|| format!("{} · ", point.property_code))}
                        {wording.utility(&point.utility)} {(!note.is_empty()).then(|| format!(" · {note}"))}
                    </span>
                </span>
            </span>
            <span class="row__end">
                {value.map(|value| view! { <span class="row__value number">{value}</span> })}
                <span class=tone>{wording.row_state(row.state)}</span>
            </span>
        </a>
    }
}

/// Icon and colour of a state.
pub(crate) fn look_of(state: RowState) -> (Glyph, &'static str) {
    match state {
        RowState::ToRead => (Glyph::Circle, "tone-soft"),
        RowState::OnThisPhone => (Glyph::Phone, "tone-warn"),
        RowState::Received => (Glyph::Received, "tone-ok"),
        RowState::NeedsAttention => (Glyph::Alert, "tone-bad"),
        RowState::Skipped => (Glyph::Skipped, "tone-info"),
    }
}

fn name_of(state: RowState) -> &'static str {
    match state {
        RowState::ToRead => "to_read",
        RowState::OnThisPhone => "on_this_phone",
        RowState::Received => "received",
        RowState::NeedsAttention => "needs_attention",
        RowState::Skipped => "skipped",
    }
}
