//! Sentences about passkeys: at the sign-in, on a person's own page, and of an admin's.

use super::Wording;
use super::locale::whole;

/// In one language.
pub(crate) struct Passkeys {
    pub(crate) title: &'static str,
    pub(crate) title_short: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) none: &'static str,
    pub(crate) added_at: fn(&str) -> String,
    pub(crate) used_at: fn(&str) -> String,
    pub(crate) never_used: &'static str,
    pub(crate) add: &'static str,
    pub(crate) name: &'static str,
    pub(crate) name_usual: &'static str,
    pub(crate) name_hint: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) working: &'static str,
    pub(crate) added: fn(&str) -> String,
    pub(crate) remove: &'static str,
    pub(crate) remove_title: fn(&str) -> String,
    pub(crate) remove_hint: &'static str,
    pub(crate) removed: fn(&str) -> String,
    pub(crate) no_browser: &'static str,
    pub(crate) off: &'static str,
    pub(crate) name_empty: &'static str,
    pub(crate) cancelled: &'static str,
    pub(crate) known_here: &'static str,
    pub(crate) not_possible: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) enough: &'static str,
    pub(crate) of_person: fn(u32) -> String,
    pub(crate) of_person_title: fn(&str) -> String,
    pub(crate) of_person_hint: &'static str,
    pub(crate) of_person_removed: fn(&str) -> String,
    pub(crate) sign_in_lead: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_in_working: &'static str,
    pub(crate) by_password: &'static str,
    pub(crate) sign_in_cancelled: &'static str,
    pub(crate) sign_in_refused: &'static str,
}

impl Wording {
    /// About passkeys.
    pub(crate) fn passkeys(&self) -> &'static Passkeys {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Passkeys = Passkeys {
    title: "Passkeys",
    title_short: "Passkeys",
    lead: "Sign in by finger, face or PIN of this device, or by a security key, without typing name and password. \
           Your password stays good.",
    none: "You have none yet.",
    added_at: |when| format!("added {when}"),
    used_at: |when| format!("last used {when}"),
    never_used: "not used yet",
    add: "Add a passkey",
    name: "Name",
    name_usual: "This computer",
    name_hint: "So that you know it again when you remove it.",
    password_hint: "Asked for once more, so that nobody adds a passkey on a computer that you left open.",
    go_on: "Go on",
    working: "Follow your browser...",
    added: |name| format!("The passkey “{name}” is added. You can sign in with it from now on."),
    remove: "Remove",
    remove_title: |name| format!("Remove the passkey “{name}”?"),
    remove_hint: "It lets nobody in any more, and you are signed out everywhere but here. You can delete it from the device as well.",
    removed: |name| format!("The passkey “{name}” is removed."),
    no_browser: "This browser has no passkeys, or is too old for them. Take a present Chrome, Edge, Firefox or Safari.",
    off: "Passkeys are switched off on this server: they let nobody in at the moment.",
    name_empty: "Give it a name of 1 to 40 characters.",
    cancelled: "No passkey was made: it was cancelled, or took too long. Nothing has changed; try again when you are ready.",
    known_here: "This device has a passkey for you already. Nothing has changed; use that one, or take another device.",
    not_possible: "This device can't keep a passkey. Set up a screen lock on it, or take a security key or your phone.",
    failed: "Your browser could not do it. Try again; if it stays, take another browser or device.",
    refused: "The server did not take the passkey. Begin again, and go on within five minutes.",
    enough: "You have ten passkeys. Remove one that you don't use any more first.",
    of_person: |count| match count {
        1 => "Remove the passkey".into(),
        _ => format!("Remove {} passkeys", whole(count)),
    },
    of_person_title: |name| format!("Remove all passkeys of {name}?"),
    of_person_hint: "They are signed out everywhere, and sign in by their password until they add a passkey again.",
    of_person_removed: |name| format!("{name} has no passkeys any more."),
    sign_in_lead: "The office",
    sign_in: "Sign in with a passkey",
    sign_in_working: "Follow your browser...",
    by_password: "Sign in with name and password",
    sign_in_cancelled: "You are not signed in: it was cancelled, took too long, or this device has no passkey for Meterline. \
                        Try again, or sign in with name and password.",
    sign_in_refused: "This passkey does not let you in. It may have been removed, or your account is not active. \
                      Try again, sign in with name and password, or ask an admin.",
};

static SPANISH: Passkeys = Passkeys {
    title: "Llaves de acceso",
    title_short: "Llaves",
    lead: "Entre con la huella, la cara o el PIN de este dispositivo, o con una llave de seguridad, sin escribir nombre ni \
           contraseña. Su contraseña sigue valiendo.",
    none: "Todavía no tiene ninguna.",
    added_at: |when| format!("añadida el {when}"),
    used_at: |when| format!("usada por última vez el {when}"),
    never_used: "aún sin usar",
    add: "Añadir una llave de acceso",
    name: "Nombre",
    name_usual: "Este equipo",
    name_hint: "Para que la reconozca cuando la quite.",
    password_hint: "Se pide otra vez, para que nadie añada una llave en un equipo que usted dejó abierto.",
    go_on: "Seguir",
    working: "Siga las indicaciones del navegador...",
    added: |name| format!("La llave de acceso «{name}» está añadida. Desde ahora puede entrar con ella."),
    remove: "Quitar",
    remove_title: |name| format!("¿Quitar la llave de acceso «{name}»?"),
    remove_hint: "Ya no deja entrar a nadie, y su sesión se cierra en todas partes menos aquí. También puede borrarla del dispositivo.",
    removed: |name| format!("La llave de acceso «{name}» está quitada."),
    no_browser: "Este navegador no tiene llaves de acceso o es demasiado antiguo. Use un Chrome, Edge, Firefox o Safari actual.",
    off: "Las llaves de acceso están desactivadas en este servidor: por ahora no dejan entrar a nadie.",
    name_empty: "Póngale un nombre de 1 a 40 caracteres.",
    cancelled: "No se creó ninguna llave: se canceló o tardó demasiado. Nada ha cambiado; inténtelo de nuevo cuando quiera.",
    known_here: "Este dispositivo ya tiene una llave de acceso para usted. Nada ha cambiado; use esa, o tome otro dispositivo.",
    not_possible: "Este dispositivo no puede guardar una llave de acceso. Active en él un bloqueo de pantalla, o use una llave de seguridad o su teléfono.",
    failed: "Su navegador no pudo hacerlo. Inténtelo de nuevo; si sigue igual, use otro navegador o dispositivo.",
    refused: "El servidor no aceptó la llave de acceso. Empiece de nuevo y siga antes de cinco minutos.",
    enough: "Tiene diez llaves de acceso. Quite primero una que ya no use.",
    of_person: |count| match count {
        1 => "Quitar la llave de acceso".into(),
        _ => format!("Quitar {} llaves de acceso", whole(count)),
    },
    of_person_title: |name| format!("¿Quitar todas las llaves de acceso de {name}?"),
    of_person_hint: "Se cierra su sesión en todas partes, y entra con su contraseña hasta que añada otra llave.",
    of_person_removed: |name| format!("{name} ya no tiene llaves de acceso."),
    sign_in_lead: "La oficina",
    sign_in: "Entrar con una llave de acceso",
    sign_in_working: "Siga las indicaciones del navegador...",
    by_password: "Entrar con nombre y contraseña",
    sign_in_cancelled: "No ha entrado: se canceló, tardó demasiado, o este dispositivo no tiene una llave de acceso para Meterline. \
                        Inténtelo de nuevo, o entre con nombre y contraseña.",
    sign_in_refused: "Esta llave de acceso no le deja entrar. Puede que se haya quitado, o que su cuenta no esté activa. \
                      Inténtelo de nuevo, entre con nombre y contraseña, o pregunte a quien administra.",
};
