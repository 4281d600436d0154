//! The sentences that both programs say. [`Words`] lists them; one file a language fills it in, so that a missing
//! sentence does not compile. [`locale`] prints numbers and times as the reader is used to.

mod english;
pub mod locale;
mod lookup;
pub mod places;
mod ranges;
mod spanish;
mod words;

use leptos::prelude::use_context;

pub use english::ENGLISH;
pub use lookup::named;
pub use spanish::SPANISH;
pub use words::Words;

/// The languages, in the order in which they are offered.
pub static LANGUAGES: [&Words; 2] = [&ENGLISH, &SPANISH];

/// The language of the page, put into the context by the program's frame.
pub fn use_words() -> &'static Words {
    use_context::<&'static Words>().unwrap_or(&ENGLISH)
}

/// The language for a setting (empty: as the browser is set) and the browser's own language tag.
pub fn words_for(setting: &str, browser_tag: &str) -> &'static Words {
    let wanted = if setting.is_empty() { browser_tag } else { setting };
    let primary = wanted.split('-').next().unwrap_or_default();
    LANGUAGES
        .into_iter()
        .find(|words| words.tag == primary)
        .unwrap_or(&ENGLISH)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_setting_goes_before_the_browser() {
        assert_eq!(words_for("es", "en-GB").tag, "es");
    }

    #[test]
    fn without_a_setting_the_browser_decides() {
        assert_eq!(words_for("", "es-MX").tag, "es");
    }

    #[test]
    fn an_unknown_language_becomes_english() {
        assert_eq!(words_for("", "fr").tag, "en");
    }
}
