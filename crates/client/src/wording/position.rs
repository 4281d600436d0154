//! Sentences about where the phone is.

use super::Wording;

/// The setting, in one language.
pub(crate) struct PositionWords {
    pub(crate) with_readings: &'static str,
    /// What is stored, where, and who sees it: what the person consents to.
    pub(crate) what_is_stored: &'static str,
    pub(crate) never_waits: &'static str,
    pub(crate) unsupported: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) switch_on_again: &'static str,
}

impl Wording {
    /// The setting about where the phone is.
    pub(crate) fn position(&self) -> &'static PositionWords {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: PositionWords = PositionWords {
    with_readings: "Send my position with readings",
    what_is_stored: "While the page of a meter is open, this phone looks up where it is: latitude, longitude, how exact that is, and when. It goes with what you save on that page, and stays with it. You and the staff of your office can see it; tenants can't. At no other time is your position looked up.",
    never_waits: "Saving never waits for it: without a position, a reading goes without.",
    unsupported: "This browser can't tell where the phone is. Readings go without a position.",
    refused: "Location is blocked for this app",
    switch_on_again: "Then switch this on again.",
};

static SPANISH: PositionWords = PositionWords {
    with_readings: "Enviar mi posición con las lecturas",
    what_is_stored: "Mientras la página de un medidor está abierta, este teléfono busca dónde está: latitud, longitud, con qué exactitud y cuándo. Va con lo que usted guarda en esa página y queda con ello. Lo ven usted y el personal de su oficina; los inquilinos no. En ningún otro momento se busca su posición.",
    never_waits: "Guardar nunca espera por ella: si no hay posición, la lectura va sin ella.",
    unsupported: "Este navegador no puede decir dónde está el teléfono. Las lecturas van sin posición.",
    refused: "La ubicación está bloqueada para esta app",
    switch_on_again: "Después active esto de nuevo.",
};
