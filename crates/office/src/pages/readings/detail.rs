//! The panel at the right: one reading with its evidence; the list stays.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::office::ReadingRow;

use super::actions::Actions;
use super::cells::{amount, mark_tags, place_of, state_tag, value_of};
use super::photos::Photos;
use super::position::PositionFact;
use super::store::Store;
use super::story::{Story, revisions_of};
use crate::wording::{Wording, locale, use_wording};
use ui::components::icon::{Glyph, Icon};
use ui::components::register_display::RegisterDisplay;

/// Whole digits of a register as drawn here: the list does not say how many the meter has.
const DIALS_DRAWN: u32 = 5;

/// One reading.
#[component]
pub(super) fn Detail(row: Arc<ReadingRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let unit = wording.utility_unit(&row.utility);
    let name = place_of(&row, wording, " · ");
    let used = amount(row.consumption.as_deref(), unit);
    let revisions = revisions_of(row.id);
    let (revision, receipt) = (row.revision, row.receipt_seq);
    let position = move || {
        let this = revisions
            .read()
            .iter()
            .find(|it| it.receipt_seq == receipt)
            .cloned();
        this.map(|row| view! { <PositionFact row /> })
    };
    view! {
        <aside class="detail" aria-label=wording.readings.detail data-testid="detail" data-id=row.id.to_string()>
            <div class="line line--spread detail__head">
                <h2>{name}</h2>
                <button
                    class="back"
                    type="button"
                    aria-label=wording.common.close
                    data-testid="detail-close"
                    on:click=move |_| store.open.set(false)
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <div class="detail__values">
                {display(&row, wording)}
                {(!used.is_empty()).then(|| view! { <span class="strong number">{(wording.readings.used_amount)(&used)}</span> })}
                <div class="line line--wrap">{state_tag(&row, wording)} {mark_tags(&row, wording)}</div>
            </div>
            {decided(&row, wording)}
            <Actions row=Arc::clone(&row) store />
            <Story revisions revision />
            <dl class="facts">
                {facts(&row, wording).into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect_view()}
                {position}
            </dl>
            <Photos item=row.id />
        </aside>
    }
}

pub(super) fn display(row: &ReadingRow, wording: &Wording) -> AnyView {
    let Some(value) = row.value.clone() else {
        return view! { <p class="strong">{value_of(row, wording)}</p> }.into_any();
    };
    let (whole, fraction) = value.split_once('.').unwrap_or((&value, ""));
    let dials = u32::try_from(whole.len()).unwrap_or(DIALS_DRAWN).max(DIALS_DRAWN);
    let decimals = u32::try_from(fraction.len()).unwrap_or(0);
    view! { <RegisterDisplay value=value dials decimals large=true /> }.into_any()
}

/// The office's last decision with its reason.
fn decided(row: &ReadingRow, wording: &Wording) -> Option<AnyView> {
    let by = row.decided_by.as_deref()?;
    let at = row
        .decided_at
        .as_deref()
        .map(locale::day_time_here)
        .unwrap_or_default();
    let reason = row.decision_reason.clone().unwrap_or_default();
    let step = row.decision.as_deref().unwrap_or_default();
    let line = (wording.readings.decided)(&wording.step(step), by, &at);
    let class = match step {
        "send_back" => "decided",
        _ => "decided decided--plain",
    };
    Some(
        view! {
            <div class=class data-testid="decided">
                <p class="small soft">{line}</p>
                <p>{reason}</p>
            </div>
        }
        .into_any(),
    )
}

/// Only what there is: an empty line says nothing.
pub(super) fn facts(row: &ReadingRow, wording: &Wording) -> Vec<(&'static str, String)> {
    let words = &wording.readings;
    let tenant = if row.tenant.is_empty() && row.label_text.is_none() {
        wording.common.vacant.into()
    } else {
        row.tenant.clone()
    };
    let previous = row
        .previous_value
        .as_deref()
        .map(locale::decimal)
        .unwrap_or_default();
    let identified = match row.identified_by.as_str() {
        "" => String::new(),
        name => wording.identified(name),
    };
    let facts = vec![
        (words.tenant, tenant),
        (words.utility, wording.utility(&row.utility)),
        (words.meter, row.meter_serial.clone()),
        (words.previous, previous),
        (words.period, locale::month(&row.period)),
        (words.kind, wording.kind(&row.kind)),
        (words.read_at, locale::day_time_there(&row.read_at)),
        (words.technician, row.captured_by.clone()),
        (words.identified, identified),
        (words.received_at, locale::day_time_here(&row.received_at)),
        (words.receipt, locale::whole(row.receipt_seq)),
        (words.source, wording.source(&row.source)),
        (words.remarks, row.remarks.clone()),
        (
            words.state,
            row.code
                .as_deref()
                .map(|code| wording.code(code))
                .unwrap_or_default(),
        ),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
