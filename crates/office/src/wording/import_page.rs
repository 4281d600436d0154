//! Sentences of the import.

use shared::wire::imports::ImportVerb;
use ui::wording::named;

use super::Wording;
use super::locale::whole;

/// The page in one language.
pub(crate) struct ImportPage {
    pub(crate) title: &'static str,
    pub(crate) admins_only: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) drop_here: &'static str,
    pub(crate) looking: &'static str,
    pub(crate) taking: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) too_large: &'static str,
    pub(crate) nothing_chosen: &'static str,
    /// How many faults.
    pub(crate) faults: fn(u64) -> String,
    pub(crate) first_faults: fn(usize, u64) -> String,
    pub(crate) faults_hint: &'static str,
    pub(crate) file: &'static str,
    pub(crate) line: &'static str,
    pub(crate) column: &'static str,
    pub(crate) cause: &'static str,
    pub(crate) would: &'static str,
    pub(crate) done: &'static str,
    pub(crate) books_changed: &'static str,
    pub(crate) never_deletes: &'static str,
    pub(crate) unchanged_all: &'static str,
    pub(crate) take: &'static str,
    pub(crate) taken: &'static str,
    pub(crate) to_portfolio: &'static str,
    pub(crate) added: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) unchanged: &'static str,
    pub(crate) list: &'static str,
    /// Shown, in all.
    pub(crate) listed: fn(usize, u64) -> String,
    pub(crate) what: &'static str,
    pub(crate) name: &'static str,
    pub(crate) content: &'static str,
    things: &'static [(&'static str, &'static str)],
}

impl ImportPage {
    /// `meters` as people call them.
    pub(crate) fn things(&self, name: &str) -> String {
        named(self.things, name)
    }

    /// What becomes of a thing.
    pub(crate) fn verb(&self, verb: ImportVerb) -> &'static str {
        match verb {
            ImportVerb::Added => self.added,
            ImportVerb::Changed => self.changed,
            ImportVerb::Ended => self.ended,
        }
    }
}

impl Wording {
    /// The import.
    pub(crate) fn import(&self) -> &'static ImportPage {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: ImportPage = ImportPage {
    title: "Import",
    admins_only: "Only an admin brings in files of the portfolio.",
    hint: "Any of properties.csv, units.csv, meters.csv, tenancies.csv, readings.csv and labels.csv. First you are shown what they would change; nothing is changed before you agree.",
    choose: "Choose files",
    drop_here: "or drop them here",
    looking: "Looking through the files",
    taking: "Taking it in",
    unreadable: "The browser can't read one of the files. Choose them again.",
    too_large: "The files are too large for the browser: at most 32 MiB together, 4 MiB when packed. Split them, or use `meterline import` at the server.",
    nothing_chosen: "There is no CSV file among them.",
    faults: |count| match count {
        1 => "1 fault. Nothing was changed.".into(),
        _ => format!("{} faults. Nothing was changed.", whole(count)),
    },
    first_faults: |shown, all| format!("The first {} of {} are shown.", whole(shown), whole(all)),
    faults_hint: "Put them right in the files, then choose all of them again.",
    file: "File",
    line: "Line",
    column: "Column",
    cause: "What is wrong, and what to do",
    would: "What the files would change",
    done: "What the files have changed",
    books_changed: "The books have changed since you looked: nothing was taken in. This is what the files would change now.",
    never_deletes: "What the files don't name stays as it is: an import never deletes.",
    unchanged_all: "The books hold all of it already.",
    take: "Take it in",
    taken: "Taken in. The phones get the new list with their next sync.",
    to_portfolio: "To the portfolio",
    added: "new",
    changed: "changed",
    ended: "ended",
    unchanged: "the same",
    list: "One by one",
    listed: |shown, all| format!("{} of {} are listed", whole(shown), whole(all)),
    what: "What",
    name: "Which",
    content: "Content",
    things: &[
        ("properties", "Properties"),
        ("units", "Units"),
        ("meter points", "Meter points"),
        ("meters", "Meters"),
        ("tenancies", "Tenancies"),
        ("readings", "Readings"),
        ("labels", "Labels"),
    ],
};

static SPANISH: ImportPage = ImportPage {
    title: "Importar",
    admins_only: "Solo un administrador importa archivos de la cartera.",
    hint: "Cualquiera de properties.csv, units.csv, meters.csv, tenancies.csv, readings.csv y labels.csv. Primero se muestra qué cambiarían; nada cambia antes de que usted lo acepte.",
    choose: "Elegir archivos",
    drop_here: "o suéltelos aquí",
    looking: "Revisando los archivos",
    taking: "Importando",
    unreadable: "El navegador no puede leer uno de los archivos. Elíjalos de nuevo.",
    too_large: "Los archivos son demasiado grandes para el navegador: como máximo 32 MiB en total, 4 MiB comprimidos. Divídalos o use `meterline import` en el servidor.",
    nothing_chosen: "No hay ningún archivo CSV entre ellos.",
    faults: |count| match count {
        1 => "1 error. No se cambió nada.".into(),
        _ => format!("{} errores. No se cambió nada.", whole(count)),
    },
    first_faults: |shown, all| format!("Se muestran los primeros {} de {}.", whole(shown), whole(all)),
    faults_hint: "Corríjalos en los archivos y elija todos de nuevo.",
    file: "Archivo",
    line: "Línea",
    column: "Columna",
    cause: "Qué está mal y qué hacer",
    would: "Qué cambiarían los archivos",
    done: "Qué han cambiado los archivos",
    books_changed: "Los libros han cambiado desde que usted miró: no se importó nada. Esto es lo que los archivos cambiarían ahora.",
    never_deletes: "Lo que los archivos no nombran queda como está: importar nunca borra.",
    unchanged_all: "Los libros ya lo tienen todo.",
    take: "Importar",
    taken: "Importado. Los teléfonos reciben la lista nueva con su próxima sincronización.",
    to_portfolio: "A la cartera",
    added: "nuevo",
    changed: "cambiado",
    ended: "terminado",
    unchanged: "igual",
    list: "Uno por uno",
    listed: |shown, all| format!("Se listan {} de {}", whole(shown), whole(all)),
    what: "Qué",
    name: "Cuál",
    content: "Contenido",
    things: &[
        ("properties", "Propiedades"),
        ("units", "Unidades"),
        ("meter points", "Puntos de medición"),
        ("meters", "Medidores"),
        ("tenancies", "Arrendamientos"),
        ("readings", "Lecturas"),
        ("labels", "Etiquetas"),
    ],
};
