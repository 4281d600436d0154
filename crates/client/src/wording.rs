//! Every sentence that people read. [`words::Wording`] lists them; one file a language fills it in, so that a
//! missing sentence does not compile. [`locale`] prints numbers and times as the reader is used to.

mod english;
pub(crate) mod exchange;
pub(crate) mod failure;
pub(crate) mod handover;
pub(crate) mod history;
pub(crate) mod locale;
pub(crate) mod lookup;
pub(crate) mod phones;
pub(crate) mod photos;
pub(crate) mod preferences;
pub(crate) mod ranges;
pub(crate) mod scan;
mod spanish;
pub(crate) mod words;

use leptos::prelude::use_context;

pub(crate) use words::Wording;

/// The languages, in the order in which they are offered.
pub(crate) static LANGUAGES: [&Wording; 2] = [&english::ENGLISH, &spanish::SPANISH];

/// The language of the page, put into the context by the app's frame.
pub(crate) fn use_wording() -> &'static Wording {
    use_context::<&'static Wording>().unwrap_or(&english::ENGLISH)
}

/// The language for a setting (empty: as the browser is set) and the browser's own language tag.
pub(crate) fn wording_for(setting: &str, browser_tag: &str) -> &'static Wording {
    let wanted = if setting.is_empty() { browser_tag } else { setting };
    let primary = wanted.split('-').next().unwrap_or_default();
    LANGUAGES
        .into_iter()
        .find(|wording| wording.tag == primary)
        .unwrap_or(&english::ENGLISH)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_setting_goes_before_the_browser() {
        assert_eq!(wording_for("es", "en-GB").tag, "es");
    }

    #[test]
    fn without_a_setting_the_browser_decides() {
        assert_eq!(wording_for("", "es-MX").tag, "es");
    }

    #[test]
    fn an_unknown_language_becomes_english() {
        assert_eq!(wording_for("", "fr").tag, "en");
    }
}
