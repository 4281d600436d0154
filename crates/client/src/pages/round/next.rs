//! Where to go next, and what to know before the camera opens.

use leptos::prelude::*;

use crate::components::hazard::HazardWord;
use crate::components::place::name_on_round;
use crate::components::unit_row::encode;
use crate::runtime::use_runtime;
use crate::view_state::RoundRow;
use crate::wording::use_wording;

/// The next unit behind the one that was read last, with its hazard and its access note; leads to its form.
#[component]
pub(super) fn NextUnit() -> impl IntoView {
    let wording = use_wording();
    let round = use_runtime().round();
    let next = Memo::new(move |_| {
        let round = round.read();
        let row = round.rows.get(round.next?)?;
        Some((row.clone(), name_on_round(row, &round, wording)))
    });
    move || next.get().map(|(row, name)| view! { <Card row name /> })
}

#[component]
fn Card(row: RoundRow, name: String) -> impl IntoView {
    let wording = use_wording();
    let tenant = row
        .tenant
        .clone()
        .unwrap_or_else(|| wording.common.vacant.to_owned());
    let (hazard, note) = (row.point.hazard.clone(), row.point.access_note.clone());
    view! {
        <a class="next" href=format!("/read/{}?by=list", encode(&row.point.id)) data-testid="next-unit" data-point=row.point.id.clone()>
            <span class="one-line">
                <span class="strong">{(wording.walk().next)(&name)}</span>
                " · "
                {tenant}
            </span>
            {(!hazard.is_empty()).then(|| view! { <HazardWord hazard /> })}
            {(!note.is_empty()).then(|| view! { <span class="next__note">{note}</span> })}
        </a>
    }
}
