//! What is said when the program itself has failed, in the browser's own language: settings may be out of reach then.

use ui::panic_screen::FailureWords;

const ENGLISH: FailureWords = FailureWords {
    message: "Something went wrong on this page. What the server has is safe.",
    reload: "Open the office again",
};

const SPANISH: FailureWords = FailureWords {
    message: "Algo ha fallado en esta página. Lo que tiene el servidor está a salvo.",
    reload: "Abrir la oficina de nuevo",
};

/// The words for the browser's language tag.
pub(crate) fn failure_words(browser_tag: &str) -> &'static FailureWords {
    if browser_tag.starts_with("es") {
        &SPANISH
    } else {
        &ENGLISH
    }
}
