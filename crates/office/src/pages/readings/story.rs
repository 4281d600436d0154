//! What one row of the list does not tell: the other readings of an exchange, and the earlier versions of an item.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::wire::office::{DecisionRow, ReadingRow};

use super::cells::{state_tag, value_of};
use crate::adapters::api;
use crate::wording::{locale, use_wording};

/// Every revision of an item, once they have come.
pub(crate) fn revisions_of(item: ItemId) -> RwSignal<Vec<ReadingRow>> {
    let rows = RwSignal::new(Vec::new());
    spawn_local(async move {
        if let Ok(all) = api::reading(item).await {
            // The panel may be closed by now.
            rows.try_set(all);
        }
    });
    rows
}

/// Nothing at all where there is nothing more to tell.
#[component]
pub(crate) fn Story(
    revisions: RwSignal<Vec<ReadingRow>>,
    /// The one that is shown.
    revision: u32,
) -> impl IntoView {
    move || {
        let (now, earlier): (Vec<_>, Vec<_>) = revisions
            .get()
            .into_iter()
            .partition(|it| it.revision >= revision);
        let steps: Vec<DecisionRow> = earlier
            .iter()
            .rev()
            .chain(now.iter().take(1))
            .flat_map(|it| it.decisions.clone())
            .collect();
        let exchange = now
            .iter()
            .any(is_of_exchange)
            .then(|| view! { <Exchange parts=now /> });
        let earlier = (!earlier.is_empty()).then(|| view! { <Earlier rows=earlier /> });
        let steps = (!steps.is_empty()).then(|| view! { <Steps steps /> });
        view! { {exchange} {earlier} {steps} }
    }
}

/// Whether a row is one of the readings of an exchange that only an exchange has.
pub(super) fn is_of_exchange(row: &ReadingRow) -> bool {
    matches!(row.kind.as_str(), "meter_removed" | "meter_installed")
}

#[component]
fn Exchange(parts: Vec<ReadingRow>) -> impl IntoView {
    let wording = use_wording();
    let part = |row: ReadingRow| {
        let word = match row.kind.as_str() {
            "meter_removed" => wording.readings.old_meter,
            "meter_installed" => wording.readings.new_meter,
            _ => wording.readings.read_then,
        };
        view! {
            <dt>{word}</dt>
            <dd data-testid="exchange-part" data-kind=row.kind.clone()>
                <span class="number strong">{value_of(&row, wording)}</span>
                " "
                <span class="soft number">{row.meter_serial.clone()}</span>
            </dd>
        }
    };
    view! {
        <section class="stack" data-testid="detail-exchange">
            <h3>{wording.readings.exchange}</h3>
            <dl class="facts">{parts.into_iter().map(part).collect_view()}</dl>
        </section>
    }
}

#[component]
fn Earlier(rows: Vec<ReadingRow>) -> impl IntoView {
    let wording = use_wording();
    let version = |row: ReadingRow| {
        view! {
            <li class="line line--spread" data-testid="earlier" data-revision=row.revision.to_string()>
                <span>
                    <span class="number strong">{value_of(&row, wording)}</span>
                    " "
                    <span class="small soft">{locale::day_time_here(&row.received_at)}</span>
                </span>
                {state_tag(&row, wording)}
            </li>
        }
    };
    view! {
        <section class="stack">
            <h3>{wording.readings.earlier}</h3>
            <ul class="list-plain stack">{rows.into_iter().map(version).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Steps(steps: Vec<DecisionRow>) -> impl IntoView {
    let wording = use_wording();
    let step = |step: DecisionRow| {
        let line = (wording.readings.decided)(
            &wording.step(&step.step),
            &step.by,
            &locale::day_time_here(&step.at),
        );
        let reason = (!step.reason.is_empty()).then_some(step.reason);
        view! {
            <li data-testid="step" data-step=step.step.clone()>
                <span class="small soft">{line}</span>
                {reason.map(|reason| view! { <p>{reason}</p> })}
            </li>
        }
    };
    view! {
        <section class="stack">
            <h3>{wording.decisions().history}</h3>
            <ul class="list-plain stack">{steps.into_iter().map(step).collect_view()}</ul>
        </section>
    }
}
