//! Sentences of the page that enrols a phone by a code of the office, and about a password of one's own.

use super::Wording;

/// The page in one language.
pub(crate) struct Enrol {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) other: fn(&str) -> String,
    pub(crate) submit: &'static str,
    pub(crate) working: &'static str,
    pub(crate) leave: &'static str,
    pub(crate) not_good: &'static str,
    pub(crate) no_connection: &'static str,
    pub(crate) password_later: &'static str,
    pub(crate) password_banner: &'static str,
    pub(crate) password_choose: &'static str,
}

impl Wording {
    /// The page that enrols a phone.
    pub(crate) fn enrol(&self) -> &'static Enrol {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Enrol = Enrol {
    title: "Set up this phone",
    lead: "Your office has made a code for you. With it this phone is yours, without a password.",
    other: |name| {
        format!(
            "{name} works with this phone now. Readings that wait here stay, and are sent when {name} is back."
        )
    },
    submit: "Set up this phone",
    working: "Setting up",
    leave: "Not now",
    not_good: "This code is not good any more. It works once, for 15 minutes: ask the office for a new one.",
    no_connection: "No answer from the server. Find some network and try again; the code is still good.",
    password_later: "Later: go on reading",
    password_banner: "Choose a password of your own. Until then nothing is sent; readings stay on this phone.",
    password_choose: "Choose",
};

static SPANISH: Enrol = Enrol {
    title: "Preparar este teléfono",
    lead: "Su oficina ha hecho un código para usted. Con él este teléfono es suyo, sin contraseña.",
    other: |name| {
        format!(
            "{name} trabaja ahora con este teléfono. Las lecturas que esperan aquí se quedan, y se envían cuando {name} vuelva."
        )
    },
    submit: "Preparar este teléfono",
    working: "Preparando",
    leave: "Ahora no",
    not_good: "Este código ya no vale. Sirve una vez, durante 15 minutos: pida uno nuevo a la oficina.",
    no_connection: "El servidor no responde. Busque red y pruebe de nuevo; el código aún vale.",
    password_later: "Más tarde: seguir leyendo",
    password_banner: "Elija una contraseña propia. Hasta entonces no se envía nada; las lecturas se quedan en este teléfono.",
    password_choose: "Elegir",
};
