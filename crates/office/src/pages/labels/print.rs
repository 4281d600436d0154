//! Which paper, where on it printing begins, and the buttons that open the sheets in another tab.

use leptos::prelude::*;
use shared::label_sheet::{Millimetres, PRINTED_LABELS_MAX, SHEET_LAYOUTS, SheetLayout};

use super::query::Query;
use super::store::Store;
use crate::wording::use_wording;
use ui::components::icon::{Glyph, Icon};

/// A form of the browser's own: what it sends may be long, and what it opens is a page of the server's.
#[component]
pub(super) fn PrintPanel(query: Memo<Query>, store: Store) -> impl IntoView {
    let wording = use_wording();
    let words = wording.labels();
    let layout = RwSignal::new(&SHEET_LAYOUTS[0]);
    let codes = move || {
        store
            .selected
            .read()
            .iter()
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let selected = move || store.selected.read().len();
    let too_many = move || usize::try_from(store.active.get()).unwrap_or(0) > PRINTED_LABELS_MAX;
    view! {
        <form class="print" method="post" action="/office/label-sheets" target="_blank" data-testid="print">
            <LayoutChoice layout />
            <FirstPlace layout />
            <input type="hidden" name="language" value=wording.tag />
            <input type="hidden" name="property" prop:value=move || query.read().property.clone() />
            <input type="hidden" name="q" prop:value=move || query.read().q.clone() />
            <button
                class="button button--main"
                type="submit"
                name="codes"
                prop:value=codes
                disabled=move || selected() == 0
                data-testid="print-selected"
            >
                <Icon glyph=Glyph::Print small=true />
                {move || (words.print_selected)(selected())}
            </button>
            <button
                class="button"
                type="submit"
                name="codes"
                value=""
                disabled=move || store.active.get() == 0 || too_many()
                data-testid="print-all"
            >
                {move || (words.print_all)(store.active.get())}
            </button>
            <p class="small soft print__note" role="status">
                {move || too_many().then(|| (words.too_many)(PRINTED_LABELS_MAX))}
            </p>
        </form>
    }
}

#[component]
fn LayoutChoice(layout: RwSignal<&'static SheetLayout>) -> impl IntoView {
    let words = use_wording().labels();
    let options = SHEET_LAYOUTS
        .iter()
        .map(|it| view! { <option value=it.name>{name_of(it, words.roll)}</option> })
        .collect_view();
    let choose = move |name: String| {
        if let Some(chosen) = SheetLayout::named(&name) {
            layout.set(chosen);
        }
    };
    view! {
        <label class="field print__layout">
            <span class="field__label">{words.paper}</span>
            <select
                class="input"
                name="layout"
                data-testid="print-layout"
                prop:value=move || layout.get().name
                on:change:target=move |event| choose(event.target().value())
            >
                {options}
            </select>
        </label>
    }
}

/// For a sheet of which some labels are used up; a roll has none.
#[component]
fn FirstPlace(layout: RwSignal<&'static SheetLayout>) -> impl IntoView {
    let words = use_wording().labels();
    let places = move || layout.get().labels_per_sheet();
    view! {
        <label class="field print__place" hidden=move || places() == 1>
            <span class="field__label">{words.first_place}</span>
            <input
                class="input number"
                type="number"
                name="first_place"
                min="1"
                max=move || places().to_string()
                value="1"
                required=true
                disabled=move || places() == 1
                data-testid="print-place"
            />
        </label>
    }
}

/// `A4 · 24 (3 × 8) · 63.5 × 33.9 mm`.
fn name_of(layout: &SheetLayout, roll: &str) -> String {
    let size = format!(
        "{} × {} mm",
        Millimetres(layout.label_width_um),
        Millimetres(layout.label_height_um)
    );
    if layout.paper.is_empty() {
        format!("{roll} · {size}")
    } else {
        let (count, columns, rows) = (layout.labels_per_sheet(), layout.columns, layout.rows);
        format!("{} · {count} ({columns} × {rows}) · {size}", layout.paper)
    }
}
