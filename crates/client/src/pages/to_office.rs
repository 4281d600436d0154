//! The way to the office, for somebody whose screens are in the office's own program.

use leptos::prelude::*;

/// The office's first page.
const OFFICE: &str = "/office/dashboard";
const OFFICE_PAGES: &str = "/office/";

/// Draws nothing and leads to the office: to the page that asked for the sign-in, or to the first one.
#[component]
pub(crate) fn ToOffice() -> impl IntoView {
    lead_to_office();
}

/// Opens the office in the place of this page.
pub(crate) fn lead_to_office() {
    let location = window().location();
    let search = location.search().unwrap_or_default();
    // A browser that refuses leaves the page as it is.
    let _ = location.replace(next_of(&search).as_deref().unwrap_or(OFFICE));
}

/// The page of the office that wants to be shown next; any other address is left aside.
fn next_of(search: &str) -> Option<String> {
    let parts = search.strip_prefix('?')?.split('&');
    let next = parts.filter_map(|part| part.strip_prefix("next=")).next()?;
    let next: String = js_sys::decode_uri_component(next).ok()?.into();
    next.starts_with(OFFICE_PAGES).then_some(next)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_page_that_asked_for_the_sign_in_is_shown_next() {
        let next = next_of("?next=%2Foffice%2Freadings%3Fq%3D1");
        assert_eq!(next.as_deref(), Some("/office/readings?q=1"));
    }

    #[test]
    fn no_other_address_is_shown_next() {
        for search in [
            "?next=https%3A%2F%2Fexample.com",
            "?next=%2F%2Fexample.com",
            "?next=%E0",
            "",
        ] {
            assert_eq!(next_of(search), None, "{search}");
        }
    }
}
