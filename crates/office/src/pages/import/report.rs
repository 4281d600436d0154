//! What the files would change, or have changed: in numbers, and one by one.

use leptos::html::H2;
use leptos::prelude::*;
use shared::wire::imports::{ImportAnswer, ImportChange, ImportCounts, ImportDifference, ImportVerb};
use ui::components::icon::{Glyph, Icon};
use ui::components::notice::{Notice, Tone};

use super::store::Store;
use crate::wording::import_page::ImportPage;
use crate::wording::{locale, use_wording};

/// The answer of a dry run, or of the import itself.
#[component]
pub(super) fn Report(answer: ImportAnswer, since: bool, store: Store) -> impl IntoView {
    let words = use_wording().import();
    let all: u64 = answer.files.iter().map(|it| it.added + it.changed).sum();
    // Meter points come with their meters, and labels are given out by chance: neither is told one by one.
    let one_by_one = answer
        .files
        .iter()
        .filter(|it| !matches!(it.things.as_str(), "meter points" | "labels"));
    let listable: u64 = one_by_one.map(|it| it.added + it.changed).sum();
    let head = if !answer.dry_run {
        let portfolio = view! { <a href="/office/portfolio">{words.to_portfolio}</a> };
        view! { <Notice tone=Tone::Ok test_id="import-taken"><p class="strong">{words.taken}</p> {portfolio}</Notice> }.into_any()
    } else if since {
        view! { <Notice tone=Tone::Warn test_id="import-changed">{words.books_changed}</Notice> }.into_any()
    } else {
        ().into_any()
    };
    let unchanged = (all == 0)
        .then(|| view! { <Notice tone=Tone::Info test_id="import-unchanged">{words.unchanged_all}</Notice> });
    let told = answer.clone();
    let take = (answer.dry_run && all > 0).then(|| {
        view! {
            <button class="button button--main import__take" type="button" data-testid="import-take" on:click=move |_| store.take(&told)>
                <Icon glyph=Glyph::Check />
                {words.take}
            </button>
        }
    });
    let stage = if answer.dry_run { "told" } else { "taken" };
    let title = NodeRef::<H2>::new();
    // The button that took it in is gone, and the focus with it.
    Effect::new(move || {
        if let (Some(title), "taken") = (title.get(), stage) {
            // It can only fail when the element has left the document.
            let _ = title.focus();
        }
    });
    view! {
        <div class="stack" data-testid="import-report" data-stage=stage data-changes=all.to_string()>
            {head}
            <h2 node_ref=title tabindex="-1">{if answer.dry_run { words.would } else { words.done }}</h2>
            <Counts files=answer.files />
            <p class="small soft">{words.never_deletes}</p>
            {unchanged}
            {take}
            <Differences differences=answer.differences all=listable />
        </div>
    }
}

#[component]
fn Counts(files: Vec<ImportCounts>) -> impl IntoView {
    let words = use_wording().import();
    let number = |count: u64| view! { <td class="number table__number" class:soft=count == 0>{locale::whole(count)}</td> };
    let told = files
        .into_iter()
        .filter(|it| it.added + it.changed + it.unchanged > 0);
    let rows = told.map(|it| {
        view! {
            <tr data-testid="import-counts" data-things=it.things.clone() data-added=it.added.to_string() data-changed=it.changed.to_string()>
                <td class="strong">{words.things(&it.things)}</td>
                <td class="soft">{it.file}</td>
                {number(it.added)}
                {number(it.changed)}
                {number(it.ended)}
                {number(it.unchanged)}
            </tr>
        }
    });
    view! {
        <table class="table table--plain card-table import__numbers">
            <thead>
                <tr>
                    <th scope="col">{words.what}</th>
                    <th scope="col">{words.file}</th>
                    <th scope="col" class="table__number">{words.added}</th>
                    <th scope="col" class="table__number">{words.changed}</th>
                    <th scope="col" class="table__number">{words.ended}</th>
                    <th scope="col" class="table__number">{words.unchanged}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The server lists up to a hundred of each kind and file.
#[component]
fn Differences(differences: Vec<ImportDifference>, all: u64) -> impl IntoView {
    let words = use_wording().import();
    let listed = differences.len();
    let rows = differences.iter().map(|it| difference(it, words)).collect_view();
    (listed > 0).then(|| {
        view! {
            <div class="line line--spread">
                <h2>{words.list}</h2>
                <span class="small soft number">{(words.listed)(listed, all)}</span>
            </div>
            <table class="table table--plain card-table">
                <thead>
                    <tr>
                        <th scope="col">{words.what}</th>
                        <th scope="col">{words.file}</th>
                        <th scope="col">{words.name}</th>
                        <th scope="col">{words.content}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

fn difference(difference: &ImportDifference, words: &'static ImportPage) -> impl IntoView + use<> {
    let class = match difference.what {
        ImportVerb::Added => "tag tag--ok",
        ImportVerb::Changed => "tag tag--info",
        ImportVerb::Ended => "tag tag--warn",
    };
    let is_new = difference.what == ImportVerb::Added;
    let changes = difference
        .changes
        .iter()
        .map(|it| change(it, is_new))
        .collect_view();
    view! {
        <tr data-testid="import-difference" data-name=difference.name.clone()>
            <td><span class=class>{words.verb(difference.what)}</span></td>
            <td class="soft">{difference.file.clone()}</td>
            <td class="strong">{difference.name.clone()}</td>
            <td class="table__wrap">{changes}</td>
        </tr>
    }
}

fn change(change: &ImportChange, is_new: bool) -> impl IntoView + use<> {
    let before = (!is_new).then(|| view! { <del>{shown(&change.before)}</del> " → " });
    view! {
        <span class="import__change">
            <span class="soft">{change.column.clone()}</span>
            " "
            {before}
            <ins>{shown(&change.after)}</ins>
        </span>
        " "
    }
}

/// An empty field can be seen.
fn shown(text: &str) -> String {
    if text.is_empty() {
        "∅".to_owned()
    } else {
        text.to_owned()
    }
}
