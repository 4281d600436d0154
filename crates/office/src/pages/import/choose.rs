//! Choosing the files, or dropping them.

use leptos::html::Input;
use leptos::prelude::*;
use ui::components::icon::{Glyph, Icon};

use super::store::Store;
use crate::wording::use_wording;

/// The field and the place to drop.
#[component]
pub(super) fn Choose(store: Store) -> impl IntoView {
    let words = use_wording().import();
    let field = NodeRef::<Input>::new();
    let over = RwSignal::new(false);
    let choose = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let files = files_of(field.files());
        // Without this, choosing the same files again would be no change.
        field.set_value("");
        if !files.is_empty() {
            store.choose(files);
        }
    };
    let drop_files = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        store.choose(files_of(event.data_transfer().and_then(|it| it.files())));
    };
    let hover = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let names = move || store.names.read().join(", ");
    view! {
        <section
            class="drop stack"
            class:drop--over=move || over.get()
            on:dragover=hover
            on:dragleave=move |_| over.set(false)
            on:drop=drop_files
            data-testid="import-drop"
        >
            <p>{words.hint}</p>
            <div class="line line--wrap">
                <label class="button import__file">
                    <Icon glyph=Glyph::Import />
                    {words.choose}
                    <input
                        node_ref=field
                        class="unseen"
                        type="file"
                        multiple=true
                        accept=".csv,text/csv"
                        data-testid="import-files"
                        on:change=choose
                    />
                </label>
                <span class="soft">{words.drop_here}</span>
            </div>
            <p class="small soft" data-testid="import-names">{names}</p>
        </section>
    }
}

fn files_of(list: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|place| list.get(place)).collect()
}
