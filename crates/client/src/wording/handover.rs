//! Sentences about work that is handed to the office as a file, and about work of other people on this phone.

use super::Wording;
use super::locale::whole;

/// Files and other people's work, in one language.
pub(crate) struct Handover {
    pub(crate) export: &'static str,
    pub(crate) export_hint: &'static str,
    pub(crate) shared: fn(usize) -> String,
    pub(crate) downloaded: fn(usize) -> String,
    pub(crate) failed: &'static str,
    pub(crate) waits_of: fn(usize, &str) -> String,
    pub(crate) waits_of_hint: fn(&str) -> String,
    pub(crate) own_hint: &'static str,
    pub(crate) revoked: &'static str,
    pub(crate) revoked_empty: &'static str,
    pub(crate) sign_in_again: &'static str,
}

impl Wording {
    /// Files and other people's work.
    pub(crate) fn handover(&self) -> &'static Handover {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Handover = Handover {
    export: "Export file",
    export_hint: "Without network for long? A file with everything unsent can go to the office another way. It is \
                  removed here only when the office has received it.",
    shared: |n| match n {
        1 => "1 reading handed over. It stays here until the office has it.".into(),
        _ => format!(
            "{} readings handed over. They stay here until the office has them.",
            whole(n)
        ),
    },
    downloaded: |n| match n {
        1 => "1 reading is in Downloads as a file. It stays here until the office has it.".into(),
        _ => format!(
            "{} readings are in Downloads as a file. They stay here until the office has them.",
            whole(n)
        ),
    },
    failed: "No file could be made. Nothing was changed; try again.",
    waits_of: |n, person| match n {
        1 => format!("1 reading of {person} waits on this phone"),
        _ => format!("{} readings of {person} wait on this phone", whole(n)),
    },
    waits_of_hint: |person| {
        format!(
            "They are sent when {person} signs in here. Or export them to a file that the office brings in; they stay \
             here until then."
        )
    },
    own_hint: "They stay here and are sent after the sign-in. If you can't sign in, export them to a file for the office.",
    revoked: "The office has revoked this phone, so its tenant list was removed. What is saved here stays and is still \
              sent; the office decides on it. If this is a mistake, call the office.",
    revoked_empty: "This phone shows no units any more.",
    sign_in_again: "Your session has ended. Readings are still saved here; they are sent when you have signed in again.",
};

static SPANISH: Handover = Handover {
    export: "Exportar",
    export_hint: "¿Mucho tiempo sin red? Un archivo con todo lo pendiente puede llegar a la oficina de otra manera. Aquí \
                  se quita solo cuando la oficina lo ha recibido.",
    shared: |n| match n {
        1 => "1 lectura entregada. Se queda aquí hasta que la oficina la tenga.".into(),
        _ => format!(
            "{} lecturas entregadas. Se quedan aquí hasta que la oficina las tenga.",
            whole(n)
        ),
    },
    downloaded: |n| match n {
        1 => "1 lectura está en Descargas como archivo. Se queda aquí hasta que la oficina la tenga.".into(),
        _ => format!(
            "{} lecturas están en Descargas como archivo. Se quedan aquí hasta que la oficina las tenga.",
            whole(n)
        ),
    },
    failed: "No se pudo hacer el archivo. No ha cambiado nada; pruebe de nuevo.",
    waits_of: |n, person| match n {
        1 => format!("1 lectura de {person} espera en este teléfono"),
        _ => format!("{} lecturas de {person} esperan en este teléfono", whole(n)),
    },
    waits_of_hint: |person| {
        format!(
            "Se envían cuando {person} inicia sesión aquí. O expórtelas a un archivo que la oficina carga; se quedan \
             aquí hasta entonces."
        )
    },
    own_hint: "Se quedan aquí y se envían tras iniciar sesión. Si no puede iniciarla, expórtelas a un archivo para la oficina.",
    revoked: "La oficina dio de baja este teléfono y se quitó su lista de inquilinos. Lo guardado aquí se queda y aún se \
              envía; la oficina decide. Si es un error, llame a la oficina.",
    revoked_empty: "Este teléfono ya no muestra unidades.",
    sign_in_again: "Su sesión terminó. Las lecturas se siguen guardando aquí; se envían cuando inicie sesión de nuevo.",
};
