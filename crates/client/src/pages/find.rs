//! Find unit: type the label's printed code, or part of a unit, a name or a meter serial, and choose.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::label::ShortCode;

use super::directory::Directory;
use crate::components::empty::Empty;
use crate::components::icon::{Glyph, Icon};
use crate::components::phone_page::PhonePage;
use crate::components::unit_row::{UnitRow, encode};
use crate::runtime::use_runtime;
use crate::view_state::{Round, RoundRow};
use crate::wording::use_wording;

/// Rows shown, two screens of a phone: who needs more types a little more.
const SHOWN_MAX: usize = 15;

/// Rows counted beyond them.
const SEARCHED_MAX: usize = 300;

/// What was found for a text.
#[derive(Clone, PartialEq)]
struct Matches {
    rows: Vec<RoundRow>,
    by: &'static str,
    more: usize,
}

/// The page.
#[component]
pub(crate) fn FindPage() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let address = use_query_map();
    let text = RwSignal::new(String::new());
    let directory = Memo::new_with_compare(
        move |_| Arc::new(Directory::new(&runtime.list().read())),
        |_, _| true,
    );
    let round = runtime.round();
    let places = Memo::new_with_compare(move |_| Arc::new(places_of(&round.read())), |_, _| true);
    let matches = Memo::new(move |_| {
        let (directory, text, places) = (directory.get(), text.get(), places.get());
        let (ids, by) = ids_of(&directory, text.trim());
        let round = round.read();
        let rows = ids.iter().filter_map(|id| round.rows.get(*places.get(*id)?));
        let rows: Vec<RoundRow> = rows.take(SHOWN_MAX).cloned().collect();
        Matches {
            more: ids.len().saturating_sub(SHOWN_MAX),
            rows,
            by,
        }
    });
    let label = move || {
        address
            .read()
            .get("label")
            .unwrap_or_else(|| text.read().trim().to_owned())
    };
    let field = NodeRef::<Input>::new();
    field.on_load(|field| drop(field.focus()));
    view! {
        <PhonePage title=wording.find.title back="/">
            <div class="stack">
                <label class="field">
                    <span class="field__label">{wording.find.field}</span>
                    <span class="search">
                        <Icon glyph=Glyph::Search />
                        <input
                            class="input"
                            type="search"
                            autocapitalize="characters"
                            autocomplete="off"
                            node_ref=field
                            data-testid="find-field"
                            bind:value=text
                        />
                    </span>
                </label>
                <p class="soft small">{wording.find.hint}</p>
                {move || is_wrong_code(&text.read()).then(|| view! { <p class="tone-bad" role="alert">{wording.find.bad_check}</p> })}
                {move || view! { <Results matches=matches.get() started=!text.read().trim().is_empty() /> }}
                {move || (!label().is_empty()).then(|| view! { <KeepUnknown label=label() /> })}
            </div>
        </PhonePage>
    }
}

#[component]
fn Results(matches: Matches, started: bool) -> impl IntoView {
    let words = &use_wording().find;
    if matches.rows.is_empty() {
        let (title, hint) = if started {
            (words.nothing_title, words.nothing_hint)
        } else {
            (words.title, words.start_hint)
        };
        return view! { <Empty glyph=Glyph::Search title hint /> }.into_any();
    }
    let by = matches.by;
    let several = (matches.rows.len() > 1).then(|| view! { <h2>{words.choose}</h2> });
    let more = (matches.more > 0).then(|| view! { <p class="soft">{(words.more)(matches.more)}</p> });
    let rows = matches
        .rows
        .into_iter()
        .map(|row| view! { <li><UnitRow row by with_property=true /></li> })
        .collect_view();
    view! {
        {several}
        <ul class="choices" data-testid="find-results">{rows}</ul>
        {more}
    }
    .into_any()
}

/// A reading for a label that is in nobody's list goes to the office.
#[component]
fn KeepUnknown(label: String) -> impl IntoView {
    let words = &use_wording().find;
    view! {
        <a
            class="button button--wide"
            href=format!("/read?label={}&by=typed", encode(&label))
            data-testid="keep-unknown"
        >
            {(words.keep_unknown)(&label)}
        </a>
    }
}

/// Where each meter point stands in the round.
fn places_of(round: &Round) -> HashMap<String, usize> {
    let ids = round.rows.iter().map(|row| row.point.id.clone());
    ids.zip(0..).collect()
}

/// A code names its meter point; anything else is searched.
fn ids_of<'a>(directory: &'a Directory, text: &str) -> (Vec<&'a str>, &'static str) {
    if text.is_empty() {
        return (Vec::new(), "list");
    }
    match directory.of_label(text) {
        ids if ids.is_empty() => (directory.search(text, SEARCHED_MAX), "list"),
        ids => (ids, "typed"),
    }
}

/// Begins like one of our codes and is as long, but its check character is another.
fn is_wrong_code(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    let length = text.chars().filter(char::is_ascii_alphanumeric).count();
    text.starts_with("M:") && length >= 9 && ShortCode::parse(&text).is_none()
}
