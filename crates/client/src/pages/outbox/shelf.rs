//! The needs-attention shelf: what the office could not book, with both values side by side.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::ItemId;
use shared::wire::receipt::{Existing, VerdictName};

use crate::components::icon::{Glyph, Icon};
use crate::components::place::item_name;
use crate::components::toast::use_toasts;
use crate::components::what::what_of;
use crate::runtime::use_runtime;
use crate::view_state::ShelfEntry;
use crate::wording::{Wording, locale, use_wording};

/// The shelf; takes the whole page when nothing else is on it.
#[component]
pub(super) fn Shelf(alone: bool) -> impl IntoView {
    let wording = use_wording();
    let shelf = use_runtime().shelf();
    let rows = move || {
        shelf
            .read()
            .iter()
            .map(|entry| view! { <ShelfRow entry=entry.clone() /> })
            .collect_view()
    };
    view! {
        <section class=if alone { "shelf shelf--alone" } else { "shelf" } data-testid="shelf">
            <h2 class="line tone-bad">
                <Icon glyph=Glyph::Alert />
                {move || (wording.shelf.title)(shelf.read().len())}
            </h2>
            <ul class="stack">{rows}</ul>
        </section>
    }
}

#[component]
fn ShelfRow(entry: ShelfEntry) -> impl IntoView {
    let wording = use_wording();
    let name = item_name(&entry.item, wording);
    let why = why_of(&entry, wording);
    let existing = entry
        .existing
        .clone()
        .map(|existing| view! { <Theirs existing /> });
    let mine = what_of(&entry.item, wording);
    view! {
        <li
            class="card stack"
            data-testid="shelf-row"
            data-id=entry.entry.id.to_string()
            data-value=entry.item.value.clone()
            data-existing=entry.existing.as_ref().map(|it| it.value.clone())
        >
            <p class="line line--spread">
                <span class="strong one-line">{name}</span>
                <span class="small soft">{locale::month(&entry.item.period)}</span>
            </p>
            <div class="pair">
                <div class="pair__side">
                    <span class="small soft">{wording.shelf.yours}</span>
                    <span class="pair__value number" data-testid="shelf-mine">{mine}</span>
                    <span class="small soft">{locale::day_time_there(&entry.item.read_at)}</span>
                </div>
                {existing}
            </div>
            <p class="small">{why}</p>
            <ShelfButtons id=entry.entry.id />
        </li>
    }
}

#[component]
fn Theirs(existing: Existing) -> impl IntoView {
    let wording = use_wording();
    view! {
        <div class="pair__side">
            <span class="small soft">{(wording.shelf.theirs)(&existing.captured_by)}</span>
            <span class="pair__value number" data-testid="shelf-theirs">{locale::decimal(&existing.value)}</span>
            <span class="small soft">{locale::day_time_there(&existing.read_at)}</span>
        </div>
    }
}

#[component]
fn ShelfButtons(id: ItemId) -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let toasts = use_toasts();
    let take_back = move |_| {
        spawn_local(async move {
            match runtime.void(id).await {
                Ok(_) => toasts.say(wording.frame.taken_back),
                Err(error) => toasts.say(wording.edit_error(error)),
            }
        });
    };
    view! {
        <div class="buttons">
            <a class="button" href=format!("/edit/{id}") data-testid="shelf-edit">
                <Icon glyph=Glyph::Edit />
                {wording.shelf.correct}
            </a>
            <button class="button" type="button" data-testid="shelf-void" on:click=take_back>
                {wording.shelf.withdraw}
            </button>
        </div>
    }
}

fn why_of(entry: &ShelfEntry, wording: &Wording) -> String {
    match (entry.verdict, &entry.code) {
        (VerdictName::Conflict, _) if entry.existing.is_some() => wording.shelf.conflict.to_owned(),
        (_, Some(code)) => (wording.shelf.rejected)(&wording.code(code)),
        (_, None) => wording.shelf.conflict.to_owned(),
    }
}
