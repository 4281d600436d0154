//! Why a meter can't be read.

use leptos::prelude::*;
use shared::names::SkipReason;

use super::desk::Desk;
use super::remark::RemarkField;
use crate::wording::use_wording;

/// The reasons; "other" needs a few words.
#[component]
pub(super) fn CannotRead(desk: Desk) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.reading;
    let chosen = Memo::new(move |_| {
        desk.form
            .with(|form| SkipReason::parse(form.skip_reason.as_deref()?))
    });
    let trouble = RwSignal::new(false);
    let save = move |_| {
        let Some(reason) = chosen.get_untracked() else {
            return;
        };
        let says_why = desk.form.with_untracked(|form| !form.remarks.trim().is_empty());
        if reason == SkipReason::Other && !says_why {
            trouble.set(true);
        } else {
            desk.save_skip(reason.name());
        }
    };
    let reasons = SkipReason::ALL
        .iter()
        .map(|reason| view! { <Reason desk reason=*reason chosen /> })
        .collect_view();
    view! {
        <h2>{words.cannot_read_title}</h2>
        <div class="chips" role="radiogroup" aria-label=words.cannot_read_title>
            {reasons}
        </div>
        {move || (chosen.get() == Some(SkipReason::Other)).then(|| view! { <RemarkField desk /> })}
        {move || trouble.get().then(|| view! { <p class="tone-bad" role="alert">{words.other_needs_text}</p> })}
        <div class="buttons">
            <button class="button" type="button" data-testid="skip-cancel" on:click=move |_| desk.back_to_typing()>
                {wording.common.cancel}
            </button>
            <button
                class="button button--main"
                type="button"
                data-testid="skip-save"
                disabled=move || chosen.get().is_none()
                on:click=save
            >
                {words.cannot_read_save}
            </button>
        </div>
    }
}

#[component]
fn Reason(desk: Desk, reason: SkipReason, chosen: Memo<Option<SkipReason>>) -> impl IntoView {
    let wording = use_wording();
    view! {
        <button
            class="chip"
            type="button"
            role="radio"
            aria-checked=move || (chosen.get() == Some(reason)).to_string()
            data-testid=format!("skip-{}", reason.name())
            on:click=move |_| desk.form.update(|form| form.skip_reason = Some(reason.name().to_owned()))
        >
            {wording.skip_reason(reason.name())}
        </button>
    }
}
