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
    what_is_stored: "While the page of a meter is open, this phone looks up where it is: latitude, longitude, how exact that is, and when. It is stored with what you save there, on this phone and in the office, and stays with it for good. Office staff see it beside the reading; tenants don't. At no other time is your position looked up, but once when you switch this on, so that the phone can ask you for leave.",
    never_waits: "Saving never waits for it: without a position, a reading goes without.",
    unsupported: "This browser can't tell where the phone is. Readings go without a position.",
    refused: "Location is blocked for this app",
    switch_on_again: "Then switch this on again.",
};

static SPANISH: PositionWords = PositionWords {
    with_readings: "Enviar mi posición con las lecturas",
    what_is_stored: "Mientras la página de un medidor está abierta, este teléfono busca dónde está: latitud, longitud, con qué exactitud y cuándo. Se guarda con lo que usted guarda allí, en este teléfono y en la oficina, y queda con ello para siempre. El personal de la oficina lo ve junto a la lectura; los inquilinos no. En ningún otro momento se busca su posición, salvo una vez al activar esto, para que el teléfono le pida permiso.",
    never_waits: "Guardar nunca espera por ella: si no hay posición, la lectura va sin ella.",
    unsupported: "Este navegador no puede decir dónde está el teléfono. Las lecturas van sin posición.",
    refused: "La ubicación está bloqueada para esta app",
    switch_on_again: "Después active esto de nuevo.",
};
