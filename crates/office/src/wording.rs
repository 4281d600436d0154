//! Every sentence that only the office says; those that the technician's program says too stand in `ui`, behind
//! [`words::Wording`]. It lists the sentences; one file a language fills it in, so that a missing sentence does not compile.

pub(crate) mod audit;
pub(crate) mod dashboard;
pub(crate) mod decisions;
pub(crate) mod delivery;
mod english;
pub(crate) mod failure;
pub(crate) mod import_faults;
pub(crate) mod import_page;
pub(crate) mod labels;
pub(crate) mod lookup;
pub(crate) mod missing;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod periods;
pub(crate) mod phones;
pub(crate) mod portfolio;
mod spanish;
pub(crate) mod words;

use leptos::prelude::use_context;
use ui::wording::Words;
pub(crate) use ui::wording::locale;

pub(crate) use words::Wording;

static LANGUAGES: [&Wording; 2] = [&english::ENGLISH, &spanish::SPANISH];

/// The language of the page, put into the context by the program's frame.
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
