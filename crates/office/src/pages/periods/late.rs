//! What arrived after the period was closed, decided since or not.

use leptos::prelude::*;
use shared::wire::office::ReadingRow;
use ui::wording::places::unit_name;

use super::one_store::OneStore;
use crate::filter_address::address_of;
use crate::wording::{Wording, locale, use_wording};

/// The newest first; nothing where nothing came.
#[component]
pub(super) fn Late(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let is_empty = move || store.detail.read().late.total == 0;
    let waiting = move || (words.late_waiting)(store.detail.read().late.waiting);
    let inbox = move || {
        let property = store.detail.read().summary.property.clone();
        address_of("/office/inbox", [("property", property)].into_iter())
    };
    let rows = move || {
        let late = store.late.read();
        late.rows.iter().map(|row| line(row, wording)).collect_view()
    };
    view! {
        <section class="period__part" hidden=move || is_empty() && !store.is_closed()>
            <div class="line line--spread">
                <h2>{words.late}</h2>
                <a class="small" href=inbox hidden=is_empty data-testid="late-inbox">{waiting}</a>
            </div>
            <p class="soft" hidden=move || !is_empty()>{words.late_none}</p>
            <table class="table" hidden=is_empty data-testid="late">
                <thead>
                    <tr>
                        <th scope="col">{wording.readings.unit}</th>
                        <th scope="col" class="table__number">{wording.readings.value}</th>
                        <th scope="col">{wording.readings.read_at}</th>
                        <th scope="col">{wording.readings.received_at}</th>
                        <th scope="col">{wording.readings.technician}</th>
                        <th scope="col">{wording.readings.state}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn line(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let value = match (&row.value, &row.skip_reason) {
        (Some(value), _) => locale::decimal(value),
        (None, Some(reason)) => wording.skip_reason(reason),
        (None, None) => String::new(),
    };
    let state = match (&row.decision, &row.decided_by) {
        (Some(decision), Some(by)) => format!("{}, {by}", wording.step(decision)),
        _ => wording.reading_state(&row.state),
    };
    view! {
        <tr data-testid="late-row" data-state=row.state.clone()>
            <td class="strong">{unit_name(&row.building, &row.unit_no, &row.point)}</td>
            <td class="number table__number">{value}</td>
            <td>{locale::day_time_there(&row.read_at)}</td>
            <td>{locale::day_time_here(&row.received_at)}</td>
            <td>{row.captured_by.clone()}</td>
            <td>{state}</td>
        </tr>
    }
}
