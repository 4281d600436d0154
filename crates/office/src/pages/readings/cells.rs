//! Cells of a reading that the table and the panel share.

use leptos::prelude::*;
use shared::wire::office::ReadingRow;

use crate::wording::{Wording, locale};
use ui::components::icon::{Glyph, Icon};
use ui::wording::places::unit_name;

/// The state with icon and word.
pub(super) fn state_tag(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let (class, glyph) = match row.state.as_str() {
        "received" | "approved" | "duplicate" => ("tag tag--ok", Glyph::Check),
        "conflict" | "rejected" => ("tag tag--bad", Glyph::Alert),
        "held" | "sent_back" => ("tag tag--warn", Glyph::Clock),
        "skipped" | "voided" | "superseded" => ("tag", Glyph::Skipped),
        _ => ("tag tag--info", Glyph::Info),
    };
    view! {
        <span class=class>
            <Icon glyph small=true />
            {wording.reading_state(&row.state)}
        </span>
    }
}

/// The flags as words.
pub(super) fn flag_tags(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let tag = |name: &String| view! { <span class="tag tag--warn">{wording.flag(name)}</span> };
    let tags = row.flags.iter().map(tag).collect_view();
    view! { <span class="line">{tags}</span> }
}

/// The first flag, and how many more there are: a row of the table has one line.
pub(super) fn first_flag(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let first = row
        .flags
        .first()
        .map(|name| view! { <span class="tag tag--warn">{wording.flag(name)}</span> });
    let more = (row.flags.len() > 1).then(|| format!(" +{}", row.flags.len() - 1));
    view! { {first} {more} }
}

/// The unit, or the text of an unknown label.
pub(super) fn unit_of(row: &ReadingRow, wording: &Wording) -> String {
    match &row.label_text {
        Some(text) if row.unit_no.is_empty() => format!("{} {text}", wording.common.unknown_label),
        _ => unit_name(&row.building, &row.unit_no, &row.point),
    }
}

/// The value, or why there is none.
pub(super) fn value_of(row: &ReadingRow, wording: &Wording) -> String {
    match (&row.value, &row.skip_reason) {
        (Some(value), _) => locale::decimal(value),
        (None, Some(reason)) => wording.skip_reason(reason),
        (None, None) => String::new(),
    }
}

/// A decimal with its unit, or nothing.
pub(super) fn amount(value: Option<&str>, unit: &str) -> String {
    value
        .map(|value| format!("{} {unit}", locale::decimal(value)))
        .unwrap_or_default()
}
