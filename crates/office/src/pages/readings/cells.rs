//! Cells of a reading that the table and the panel share.

use leptos::prelude::*;
use shared::wire::office::ReadingRow;

use crate::wording::{Wording, locale};
use ui::components::icon::{Glyph, Icon};
use ui::wording::places::unit_name;

/// The state with icon and word.
pub(crate) fn state_tag(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    // In the books, but there is no value: nobody should take it for a reading.
    let state = match &row.skip_reason {
        Some(_) if row.state == "received" => "skipped",
        _ => row.state.as_str(),
    };
    let (class, glyph) = match state {
        "received" | "approved" | "duplicate" => ("tag tag--ok", Glyph::Check),
        "conflict" | "rejected" => ("tag tag--bad", Glyph::Alert),
        "held" => ("tag tag--warn", Glyph::Clock),
        "sent_back" => ("tag tag--warn", Glyph::SentBack),
        "skipped" => ("tag tag--warn", Glyph::Skipped),
        "voided" | "superseded" => ("tag", Glyph::Skipped),
        _ => ("tag tag--info", Glyph::Info),
    };
    view! {
        <span class=class>
            <Icon glyph small=true />
            {wording.reading_state(state)}
        </span>
    }
}

/// What is unusual about a reading, as words: its kind, and the checks that were raised.
fn marks_of(row: &ReadingRow, wording: &Wording) -> Vec<(&'static str, String)> {
    let unusual = !matches!(row.kind.as_str(), "" | "regular");
    let kind = unusual.then(|| ("tag tag--info", wording.kind(&row.kind)));
    // In the order of the words, which begins with what weighs most; those without a word come last.
    let place = |name: &&String| {
        let table = wording.names.flag;
        table.iter().position(|(it, _)| it == name).unwrap_or(table.len())
    };
    let mut flags: Vec<&String> = row.flags.iter().collect();
    flags.sort_by_key(place);
    let flags = flags
        .into_iter()
        .map(|name| ("tag tag--warn", wording.flag(name)));
    kind.into_iter().chain(flags).collect()
}

/// All of it.
pub(crate) fn mark_tags(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let tags = marks_of(row, wording).into_iter().map(tag).collect_view();
    view! { <span class="line line--wrap" data-testid="marks">{tags}</span> }
}

/// The first mark, how many more there are, and whether there are photos: a row of the table has one line.
pub(crate) fn first_mark(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let mut marks = marks_of(row, wording);
    let rest = marks.split_off(marks.len().min(1));
    let more = (!rest.is_empty()).then(|| {
        let words: Vec<String> = rest.iter().map(|(_, word)| word.clone()).collect();
        let words = words.join(", ");
        let title = words.clone();
        view! {
            <span title=title>
                {format!("+{}", rest.len())} <span class="unseen">{words}</span>
            </span>
        }
    });
    let photos = (row.photos > 0).then(|| {
        let word = (wording.readings.photo_count)(row.photos);
        let title = word.clone();
        view! {
            <span class="line table__photos" title=title data-testid="row-photos">
                <Icon glyph=Glyph::Photo small=true />
                <span class="unseen">{word}</span>
            </span>
        }
    });
    let first = marks.into_iter().map(tag).collect_view();
    view! { <span class="line">{first} {more} {photos}</span> }
}

fn tag((class, word): (&'static str, String)) -> impl IntoView {
    view! { <span class=class>{word}</span> }
}

/// The unit, or the text of an unknown label.
pub(crate) fn unit_of(row: &ReadingRow, wording: &Wording) -> String {
    match &row.label_text {
        Some(text) if row.unit_no.is_empty() => format!("{} {text}", wording.common.unknown_label),
        _ => unit_name(&row.building, &row.unit_no, &row.point),
    }
}

/// The unit with its property before it; an unknown label has none.
pub(crate) fn place_of(row: &ReadingRow, wording: &Wording, separator: &str) -> String {
    let unit = unit_of(row, wording);
    match row.property_code.as_str() {
        "" => unit,
        code => format!("{code}{separator}{unit}"),
    }
}

/// The value; why there is none, marked as such.
pub(crate) fn value_cell(row: &ReadingRow, wording: &Wording) -> impl IntoView + use<> {
    let reason = row.skip_reason.as_ref().map(|reason| {
        view! {
            <span class="soft line table__skip" data-testid="skip-reason">
                <Icon glyph=Glyph::Skipped small=true />
                {wording.skip_reason(reason)}
            </span>
        }
    });
    let value = row.value.as_deref().map(locale::decimal);
    view! { {value} {reason} }
}

/// The value, or why there is none.
pub(crate) fn value_of(row: &ReadingRow, wording: &Wording) -> String {
    match (&row.value, &row.skip_reason) {
        (Some(value), _) => locale::decimal(value),
        (None, Some(reason)) => wording.skip_reason(reason),
        (None, None) => String::new(),
    }
}

/// A decimal with its unit, or nothing.
pub(crate) fn amount(value: Option<&str>, unit: &str) -> String {
    value
        .map(|value| format!("{} {unit}", locale::decimal(value)))
        .unwrap_or_default()
}
