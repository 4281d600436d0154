//! Sentences about how far billing has been told of a period.

use super::Wording;

type Text = &'static str;

/// That part of a period's page in one language.
pub(crate) struct Delivery {
    pub(crate) title: Text,
    /// When.
    pub(crate) handed_over: fn(&str) -> String,
    /// When.
    pub(crate) told_reopened: fn(&str) -> String,
    pub(crate) waits: Text,
    pub(crate) reopening_waits: Text,
    /// How often it was tried, when it is tried next.
    pub(crate) tried: fn(u32, &str) -> String,
    pub(crate) given_up: Text,
    pub(crate) reopening_given_up: Text,
    pub(crate) never_sent: Text,
    /// The answer's status.
    pub(crate) answered: fn(u16) -> String,
    pub(crate) failures: &'static [(&'static str, Text)],
    pub(crate) send: Text,
    pub(crate) send_now: Text,
    pub(crate) send_again: Text,
}

impl Wording {
    /// How far billing has been told.
    pub(crate) fn delivery(&self) -> &'static Delivery {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Delivery = Delivery {
    title: "Billing",
    handed_over: |when| format!("Handed over at {when}."),
    told_reopened: |when| format!("Billing was told at {when} that the period is open again."),
    waits: "Not handed over yet.",
    reopening_waits: "Billing has not been told yet that the period is open again.",
    tried: |count, next| match count {
        1 => format!("Tried once; next try at {next}."),
        _ => format!("Tried {count} times; next try at {next}."),
    },
    given_up: "Not handed over, and not tried again by itself.",
    reopening_given_up: "Billing was not told that the period is open again, and is not told by itself any more.",
    never_sent: "Not handed over: the period was closed before billing was connected.",
    answered: |status| format!("Billing answered with error {status}."),
    failures: &[
        ("timeout", "Billing did not answer in time."),
        ("no_connection", "Billing could not be reached."),
        ("broke_off", "The connection to billing broke off."),
        (
            "not_made",
            "The hand-over could not be read. Tell whoever runs the server.",
        ),
    ],
    send: "Send",
    send_now: "Send now",
    send_again: "Send again",
};

static SPANISH: Delivery = Delivery {
    title: "Facturación",
    handed_over: |when| format!("Entregado: {when}."),
    told_reopened: |when| format!("Facturación sabe que el período está abierto de nuevo: {when}."),
    waits: "Aún no se ha entregado.",
    reopening_waits: "Facturación aún no sabe que el período está abierto de nuevo.",
    tried: |count, next| match count {
        1 => format!("Se intentó una vez; próximo intento: {next}."),
        _ => format!("Se intentó {count} veces; próximo intento: {next}."),
    },
    given_up: "No se ha entregado, y no se intenta más por sí solo.",
    reopening_given_up: "Facturación no sabe que el período está abierto de nuevo, y no se le avisa más por sí solo.",
    never_sent: "No se ha entregado: el período se cerró antes de conectar con facturación.",
    answered: |status| format!("Facturación respondió con el error {status}."),
    failures: &[
        ("timeout", "Facturación no respondió a tiempo."),
        ("no_connection", "No se pudo conectar con facturación."),
        ("broke_off", "Se cortó la conexión con facturación."),
        (
            "not_made",
            "No se pudo leer la entrega. Avisa a quien administra el servidor.",
        ),
    ],
    send: "Enviar",
    send_now: "Enviar ahora",
    send_again: "Enviar de nuevo",
};
