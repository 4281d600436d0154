//! The keys that lead from page to page: whoever works on one property's month stays with it.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use crate::filter_address::address_of;
use crate::waiting::is_typing;

/// What the work of a month goes through. Capital letters: the small ones are the pages' own.
const PAGES: [(&str, &str); 5] = [
    ("R", "/office/readings"),
    ("C", "/office/conflicts"),
    ("I", "/office/inbox"),
    ("M", "/office/missing"),
    ("P", "/office/periods"),
];
/// What goes along.
const KEPT: [&str; 2] = ["property", "period"];

/// Listens as long as the page is there.
pub(crate) fn listen() {
    let navigate = use_navigate();
    let address = use_location().query;
    let listening = window_event_listener(leptos::ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) {
            return;
        }
        let key = event.key();
        let Some((_, path)) = PAGES.iter().find(|(it, _)| *it == key) else {
            return;
        };
        let kept = address.with_untracked(|address| {
            let kept = KEPT.into_iter().map(|name| (name, address.get(name)));
            let kept = kept.filter_map(|(name, value)| Some((name, value.filter(|it| !it.is_empty())?)));
            address_of(path, kept)
        });
        event.prevent_default();
        navigate(&kept, Default::default());
    });
    on_cleanup(move || listening.remove());
}
