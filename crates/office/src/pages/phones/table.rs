//! One row a phone and person, and below it what to do where something is wrong.

use leptos::prelude::*;
use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::devices::{DeviceRow, DeviceWarning};

use super::advice::Advice;
use super::limit::Limit;
use super::standing::StandingButton;
use super::store::Store;
use crate::components::trouble::OfficeTrouble;
use crate::session::use_session;
use crate::wording::{locale, use_wording};
use ui::components::empty::Empty;
use ui::components::icon::{Glyph, Icon};

/// Characters of a phone's id that tell phones apart at a glance: the last ones, which are chance.
const PHONE_ID_SHOWN: usize = 6;
/// With the column of an admin's decisions; a cell may span more columns than there are.
const COLUMNS: &str = "8";

/// The table with its foot.
#[component]
pub(super) fn Table(store: Store) -> impl IntoView {
    let words = use_wording().phones();
    let session = use_session();
    let each = move || store.list.get().map(|list| list.devices).unwrap_or_default();
    // Only what changed is drawn anew, so that the focus stays where it is.
    let key = |row: &DeviceRow| format!("{row:?}");
    let decides = move || {
        session
            .is_admin()
            .then(|| view! { <th scope="col"><span class="unseen">{words.decide}</span></th> })
    };
    view! {
        <div class="table-place">
            <OfficeTrouble trouble=store.trouble on_retry=move |()| store.reload() />
            <table class="table table--plain">
                <thead>
                    <tr>
                        <th scope="col">{words.person}</th>
                        <th scope="col">{words.phone}</th>
                        <th scope="col">{words.last_contact}</th>
                        <th scope="col" class="table__number">{words.on_phone}</th>
                        <th scope="col">{words.oldest}</th>
                        <th scope="col" class="table__number">{words.arrived}</th>
                        <th scope="col">{words.state}</th>
                        {decides}
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
fn Row(row: DeviceRow, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.phones();
    let ago = move |rfc3339: &Option<String>| {
        let at = LocalTime::parse(rfc3339.as_deref()?)?.at;
        Some((words.ago)(minutes_between(at, store.now.get())))
    };
    let (contact_at, oldest_at) = (row.last_contact_at.clone(), row.oldest_read_at.clone());
    let contact_title = contact_at.as_deref().map(locale::day_time_here);
    let oldest_title = oldest_at.as_deref().map(locale::day_time_here);
    let contact = move || ago(&contact_at).unwrap_or_else(|| words.never.to_owned());
    let oldest = move || ago(&oldest_at).unwrap_or_default();
    let phone = row.device_id.to_string();
    let short = phone[phone.len() - PHONE_ID_SHOWN..].to_owned();
    let app = row.app_version.clone();
    let button = use_session()
        .is_admin()
        .then(|| view! { <td class="table__number"><StandingButton row=row.clone() store /></td> });
    let advised = row.warning != DeviceWarning::None || row.revoked_at.is_some();
    view! {
        <tr
            data-testid="phone-row"
            data-person=row.username.clone()
            data-waiting=row.waiting.to_string()
            data-received=row.received.to_string()
            data-warning=warning_name(row.warning)
            data-revoked=row.revoked_at.is_some().to_string()
            class:table__open=advised
        >
            <td class="strong">{row.username.clone()}</td>
            <td title=phone>
                <span class="number">{short}</span>
                " "
                <span class="soft">{app}</span>
            </td>
            <td title=contact_title>{contact}</td>
            <td class="number table__number strong">{locale::whole(row.waiting)}</td>
            <td title=oldest_title>{oldest}</td>
            <td class="number table__number">{(words.arrived_of)(row.received, row.device_total)}</td>
            <td class="table__wrap">{state(&row)}</td>
            {button}
        </tr>
        {advised
            .then(|| {
                view! {
                    <tr class="table__advice">
                        <td colspan=COLUMNS>
                            <Advice row />
                        </td>
                    </tr>
                }
            })}
    }
}

/// What is wrong with a queue, or that nothing is.
pub(crate) fn state(row: &DeviceRow) -> impl IntoView + use<> {
    let words = use_wording().phones();
    let (class, glyph, word) = match row.warning {
        DeviceWarning::Gaps => ("tag tag--bad", Glyph::Alert, words.gaps),
        DeviceWarning::OldReadings => ("tag tag--warn", Glyph::Clock, words.old),
        DeviceWarning::None if row.waiting > 0 => ("tag tag--info", Glyph::Phone, words.waiting),
        DeviceWarning::None if row.device_total == 0 => ("tag", Glyph::Circle, words.nothing_yet),
        DeviceWarning::None => ("tag tag--ok", Glyph::Check, words.all_arrived),
    };
    let revoked = row.revoked_at.is_some().then(|| {
        view! {
            <span class="tag tag--bad">
                <Icon glyph=Glyph::Skipped small=true />
                {words.revoked}
            </span>
        }
    });
    let unprotected =
        (row.storage == "best_effort").then(|| view! { <span class="tag">{words.unprotected}</span> });
    view! {
        <span class="line line--wrap">
            <span class=class>
                <Icon glyph small=true />
                {word}
            </span>
            {revoked}
            {unprotected}
        </span>
    }
}

#[component]
fn Foot(store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.phones();
    let nothing = move || {
        let is_empty = store
            .list
            .read()
            .as_ref()
            .is_some_and(|list| list.devices.is_empty());
        is_empty.then(|| view! { <Empty glyph=Glyph::Phone title=words.empty_title hint=words.empty_hint /> })
    };
    let sum = move || match &*store.list.read() {
        Some(list) => {
            let waiting = list.devices.iter().map(|row| row.waiting).sum();
            (words.sum)(list.devices.len(), waiting)
        }
        None => wording.common.loading.to_owned(),
    };
    view! {
        {nothing}
        <div class="table-foot">
            <span class="number" data-testid="phones-sum">{sum}</span>
            <span class="table-foot__keys">
                <Limit store />
            </span>
        </div>
    }
}

/// Whole ones.
pub(crate) fn minutes_between(earlier: Timestamp, now: Timestamp) -> i64 {
    now.since_ms(earlier) / 60_000
}

fn warning_name(warning: DeviceWarning) -> &'static str {
    match warning {
        DeviceWarning::None => "none",
        DeviceWarning::OldReadings => "old_readings",
        DeviceWarning::Gaps => "gaps",
    }
}
