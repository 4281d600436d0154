//! Sentences of the page of people.

use super::Wording;
use super::locale::whole;

/// The page in one language.
pub(crate) struct People {
    pub(crate) title: &'static str,
    pub(crate) search: &'static str,
    pub(crate) add: &'static str,
    pub(crate) username: &'static str,
    pub(crate) username_hint: &'static str,
    pub(crate) full_name: &'static str,
    pub(crate) role: &'static str,
    pub(crate) roles: [&'static str; 3],
    pub(crate) properties: &'static str,
    pub(crate) all_properties: &'static str,
    pub(crate) some_properties: &'static str,
    pub(crate) find_property: &'static str,
    pub(crate) chosen: fn(usize) -> String,
    pub(crate) more_properties: fn(usize) -> String,
    pub(crate) no_property: &'static str,
    pub(crate) state: &'static str,
    pub(crate) active: &'static str,
    pub(crate) inactive: &'static str,
    pub(crate) first_password: &'static str,
    pub(crate) actions: &'static str,
    pub(crate) new_title: &'static str,
    pub(crate) edit_title: fn(&str) -> String,
    pub(crate) added: fn(&str) -> String,
    pub(crate) changed: fn(&str) -> String,
    pub(crate) reset: &'static str,
    pub(crate) reset_title: fn(&str) -> String,
    pub(crate) reset_hint: &'static str,
    pub(crate) password_title: fn(&str) -> String,
    pub(crate) password_hint: &'static str,
    pub(crate) deactivate: &'static str,
    pub(crate) deactivate_title: fn(&str) -> String,
    pub(crate) deactivate_hint: &'static str,
    pub(crate) reactivate: &'static str,
    pub(crate) deactivated: fn(&str) -> String,
    pub(crate) reactivated: fn(&str) -> String,
    pub(crate) enrol: &'static str,
    pub(crate) enrol_title: fn(&str) -> String,
    pub(crate) enrol_hint: fn(&str) -> String,
    pub(crate) enrol_picture: &'static str,
    pub(crate) take_back: &'static str,
    pub(crate) taken_back: fn(&str) -> String,
    pub(crate) done: &'static str,
    pub(crate) shown: fn(usize) -> String,
    pub(crate) empty_title: &'static str,
    pub(crate) empty_hint: &'static str,
    /// Keys, and what they do.
    pub(crate) keys: &'static [(&'static str, &'static str)],
}

impl Wording {
    /// The page of people.
    pub(crate) fn people(&self) -> &'static People {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: People = People {
    title: "People",
    search: "Search a name",
    add: "Add a person",
    username: "Name to sign in with",
    username_hint: "It stays for ever: readings are filed under it.",
    full_name: "Full name",
    role: "Role",
    roles: [
        "reads meters, on a phone",
        "reviews, closes and exports",
        "all of that, and people, phones and settings",
    ],
    properties: "Properties",
    all_properties: "All, also later ones",
    some_properties: "These",
    find_property: "Find a property by code or name",
    chosen: |count| match count {
        0 => "none chosen".into(),
        1 => "1 chosen".into(),
        _ => format!("{} chosen", whole(count)),
    },
    more_properties: |count| format!("{} more: search for them", whole(count)),
    no_property: "none",
    state: "State",
    active: "active",
    inactive: "not active",
    first_password: "first password",
    actions: "Actions",
    new_title: "New person",
    edit_title: |name| format!("Change {name}"),
    added: |name| format!("{name} is added."),
    changed: |name| format!("{name} is changed. It counts from the next thing they do."),
    reset: "Reset password",
    reset_title: |name| format!("Reset the password of {name}?"),
    reset_hint: "They are signed out everywhere and get a new first password. Readings on their phone stay there.",
    password_title: |name| format!("First password of {name}"),
    password_hint: "It is shown this once: write it down or read it out. At the first sign-in a new one has to be chosen.",
    deactivate: "Deactivate",
    deactivate_title: |name| format!("Deactivate {name}?"),
    deactivate_hint: "They are signed out everywhere and can't sign in any more. Readings that are still on their phone stay there, \
                      and are sent when they are active again; as a file they can be brought in at once.",
    reactivate: "Make active",
    deactivated: |name| format!("{name} is not active any more."),
    reactivated: |name| format!("{name} is active again."),
    enrol: "Enrol a phone",
    enrol_title: |name| format!("A phone for {name}"),
    enrol_hint: |until| {
        format!(
            "Point the phone's camera at the code and open the link. It is good for one phone, until {until}."
        )
    },
    enrol_picture: "QR code that enrols a phone",
    take_back: "Take the code back",
    taken_back: |name| format!("The code for {name} is no good any more."),
    done: "Done",
    shown: |count| match count {
        1 => "1 person".into(),
        _ => format!("{} people", whole(count)),
    },
    empty_title: "Nobody fits",
    empty_hint: "Take away a filter, or search another name.",
    keys: &[
        ("j k", "move"),
        ("n", "add"),
        ("e", "change"),
        ("q", "enrol a phone"),
        ("p", "reset password"),
        ("d", "deactivate"),
    ],
};

static SPANISH: People = People {
    title: "Personas",
    search: "Buscar un nombre",
    add: "Añadir una persona",
    username: "Nombre para entrar",
    username_hint: "Queda para siempre: las lecturas se archivan con él.",
    full_name: "Nombre completo",
    role: "Función",
    roles: [
        "lee medidores, con un teléfono",
        "revisa, cierra y exporta",
        "todo eso, y personas, teléfonos y ajustes",
    ],
    properties: "Propiedades",
    all_properties: "Todas, también las futuras",
    some_properties: "Estas",
    find_property: "Buscar una propiedad por código o nombre",
    chosen: |count| match count {
        0 => "ninguna elegida".into(),
        1 => "1 elegida".into(),
        _ => format!("{} elegidas", whole(count)),
    },
    more_properties: |count| format!("{} más: búsquelas", whole(count)),
    no_property: "ninguna",
    state: "Estado",
    active: "activa",
    inactive: "no activa",
    first_password: "primera contraseña",
    actions: "Acciones",
    new_title: "Persona nueva",
    edit_title: |name| format!("Cambiar {name}"),
    added: |name| format!("{name} está añadida."),
    changed: |name| format!("{name} está cambiada. Vale desde lo próximo que haga."),
    reset: "Restablecer contraseña",
    reset_title: |name| format!("¿Restablecer la contraseña de {name}?"),
    reset_hint: "Se cierra su sesión en todas partes y recibe una primera contraseña nueva. Las lecturas en su teléfono se quedan allí.",
    password_title: |name| format!("Primera contraseña de {name}"),
    password_hint: "Se muestra solo esta vez: anótela o léala en voz alta. En la primera entrada hay que elegir una nueva.",
    deactivate: "Desactivar",
    deactivate_title: |name| format!("¿Desactivar a {name}?"),
    deactivate_hint: "Se cierra su sesión en todas partes y ya no puede entrar. Las lecturas que aún están en su teléfono se quedan \
                      allí, y se envían cuando esté activa de nuevo; como archivo se pueden traer enseguida.",
    reactivate: "Activar",
    deactivated: |name| format!("{name} ya no está activa."),
    reactivated: |name| format!("{name} está activa de nuevo."),
    enrol: "Dar de alta un teléfono",
    enrol_title: |name| format!("Un teléfono para {name}"),
    enrol_hint: |until| {
        format!(
            "Apunte la cámara del teléfono al código y abra el enlace. Vale para un teléfono, hasta las {until}."
        )
    },
    enrol_picture: "Código QR que da de alta un teléfono",
    take_back: "Retirar el código",
    taken_back: |name| format!("El código para {name} ya no vale."),
    done: "Listo",
    shown: |count| match count {
        1 => "1 persona".into(),
        _ => format!("{} personas", whole(count)),
    },
    empty_title: "Nadie coincide",
    empty_hint: "Quite un filtro o busque otro nombre.",
    keys: &[
        ("j k", "mover"),
        ("n", "añadir"),
        ("e", "cambiar"),
        ("q", "dar de alta un teléfono"),
        ("p", "restablecer contraseña"),
        ("d", "desactivar"),
    ],
};
