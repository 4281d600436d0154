//! Sentences of the page of periods.

use shared::reading_window::WindowState;

use super::Wording;
use super::locale::whole;

type Text = &'static str;

/// The page in one language.
pub(crate) struct Periods {
    pub(crate) title: Text,
    pub(crate) points: Text,
    pub(crate) read: Text,
    pub(crate) estimated: Text,
    pub(crate) skipped: Text,
    pub(crate) missing: Text,
    pub(crate) waiting: Text,
    pub(crate) state: Text,
    pub(crate) open: Text,
    pub(crate) closed: Text,
    pub(crate) ready: Text,
    pub(crate) all: Text,
    pub(crate) billed_in: fn(&str) -> String,
    pub(crate) in_the_way: Text,
    pub(crate) nothing_in_the_way: Text,
    /// Number of clean readings.
    pub(crate) closing_approves: fn(u64) -> String,
    pub(crate) kinds: &'static [(&'static str, Text)],
    /// In a line of the list.
    pub(crate) short_kinds: &'static [(&'static str, Text)],
    pub(crate) kind_hints: &'static [(&'static str, Text)],
    pub(crate) go_there: Text,
    pub(crate) first_of: fn(usize, u64) -> String,
    pub(crate) unplaced: fn(i64) -> String,
    pub(crate) close: Text,
    /// Property, month, number of clean readings.
    pub(crate) close_sure: fn(&str, &str, u64) -> String,
    pub(crate) closed_now: fn(&str, &str) -> String,
    pub(crate) reopen: Text,
    pub(crate) reopen_why: fn(&str, &str) -> String,
    pub(crate) reopened_now: fn(&str, &str) -> String,
    pub(crate) late: Text,
    pub(crate) late_none: Text,
    pub(crate) late_waiting: fn(i64) -> String,
    pub(crate) history: Text,
    pub(crate) never_closed: Text,
    /// Who, when.
    pub(crate) closed_by: fn(&str, &str) -> String,
    pub(crate) approved: fn(u64) -> String,
    /// Who, when, why.
    pub(crate) reopened_by: fn(&str, &str, &str) -> String,
    pub(crate) handover: Text,
    pub(crate) workbook: Text,
    pub(crate) print: Text,
    pub(crate) report: Text,
    pub(crate) values: Text,
    pub(crate) note: Text,
    pub(crate) by_mean: Text,
    pub(crate) by_last_year: Text,
    /// Days.
    pub(crate) late_days: fn(u32) -> String,
    pub(crate) late_days_label: Text,
    pub(crate) late_days_unit: Text,
    pub(crate) window: Text,
    pub(crate) window_state: fn(WindowState) -> Text,
    /// Days.
    pub(crate) window_days: fn(u32) -> String,
    pub(crate) window_days_label: Text,
    pub(crate) window_days_unit: Text,
    /// Least, most.
    pub(crate) days_range: fn(&str, &str) -> String,
    /// What holds now.
    pub(crate) limits_saved: fn(&str) -> String,
    pub(crate) nothing: Text,
    pub(crate) nothing_hint: Text,
    pub(crate) list_keys: Text,
    pub(crate) keys: Text,
    pub(crate) admin_keys: Text,
}

impl Wording {
    /// The page of periods.
    pub(crate) fn periods(&self) -> &'static Periods {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Periods = Periods {
    title: "Periods",
    points: "Meters",
    read: "Read",
    estimated: "Estimated",
    skipped: "Not readable",
    missing: "Missing",
    waiting: "In the way",
    state: "State",
    open: "open",
    closed: "closed",
    ready: "ready to close",
    all: "All properties",
    billed_in: |month| format!("billed in {month}"),
    in_the_way: "In the way of closing",
    nothing_in_the_way: "Nothing is in the way.",
    closing_approves: |count| match count {
        0 => "Every reading is decided.".into(),
        1 => "Closing approves 1 reading without a flag.".into(),
        _ => format!("Closing approves {} readings without a flag.", whole(count)),
    },
    kinds: &[
        ("conflict", "Conflicts"),
        ("held", "Held in the inbox"),
        ("flagged", "Flagged, not decided"),
        ("skip", "Could not be read, not accepted"),
        ("missing", "Missing"),
    ],
    short_kinds: &[
        ("conflict", "Conflicts"),
        ("held", "Held"),
        ("flagged", "Flagged"),
        ("skip", "Not accepted"),
    ],
    kind_hints: &[
        ("conflict", "Say which of two values counts."),
        ("held", "Book or dismiss each."),
        ("flagged", "Approve, correct or send back each."),
        ("skip", "Accept the reason, estimate, or ask for a reading."),
        ("missing", "Estimate, or ask for a reading."),
    ],
    go_there: "Go there",
    first_of: |shown, total| format!("the first {} of {}", whole(shown), whole(total)),
    unplaced: |count| match count {
        1 => "1 reading of this month has a label that nobody knows; it may be of this property.".into(),
        _ => format!(
            "{} readings of this month have labels that nobody knows; they may be of this property.",
            whole(count)
        ),
    },
    close: "Close the period",
    close_sure: |property, month, count| {
        let approves = match count {
            0 => String::new(),
            1 => " 1 reading is approved by that.".into(),
            _ => format!(" {} readings are approved by that.", whole(count)),
        };
        format!("Close {month} of {property}? Nothing changes in it afterwards.{approves}")
    },
    closed_now: |property, month| format!("{month} of {property} is closed and can be handed over."),
    reopen: "Reopen",
    reopen_why: |property, month| {
        format!("Why is {month} of {property} reopened? It may have been billed. This stays in its history.")
    },
    reopened_now: |property, month| format!("{month} of {property} is open again."),
    late: "Came too late",
    late_none: "Nothing came after it was closed.",
    late_waiting: |count| match count {
        0 => "all decided".into(),
        1 => "1 waits in the inbox".into(),
        _ => format!("{} wait in the inbox", whole(count)),
    },
    history: "History",
    never_closed: "It was never closed.",
    closed_by: |who, when| format!("Closed by {who}, {when}"),
    approved: |count| match count {
        1 => "1 reading approved by closing".into(),
        _ => format!("{} readings approved by closing", whole(count)),
    },
    reopened_by: |who, when, why| format!("Reopened by {who}, {when}: {why}"),
    handover: "Hand-over",
    workbook: "Workbook (XLSX)",
    print: "Print",
    report: "Period report",
    values: "Values",
    note: "Note",
    by_mean: "estimated by mean use",
    by_last_year: "estimated by last year",
    late_days: |days| match days {
        0 => "A month takes readings until its last day.".into(),
        1 => "A month takes readings until the 1st of the next one.".into(),
        _ => format!("A month takes readings until day {days} of the next one."),
    },
    late_days_label: "and takes readings for",
    late_days_unit: "days of the next one",
    window: "Reading window",
    window_state: |state| match state {
        WindowState::NotYet => "not yet open",
        WindowState::Open => "open",
        WindowState::Over => "over",
    },
    window_days: |days| match days {
        1 => "Reading window: the last day of the month.".into(),
        _ => format!("Reading window: the last {days} days of the month."),
    },
    window_days_label: "A month is read in its last",
    window_days_unit: "days",
    days_range: |least, most| format!("From {least} to {most} days."),
    limits_saved: |said| format!("Saved. {said} Phones learn it with their next list."),
    nothing: "No properties",
    nothing_hint: "An admin has to give you a property to look at.",
    list_keys: "j k: next, previous · Enter: open · h l: month before, month after",
    keys: "j k: next, previous · Enter: go there · c: close · x: workbook · p: print · Esc: all properties",
    admin_keys: "o: reopen",
};

static SPANISH: Periods = Periods {
    title: "Períodos",
    points: "Medidores",
    read: "Leídos",
    estimated: "Estimados",
    skipped: "No legibles",
    missing: "Faltan",
    waiting: "Impiden cerrar",
    state: "Estado",
    open: "abierto",
    closed: "cerrado",
    ready: "se puede cerrar",
    all: "Todas las propiedades",
    billed_in: |month| format!("se factura en {month}"),
    in_the_way: "Lo que impide cerrar",
    nothing_in_the_way: "Nada lo impide.",
    closing_approves: |count| match count {
        0 => "Todas las lecturas están decididas.".into(),
        1 => "Al cerrar se aprueba 1 lectura sin marca.".into(),
        _ => format!("Al cerrar se aprueban {} lecturas sin marca.", whole(count)),
    },
    kinds: &[
        ("conflict", "Conflictos"),
        ("held", "Retenidas en la bandeja"),
        ("flagged", "Marcadas, sin decidir"),
        ("skip", "No se pudo leer, sin aceptar"),
        ("missing", "Faltan"),
    ],
    short_kinds: &[
        ("conflict", "Conflictos"),
        ("held", "Retenidas"),
        ("flagged", "Marcadas"),
        ("skip", "Sin aceptar"),
    ],
    kind_hints: &[
        ("conflict", "Di cuál de los dos valores vale."),
        ("held", "Registra o descarta cada una."),
        ("flagged", "Aprueba, corrige o devuelve cada una."),
        ("skip", "Acepta el motivo, estima o pide una lectura."),
        ("missing", "Estima o pide una lectura."),
    ],
    go_there: "Ir allí",
    first_of: |shown, total| format!("las primeras {} de {}", whole(shown), whole(total)),
    unplaced: |count| match count {
        1 => "1 lectura de este mes tiene una etiqueta que nadie conoce; puede ser de esta propiedad.".into(),
        _ => format!(
            "{} lecturas de este mes tienen etiquetas que nadie conoce; pueden ser de esta propiedad.",
            whole(count)
        ),
    },
    close: "Cerrar el período",
    close_sure: |property, month, count| {
        let approves = match count {
            0 => String::new(),
            1 => " Con ello se aprueba 1 lectura.".into(),
            _ => format!(" Con ello se aprueban {} lecturas.", whole(count)),
        };
        format!("¿Cerrar {month} de {property}? Después no cambia nada en él.{approves}")
    },
    closed_now: |property, month| format!("{month} de {property} está cerrado y se puede entregar."),
    reopen: "Reabrir",
    reopen_why: |property, month| {
        format!("¿Por qué se reabre {month} de {property}? Puede estar facturado. Queda en su historia.")
    },
    reopened_now: |property, month| format!("{month} de {property} está abierto de nuevo."),
    late: "Llegó tarde",
    late_none: "No llegó nada después del cierre.",
    late_waiting: |count| match count {
        0 => "todo decidido".into(),
        1 => "1 espera en la bandeja".into(),
        _ => format!("{} esperan en la bandeja", whole(count)),
    },
    history: "Historia",
    never_closed: "Nunca se cerró.",
    closed_by: |who, when| format!("Cerrado por {who}, {when}"),
    approved: |count| match count {
        1 => "1 lectura aprobada al cerrar".into(),
        _ => format!("{} lecturas aprobadas al cerrar", whole(count)),
    },
    reopened_by: |who, when, why| format!("Reabierto por {who}, {when}: {why}"),
    handover: "Entrega",
    workbook: "Libro (XLSX)",
    print: "Imprimir",
    report: "Informe del período",
    values: "Valores",
    note: "Nota",
    by_mean: "estimado por consumo medio",
    by_last_year: "estimado por el año pasado",
    late_days: |days| match days {
        0 => "Un mes admite lecturas hasta su último día.".into(),
        _ => format!("Un mes admite lecturas hasta el día {days} del siguiente."),
    },
    late_days_label: "y admite lecturas durante",
    late_days_unit: "días del siguiente",
    window: "Ventana de lectura",
    window_state: |state| match state {
        WindowState::NotYet => "aún no abierta",
        WindowState::Open => "abierta",
        WindowState::Over => "terminada",
    },
    window_days: |days| match days {
        1 => "Ventana de lectura: el último día del mes.".into(),
        _ => format!("Ventana de lectura: los últimos {days} días del mes."),
    },
    window_days_label: "Un mes se lee en sus últimos",
    window_days_unit: "días",
    days_range: |least, most| format!("De {least} a {most} días."),
    limits_saved: |said| format!("Guardado. {said} Los teléfonos lo saben con su próxima lista."),
    nothing: "Ninguna propiedad",
    nothing_hint: "Un administrador tiene que darte una propiedad.",
    list_keys: "j k: siguiente, anterior · Entrar: abrir · h l: mes anterior, mes siguiente",
    keys: "j k: siguiente, anterior · Entrar: ir allí · c: cerrar · x: libro · p: imprimir · Esc: todas las propiedades",
    admin_keys: "o: reabrir",
};
