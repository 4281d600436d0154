//! The table: a meter point a row, in walking order.

use std::sync::Arc;

use leptos::prelude::*;
use shared::wire::missing::MissingRow;
use ui::components::empty::Empty;
use ui::components::icon::Glyph;

use super::row::Row;
use super::store::Store;
use crate::components::trouble::OfficeTrouble;
use crate::wording::use_wording;

/// The rows, and below them more or the end.
#[component]
pub(super) fn Table(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.missing();
    // A row that says something else is drawn again.
    let key = |row: &Arc<MissingRow>| {
        let said = (row.reread_reason.clone(), row.mean.clone(), row.last_year.clone());
        (
            row.meter_point_id.clone(),
            row.skip.as_ref().map(|it| it.accepted_by.clone()),
            said.0,
            said.1.value,
            said.2.value,
        )
    };
    view! {
        <div class="table-place">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.load(None) />
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{wording.readings.unit}</th>
                        <th scope="col">{wording.readings.tenant}</th>
                        <th scope="col" class="table__number">{words.last}</th>
                        <th scope="col" class="table__number" title=words.by_mean_hint>{words.by_mean} " " <kbd>"m"</kbd></th>
                        <th scope="col" class="table__number" title=words.by_last_year_hint>{words.by_last_year} " " <kbd>"l"</kbd></th>
                        <th scope="col">{words.why}</th>
                        <th scope="col" title=words.ask>{words.ask_short} " " <kbd>"r"</kbd></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || store.rows.get() key children=move |row| view! { <Row row store /> } />
                </tbody>
            </table>
            <Foot store />
        </div>
    }
}

#[component]
fn Foot(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.missing();
    let empty =
        move || store.rows.read().is_empty() && !store.loading.get() && store.trouble.read().is_none();
    let nothing = move || {
        empty().then(|| view! { <Empty glyph=Glyph::Check title=words.nothing hint=words.nothing_hint /> })
    };
    let more = move || {
        store.page.read().next.is_some().then(|| {
            view! {
                <button class="button" type="button" data-testid="missing-more" on:click=move |_| store.load_more()>
                    {wording.readings.more}
                </button>
            }
        })
    };
    view! {
        {nothing}
        <div class="pad line line--wrap">
            {more}
            <p class="small soft">{words.keys}</p>
        </div>
    }
}
