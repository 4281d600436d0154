//! Which properties a person works on: all, or some that are found among many.

use leptos::prelude::*;
use shared::code::normal;
use shared::search_word::{is_named, typed_words, words_of};
use shared::wire::labels::LabelProperty;

use super::draft::Draft;
use super::store::Store;
use crate::wording::use_wording;

/// So many are listed at a time; a search finds the others.
const LISTED_MAX: usize = 60;

/// All or some, and which.
#[component]
pub(super) fn Properties(draft: Draft, store: Store) -> impl IntoView {
    let words = use_wording().people();
    let choice = move |all: bool, word: &'static str, id: &'static str| {
        view! {
            <label class="people__choice">
                <input
                    type="radio"
                    name="properties"
                    data-testid=id
                    prop:checked=move || draft.all_properties.get() == all
                    on:change=move |_| draft.all_properties.set(all)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="people__choices">
            <legend class="field__label">{words.properties}</legend>
            {choice(true, words.all_properties, "properties-all")}
            {choice(false, words.some_properties, "properties-some")}
            {move || (!draft.all_properties.get()).then(|| view! { <Chosen draft store /> })}
        </fieldset>
    }
}

#[component]
fn Chosen(draft: Draft, store: Store) -> impl IntoView {
    let words = use_wording().people();
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| find(&store.properties.read(), &search.read()));
    let listed = move || found.get().into_iter().take(LISTED_MAX).collect::<Vec<_>>();
    let others = move || found.read().len().saturating_sub(LISTED_MAX);
    view! {
        <input
            class="input"
            type="search"
            aria-label=words.find_property
            placeholder=words.find_property
            data-testid="property-search"
            bind:value=search
        />
        <div class="people__properties-list" data-testid="property-list">
            <For
                each=listed
                key=|it| it.code.clone()
                children=move |property| view! { <Property property draft /> }
            />
            {move || (others() > 0).then(|| view! { <p class="small soft">{(words.more_properties)(others())}</p> })}
        </div>
        <p class="small soft" role="status" data-testid="properties-chosen">
            {move || (words.chosen)(draft.properties.read().len())}
        </p>
    }
}

#[component]
fn Property(property: LabelProperty, draft: Draft) -> impl IntoView {
    let (shown, code) = (property.code.clone(), property.code.clone());
    view! {
        <label class="people__choice">
            <input
                type="checkbox"
                class="tick"
                data-testid="property-tick"
                data-code=property.code.clone()
                prop:checked=move || draft.properties.read().contains(&shown)
                on:change:target=move |event| {
                    let is_chosen = event.target().checked();
                    draft
                        .properties
                        .update(|codes| {
                            if is_chosen {
                                codes.insert(code.clone());
                            } else {
                                codes.remove(&code);
                            }
                        });
                }
            />
            <span class="strong">{property.code}</span>
            <span class="soft">{property.name}</span>
        </label>
    }
}

/// Those of whose code or name every typed word is the beginning of a word; first those whose code begins with what was typed,
/// then those that have most of the words whole.
fn find(properties: &[LabelProperty], search: &str) -> Vec<LabelProperty> {
    let typed = typed_words(search);
    let name = |it: &LabelProperty| format!("{} {}", it.code, it.name);
    let fits = |it: &&LabelProperty| typed.is_empty() || is_named(&name(it), &typed);
    let begins = normal(search);
    let mut found: Vec<LabelProperty> = properties.iter().filter(fits).cloned().collect();
    found.sort_by_cached_key(|it| {
        let words = words_of(&name(it));
        let partly = typed.iter().filter(|word| !words.contains(word)).count();
        (!normal(&it.code).starts_with(&begins), partly)
    });
    found
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_property_is_found_by_words_of_its_code_and_name() {
        let property = |code: &str, name: &str| LabelProperty {
            code: code.into(),
            name: name.into(),
        };
        let all = [
            property("GC A", "Garden Court, Block A"),
            property("GC B", "Garden Court, Block B"),
        ];
        assert_eq!(find(&all, "").len(), 2);
        assert_eq!(find(&all, "block b")[0].code, "GC B");
        assert_eq!(find(&all, "gc court")[0].code, "GC A");
        assert_eq!(find(&all, "gc b")[0].code, "GC B");
        assert!(find(&all, "harbour").is_empty());
    }
}
