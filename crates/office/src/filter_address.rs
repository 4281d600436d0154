//! A page's filters in its address: a link shows the same list.

use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use ui::address::encode;

/// The address of a page with these filters, by name.
pub(crate) fn address_of<'a>(path: &str, filters: impl Iterator<Item = (&'a str, String)>) -> String {
    let parts: Vec<String> = filters
        .map(|(name, value)| format!("{name}={}", encode(&value)))
        .collect();
    format!("{path}?{}", parts.join("&"))
}

/// Goes to an address in the place of the one before, and leaves the page where it is scrolled to.
pub(crate) fn goes_to() -> impl Fn(&str) + Clone {
    let navigate = use_navigate();
    move |address| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(address, options);
    }
}
