//! Sentences of the office's page of phones, and of the files that it brings in.

use super::Wording;
use super::locale::whole;

/// The page of phones in one language.
pub(crate) struct Phones {
    pub(crate) title: &'static str,
    pub(crate) live: &'static str,
    pub(crate) person: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) last_contact: &'static str,
    pub(crate) on_phone: &'static str,
    pub(crate) oldest: &'static str,
    pub(crate) arrived: &'static str,
    pub(crate) arrived_of: fn(u64, u64) -> String,
    pub(crate) state: &'static str,
    pub(crate) never: &'static str,
    pub(crate) all_arrived: &'static str,
    pub(crate) nothing_yet: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) old: &'static str,
    pub(crate) gaps: &'static str,
    pub(crate) revoked: &'static str,
    pub(crate) unprotected: &'static str,
    pub(crate) ago: fn(i64) -> String,
    pub(crate) old_advice: fn(&str, &str) -> String,
    pub(crate) gaps_lost: fn(&str) -> String,
    pub(crate) gaps_some_waiting: fn(&str, u64) -> String,
    pub(crate) gaps_advice: fn(&str) -> String,
    pub(crate) gaps_look: &'static str,
    pub(crate) revoked_advice: &'static str,
    pub(crate) revoked_look: fn(&str) -> String,
    pub(crate) decide: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) revoke_of: fn(&str) -> String,
    pub(crate) revoke_title: &'static str,
    pub(crate) revoke_hint: fn(&str, u64) -> String,
    pub(crate) revoked_now: fn(&str) -> String,
    pub(crate) readmit: &'static str,
    pub(crate) readmit_of: fn(&str) -> String,
    pub(crate) readmit_title: &'static str,
    pub(crate) readmit_hint: fn(&str) -> String,
    pub(crate) readmitted_now: fn(&str) -> String,
    pub(crate) old_after: fn(u32) -> String,
    pub(crate) limit_label: &'static str,
    pub(crate) limit_unit: &'static str,
    pub(crate) limit_range: fn(&str) -> String,
    pub(crate) limit_saved: fn(u32) -> String,
    pub(crate) sum: fn(usize, u64) -> String,
    pub(crate) empty_title: &'static str,
    pub(crate) empty_hint: &'static str,
    pub(crate) import: &'static str,
    pub(crate) import_title: &'static str,
    pub(crate) import_choose: &'static str,
    pub(crate) import_hint: &'static str,
    pub(crate) importing: fn(usize) -> String,
    pub(crate) import_no_bundle: &'static str,
    pub(crate) import_too_new: &'static str,
    pub(crate) import_unreadable: &'static str,
    pub(crate) imported: fn(usize, &str) -> String,
    pub(crate) exported_at: fn(&str) -> String,
    pub(crate) in_books: &'static str,
    pub(crate) confirms: &'static str,
    pub(crate) held: &'static str,
    pub(crate) conflict: &'static str,
    pub(crate) rejected: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) device_unknown: &'static str,
    pub(crate) device_revoked: &'static str,
    pub(crate) stopped: fn(usize, usize) -> String,
    pub(crate) twice_is_safe: &'static str,
    pub(crate) see_readings: fn(&str) -> String,
}

impl Wording {
    /// The page of phones.
    pub(crate) fn phones(&self) -> &'static Phones {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Phones = Phones {
    title: "Phones",
    live: "Reports appear by themselves",
    person: "Person",
    phone: "Phone",
    last_contact: "Last contact",
    on_phone: "Still on it",
    oldest: "Oldest",
    arrived: "Arrived",
    arrived_of: |received, total| format!("{} of {}", whole(received), whole(total)),
    state: "State",
    never: "never",
    all_arrived: "all arrived",
    nothing_yet: "no readings yet",
    waiting: "waiting",
    old: "waiting long",
    gaps: "gaps",
    revoked: "revoked",
    unprotected: "storage not protected",
    ago: |minutes| match minutes {
        ..1 => "just now".into(),
        1..120 => format!("{minutes} min ago"),
        120..2_880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", whole(minutes / 1_440)),
    },
    old_advice: |person, since| {
        format!(
            "Readings have waited on this phone since {since}. Ask {person} to find network and open the app. If that \
             does not work, {person} can export them to a file (Outbox, Export file), which you bring in here."
        )
    },
    gaps_lost: |ranges| format!("{ranges}: never received, and no longer on the phone."),
    gaps_some_waiting: |ranges, waiting| {
        format!(
            "{ranges}: not received. The phone says that it still has {} of them; the others are no longer on it.",
            whole(waiting)
        )
    },
    gaps_advice: |person| {
        format!(
            "Ask {person} to open the app on this phone and tap Sync now. What stays missing was lost with the \
             browser's storage: compare what arrived with the round and have those units read again."
        )
    },
    gaps_look: "See what arrived",
    revoked_advice: "This phone was revoked. What it sends or what a file brings from it is held until you decide.",
    revoked_look: |person| format!("See what is held of {person}"),
    decide: "Decide",
    revoke: "Revoke",
    revoke_of: |person| format!("Revoke the phone of {person}"),
    revoke_title: "Revoke this phone?",
    revoke_hint: |persons, waiting| {
        let on_it = match waiting {
            0 => "Nothing is deleted on it".into(),
            1 => "The reading that is still on it is not deleted".into(),
            _ => format!("The {} readings still on it are not deleted", whole(waiting)),
        };
        format!(
            "The phone of {persons} loses the tenant list at its next contact. {on_it}: whatever it sends from now \
             on arrives, and is held until the office decides. You can take the phone back in at any time."
        )
    },
    revoked_now: |persons| {
        format!("The phone of {persons} is revoked. What it sends is held until you decide.")
    },
    readmit: "Take back in",
    readmit_of: |person| format!("Take back in the phone of {person}"),
    readmit_title: "Take this phone back in?",
    readmit_hint: |persons| {
        format!(
            "The phone of {persons} gets the tenant list again, and what it sends from now on is booked as from any \
             other phone. What was held meanwhile stays held until the office decides."
        )
    },
    readmitted_now: |persons| {
        format!(
            "The phone of {persons} is taken back in. What was held meanwhile stays held until you decide."
        )
    },
    old_after: |hours| format!("Warns when a reading has waited {} h", whole(hours)),
    limit_label: "Warn when a reading has waited",
    limit_unit: "hours",
    limit_range: |most| format!("A whole number from 1 to {most}"),
    limit_saved: |hours| match hours {
        1 => "Phones are warned of when a reading has waited 1 hour.".into(),
        _ => format!(
            "Phones are warned of when a reading has waited {} hours.",
            whole(hours)
        ),
    },
    sum: |phones, waiting| match (phones, waiting) {
        (1, 0) => "1 phone, nothing waits on it".into(),
        (_, 0) => format!("{} phones, nothing waits on them", whole(phones)),
        (1, _) => format!("1 phone, {} still on it", whole(waiting)),
        _ => format!("{} phones, {} still on them", whole(phones), whole(waiting)),
    },
    empty_title: "No phones yet",
    empty_hint: "A phone appears here when a technician signs in on it for the first time.",
    import: "Bring in a file",
    import_title: "File from a phone",
    import_choose: "Choose the file",
    import_hint: "For a phone that finds no network, or whose person is away: the file that it exported. The readings \
                  are booked in the name of the person who read them.",
    importing: |done| format!("Bringing in, {} done", whole(done)),
    import_no_bundle: "This is not a file that the app exported. Choose the one whose name begins with “meterline”.",
    import_too_new: "A newer version of the app made this file. Update the server first.",
    import_unreadable: "The file could not be read. Choose it again.",
    imported: |count, person| match count {
        1 => format!("1 reading of {person} was brought in"),
        _ => format!("{} readings of {person} were brought in", whole(count)),
    },
    exported_at: |when| format!("Exported on {when}"),
    in_books: "in the books",
    confirms: "confirm what was there",
    held: "held for you to decide",
    conflict: "in conflict with another value",
    rejected: "could not be taken",
    retry: "to be tried again",
    device_unknown: "This phone never signed in here: every reading is held for you to decide.",
    device_revoked: "This phone was revoked: every reading is held for you to decide.",
    stopped: |done, count| {
        format!(
            "Stopped after {} of {}. Choose the same file again to go on.",
            whole(done),
            whole(count)
        )
    },
    twice_is_safe: "The same file twice, or the phone's own sending later, changes nothing.",
    see_readings: |person| format!("See the readings of {person}"),
};

static SPANISH: Phones = Phones {
    title: "Teléfonos",
    live: "Los avisos aparecen solos",
    person: "Persona",
    phone: "Teléfono",
    last_contact: "Último contacto",
    on_phone: "Aún en él",
    oldest: "La más antigua",
    arrived: "Llegadas",
    arrived_of: |received, total| format!("{} de {}", whole(received), whole(total)),
    state: "Estado",
    never: "nunca",
    all_arrived: "todo llegó",
    nothing_yet: "aún sin lecturas",
    waiting: "pendientes",
    old: "espera larga",
    gaps: "faltan",
    revoked: "dado de baja",
    unprotected: "almacenamiento sin proteger",
    ago: |minutes| match minutes {
        ..1 => "ahora mismo".into(),
        1..120 => format!("hace {minutes} min"),
        120..2_880 => format!("hace {} h", minutes / 60),
        _ => format!("hace {} días", whole(minutes / 1_440)),
    },
    old_advice: |person, since| {
        format!(
            "Hay lecturas que esperan en este teléfono desde el {since}. Pida a {person} que busque red y abra la \
             aplicación. Si no funciona, puede exportarlas a un archivo (Salida, Exportar) y usted lo \
             carga aquí."
        )
    },
    gaps_lost: |ranges| format!("{ranges}: nunca recibidas y ya no están en el teléfono."),
    gaps_some_waiting: |ranges, waiting| {
        format!(
            "{ranges}: sin recibir. El teléfono dice que aún tiene {} de ellas; las demás ya no están en él.",
            whole(waiting)
        )
    },
    gaps_advice: |person| {
        format!(
            "Pida a {person} que abra la aplicación en este teléfono y toque Enviar ahora. Lo que siga faltando se \
             perdió con el almacenamiento del navegador: compare lo que llegó con la ruta y haga leer esas unidades \
             de nuevo."
        )
    },
    gaps_look: "Ver lo que llegó",
    revoked_advice: "Este teléfono fue dado de baja. Lo que envíe, o lo que traiga un archivo suyo, queda retenido hasta que usted decida.",
    revoked_look: |person| format!("Ver lo retenido de {person}"),
    decide: "Decidir",
    revoke: "Dar de baja",
    revoke_of: |person| format!("Dar de baja el teléfono de {person}"),
    revoke_title: "¿Dar de baja este teléfono?",
    revoke_hint: |persons, waiting| {
        let on_it = match waiting {
            0 => "En él no se borra nada".into(),
            1 => "La lectura que aún está en él no se borra".into(),
            _ => format!("Las {} lecturas que aún están en él no se borran", whole(waiting)),
        };
        format!(
            "El teléfono de {persons} pierde la lista de inquilinos en su próximo contacto. {on_it}: lo que envíe desde \
             ahora llega y queda retenido hasta que la oficina decida. Puede admitirlo de nuevo cuando quiera."
        )
    },
    revoked_now: |persons| {
        format!(
            "El teléfono de {persons} está dado de baja. Lo que envíe queda retenido hasta que usted decida."
        )
    },
    readmit: "Admitir de nuevo",
    readmit_of: |person| format!("Admitir de nuevo el teléfono de {person}"),
    readmit_title: "¿Admitir de nuevo este teléfono?",
    readmit_hint: |persons| {
        format!(
            "El teléfono de {persons} recibe otra vez la lista de inquilinos, y lo que envíe desde ahora se anota como \
             de cualquier otro. Lo retenido mientras tanto sigue retenido hasta que la oficina decida."
        )
    },
    readmitted_now: |persons| {
        format!(
            "El teléfono de {persons} está admitido de nuevo. Lo retenido mientras tanto sigue así hasta que usted decida."
        )
    },
    old_after: |hours| format!("Avisa cuando una lectura ha esperado {} h", whole(hours)),
    limit_label: "Avisar cuando una lectura ha esperado",
    limit_unit: "horas",
    limit_range: |most| format!("Un número entero de 1 a {most}"),
    limit_saved: |hours| match hours {
        1 => "Se avisa cuando una lectura ha esperado 1 hora.".into(),
        _ => format!("Se avisa cuando una lectura ha esperado {} horas.", whole(hours)),
    },
    sum: |phones, waiting| match (phones, waiting) {
        (1, 0) => "1 teléfono, nada pendiente en él".into(),
        (_, 0) => format!("{} teléfonos, nada pendiente en ellos", whole(phones)),
        (1, _) => format!("1 teléfono, {} aún en él", whole(waiting)),
        _ => format!("{} teléfonos, {} aún en ellos", whole(phones), whole(waiting)),
    },
    empty_title: "Aún no hay teléfonos",
    empty_hint: "Un teléfono aparece aquí cuando un técnico inicia sesión en él por primera vez.",
    import: "Cargar un archivo",
    import_title: "Archivo de un teléfono",
    import_choose: "Elegir el archivo",
    import_hint: "Para un teléfono que no encuentra red o cuya persona no está: el archivo que exportó. Las lecturas se \
                  anotan a nombre de quien las tomó.",
    importing: |done| format!("Cargando, {} listas", whole(done)),
    import_no_bundle: "Este no es un archivo exportado por la aplicación. Elija el que empieza por «meterline».",
    import_too_new: "Una versión más nueva de la aplicación hizo este archivo. Actualice primero el servidor.",
    import_unreadable: "No se pudo leer el archivo. Elíjalo de nuevo.",
    imported: |count, person| match count {
        1 => format!("Se cargó 1 lectura de {person}"),
        _ => format!("Se cargaron {} lecturas de {person}", whole(count)),
    },
    exported_at: |when| format!("Exportado el {when}"),
    in_books: "anotadas",
    confirms: "confirman lo que había",
    held: "retenidas para que usted decida",
    conflict: "en conflicto con otro valor",
    rejected: "no se pudieron aceptar",
    retry: "para intentar de nuevo",
    device_unknown: "Este teléfono nunca inició sesión aquí: cada lectura queda retenida para que usted decida.",
    device_revoked: "Este teléfono fue dado de baja: cada lectura queda retenida para que usted decida.",
    stopped: |done, count| {
        format!(
            "Se detuvo tras {} de {}. Elija el mismo archivo para seguir.",
            whole(done),
            whole(count)
        )
    },
    twice_is_safe: "El mismo archivo dos veces, o el envío posterior del teléfono, no cambia nada.",
    see_readings: |person| format!("Ver las lecturas de {person}"),
};
