//! Sentences of the page of the audit.

use ui::wording::named;

use super::Wording;

type Table = &'static [(&'static str, &'static str)];

/// The page in one language.
pub(crate) struct Audit {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) export: &'static str,
    pub(crate) at: &'static str,
    pub(crate) actor: &'static str,
    pub(crate) action: &'static str,
    pub(crate) subject: &'static str,
    pub(crate) detail: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) only: fn(&str) -> String,
    pub(crate) shown: fn(&str) -> String,
    pub(crate) empty_title: &'static str,
    pub(crate) empty_hint: &'static str,
    /// Keys, and what they do.
    pub(crate) keys: Table,
    /// What was done. A name that is missing here is shown as it came, made readable.
    actions: Table,
    /// Actors and subjects that are no names of anybody.
    others: Table,
    /// Names of what is told beside.
    details: Table,
}

impl Wording {
    /// The page of the audit.
    pub(crate) fn audit(&self) -> &'static Audit {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

impl Audit {
    /// What was done.
    pub(crate) fn action(&self, name: &str) -> String {
        named(self.actions, name)
    }

    /// Who did it, or to what.
    pub(crate) fn name(&self, name: &str) -> String {
        let word = self.others.iter().find(|(key, _)| *key == name);
        word.map_or(name, |(_, word)| *word).to_owned()
    }

    /// What is told beside.
    pub(crate) fn detail_name(&self, name: &str) -> String {
        named(self.details, name)
    }
}

static ENGLISH: Audit = Audit {
    title: "Audit",
    lead: "Who did what, and when. Nothing in it can be changed or removed.",
    export: "Export as CSV",
    at: "When",
    actor: "Who",
    action: "What",
    subject: "To what",
    detail: "Details",
    from: "From",
    to: "Until",
    only: |what| format!("Show only {what}"),
    shown: |count| format!("{count} shown"),
    empty_title: "Nothing fits",
    empty_hint: "Take away a filter, or choose other days.",
    keys: &[
        ("j k", "move"),
        ("w", "this person only"),
        ("t", "this thing only"),
        ("c", "clear filters"),
    ],
    actions: &[
        ("account_add", "account made"),
        ("account_change", "account changed"),
        ("account_deactivate", "account deactivated"),
        ("account_reactivate", "account active again"),
        ("password_reset", "password reset"),
        ("password_change", "own password changed"),
        ("password_check_failed", "own password mistyped"),
        ("passkey_add", "passkey added"),
        ("passkey_remove", "passkey removed"),
        ("passkey_failed", "passkey refused"),
        ("passkey_copied", "copied passkey refused"),
        ("sign_in_failed", "sign-in refused"),
        ("sign_in_limited", "sign-in tried too often"),
        ("enrolment_code", "code for a phone shown"),
        ("enrolment_take_back", "code for a phone taken back"),
        ("enrolment_use", "code for a phone used"),
        ("enrolment_failed", "code for a phone refused"),
        ("device_revoke", "phone revoked"),
        ("device_readmit", "phone taken back in"),
        ("device_not_trusted", "readings of a strange phone held"),
        ("bundle_import", "file of a phone brought in"),
        ("setting_change", "setting changed"),
        ("import", "import"),
        ("walking_order", "walking order changed"),
        ("meter_exchange", "meter replaced"),
        ("meter_exchange_undone", "replacement of a meter undone"),
        ("label_revoke", "label revoked"),
        ("label_reissue", "label replaced"),
        ("reading_approve", "reading approved"),
        ("reading_take_back", "approval taken back"),
        ("reading_send_back", "reading sent back"),
        ("reading_correct", "reading corrected"),
        ("reading_book", "held reading booked"),
        ("reading_dismiss", "held reading dismissed"),
        ("reading_estimate_mean", "estimated by mean use"),
        ("reading_estimate_last_year", "estimated by last year"),
        ("reading_ask_for", "reading asked for"),
        ("conflict_keep_first", "conflict: first kept"),
        ("conflict_take_second", "conflict: second taken"),
        ("conflict_keep_both", "conflict: both kept"),
        ("period_close", "period closed"),
        ("period_reopen", "period reopened"),
        ("handover_send", "hand-over sent by hand"),
        ("backup", "backup"),
        ("restore", "backup restored"),
    ],
    others: &[
        ("command line", "command line"),
        ("nobody", "nobody signed in"),
        ("unknown name", "unknown name"),
    ],
    details: &[
        ("from", "was"),
        ("to", "is"),
        ("full_name", "name"),
        ("active", "active"),
    ],
};

static SPANISH: Audit = Audit {
    title: "Auditoría",
    lead: "Quién hizo qué, y cuándo. Nada de esto se puede cambiar ni quitar.",
    export: "Exportar como CSV",
    at: "Cuándo",
    actor: "Quién",
    action: "Qué",
    subject: "A qué",
    detail: "Detalles",
    from: "Desde",
    to: "Hasta",
    only: |what| format!("Mostrar solo {what}"),
    shown: |count| format!("{count} mostradas"),
    empty_title: "Nada coincide",
    empty_hint: "Quite un filtro o elija otros días.",
    keys: &[
        ("j k", "mover"),
        ("w", "solo esta persona"),
        ("t", "solo esta cosa"),
        ("c", "quitar filtros"),
    ],
    actions: &[
        ("account_add", "cuenta creada"),
        ("account_change", "cuenta cambiada"),
        ("account_deactivate", "cuenta desactivada"),
        ("account_reactivate", "cuenta activa de nuevo"),
        ("password_reset", "contraseña restablecida"),
        ("password_change", "contraseña propia cambiada"),
        ("password_check_failed", "contraseña propia mal escrita"),
        ("passkey_add", "llave de acceso añadida"),
        ("passkey_remove", "llave de acceso quitada"),
        ("passkey_failed", "llave de acceso rechazada"),
        ("passkey_copied", "llave de acceso copiada rechazada"),
        ("sign_in_failed", "entrada rechazada"),
        ("sign_in_limited", "entrada intentada demasiadas veces"),
        ("enrolment_code", "código para un teléfono mostrado"),
        ("enrolment_take_back", "código para un teléfono retirado"),
        ("enrolment_use", "código para un teléfono usado"),
        ("enrolment_failed", "código para un teléfono rechazado"),
        ("device_revoke", "teléfono revocado"),
        ("device_readmit", "teléfono admitido de nuevo"),
        ("device_not_trusted", "lecturas de un teléfono extraño retenidas"),
        ("bundle_import", "archivo de un teléfono traído"),
        ("setting_change", "ajuste cambiado"),
        ("import", "importación"),
        ("walking_order", "orden de la ruta cambiado"),
        ("meter_exchange", "medidor sustituido"),
        ("meter_exchange_undone", "sustitución de un medidor deshecha"),
        ("label_revoke", "etiqueta anulada"),
        ("label_reissue", "etiqueta sustituida"),
        ("reading_approve", "lectura aprobada"),
        ("reading_take_back", "aprobación retirada"),
        ("reading_send_back", "lectura devuelta"),
        ("reading_correct", "lectura corregida"),
        ("reading_book", "lectura retenida anotada"),
        ("reading_dismiss", "lectura retenida descartada"),
        ("reading_estimate_mean", "estimada por consumo medio"),
        ("reading_estimate_last_year", "estimada por el año pasado"),
        ("reading_ask_for", "lectura pedida"),
        ("conflict_keep_first", "conflicto: queda la primera"),
        ("conflict_take_second", "conflicto: vale la segunda"),
        ("conflict_keep_both", "conflicto: quedan ambas"),
        ("period_close", "período cerrado"),
        ("period_reopen", "período reabierto"),
        ("handover_send", "entrega enviada a mano"),
        ("backup", "copia de seguridad"),
        ("restore", "copia de seguridad restaurada"),
    ],
    others: &[
        ("command line", "línea de comandos"),
        ("nobody", "nadie con sesión"),
        ("unknown name", "nombre desconocido"),
    ],
    details: &[
        ("from", "era"),
        ("to", "es"),
        ("full_name", "nombre"),
        ("role", "función"),
        ("properties", "propiedades"),
        ("reason", "motivo"),
        ("revision", "versión"),
        ("period", "período"),
        ("address", "dirección"),
        ("phone", "teléfono"),
        ("passkey", "llave de acceso"),
        ("passkeys", "llaves de acceso"),
        ("units", "unidades"),
        ("readings", "lecturas"),
    ],
};
