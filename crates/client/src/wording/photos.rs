//! Words about photos.

use super::Wording;
use super::locale::whole;

/// All of them, in one language.
pub(crate) struct PhotoWords {
    pub(crate) take: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) preparing: &'static str,
    pub(crate) still_preparing: &'static str,
    pub(crate) photo: fn(usize) -> String,
    pub(crate) remove: fn(usize) -> String,
    pub(crate) removed: &'static str,
    /// On a thumbnail: the picture itself has left this phone.
    pub(crate) not_here: &'static str,
    pub(crate) no_room: &'static str,
    pub(crate) not_a_picture: &'static str,
    pub(crate) too_large: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) store_failed: &'static str,
    /// In a row of the outbox.
    pub(crate) wait: fn(usize) -> String,
    pub(crate) on_phone: fn(usize) -> String,
    pub(crate) all_received: fn(u64) -> String,
    pub(crate) step: &'static str,
    pub(crate) sending: fn(usize, usize) -> String,
    pub(crate) why_wifi: &'static str,
    pub(crate) why_tap: &'static str,
    pub(crate) wifi_only: &'static str,
    pub(crate) wifi_hint: &'static str,
    pub(crate) wifi_untold: &'static str,
}

impl Wording {
    /// Words about photos.
    pub(crate) fn photos(&self) -> &'static PhotoWords {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: PhotoWords = PhotoWords {
    take: "Photo",
    choose: "Choose photo",
    preparing: "Making the photo small",
    still_preparing: "The photo is not ready yet. Tap Save again in a moment.",
    photo: |n| format!("Photo {n}"),
    remove: |n| format!("Remove photo {n}"),
    removed: "Photo removed",
    not_here: "No longer on this phone",
    no_room: "No photo was added: the space that is left on this phone is kept for readings. Delete photos or apps, or save without it.",
    not_a_picture: "This file can't be opened as a picture. Choose another one.",
    too_large: "This picture can't be made small enough. Take another one.",
    too_many: "A reading has at most 10 photos.",
    store_failed: "The photo could not be stored on this phone. Try again, or save without it.",
    wait: |n| match n {
        1 => "1 photo waits".into(),
        n => format!("{} photos wait", whole(n)),
    },
    on_phone: |n| match n {
        1 => "1 photo is still on this phone.".into(),
        n => format!("{} photos are still on this phone.", whole(n)),
    },
    all_received: |n| match n {
        1 => "The reading was received.".into(),
        n => format!("All {} readings received.", whole(n)),
    },
    step: "Sending photos",
    sending: |sent, of| format!("Readings first, then photos: {} of {}", whole(sent), whole(of)),
    why_wifi: "Photos wait for Wi-Fi. Readings don't.",
    why_tap: "Photos wait: this browser doesn't tell whether it is on Wi-Fi. Tap Sync now to send them.",
    wifi_only: "Photos on Wi-Fi only",
    wifi_hint: "Readings are sent on any network.",
    wifi_untold: "This browser doesn't tell which network it is on. With this switched on, photos wait until you tap Sync now.",
};

static SPANISH: PhotoWords = PhotoWords {
    take: "Foto",
    choose: "Elegir foto",
    preparing: "Reduciendo la foto",
    still_preparing: "La foto aún no está lista. Toque Guardar otra vez en un momento.",
    photo: |n| format!("Foto {n}"),
    remove: |n| format!("Quitar la foto {n}"),
    removed: "Foto quitada",
    not_here: "Ya no está en este teléfono",
    no_room: "No se añadió la foto: el espacio que queda en este teléfono se guarda para las lecturas. Borre fotos o aplicaciones, o guarde sin ella.",
    not_a_picture: "Este archivo no se puede abrir como imagen. Elija otro.",
    too_large: "Esta imagen no se puede reducir lo suficiente. Tome otra.",
    too_many: "Una lectura tiene como máximo 10 fotos.",
    store_failed: "No se pudo guardar la foto en este teléfono. Inténtelo de nuevo, o guarde sin ella.",
    wait: |n| match n {
        1 => "1 foto espera".into(),
        n => format!("{} fotos esperan", whole(n)),
    },
    on_phone: |n| match n {
        1 => "1 foto sigue en este teléfono.".into(),
        n => format!("{} fotos siguen en este teléfono.", whole(n)),
    },
    all_received: |n| match n {
        1 => "La lectura fue recibida.".into(),
        n => format!("Las {} lecturas fueron recibidas.", whole(n)),
    },
    step: "Enviando fotos",
    sending: |sent, of| {
        format!(
            "Primero lecturas, después fotos: {} de {}",
            whole(sent),
            whole(of)
        )
    },
    why_wifi: "Las fotos esperan la Wi-Fi. Las lecturas no.",
    why_tap: "Las fotos esperan: este navegador no dice si está en Wi-Fi. Toque Enviar ahora para enviarlas.",
    wifi_only: "Fotos solo por Wi-Fi",
    wifi_hint: "Las lecturas se envían por cualquier red.",
    wifi_untold: "Este navegador no dice en qué red está. Con esto activado, las fotos esperan hasta que toque Enviar ahora.",
};
