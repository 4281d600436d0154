//! The form for somebody new, or for what changes about somebody.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::people::PersonRow;
use shared::wire::session::RoleName;
use ui::components::notice::{Notice, Tone};

use super::draft::Draft;
use super::properties::Properties;
use super::store::Store;
use crate::adapters::people;
use crate::components::trouble::office_error;
use crate::wording::use_wording;

/// The form.
#[component]
pub(super) fn PersonForm(store: Store, row: Option<Arc<PersonRow>>) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    let draft = Draft::of(row.as_deref());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let is_new = row.is_none();
    let title = match &row {
        None => words.new_title.to_owned(),
        Some(row) => (words.edit_title)(&row.username),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let row = row.clone();
        spawn_local(async move {
            let answer = match row {
                None => people::add(&draft.new_person()).await.map(|told| {
                    store
                        .outcome
                        .try_set(Some(Ok((words.added)(&told.person.username))));
                    store.tell_password(told);
                }),
                Some(row) => people::change(&row.id, &draft.members()).await.map(|it| {
                    store.shown.try_set(None);
                    store.outcome.try_set(Some(Ok((words.changed)(&it.username))));
                    store.load(None);
                }),
            };
            busy.try_set(false);
            if let Err(error) = answer {
                trouble.try_set(Some(office_error(&error, wording)));
            }
        });
    };
    let notice = move || {
        let text = trouble.get();
        text.map(|text| view! { <Notice tone=Tone::Bad alert=true test_id="person-error">{text}</Notice> })
    };
    view! {
        <form class="stack" novalidate=true on:submit=submit>
            <h2 id="person-title">{title}</h2>
            {is_new.then(|| view! { <Username draft /> })}
            <FullName draft is_first=!is_new />
            <Role draft />
            <Properties draft store />
            {notice}
            <div class="buttons">
                <button class="button" type="button" data-testid="person-cancel" on:click=move |_| store.shown.set(None)>
                    {wording.common.cancel}
                </button>
                <button
                    class="button button--main"
                    type="submit"
                    aria-disabled=move || busy.get().to_string()
                    data-testid="person-save"
                >
                    {if is_new { words.add } else { wording.common.save }}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Username(draft: Draft) -> impl IntoView {
    let words = use_wording().people();
    view! {
        <label class="field">
            <span class="field__label">{words.username}</span>
            <input
                class="input"
                autofocus=true
                required=true
                maxlength="40"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                data-testid="person-username"
                bind:value=draft.username
            />
            <span class="small soft">{words.username_hint}</span>
        </label>
    }
}

#[component]
fn FullName(draft: Draft, is_first: bool) -> impl IntoView {
    let words = use_wording().people();
    view! {
        <label class="field">
            <span class="field__label">{words.full_name}</span>
            <input
                class="input"
                autofocus=is_first
                maxlength="80"
                autocomplete="off"
                data-testid="person-full-name"
                bind:value=draft.full_name
            />
        </label>
    }
}

#[component]
fn Role(draft: Draft) -> impl IntoView {
    let wording = use_wording();
    let words = wording.people();
    let roles = [RoleName::Technician, RoleName::Reviewer, RoleName::Admin];
    let choices = roles.into_iter().zip(words.roles).map(|(role, hint)| {
        view! {
            <label class="people__choice">
                <input
                    type="radio"
                    name="role"
                    data-testid=format!("role-{}", name_of(role))
                    prop:checked=move || draft.role.get() == role
                    on:change=move |_| draft.role.set(role)
                />
                <span class="strong">{wording.role(role)}</span>
                <span class="small soft">{hint}</span>
            </label>
        }
    });
    view! {
        <fieldset class="people__choices">
            <legend class="field__label">{words.role}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}

fn name_of(role: RoleName) -> &'static str {
    match role {
        RoleName::Technician => "technician",
        RoleName::Reviewer => "reviewer",
        RoleName::Admin => "admin",
    }
}
