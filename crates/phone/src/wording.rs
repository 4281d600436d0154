//! The sentences that are said with no page open as well: those of notifications. All others stand with the screens.

use js_sys::Number;
use shared::sync::notice::Notice;

/// Title and text of a notification, in the language of this tag; English where it is none of ours.
pub fn notice(language: &str, notice: Notice) -> (&'static str, String) {
    let whole = |number: usize| whole(language, number);
    if language == "es" || language.starts_with("es-") {
        spanish(notice, whole)
    } else {
        english(notice, whole)
    }
}

fn english(notice: Notice, whole: impl Fn(usize) -> String) -> (&'static str, String) {
    match notice {
        Notice::ConnectionBack(0) => ("Connection is back", "Nothing waits on this phone.".into()),
        Notice::ConnectionBack(1) => ("Connection is back", "1 reading waits to be sent.".into()),
        Notice::ConnectionBack(n) => (
            "Connection is back",
            format!("{} readings wait to be sent.", whole(n)),
        ),
        Notice::SyncDone(1) => ("Everything was sent", "The office has 1 more reading.".into()),
        Notice::SyncDone(n) => (
            "Everything was sent",
            format!("The office has {} more readings.", whole(n)),
        ),
        Notice::NeedsAttention(1) => (
            "Needs attention",
            "1 reading is on the shelf of the Outbox.".into(),
        ),
        Notice::NeedsAttention(n) => (
            "Needs attention",
            format!("{} readings are on the shelf of the Outbox.", whole(n)),
        ),
        Notice::OldQueue(1) => (
            "Waiting for a day",
            "1 reading still waits. Find network and open the app.".into(),
        ),
        Notice::OldQueue(n) => (
            "Waiting for a day",
            format!("{} readings still wait. Find network and open the app.", whole(n)),
        ),
    }
}

fn spanish(notice: Notice, whole: impl Fn(usize) -> String) -> (&'static str, String) {
    match notice {
        Notice::ConnectionBack(0) => ("La conexión ha vuelto", "No espera nada en este teléfono.".into()),
        Notice::ConnectionBack(1) => ("La conexión ha vuelto", "1 lectura espera para enviarse.".into()),
        Notice::ConnectionBack(n) => (
            "La conexión ha vuelto",
            format!("{} lecturas esperan para enviarse.", whole(n)),
        ),
        Notice::SyncDone(1) => ("Todo se envió", "La oficina tiene 1 lectura más.".into()),
        Notice::SyncDone(n) => (
            "Todo se envió",
            format!("La oficina tiene {} lecturas más.", whole(n)),
        ),
        Notice::NeedsAttention(1) => ("Por revisar", "1 lectura está por revisar en Salida.".into()),
        Notice::NeedsAttention(n) => (
            "Por revisar",
            format!("{} lecturas están por revisar en Salida.", whole(n)),
        ),
        Notice::OldQueue(1) => (
            "Espera desde hace un día",
            "1 lectura aún espera. Busque red y abra la aplicación.".into(),
        ),
        Notice::OldQueue(n) => (
            "Espera desde hace un día",
            format!(
                "{} lecturas aún esperan. Busque red y abra la aplicación.",
                whole(n)
            ),
        ),
    }
}

fn whole(language: &str, number: usize) -> String {
    let locale = if language.is_empty() { "en" } else { language };
    Number::from(number as f64).to_locale_string(locale).into()
}
