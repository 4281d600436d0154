//! What is in the way of closing, each kind with the page where it is dealt with.

use leptos::prelude::*;
use shared::wire::periods::{InTheWayGroup, InTheWayRow, PeriodSummary};
use ui::components::icon::{Glyph, Icon};
use ui::components::notice::{Notice, Tone};
use ui::wording::named;
use ui::wording::places::unit_name;

use super::one_store::OneStore;
use crate::filter_address::address_of;
use crate::wording::{Wording, locale, use_wording};

/// The kinds, or that nothing is in the way.
#[component]
pub(super) fn InTheWay(store: OneStore) -> impl IntoView {
    let words = use_wording().periods();
    let groups = move || {
        let detail = store.detail.get();
        let summary = detail.summary;
        let groups = detail.in_the_way.into_iter().enumerate();
        groups
            .map(|(place, group)| view! { <Group place group summary=summary.clone() store /> })
            .collect_view()
    };
    let nothing = move || {
        let detail = store.detail.read();
        detail.in_the_way.is_empty().then(|| {
            let clean = (words.closing_approves)(detail.summary.counts.clean);
            view! { <Notice tone=Tone::Ok test_id="nothing-in-the-way">{words.nothing_in_the_way} " " {clean}</Notice> }
        })
    };
    let unplaced = move || {
        let count = store.detail.read().unplaced;
        (count > 0).then(|| {
            view! {
                <Notice tone=Tone::Warn test_id="unplaced">
                    <a href="/office/inbox">{(words.unplaced)(count)}</a>
                </Notice>
            }
        })
    };
    view! {
        <section class="period__part" hidden=move || store.is_closed()>
            <h2>{words.in_the_way}</h2>
            <ul class="list-plain period__ways">{groups}</ul>
            {nothing}
            {unplaced}
        </section>
    }
}

#[component]
fn Group(place: usize, group: InTheWayGroup, summary: PeriodSummary, store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let chosen = move || store.cursor.get() == place;
    let shown = group.rows.len();
    let more = u64::try_from(shown).is_ok_and(|it| it < group.total);
    let units = group
        .rows
        .iter()
        .take(UNITS_SHOWN)
        .map(|row| line(row, &group.kind, wording))
        .collect_view();
    let first = (more || shown > UNITS_SHOWN).then(|| (words.first_of)(shown.min(UNITS_SHOWN), group.total));
    view! {
        <li
            class="period__way"
            aria-current=move || chosen().to_string()
            data-testid="in-the-way"
            data-kind=group.kind.clone()
            data-total=group.total.to_string()
        >
            <div class="line line--spread">
                <h3>{named(words.kinds, &group.kind)} " " <span class="number">{locale::whole(group.total)}</span></h3>
                <a class="button button--row" href=way_out(&group.kind, &summary) data-testid="way-out">
                    {words.go_there}
                    <span class="unseen">{named(words.kinds, &group.kind)}</span>
                </a>
            </div>
            <p class="small soft">{named(words.kind_hints, &group.kind)}</p>
            <ul class="list-plain line line--wrap small">{units}</ul>
            <p class="small soft">{first}</p>
        </li>
    }
}

/// As many as tell where to begin; all of them stand on the page that the kind leads to.
const UNITS_SHOWN: usize = 12;

fn line(row: &InTheWayRow, kind: &str, wording: &Wording) -> impl IntoView + use<> {
    let unit = match row.unit_no.as_str() {
        "" => "?".to_owned(),
        _ => unit_name(&row.building, &row.unit_no, &row.point),
    };
    let said = |it: &String| match kind {
        "flagged" => wording.flag(it),
        "skip" => wording.skip_reason(it),
        _ => wording.code(it),
    };
    let why = row.why.iter().map(said).collect::<Vec<_>>().join(", ");
    let value = row.value.as_deref().map(locale::decimal).unwrap_or_default();
    let title = [value, why, row.by.clone()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li class="tag" title=title>
            <Icon glyph=Glyph::of_utility(&row.utility) small=true />
            {unit}
        </li>
    }
}

/// Where a kind is dealt with, showing just these.
pub(crate) fn way_out(kind: &str, summary: &PeriodSummary) -> String {
    let property = ("property", summary.property.clone());
    let period = ("period", summary.period.clone());
    let received = ("state", "received".to_owned());
    match kind {
        "conflict" => address_of("/office/conflicts", [property, period].into_iter()),
        "held" => address_of("/office/inbox", [property, period].into_iter()),
        "flagged" => {
            let flagged = ("flag", "any".to_owned());
            address_of(
                "/office/readings",
                [property, period, received, flagged].into_iter(),
            )
        }
        "skip" => {
            let skip = ("skip", "any".to_owned());
            address_of("/office/readings", [property, period, received, skip].into_iter())
        }
        _ => address_of("/office/missing", [property, period].into_iter()),
    }
}
