//! Sentences of the scan page.

use super::Wording;

/// The scan page in one language.
pub(crate) struct Scan {
    pub(crate) title: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) aim: &'static str,
    pub(crate) dark: &'static str,
    pub(crate) next_label: &'static str,
    pub(crate) torch: &'static str,
    pub(crate) lens: &'static str,
    pub(crate) zoom: &'static str,
    pub(crate) find_unit: &'static str,
    pub(crate) photo: &'static str,
    pub(crate) reading_photo: &'static str,
    pub(crate) no_label_in_photo: &'static str,
    pub(crate) not_a_picture: &'static str,
    pub(crate) scanner_failed: &'static str,
    pub(crate) next: fn(&str) -> String,
    pub(crate) all_read: &'static str,
    pub(crate) which_one: &'static str,
    pub(crate) which_one_hint: &'static str,
    pub(crate) unknown_title: &'static str,
    pub(crate) unknown_hint: &'static str,
    pub(crate) revoked_title: &'static str,
    pub(crate) revoked_hint: &'static str,
    pub(crate) revoked_found: &'static str,
    pub(crate) look_up: &'static str,
    pub(crate) keep_unknown: &'static str,
    pub(crate) scan_again: &'static str,
    pub(crate) try_again: &'static str,
    pub(crate) without_camera: &'static str,
    pub(crate) refused_title: &'static str,
    pub(crate) missing: Help,
    pub(crate) busy: Help,
    pub(crate) insecure: Help,
}

/// Why there is no picture, and what to do about it.
pub(crate) struct Help {
    pub(crate) title: &'static str,
    pub(crate) steps: &'static [&'static str],
}

impl Wording {
    /// The scan page.
    pub(crate) fn scan(&self) -> &'static Scan {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Scan = Scan {
    title: "Scan",
    opening: "Starting the camera",
    aim: "Hold the label in the frame",
    dark: "It is dark here. Switch the torch on",
    next_label: "This one is read. Now the next label",
    torch: "Torch",
    lens: "Lens",
    zoom: "Zoom",
    find_unit: "Find unit",
    photo: "Photo",
    reading_photo: "Looking at the photo",
    no_label_in_photo: "No label could be read in this photo. Go closer, or use Find unit.",
    not_a_picture: "This file can't be opened as a picture. Choose another photo.",
    scanner_failed: "The scanner doesn't start on this phone. Use Find unit, or open the app again.",
    next: |meter| format!("Next: {meter}"),
    all_read: "Everything on this round is read",
    which_one: "Which one?",
    which_one_hint: "This label fits more than one meter.",
    unknown_title: "Unknown label",
    unknown_hint: "This label isn't in your list. It says:",
    revoked_title: "Label no longer valid",
    revoked_hint: "The office has revoked this label. Find the meter by its unit, tenant or serial. It says:",
    revoked_found: "The office has revoked this label. Look for the unit, tenant or meter serial instead.",
    look_up: "Find the unit",
    keep_unknown: "Keep the reading for the office",
    scan_again: "Scan again",
    try_again: "Try again",
    without_camera: "Without the camera: Find unit, or a photo of the label.",
    refused_title: "The camera is blocked for this app",
    missing: Help {
        title: "No camera was found",
        steps: &["If the phone has one, close other apps that use it, then try again."],
    },
    busy: Help {
        title: "The camera doesn't start",
        steps: &[
            "Close other apps that use the camera, such as a call.",
            "If that doesn't help, close this app and open it again. Readings stay on the phone.",
        ],
    },
    insecure: Help {
        title: "The camera needs a secure address",
        steps: &["Open the app by the address that begins with https. The office knows it."],
    },
};

static SPANISH: Scan = Scan {
    title: "Escanear",
    opening: "Iniciando la cámara",
    aim: "Mantenga la etiqueta dentro del marco",
    dark: "Está oscuro. Encienda la linterna",
    next_label: "Esta ya está leída. Ahora la siguiente etiqueta",
    torch: "Linterna",
    lens: "Lente",
    zoom: "Zoom",
    find_unit: "Buscar unidad",
    photo: "Foto",
    reading_photo: "Mirando la foto",
    no_label_in_photo: "No se pudo leer ninguna etiqueta en esta foto. Acérquese más o use Buscar unidad.",
    not_a_picture: "Este archivo no se puede abrir como imagen. Elija otra foto.",
    scanner_failed: "El escáner no se inicia en este teléfono. Use Buscar unidad o abra la app de nuevo.",
    next: |meter| format!("Sigue: {meter}"),
    all_read: "Todo está leído en esta ronda",
    which_one: "¿Cuál es?",
    which_one_hint: "Esta etiqueta corresponde a más de un contador.",
    unknown_title: "Etiqueta desconocida",
    unknown_hint: "Esta etiqueta no está en su lista. Dice:",
    revoked_title: "Etiqueta ya no válida",
    revoked_hint: "La oficina anuló esta etiqueta. Busque el medidor por su unidad, inquilino o número de serie. Dice:",
    revoked_found: "La oficina anuló esta etiqueta. Busque la unidad, el inquilino o el número de serie del medidor.",
    look_up: "Buscar la unidad",
    keep_unknown: "Guardar la lectura para la oficina",
    scan_again: "Escanear de nuevo",
    try_again: "Intentar de nuevo",
    without_camera: "Sin cámara: Buscar unidad o una foto de la etiqueta.",
    refused_title: "La cámara está bloqueada para esta app",
    missing: Help {
        title: "No se encontró ninguna cámara",
        steps: &["Si el teléfono tiene una, cierre otras apps que la usen e intente de nuevo."],
    },
    busy: Help {
        title: "La cámara no se inicia",
        steps: &[
            "Cierre otras apps que usen la cámara, por ejemplo una llamada.",
            "Si no ayuda, cierre esta app y ábrala de nuevo. Las lecturas quedan en el teléfono.",
        ],
    },
    insecure: Help {
        title: "La cámara necesita una dirección segura",
        steps: &["Abra la app con la dirección que empieza por https. La oficina la conoce."],
    },
};
