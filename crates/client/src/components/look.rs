//! The person's settings on the page itself: language, colours, text size.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::runtime::Runtime;
use crate::view_state::{Settings, Theme};
use crate::wording::{Wording, locale, wording_for};

/// Follows the settings; gives the language, with the locale already set.
pub(crate) fn follow_settings(runtime: Runtime) -> Memo<&'static Wording> {
    let settings = runtime.settings();
    let browser_tag = window().navigator().language().unwrap_or_default();
    let wording = Memo::new_with_compare(
        move |_| {
            let wording = wording_for(&settings.read().language, &browser_tag);
            locale::set_locale(wording.tag, &browser_tag);
            wording
        },
        |before, now| before.map(|it| it.tag) != now.map(|it| it.tag),
    );
    // The document lies outside of the app's views.
    Effect::new(move || {
        // Nothing can be done about a page without a document.
        let _ = apply(&settings.read(), wording.get().tag);
    });
    wording
}

/// Fails only where there is no document.
fn apply(settings: &Settings, language: &str) -> Option<()> {
    let root = document()
        .document_element()?
        .dyn_into::<web_sys::HtmlElement>()
        .ok()?;
    root.set_lang(language);
    match theme_name(settings.theme) {
        Some(name) => root.set_attribute("data-theme", name).ok()?,
        None => root.remove_attribute("data-theme").ok()?,
    }
    root.style()
        .set_property("font-size", &format!("{}%", settings.text_size_percent))
        .ok()
}

fn theme_name(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::FollowPhone => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
        Theme::Sunlight => Some("sunlight"),
    }
}
