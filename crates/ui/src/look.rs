//! A person's choices on the page itself: language, colours, text size.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use crate::wording::{Words, locale, words_for};

/// How a person wants the pages to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// Language tag; empty follows the browser.
    pub language: String,
    /// Colours.
    pub theme: Theme,
    /// Text size in percent.
    pub text_size_percent: u16,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            language: String::new(),
            theme: Theme::default(),
            text_size_percent: 100,
        }
    }
}

/// Colours of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the phone is set.
    #[default]
    FollowPhone,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Sunlight,
}

/// Follows the choices; gives the language, with the locale already set.
pub fn follow(look: Signal<Look>) -> Memo<&'static Words> {
    let browser_tag = window().navigator().language().unwrap_or_default();
    let words = Memo::new_with_compare(
        move |_| {
            let words = words_for(&look.read().language, &browser_tag);
            locale::set_locale(words.tag, &browser_tag);
            words
        },
        |before, now| before.map(|it| it.tag) != now.map(|it| it.tag),
    );
    // The document lies outside of the program's views.
    Effect::new(move || {
        // Nothing can be done about a page without a document.
        let _ = apply(&look.read(), words.get().tag);
    });
    words
}

/// Fails only where there is no document.
fn apply(look: &Look, language: &str) -> Option<()> {
    let root = document()
        .document_element()?
        .dyn_into::<web_sys::HtmlElement>()
        .ok()?;
    root.set_lang(language);
    match theme_name(look.theme) {
        Some(name) => root.set_attribute("data-theme", name).ok()?,
        None => root.remove_attribute("data-theme").ok()?,
    }
    root.style()
        .set_property("font-size", &format!("{}%", look.text_size_percent))
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
