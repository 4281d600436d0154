//! What may be added to a reading: a remark, another kind, or that it can't be read.

use leptos::prelude::*;

use super::desk::{Desk, Stage};
use super::photos::PhotoChips;
use crate::components::icon::{Glyph, Icon};
use crate::wording::use_wording;

/// As many characters as travel.
const REMARK_LENGTH_MAX: usize = 500;

/// The chips.
#[component]
pub(super) fn Extras(desk: Desk, with_remark: RwSignal<bool>, with_more: RwSignal<bool>) -> impl IntoView {
    let wording = use_wording();
    let words = &wording.reading;
    view! {
        <div class="chips" hidden=move || matches!(desk.stage.get(), Stage::Again { .. })>
            <button
                class="chip"
                type="button"
                aria-pressed=move || with_remark.get().to_string()
                data-testid="remark"
                on:click=move |_| with_remark.update(|shown| *shown = !*shown)
            >
                <Icon glyph=Glyph::Note small=true />
                {words.remark}
            </button>
            <PhotoChips desk=desk.photos />
            <button
                class="chip"
                type="button"
                aria-pressed=move || (desk.stage.get() == Stage::CannotRead).to_string()
                data-testid="cannot-read"
                on:click=move |_| desk.stage.set(Stage::CannotRead)
            >
                <Icon glyph=Glyph::Skipped small=true />
                {words.cannot_read}
            </button>
            <button
                class="chip"
                type="button"
                aria-pressed=move || with_more.get().to_string()
                data-testid="more"
                on:click=move |_| with_more.update(|shown| *shown = !*shown)
            >
                <Icon glyph=Glyph::More small=true />
                {wording.exchange().more}
            </button>
        </div>
    }
}

/// The remark's text.
#[component]
pub(super) fn RemarkField(desk: Desk) -> impl IntoView {
    let words = &use_wording().reading;
    let length = move || desk.form.read().remarks.chars().count();
    view! {
        <label class="field">
            <span class="field__label">{words.remark_field}</span>
            <textarea
                class="input"
                maxlength=REMARK_LENGTH_MAX.to_string()
                data-testid="remark-field"
                prop:value=move || desk.form.read().remarks.clone()
                on:input:target=move |event| {
                    let text: String = event.target().value().chars().take(REMARK_LENGTH_MAX).collect();
                    desk.form.update(|form| form.remarks = text);
                }
            ></textarea>
            <span class="soft small">{move || (words.remark_left)(REMARK_LENGTH_MAX.saturating_sub(length()))}</span>
        </label>
    }
}
