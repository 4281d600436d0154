//! Sentences of the form for a meter that was replaced, and of what else a reading can be.

use super::Wording;

/// Both in one language.
pub(crate) struct Exchange {
    pub(crate) title: &'static str,
    pub(crate) step: fn(usize, usize, &str) -> String,
    pub(crate) old_meter: &'static str,
    pub(crate) new_meter: &'static str,
    pub(crate) first_value: &'static str,
    pub(crate) today_value: &'static str,
    pub(crate) last_field: &'static str,
    pub(crate) last_hint: &'static str,
    pub(crate) serial_field: &'static str,
    pub(crate) serial_hint: &'static str,
    pub(crate) serial_missing: &'static str,
    pub(crate) serial_is_old: &'static str,
    pub(crate) serial_elsewhere: fn(&str) -> String,
    pub(crate) dials: &'static str,
    pub(crate) decimals: &'static str,
    pub(crate) first_hint: &'static str,
    pub(crate) today_toggle: fn(&str) -> String,
    pub(crate) today_hint: &'static str,
    pub(crate) today_below: &'static str,
    pub(crate) old_is: fn(&str, &str) -> String,
    pub(crate) new_is: fn(&str, &str) -> String,
    pub(crate) next: &'static str,
    pub(crate) before: &'static str,
    pub(crate) not_replaced: &'static str,
    pub(crate) draft_back: &'static str,
    pub(crate) new_since: fn(&str) -> String,
    /// In a row of the outbox: the new meter's serial.
    pub(crate) in_short: fn(&str) -> String,
    pub(crate) more: &'static str,
    pub(crate) why_read: &'static str,
    pub(crate) monthly: &'static str,
    pub(crate) replaced: &'static str,
    pub(crate) already_moved: &'static str,
    pub(crate) right_anyway: &'static str,
    pub(crate) right_anyway_hint: &'static str,
    pub(crate) replaced_hint: &'static str,
}

impl Wording {
    /// The form of an exchange.
    pub(crate) fn exchange(&self) -> &'static Exchange {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Exchange = Exchange {
    title: "Meter replaced",
    step: |number, of, name| format!("Step {number} of {of} · {name}"),
    old_meter: "Old meter",
    new_meter: "New meter",
    first_value: "First value",
    today_value: "Reading now",
    last_field: "Final value of the old meter",
    last_hint: "What the old meter showed when it was taken off.",
    serial_field: "Serial of the new meter",
    serial_hint: "As printed on the meter",
    serial_missing: "Type the serial of the new meter first.",
    serial_is_old: "That is the old meter's serial. Type the new one's.",
    serial_elsewhere: |unit| {
        format!("Your list has this serial at {unit}. You can save it; the office looks at it.")
    },
    dials: "Digits before the decimal point",
    decimals: "Decimals",
    first_hint: "What the new meter showed when it was put in.",
    today_toggle: |month| format!("It is also the reading of {month}"),
    today_hint: "What the new meter shows now.",
    today_below: "That is lower than the first value of the new meter.",
    old_is: |serial, value| format!("Old meter {serial} ended at {value}"),
    new_is: |serial, value| format!("New meter {serial} began at {value}"),
    next: "Next",
    before: "Back",
    not_replaced: "Not replaced",
    draft_back: "This is what you had typed about the replaced meter. It was not saved yet.",
    new_since: |day| format!("New meter since {day}"),
    in_short: |serial| format!("→ {serial}"),
    more: "More",
    why_read: "Why is it read?",
    monthly: "Monthly",
    replaced: "The meter was replaced",
    already_moved: "There is a reading like this of today already",
    right_anyway: "The value is right",
    right_anyway_hint: "Type it once more; the office looks at it",
    replaced_hint: "Enter the old and the new meter",
};

static SPANISH: Exchange = Exchange {
    title: "Medidor cambiado",
    step: |number, of, name| format!("Paso {number} de {of} · {name}"),
    old_meter: "Medidor viejo",
    new_meter: "Medidor nuevo",
    first_value: "Primer valor",
    today_value: "Lectura de ahora",
    last_field: "Valor final del medidor viejo",
    last_hint: "Lo que marcaba el medidor viejo cuando se quitó.",
    serial_field: "Número de serie del medidor nuevo",
    serial_hint: "Como está impreso en el medidor",
    serial_missing: "Escriba primero el número de serie del medidor nuevo.",
    serial_is_old: "Ese es el número del medidor viejo. Escriba el del nuevo.",
    serial_elsewhere: |unit| {
        format!("Su lista tiene este número en {unit}. Puede guardarlo; la oficina lo revisa.")
    },
    dials: "Cifras antes del punto",
    decimals: "Decimales",
    first_hint: "Lo que marcaba el medidor nuevo cuando se instaló.",
    today_toggle: |month| format!("Es también la lectura de {month}"),
    today_hint: "Lo que marca ahora el medidor nuevo.",
    today_below: "Es menos que el primer valor del medidor nuevo.",
    old_is: |serial, value| format!("El medidor viejo {serial} terminó en {value}"),
    new_is: |serial, value| format!("El medidor nuevo {serial} empezó en {value}"),
    next: "Siguiente",
    before: "Atrás",
    not_replaced: "No se cambió",
    draft_back: "Esto es lo que había escrito sobre el medidor cambiado. Aún no estaba guardado.",
    new_since: |day| format!("Medidor nuevo desde {day}"),
    in_short: |serial| format!("→ {serial}"),
    more: "Más",
    why_read: "¿Por qué se lee?",
    monthly: "Mensual",
    replaced: "Se cambió el medidor",
    already_moved: "Ya hay una lectura así de hoy",
    right_anyway: "El valor es correcto",
    right_anyway_hint: "Escríbalo una vez más; la oficina lo revisa",
    replaced_hint: "Anote el medidor viejo y el nuevo",
};
