//! What the syncs of the last 90 days came to.

use leptos::prelude::*;
use shared::sync::history::{DayTotal, HISTORY_DAYS, day_of};

use crate::adapters::entropy;
use crate::runtime::use_runtime;
use crate::wording::{Wording, locale, use_wording};

/// Rows of the table: two weeks of days, or all weeks.
const DAYS_SHOWN: usize = 14;

/// Sums, and a table by day or week.
#[component]
pub(super) fn Statistics() -> impl IntoView {
    let wording = use_wording();
    let words = wording.past();
    let history = use_runtime().history();
    let has_any = Memo::new(move |_| !history.read().days.is_empty());
    let by_week = RwSignal::new(false);
    let sums = move || {
        let history = history.read();
        let today = day_of(entropy::local_now());
        [
            (words.today, today),
            (words.seven_days, today - 6),
            (words.ninety_days, today - HISTORY_DAYS + 1),
        ]
        .map(|(word, since)| view! { <Sum word total=history.total_since(since) /> })
        .into_iter()
        .collect_view()
    };
    move || {
        has_any.get().then(|| {
            view! {
                <section class="stack" data-testid="statistics">
                    <h2>{words.statistics}</h2>
                    <div class="sums">{sums}</div>
                    <div class="chips" role="radiogroup" aria-label=words.period>
                        <Chip by_week value=false word=words.by_day id="by-day" />
                        <Chip by_week value=true word=words.by_week id="by-week" />
                    </div>
                    <Totals by_week />
                </section>
            }
        })
    }
}

#[component]
fn Sum(word: &'static str, total: DayTotal) -> impl IntoView {
    let wording = use_wording();
    let words = wording.past();
    // The number behind the word: "1 syncs" is no language.
    let failed = (total.failed > 0).then(|| format!("{}: {}", words.failed, locale::whole(total.failed)));
    let syncs = format!("{}: {}", words.runs, locale::whole(total.runs));
    view! {
        <div class="sum">
            <span class="small soft">{word}</span>
            <span class="sum__value number">{locale::whole(total.synced)}</span>
            <span class="small soft">{words.received.to_lowercase()}</span>
            <span class="small soft">{syncs}</span>
            <span class="small tone-bad">{failed}</span>
        </div>
    }
}

#[component]
fn Chip(by_week: RwSignal<bool>, value: bool, word: &'static str, id: &'static str) -> impl IntoView {
    view! {
        <button
            class="chip"
            type="button"
            role="radio"
            aria-checked=move || (by_week.get() == value).to_string()
            data-testid=id
            on:click=move |_| by_week.set(value)
        >
            {word}
        </button>
    }
}

#[component]
fn Totals(by_week: RwSignal<bool>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.past();
    let history = use_runtime().history();
    let rows = move || {
        let history = history.read();
        let totals = if by_week.get() {
            history.weeks()
        } else {
            history.days.iter().take(DAYS_SHOWN).copied().collect()
        };
        totals
            .into_iter()
            .map(|total| row(&total, wording))
            .collect_view()
    };
    view! {
        <div class="totals-place">
            <table class="totals">
                <thead>
                    <tr>
                        <th scope="col">{move || if by_week.get() { words.week_of } else { words.period }}</th>
                        <th scope="col">{words.received}</th>
                        <th scope="col">{words.failed}</th>
                        <th scope="col">{words.runs}</th>
                        <th scope="col">{words.data}</th>
                        <th scope="col" title=words.mean>{words.time}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(total: &DayTotal, wording: &Wording) -> impl IntoView + use<> {
    let words = wording.past();
    let when = locale::day(total.day);
    let mean = total
        .mean_duration_ms()
        .map(|mean_ms| (wording.sync.seconds)(&locale::seconds(i64::try_from(mean_ms).unwrap_or(i64::MAX))))
        .unwrap_or_default();
    view! {
        <tr data-testid="total-row">
            <th scope="row">{when}</th>
            <td>{locale::whole(total.synced)}</td>
            <td>{locale::whole(total.failed)}</td>
            <td title=(words.troubled)(total.troubled)>{locale::whole(total.runs)}</td>
            <td>{locale::bytes(total.bytes_sent as f64)}</td>
            <td>{mean}</td>
        </tr>
    }
}
