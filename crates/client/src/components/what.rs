//! What an item says, in a word or a number.

use crate::view_state::ItemSummary;
use crate::wording::{Wording, locale};

/// Its value, why there is none, the new meter of an exchange, or that it was taken back.
pub(crate) fn what_of(item: &ItemSummary, wording: &Wording) -> String {
    if item.void {
        return wording.outbox.taken_back.to_owned();
    }
    match (&item.value, &item.skip_reason) {
        (Some(value), _) => locale::decimal(value),
        (None, Some(reason)) => wording.skip_reason(reason),
        (None, None) => exchange_of(item, wording),
    }
}

/// Why it was read, where that is not the monthly reading.
pub(crate) fn kind_of(item: &ItemSummary, wording: &Wording) -> Option<String> {
    if !item.exchange.is_empty() {
        return Some(wording.exchange().title.to_owned());
    }
    let is_regular = item.kind.is_empty() || item.kind == "regular";
    (!is_regular).then(|| wording.kind(&item.kind))
}

fn exchange_of(item: &ItemSummary, wording: &Wording) -> String {
    let installed = item.exchange.iter().find(|part| part.kind == "meter_installed");
    let serial = installed
        .map(|part| part.meter_serial.as_str())
        .unwrap_or_default();
    (wording.exchange().in_short)(serial)
}
