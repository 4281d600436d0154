//! The table: a label a row, in walking order.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::labels::LabelRow;

use super::store::Store;
use crate::adapters::labels::LabelVerb;
use crate::components::trouble::OfficeTrouble;
use crate::wording::{Wording, locale, use_wording};
use ui::components::empty::Empty;
use ui::components::icon::{Glyph, Icon};
use ui::wording::places::unit_name;

/// The rows, and below them more or the end.
#[component]
pub(super) fn Table(store: Store) -> impl IntoView {
    let words = use_wording().labels();
    let each = move || store.rows.get();
    let key = |row: &Arc<LabelRow>| (row.meter_point_id.clone(), row.code.clone(), row.state.clone());
    view! {
        <div class="table-place">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.reload() />
            <table class="table table--plain">
                <thead>
                    <tr>
                        <th scope="col"><SelectShown store /></th>
                        <th scope="col">{words.property}</th>
                        <th scope="col">{words.unit}</th>
                        <th scope="col">{words.utility}</th>
                        <th scope="col">{words.code}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.issued}</th>
                        <th scope="col"><span class="unseen">{words.actions}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each key children=move |row| view! { <Row row store /> } />
                </tbody>
            </table>
            <Foot store />
        </div>
    }
}

#[component]
fn SelectShown(store: Store) -> impl IntoView {
    let words = use_wording().labels();
    let all = move || {
        let (rows, selected) = (store.rows.read(), store.selected.read());
        let is_chosen = |row: &Arc<LabelRow>| row.code.as_ref().is_some_and(|code| selected.contains(code));
        let mut active = rows.iter().filter(|row| row.state == "active").peekable();
        active.peek().is_some() && active.all(is_chosen)
    };
    view! {
        <input
            type="checkbox"
            class="tick"
            aria-label=words.select_shown
            data-testid="select-shown"
            prop:checked=all
            on:change:target=move |event| store.select_shown(event.target().checked())
        />
    }
}

#[component]
fn Row(row: Arc<LabelRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let unit = unit_name(&row.building, &row.unit_no, &row.point);
    let code = row.code.clone().unwrap_or_default();
    let issued = row.issued_at.as_deref().map(locale::day_time_here);
    let (state, named, ticked) = (row.state.clone(), unit.clone(), row.clone());
    view! {
        <tr data-testid="label-row" data-code=code.clone() data-state=state data-unit=named>
            <td><Tick row=ticked store /></td>
            <td class="soft">{row.property_code.clone()}</td>
            <td class="strong">{unit}</td>
            <td>{wording.utility(&row.utility)}</td>
            <td class="code">{spaced(&code)}</td>
            <td>{state_of(&row, wording)}</td>
            <td class="number">{issued}</td>
            <td><Actions row store /></td>
        </tr>
    }
}

/// Only what can be printed can be selected.
#[component]
fn Tick(row: Arc<LabelRow>, store: Store) -> impl IntoView {
    let words = use_wording().labels();
    let code = row.code.clone().filter(|_| row.state == "active");
    code.map(|code| {
        let name = (words.select)(&spaced(&code));
        let (shown, chosen) = (code.clone(), code);
        view! {
            <input
                type="checkbox"
                class="tick"
                aria-label=name
                data-testid="select-label"
                prop:checked=move || store.selected.read().contains(&shown)
                on:change:target=move |event| store.select(&chosen, event.target().checked())
            />
        }
    })
}

#[component]
fn Actions(row: Arc<LabelRow>, store: Store) -> impl IntoView {
    let words = use_wording().labels();
    let button = |verb: LabelVerb, word: &'static str, id: &'static str| {
        let row = row.clone();
        let name = format!("{word}: {}", spaced(row.code.as_deref().unwrap_or_default()));
        view! {
            <button
                class="button button--quiet table__button"
                type="button"
                aria-label=name
                data-testid=id
                on:click=move |_| store.changing.set(Some((row.clone(), verb)))
            >
                {word}
            </button>
        }
    };
    let reissue = row
        .code
        .is_some()
        .then(|| button(LabelVerb::Reissue, words.reissue, "label-reissue"));
    let revoke = (row.state == "active").then(|| button(LabelVerb::Revoke, words.revoke, "label-revoke"));
    view! { <span class="line">{reissue} {revoke}</span> }
}

fn state_of(row: &LabelRow, wording: &Wording) -> AnyView {
    let words = wording.labels();
    let (class, glyph, word) = match row.state.as_str() {
        "active" => ("tag tag--ok", Glyph::Check, words.valid_one),
        "revoked" => ("tag", Glyph::Skipped, words.revoked_one),
        _ => ("tag tag--warn", Glyph::Alert, words.none_one),
    };
    let when = row.revoked_at.as_deref().map(locale::day_time_here);
    let why = row.revoke_reason.clone().unwrap_or_default();
    let more = when.map(|when| view! { <span class="small soft table__clip" title=why.clone()>{format!("{when} · {why}")}</span> });
    view! {
        <span class="line">
            <span class=class>
                <Icon glyph small=true />
                {word}
            </span>
            {more}
        </span>
    }
    .into_any()
}

/// In two groups, as it is printed.
pub(super) fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, second)) => format!("{first} {second}"),
        None => code.to_owned(),
    }
}

#[component]
fn Foot(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.labels();
    let nothing = move || {
        let is_empty = store.rows.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
        is_empty.then(|| view! { <Empty glyph=Glyph::Label title=words.empty_title hint=words.empty_hint /> })
    };
    let more = move || {
        store.has_more().then(|| {
            view! {
                <button class="button" type="button" data-testid="load-more" on:click=move |_| store.load_more()>
                    {wording.readings.more}
                </button>
            }
        })
    };
    view! {
        {nothing}
        <div class="table-foot">
            <span class="number" role="status" data-testid="total" data-total=move || store.total.get().to_string()>
                {move || (wording.readings.total)(store.rows.read().len(), store.total.get())}
            </span>
            {more}
            {move || store.loading.get().then_some(wording.common.loading)}
        </div>
    }
}
