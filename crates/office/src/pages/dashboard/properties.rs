//! One row a property: how complete the month is there, and what waits.

use leptos::prelude::*;
use shared::wire::periods::PeriodSummary;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;
use ui::wording::named;

use super::store::Store;
use crate::filter_address::address_of;
use crate::pages::periods::window::window_cell;
use crate::pages::periods::{address, way_out};
use crate::wording::{locale, use_wording};

/// The table.
#[component]
pub(super) fn Properties(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.dashboard();
    let periods = wording.periods();
    let kind = |name| view! { <th scope="col" class="table__number">{named(periods.short_kinds, name)}</th> };
    let rows = move || store.page.read().rows.clone();
    // Only what changed is drawn anew, so that the focus stays where it is.
    let key = |row: &PeriodSummary| format!("{row:?}");
    let known = move || !store.page.read().period.is_empty();
    let nothing = move || {
        (known() && store.page.read().rows.is_empty())
            .then(|| view! { <Empty glyph=Glyph::Round title=periods.nothing hint=periods.nothing_hint /> })
    };
    let more = move || {
        let page = store.page.read();
        let href = address_of("/office/periods", [("period", page.period.clone())].into_iter());
        page.next
            .is_some()
            .then(|| view! { <a href=href>{words.more_properties}</a> })
    };
    view! {
        <section class="card dashboard__part" aria-labelledby="dashboard-properties">
            <h2 id="dashboard-properties">{words.properties}</h2>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{wording.readings.property}</th>
                        <th scope="col">{periods.window}</th>
                        <th scope="col">{words.complete}</th>
                        <th scope="col" class="table__number">{periods.read}</th>
                        <th scope="col" class="table__number">{periods.missing}</th>
                        {kind("flagged")}
                        {kind("conflict")}
                        {kind("held")}
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key children=|row| view! { <Row row /> } />
                </tbody>
            </table>
            {nothing}
            {more}
        </section>
    }
}

#[component]
fn Row(row: PeriodSummary) -> impl IntoView {
    let wording = use_wording();
    let words = wording.dashboard();
    let counts = row.counts;
    let there = counts.points.saturating_sub(counts.missing);
    let read = address_of(
        "/office/readings",
        [("property", row.property.clone()), ("period", row.period.clone())].into_iter(),
    );
    let said = (words.of)(there, counts.points);
    let open = address(Some(&row.property), &row.period);
    let way = |kind: &'static str, count| count_cell(kind, count, way_out(kind, &row), &row.property);
    view! {
        <tr data-testid="dashboard-row" data-property=row.property.clone()>
            <td class="table__clip">
                <a class="strong" href=open>{row.property.clone()}</a>
                " "
                <span class="soft">{row.name.clone()}</span>
            </td>
            <td>{window_cell(&row, wording)}</td>
            <td>
                <span class="line dashboard__complete">
                    <progress
                        class="progress"
                        max=counts.points.max(1).to_string()
                        value=there.to_string()
                        aria-label=format!("{}: {said}", row.property)
                    ></progress>
                    <span class="number" data-testid="complete">{said.clone()}</span>
                </span>
            </td>
            {count_cell("read", counts.read, read, &row.property)}
            {way("missing", counts.missing)}
            {way("flagged", counts.flagged)}
            {way("conflict", counts.conflict)}
            {way("held", counts.held)}
        </tr>
    }
}

/// A count that leads to what it counts.
fn count_cell(kind: &'static str, count: u64, href: String, property: &str) -> impl IntoView + use<> {
    let words = use_wording().periods();
    let name = match kind {
        "read" => words.read.to_owned(),
        "missing" => words.missing.to_owned(),
        _ => named(words.short_kinds, kind),
    };
    let label = format!("{property}, {name}: {}", locale::whole(count));
    view! {
        <td class="number table__number">
            <a
                class="dashboard__count"
                class:dashboard__count--none=count == 0
                href=href
                aria-label=label
                data-testid=format!("count-{kind}")
                data-count=count.to_string()
            >
                {locale::whole(count)}
            </a>
        </td>
    }
}
