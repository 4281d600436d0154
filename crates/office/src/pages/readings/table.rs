//! The table: dense, sticky header, one row under the cursor, newest arrival first.

use std::sync::Arc;

use leptos::html::Tr;
use leptos::prelude::*;
use shared::wire::office::{ReadingRow, ReadingsQuery};

use super::cells::{amount, first_mark, state_tag, unit_of, value_cell};
use super::query::is_filtered;
use super::store::Store;
use crate::components::trouble::OfficeTrouble;
use crate::wording::{Wording, locale, use_wording};
use ui::components::empty::Empty;
use ui::components::icon::{Glyph, Icon};

/// The rows, and below them more or the end.
#[component]
pub(super) fn Table(store: Store, query: Memo<ReadingsQuery>) -> impl IntoView {
    let words = &use_wording().readings;
    let each = move || store.rows.get();
    // A row that changed at the server has another number or state: it is drawn again.
    let key = |row: &Arc<ReadingRow>| (row.receipt_seq, row.state.clone(), row.flags.len());
    view! {
        <div class="table-place">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.reload() />
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words.received_at}</th>
                        <th scope="col">{words.unit}</th>
                        <th scope="col">{words.tenant}</th>
                        <th scope="col" class="table__number">{words.value}</th>
                        <th scope="col" class="table__number wide-only">{words.used}</th>
                        <th scope="col" class="wide-only">{words.period}</th>
                        <th scope="col" class="wide-only">{words.technician}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col" class="wide-only">{words.marks}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each key children=move |row| view! { <Row row store /> } />
                </tbody>
            </table>
            <Foot store query />
        </div>
    }
}

#[component]
fn Row(row: Arc<ReadingRow>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let seq = row.receipt_seq;
    let place = NodeRef::<Tr>::new();
    let selected = Memo::new(move |_| store.cursor.get() == Some(seq));
    let arrived = Memo::new(move |_| store.arrived.read().contains(&seq));
    Effect::new(move || {
        if let (true, Some(place)) = (selected.get(), place.get()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let choose = move |_| {
        store.choose(seq);
        store.open.set(true);
    };
    let mark = move || {
        arrived
            .get()
            .then(|| view! { <span class="table__new" title=wording.readings.new></span> })
    };
    view! {
        <tr
            node_ref=place
            class:arrived=arrived
            aria-selected=move || selected.get().to_string()
            data-testid="reading-row"
            data-id=row.id.to_string()
            data-state=row.state.clone()
            data-unit=unit_of(&row, wording)
            data-value=row.value.clone()
            data-skip=row.skip_reason.clone()
            data-kind=row.kind.clone()
            data-new=move || arrived.get().to_string()
            on:click=choose
        >
            <td class="number">{mark} {locale::day_time_here(&row.received_at)}</td>
            {cells(&row, wording)}
        </tr>
    }
}

fn cells(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let tenant = if row.tenant.is_empty() && row.label_text.is_none() {
        wording.common.vacant.into()
    } else {
        row.tenant.clone()
    };
    view! {
        <td class="table__clip" title=unit_of(row, wording)>
            {utility(row, wording)}
            <span class="soft">{row.property_code.clone()}</span>
            " "
            <span class="strong">{unit_of(row, wording)}</span>
        </td>
        <td class="table__clip">{tenant}</td>
        <td class="number table__number strong">{value_cell(row, wording)}</td>
        <td class="number table__number wide-only">{amount(row.consumption.as_deref(), wording.utility_unit(&row.utility))}</td>
        <td class="number wide-only">{row.period.clone()}</td>
        <td class="wide-only">{row.captured_by.clone()}</td>
        <td>{state_tag(row, wording)}</td>
        <td class="wide-only table__marks">{first_mark(row, wording)}</td>
    }
}

/// As an icon with its word for screen readers; the use beside the value has the unit.
fn utility(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let word = wording.utility(&row.utility);
    (!row.utility.is_empty()).then(|| {
        view! {
            <span class="table__utility" title=word.clone()>
                <Icon glyph=Glyph::of_utility(&row.utility) small=true />
            </span>
            <span class="unseen">{word}</span>
        }
    })
}

#[component]
fn Foot(store: Store, query: Memo<ReadingsQuery>) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.readings;
    let empty =
        move || store.rows.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
    let nothing = move || {
        let (title, hint) = if is_filtered(&query.read()) {
            (words.no_match_title, words.no_match_hint)
        } else {
            (words.empty_title, words.empty_hint)
        };
        empty().then(|| view! { <Empty glyph=Glyph::Inbox title hint /> })
    };
    let more = move || {
        store.next.read().is_some().then(|| {
            view! {
                <button class="button" type="button" data-testid="load-more" on:click=move |_| store.load_more()>
                    {words.more}
                </button>
            }
        })
    };
    view! {
        {nothing}
        <div class="table-foot">
            <span class="number" data-testid="total" data-total=move || store.total.get().to_string()>
                {move || (words.total)(store.rows.read().len(), store.total.get())}
            </span>
            {more}
            {move || store.loading.get().then_some(wording.common.loading)}
            <span class="table-foot__keys">
                {words.keys.iter().map(|(key, word)| view! { <span><kbd>{*key}</kbd> " " {*word}</span> }).collect_view()}
            </span>
        </div>
    }
}
