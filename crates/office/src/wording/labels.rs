//! Sentences of the office's page of labels.

use super::Wording;
use super::locale::whole;

/// The page of labels in one language.
pub(crate) struct Labels {
    pub(crate) title: &'static str,
    pub(crate) search: &'static str,
    pub(crate) property: &'static str,
    pub(crate) every_property: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) state: &'static str,
    pub(crate) valid: &'static str,
    pub(crate) revoked: &'static str,
    pub(crate) without: &'static str,
    pub(crate) all: &'static str,
    pub(crate) valid_one: &'static str,
    pub(crate) revoked_one: &'static str,
    pub(crate) none_one: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) utility: &'static str,
    pub(crate) code: &'static str,
    pub(crate) issued: &'static str,
    pub(crate) actions: &'static str,
    pub(crate) select_shown: &'static str,
    pub(crate) select: fn(&str) -> String,
    pub(crate) paper: &'static str,
    pub(crate) roll: &'static str,
    pub(crate) first_place: &'static str,
    pub(crate) print_selected: fn(usize) -> String,
    pub(crate) print_all: fn(i64) -> String,
    pub(crate) too_many: fn(usize) -> String,
    pub(crate) reissue: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) reissue_title: fn(&str, &str) -> String,
    pub(crate) revoke_title: fn(&str, &str) -> String,
    pub(crate) reissue_hint: &'static str,
    pub(crate) revoke_hint: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) reason_example: &'static str,
    pub(crate) reason_needed: &'static str,
    pub(crate) reissued: fn(&str, &str) -> String,
    pub(crate) is_revoked: fn(&str) -> String,
    pub(crate) empty_title: &'static str,
    pub(crate) empty_hint: &'static str,
}

impl Wording {
    /// The page of labels.
    pub(crate) fn labels(&self) -> &'static Labels {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Labels = Labels {
    title: "Labels",
    search: "Search a code or unit",
    property: "Property",
    every_property: "All properties",
    shown: "Show",
    state: "State",
    valid: "Valid",
    revoked: "Revoked",
    without: "Meters without a valid one",
    all: "All",
    valid_one: "valid",
    revoked_one: "revoked",
    none_one: "no label",
    unit: "Unit",
    utility: "Utility",
    code: "Code",
    issued: "Made",
    actions: "Actions",
    select_shown: "Select all that are shown",
    select: |code| format!("Select label {code}"),
    paper: "Paper",
    roll: "Label printer",
    first_place: "Begin at label",
    print_selected: |count| format!("Print selected ({})", whole(count)),
    print_all: |count| format!("Print all {}", whole(count)),
    too_many: |most| {
        format!(
            "At most {} labels are printed at once: choose one property.",
            whole(most)
        )
    },
    reissue: "Replace",
    revoke: "Revoke",
    reissue_title: |code, unit| format!("Replace label {code} of {unit}?"),
    revoke_title: |code, unit| format!("Revoke label {code} of {unit}?"),
    reissue_hint: "The meter gets a new code, to be printed and stuck on. Phones no longer take the old one.",
    revoke_hint: "Phones no longer take this code. The meter can still be found by its unit.",
    reason: "Why",
    reason_example: "torn off, on the wrong meter, ...",
    reason_needed: "Say why, in a few words.",
    reissued: |code, unit| format!("New label {code} for {unit}, selected for printing"),
    is_revoked: |unit| format!("The label of {unit} is revoked"),
    empty_title: "No label fits",
    empty_hint: "Labels are made when meters are imported. Take a filter away to see them.",
};

static SPANISH: Labels = Labels {
    title: "Etiquetas",
    search: "Buscar código o unidad",
    property: "Propiedad",
    every_property: "Todas las propiedades",
    shown: "Mostrar",
    state: "Estado",
    valid: "Válidas",
    revoked: "Anuladas",
    without: "Medidores sin una válida",
    all: "Todas",
    valid_one: "válida",
    revoked_one: "anulada",
    none_one: "sin etiqueta",
    unit: "Unidad",
    utility: "Servicio",
    code: "Código",
    issued: "Creada",
    actions: "Acciones",
    select_shown: "Seleccionar todas las mostradas",
    select: |code| format!("Seleccionar la etiqueta {code}"),
    paper: "Papel",
    roll: "Impresora de etiquetas",
    first_place: "Empezar en la etiqueta",
    print_selected: |count| format!("Imprimir las seleccionadas ({})", whole(count)),
    print_all: |count| format!("Imprimir las {}", whole(count)),
    too_many: |most| {
        format!(
            "Se imprimen como mucho {} etiquetas a la vez: elija una propiedad.",
            whole(most)
        )
    },
    reissue: "Sustituir",
    revoke: "Anular",
    reissue_title: |code, unit| format!("¿Sustituir la etiqueta {code} de {unit}?"),
    revoke_title: |code, unit| format!("¿Anular la etiqueta {code} de {unit}?"),
    reissue_hint: "El medidor recibe un código nuevo, que hay que imprimir y pegar. Los teléfonos ya no aceptan el anterior.",
    revoke_hint: "Los teléfonos ya no aceptan este código. El medidor se encuentra aún por su unidad.",
    reason: "Por qué",
    reason_example: "arrancada, en otro medidor...",
    reason_needed: "Diga por qué, en pocas palabras.",
    reissued: |code, unit| format!("Etiqueta nueva {code} para {unit}, seleccionada para imprimir"),
    is_revoked: |unit| format!("La etiqueta de {unit} está anulada"),
    empty_title: "Ninguna etiqueta coincide",
    empty_hint: "Las etiquetas se crean al importar medidores. Quite un filtro para verlas.",
};
