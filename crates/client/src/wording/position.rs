//! Sentences about where the phone is.

use super::Wording;

/// The setting, in one language.
pub(crate) struct PositionWords {
    pub(crate) with_readings: &'static str,
    /// What the person consents to: what is looked up, when, where it is kept, and who sees it.
    pub(crate) consent: [&'static str; 4],
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
    consent: [
        "What: where this phone is (latitude, longitude, how exact that is) and when it found out.",
        "When: while the page of a meter is open. And once when you switch this on, so that the phone can ask you.",
        "Where: with what you save on that page, on this phone and in the office, for good. Office staff see it beside the reading; tenants don't.",
        "Saving never waits for it: without a position, a reading goes without.",
    ],
    unsupported: "This browser can't tell where the phone is. Readings go without a position.",
    refused: "Location is blocked for this app",
    switch_on_again: "Then switch this on again.",
};

static SPANISH: PositionWords = PositionWords {
    with_readings: "Enviar mi posición con las lecturas",
    consent: [
        "Qué: dónde está este teléfono (latitud, longitud, con qué exactitud) y cuándo lo supo.",
        "Cuándo: mientras la página de un medidor está abierta. Y una vez al activar esto, para que el teléfono le pida permiso.",
        "Dónde: con lo que usted guarda en esa página, en este teléfono y en la oficina, para siempre. El personal de la oficina lo ve junto a la lectura; los inquilinos no.",
        "Guardar nunca espera por ella: si no hay posición, la lectura va sin ella.",
    ],
    unsupported: "Este navegador no puede decir dónde está el teléfono. Las lecturas van sin posición.",
    refused: "La ubicación está bloqueada para esta app",
    switch_on_again: "Después active esto de nuevo.",
};
