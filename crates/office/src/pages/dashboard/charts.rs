//! What one property used, a chart and its figures for each utility.

use leptos::prelude::*;
use shared::wire::dashboard::{Consumption, ConsumptionChartQuery, MonthConsumption, UtilityConsumption};
use ui::look::Theme;

use super::address_in;
use super::store::Store;
use crate::adapters::dashboard::chart_address;
use crate::filter_address::goes_to;
use crate::session::use_session;
use crate::wording::{Wording, locale, use_wording};

/// The property's charts, and which property's.
#[component]
pub(super) fn Charts(store: Store, property: Memo<Option<String>>) -> impl IntoView {
    let words = use_wording().dashboard();
    let used = move || {
        let consumption = store.consumption.get()?;
        let charts = consumption.utilities.clone().into_iter();
        let charts = charts.map(|utility| view! { <Chart utility of=consumption.clone() store /> });
        Some(charts.collect_view())
    };
    let none = move || {
        store
            .consumption
            .read()
            .as_ref()
            .is_some_and(|it| it.utilities.is_empty())
    };
    view! {
        <section class="card dashboard__part" aria-labelledby="dashboard-consumption">
            <div class="line line--spread">
                <h2 id="dashboard-consumption">{words.consumption}</h2>
                <PropertyChoice store property />
            </div>
            <p class="soft" hidden=move || !none() data-testid="nothing-used">{words.none_used}</p>
            {used}
        </section>
    }
}

#[component]
fn PropertyChoice(store: Store, property: Memo<Option<String>>) -> impl IntoView {
    let wording = use_wording();
    let go = goes_to();
    let options = move || {
        let page = store.page.read();
        let rows = page.rows.iter();
        rows.map(|it| view! { <option value=it.property.clone()>{format!("{} · {}", it.property, it.name)}</option> })
            .collect_view()
    };
    // Set again when the options are there: before, a browser has none to choose.
    let chosen = move || {
        let first = store.page.read().rows.first().map(|it| it.property.clone());
        property.get().or(first).unwrap_or_default()
    };
    let change = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlSelectElement>| {
        let period = store.page.with_untracked(|it| it.period.clone());
        go(&address_in(Some(event.target().value()), Some(period)));
    };
    view! {
        <label class="line">
            <span class="field__label">{wording.readings.property}</span>
            <select class="input" data-testid="chart-property" prop:value=chosen on:change:target=change>
                {options}
            </select>
        </label>
    }
}

#[component]
fn Chart(utility: UtilityConsumption, of: Consumption, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.dashboard();
    let name = wording.utility(&utility.utility);
    let unit = wording.utility_unit(&utility.utility);
    let text = (words.chart_of)(&of.property, &name, &locale::month(&of.period));
    let title = (words.chart)(&name, unit);
    let last = utility.months.len().saturating_sub(1);
    let at = |place: Option<usize>| place.and_then(|it| utility.months.get(it)).cloned();
    let facts = [
        (words.this_month, at(Some(last))),
        (words.last_month, at(last.checked_sub(1))),
        (words.last_year, at(Some(0))),
    ];
    let facts = facts
        .into_iter()
        .map(|(name, month)| view! { <dt>{name}</dt><dd class="number">{sum_of(month.as_ref(), wording)}</dd> })
        .collect_view();
    view! {
        <article class="dashboard__chart" data-testid="chart" data-utility=utility.utility.clone()>
            <h3>{title}</h3>
            <div class="dashboard__figures">
                <Picture utility=utility.utility.clone() of text store />
                <dl class="facts">{facts}</dl>
            </div>
            <Figures months=utility.months />
        </article>
    }
}

/// In the colours of the page: by its own choice, or as the laptop is set.
#[component]
fn Picture(utility: String, of: Consumption, text: String, store: Store) -> impl IntoView {
    let session = use_session();
    let query = ConsumptionChartQuery {
        property: of.property,
        period: of.period,
        utility,
        look: None,
    };
    let address = move |look: &str| {
        let query = ConsumptionChartQuery {
            look: Some(look.to_owned()),
            ..query.clone()
        };
        chart_address(&query, store.drawing.get())
    };
    move || {
        let theme = session.look.read().theme;
        let (look, by_night) = match theme {
            Theme::FollowPhone => ("light", true),
            Theme::Light => ("light", false),
            Theme::Dark => ("dark", false),
            Theme::Sunlight => ("sunlight", false),
        };
        let night = by_night
            .then(|| view! { <source media="(prefers-color-scheme: dark)" srcset=address("dark") /> });
        view! {
            <picture>
                {night}
                <img src=address(look) alt=text.clone() width="760" height="220" data-testid="chart-picture" />
            </picture>
        }
    }
}

#[component]
fn Figures(months: Vec<MonthConsumption>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.dashboard();
    let row = |month: &MonthConsumption| {
        view! {
            <tr data-testid="chart-figure" data-period=month.period.clone()>
                <th scope="row">{locale::month(&month.period)}</th>
                <td class="number table__number">{sum_of(Some(month), wording)}</td>
                <td class="number table__number">{locale::whole(month.values)}</td>
            </tr>
        }
    };
    // The latest first: that is what people look for.
    let rows = months.iter().rev().map(row).collect_view();
    view! {
        <details class="dashboard__table">
            <summary>{words.figures}</summary>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.month}</th>
                        <th scope="col" class="table__number">{words.sum}</th>
                        <th scope="col" class="table__number">{words.values}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn sum_of(month: Option<&MonthConsumption>, wording: &Wording) -> String {
    let sum = month.and_then(|it| it.consumption.as_deref());
    sum.map_or_else(|| wording.dashboard().no_values.to_owned(), locale::decimal)
}
