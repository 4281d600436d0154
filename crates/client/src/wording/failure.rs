//! What is said when the app itself has failed, in the browser's own language: settings may be out of reach then.

use ui::panic_screen::FailureWords;

const ENGLISH: FailureWords = FailureWords {
    message: "Something went wrong in the app. What you saved is safe on this phone.",
    reload: "Open the app again",
};

const SPANISH: FailureWords = FailureWords {
    message: "Algo ha fallado en la aplicación. Lo que guardó está a salvo en este teléfono.",
    reload: "Abrir la aplicación de nuevo",
};

/// The words for the browser's language tag.
pub(crate) fn failure_words(browser_tag: &str) -> &'static FailureWords {
    if browser_tag.starts_with("es") {
        &SPANISH
    } else {
        &ENGLISH
    }
}
