//! Every sentence that only the technician's program says; those that the office says too stand in `ui`, behind
//! [`words::Wording`]. It lists the sentences; one file a language fills it in, so that a missing sentence does not compile.

pub(crate) mod allow;
mod english;
pub(crate) mod enrol;
pub(crate) mod exchange;
pub(crate) mod failure;
pub(crate) mod handover;
pub(crate) mod history;
pub(crate) mod lookup;
pub(crate) mod photos;
pub(crate) mod position;
pub(crate) mod preferences;
pub(crate) mod scan;
mod spanish;
pub(crate) mod walk;
pub(crate) mod words;

use leptos::prelude::use_context;
use ui::wording::Words;
pub(crate) use ui::wording::locale;

pub(crate) use words::Wording;

static LANGUAGES: [&Wording; 2] = [&english::ENGLISH, &spanish::SPANISH];

/// The language of the page, put into the context by the app's frame.
pub(crate) fn use_wording() -> &'static Wording {
    use_context::<&'static Wording>().unwrap_or(&english::ENGLISH)
}

/// This program's sentences in the language of the shared ones.
pub(crate) fn wording_of(words: &Words) -> &'static Wording {
    LANGUAGES
        .into_iter()
        .find(|wording| wording.tag == words.tag)
        .unwrap_or(&english::ENGLISH)
}
