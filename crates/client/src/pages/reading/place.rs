//! Where the technician stands.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts::Facts;
use crate::components::hazard::HazardNotice;
use crate::components::icon::{Glyph, Icon};
use crate::components::notice::{Notice, Tone};
use crate::wording::use_wording;

/// Tenant, utility and meter; the way in; and first of all what the office asks for.
#[component]
pub(super) fn Place(facts: Arc<Facts>) -> impl IntoView {
    let wording = use_wording();
    let tenant = facts.tenant().unwrap_or_else(|| wording.common.vacant.to_owned());
    let serial = match facts.row.meter_serial.as_str() {
        "" => wording.reading.no_meter.to_owned(),
        serial => (wording.reading.meter)(serial),
    };
    let (hazard, note) = (facts.row.hazard.clone(), facts.row.access_note.clone());
    // What was read again on this phone answers it.
    let answered = facts.round.as_ref().is_some_and(|round| round.item.is_some());
    let reread = facts.row.reread.clone().filter(|_| !answered);
    view! {
        {reread.map(|why| {
            view! { <Notice tone=Tone::Warn test_id="reread">{(wording.round.reread)(&why)}</Notice> }
        })}
        {(!hazard.is_empty()).then(|| view! { <HazardNotice hazard /> })}
        <div class="form__place">
            <span class="form__tenant one-line" data-testid="tenant">{tenant}</span>
            <span class="tag">
                <Icon glyph=Glyph::of_utility(&facts.row.utility) small=true />
                {wording.utility(&facts.row.utility)}
            </span>
            <span class="soft small" data-testid="meter-serial">{serial}</span>
        </div>
        {(!note.is_empty()).then(|| view! { <p class="soft small">{(wording.reading.access)(&note)}</p> })}
    }
}
