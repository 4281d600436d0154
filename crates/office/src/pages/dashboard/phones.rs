//! The phones that still have readings, or of which the office is warned.

use leptos::prelude::*;
use shared::timestamp::LocalTime;
use shared::wire::devices::{DeviceRow, DeviceWarning};

use super::store::Store;
use crate::pages::phones::{minutes_between, state};
use crate::wording::{locale, use_wording};

/// As many as tell where to begin; all of them stand on the page of phones.
const PHONES_SHOWN: usize = 20;

/// The table, or that nothing waits.
#[component]
pub(super) fn PhonesLeft(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.dashboard();
    let phones = wording.phones();
    let rows = move || {
        let list = store.devices.get().unwrap_or_default();
        let left = list.devices.into_iter().filter(has_something);
        left.take(PHONES_SHOWN).collect::<Vec<_>>()
    };
    let key = |row: &DeviceRow| format!("{row:?}");
    let none = move || store.devices.read().is_some() && rows().is_empty();
    let limit = move || {
        let list = store.devices.read();
        list.as_ref().map(|it| (words.old_after)(it.old_after_hours))
    };
    view! {
        <section class="card dashboard__part" aria-labelledby="dashboard-phones">
            <div class="line line--spread">
                <h2 id="dashboard-phones">{words.phones}</h2>
                <span class="small soft" data-testid="dashboard-limit">{limit}</span>
                <a class="small" href="/office/phones" data-testid="dashboard-all-phones">{words.all_phones}</a>
            </div>
            <p class="soft" hidden=move || !none() data-testid="no-phones-left">{words.all_arrived}</p>
            <table class="table" hidden=move || rows().is_empty()>
                <thead>
                    <tr>
                        <th scope="col">{phones.person}</th>
                        <th scope="col" class="table__number">{phones.on_phone}</th>
                        <th scope="col">{phones.oldest}</th>
                        <th scope="col">{phones.last_contact}</th>
                        <th scope="col">{phones.state}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key children=move |row| view! { <Row row store /> } />
                </tbody>
            </table>
        </section>
    }
}

fn has_something(row: &DeviceRow) -> bool {
    row.waiting > 0 || row.warning != DeviceWarning::None
}

#[component]
fn Row(row: DeviceRow, store: Store) -> impl IntoView {
    let words = use_wording().phones();
    let ago = move |rfc3339: &Option<String>| {
        let at = LocalTime::parse(rfc3339.as_deref()?)?.at;
        Some((words.ago)(minutes_between(at, store.now.get())))
    };
    let (contact_at, oldest_at) = (row.last_contact_at.clone(), row.oldest_read_at.clone());
    let contact = move || ago(&contact_at).unwrap_or_else(|| words.never.to_owned());
    let oldest = move || ago(&oldest_at).unwrap_or_default();
    view! {
        <tr
            data-testid="dashboard-phone"
            data-person=row.username.clone()
            data-waiting=row.waiting.to_string()
            data-warned=(row.warning != DeviceWarning::None).to_string()
        >
            <td class="strong">{row.username.clone()}</td>
            <td class="number table__number strong">{locale::whole(row.waiting)}</td>
            <td>{oldest}</td>
            <td>{contact}</td>
            <td class="table__wrap">{state(&row)}</td>
        </tr>
    }
}
