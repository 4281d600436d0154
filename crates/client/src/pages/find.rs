//! Find unit: type the label's printed code, or part of a unit, a name or a meter serial, and choose.

use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::label::ShortCode;

use crate::components::empty::Empty;
use crate::components::icon::{Glyph, Icon};
use crate::components::phone_page::PhonePage;
use crate::components::unit_row::{UnitRow, encode};
use crate::runtime::directory::Directory;
use crate::runtime::use_runtime;
use crate::view_state::{Round, RoundRow};
use crate::wording::use_wording;

/// Rows shown, two screens of a phone: who needs more types a little more.
const SHOWN_MAX: usize = 15;

/// Rows that are drawn in one frame.
const ROWS_A_FRAME: usize = 4;

/// Rows counted beyond them.
const SEARCHED_MAX: usize = 300;

/// What was found for a text.
#[derive(Clone, Default, PartialEq)]
struct Matches {
    rows: Vec<RoundRow>,
    by: &'static str,
    more: usize,
    /// All of the list was looked through.
    searched: bool,
}

/// The page.
#[component]
pub(crate) fn FindPage() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let address = use_query_map();
    let text = RwSignal::new(String::new());
    runtime.prepare_search(|| true);
    let (directory, round) = (runtime.directory(), runtime.round());
    let matches = Memo::new(move |_| {
        let (directory, text) = (directory.read(), text.read());
        let text = text.trim();
        match directory.as_deref() {
            Some(directory) if !text.is_empty() => matches_of(directory, &round.read(), text),
            _ => Matches::default(),
        }
    });
    let is_revoked = Memo::new(move |_| {
        let directory = directory.read();
        directory
            .as_deref()
            .is_some_and(|it| it.is_revoked_label(&text.read()))
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
                {move || is_revoked.get().then(|| view! { <p class="tone-bad" role="alert" data-testid="find-revoked">{wording.scan().revoked_found}</p> })}
                {move || is_wrong_code(&text.read()).then(|| view! { <p class="tone-bad" role="alert">{wording.find.bad_check}</p> })}
                <Results matches />
                {move || (!label().is_empty()).then(|| view! { <KeepUnknown label=label() /> })}
            </div>
        </PhonePage>
    }
}

#[component]
fn Results(matches: Memo<Matches>) -> impl IntoView {
    let words = &use_wording().find;
    let shown = RwSignal::new(ROWS_A_FRAME);
    Effect::new(move || {
        matches.track();
        shown.set(ROWS_A_FRAME);
        request_animation_frame(move || show_more(matches, shown));
    });
    let count = Memo::new(move |_| matches.read().rows.len());
    let is_empty = Memo::new(move |_| count.get() == 0);
    let rows = move || {
        let matches = matches.read();
        let rows = matches.rows.iter().take(shown.get());
        rows.map(|row| (row.clone(), matches.by)).collect::<Vec<_>>()
    };
    let key = |(row, by): &(RoundRow, &'static str)| {
        format!(
            "{} {by} {:?} {:?} {:?}",
            row.point.id, row.state, row.value, row.tenant
        )
    };
    let list = move || {
        (!is_empty.get()).then(|| {
            view! {
                <ul class="choices" data-testid="find-results">
                    <For each=rows key children=|(row, by)| view! { <li><UnitRow row by with_property=true /></li> } />
                </ul>
            }
        })
    };
    view! {
        {move || is_empty.get().then(|| view! { <Nothing searched=matches.read().searched /> })}
        {move || (count.get() > 1).then(|| view! { <h2>{words.choose}</h2> })}
        {list}
        {move || Some(matches.read().more).filter(|more| *more > 0).map(|more| view! { <p class="soft">{(words.more)(more)}</p> })}
    }
}

/// A few rows a frame, so that the next letter is taken meanwhile.
fn show_more(matches: Memo<Matches>, shown: RwSignal<usize>) {
    let (Some(count), Some(present)) = (
        matches.try_with_untracked(|it| it.rows.len()),
        shown.try_get_untracked(),
    ) else {
        return;
    };
    if present < count {
        shown.set(present + ROWS_A_FRAME);
        request_animation_frame(move || show_more(matches, shown));
    }
}

#[component]
fn Nothing(searched: bool) -> impl IntoView {
    let words = &use_wording().find;
    let (title, hint) = if searched {
        (words.nothing_title, words.nothing_hint)
    } else {
        (words.title, words.start_hint)
    };
    view! { <Empty glyph=Glyph::Search title hint /> }
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

/// A code names its meter point; anything else is searched.
fn matches_of(directory: &Directory, round: &Round, text: &str) -> Matches {
    let (found, by) = match directory.of_label(text) {
        found if found.is_empty() => (directory.search(text, SEARCHED_MAX), "list"),
        found => (found, "typed"),
    };
    let rows = found.iter().filter_map(|at| {
        let id = directory.id_at(*at)?;
        row_of(round, *at, id)
    });
    Matches {
        rows: rows.take(SHOWN_MAX).cloned().collect(),
        by,
        more: found.len().saturating_sub(SHOWN_MAX),
        searched: true,
    }
}

/// The round follows the list, so a row is usually where the list has it.
fn row_of<'a>(round: &'a Round, at: usize, id: &str) -> Option<&'a RoundRow> {
    let here = round.rows.get(at).filter(|row| row.point.id == id);
    here.or_else(|| round.rows.iter().find(|row| row.point.id == id))
}

/// Begins like one of our codes and is as long, but its check character is another.
fn is_wrong_code(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    let length = text.chars().filter(char::is_ascii_alphanumeric).count();
    text.starts_with("M:") && length >= 9 && ShortCode::parse(&text).is_none()
}
