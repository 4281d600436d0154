//! The values of a closed period: what the report shows on paper.

use leptos::prelude::*;
use shared::wire::handover::HandoverRow;
use ui::wording::places::unit_name;

use super::one_store::OneStore;
use crate::wording::{Wording, locale, use_wording};

/// As billing is given them.
#[component]
pub(super) fn Values(store: OneStore) -> impl IntoView {
    let wording = use_wording();
    let words = wording.periods();
    let rows = move || {
        let values = store.values.read();
        let rows = values.as_ref().map_or(&[][..], |it| &it.rows);
        rows.iter().map(|row| line(row, wording)).collect_view()
    };
    view! {
        <section class="period__part" hidden=move || store.values.read().is_none()>
            <h2>{words.values}</h2>
            <table class="table report__values" data-testid="period-values">
                <thead>
                    <tr>
                        <th scope="col">{wording.readings.unit}</th>
                        <th scope="col">{wording.readings.tenant}</th>
                        <th scope="col">{wording.readings.meter}</th>
                        <th scope="col" class="table__number">{wording.readings.previous}</th>
                        <th scope="col" class="table__number">{wording.readings.value}</th>
                        <th scope="col" class="table__number">{wording.readings.used}</th>
                        <th scope="col">{words.note}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn line(row: &HandoverRow, wording: &Wording) -> impl IntoView + use<> {
    let number = |it: &Option<String>| it.as_deref().map(locale::decimal).unwrap_or_default();
    let tenant = match row.tenant.as_str() {
        "" => wording.common.vacant.to_owned(),
        tenant => tenant.to_owned(),
    };
    view! {
        <tr>
            <td class="strong">{unit_name(&row.building, &row.unit_no, &row.point)}</td>
            <td class="table__wrap">{tenant}</td>
            <td>{format!("{} {}", wording.utility(&row.utility), row.meter_serial)}</td>
            <td class="number table__number">{number(&row.previous_value)}</td>
            <td class="number table__number strong">{number(&row.value)}</td>
            <td class="number table__number">{number(&row.consumption)}</td>
            <td class="table__wrap">{note(row, wording)}</td>
        </tr>
    }
}

/// What is not a plain reading.
fn note(row: &HandoverRow, wording: &Wording) -> String {
    let words = wording.periods();
    let source = match (row.source.as_str(), row.detail.as_str()) {
        ("estimate", "last_year") => words.by_last_year.to_owned(),
        ("estimate", _) => words.by_mean.to_owned(),
        ("skip", reason) => wording.skip_reason(reason),
        _ => String::new(),
    };
    let kind = match row.kind.as_str() {
        "regular" => String::new(),
        kind => wording.kind(kind),
    };
    let flags = row.flags.iter().map(|it| wording.flag(it));
    let parts = [kind, source].into_iter().chain(flags);
    parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}
