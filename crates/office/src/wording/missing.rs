//! Sentences of the page of what is missing.

use super::Wording;
use super::locale::whole;

/// The page in one language.
pub(crate) struct Missing {
    pub(crate) title: &'static str,
    pub(crate) count: fn(i64) -> String,
    pub(crate) last: &'static str,
    pub(crate) by_mean: &'static str,
    pub(crate) by_mean_hint: &'static str,
    pub(crate) by_last_year: &'static str,
    pub(crate) by_last_year_hint: &'static str,
    pub(crate) why: &'static str,
    pub(crate) not_visited: &'static str,
    /// What, by whom, when.
    pub(crate) skipped: fn(&str, &str, &str) -> String,
    pub(crate) asked: fn(&str) -> String,
    pub(crate) accept: &'static str,
    pub(crate) accepted: fn(&str) -> String,
    /// Unit and reason.
    pub(crate) accepted_now: fn(&str, &str) -> String,
    pub(crate) ask: &'static str,
    pub(crate) ask_short: &'static str,
    pub(crate) enter: &'static str,
    pub(crate) enter_short: &'static str,
    /// Value and unit.
    pub(crate) estimate_of: fn(&str, &str) -> String,
    pub(crate) ask_of: fn(&str) -> String,
    pub(crate) estimate: &'static str,
    /// Unit and value.
    pub(crate) estimated: fn(&str, &str) -> String,
    pub(crate) asked_now: fn(&str) -> String,
    pub(crate) previous_month: &'static str,
    pub(crate) next_month: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) nothing_hint: &'static str,
    pub(crate) keys: &'static str,
}

impl Wording {
    /// The page of what is missing.
    pub(crate) fn missing(&self) -> &'static Missing {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Missing = Missing {
    title: "Missing",
    count: |count| match count {
        0 => "nothing is missing".into(),
        1 => "1 meter without a value".into(),
        _ => format!("{} meters without a value", whole(count)),
    },
    last: "Last value",
    by_mean: "By mean use",
    by_mean_hint: "Last value, and the mean use a day of the last 12 readings times the days since",
    by_last_year: "By last year",
    by_last_year_hint: "Last value, and what was used in the same month of last year",
    why: "Why",
    not_visited: "not visited",
    skipped: |why, who, when| format!("{why} · {who}, {when}"),
    asked: |why| format!("Asked for: {why}"),
    accept: "Accept",
    accepted: |who| format!("accepted by {who}"),
    accepted_now: |unit, why| format!("{unit} stays without a value in this period: {why}."),
    ask: "Ask for a reading",
    ask_short: "Ask",
    enter: "Enter a value that came by telephone or letter",
    enter_short: "Enter",
    estimate_of: |value, unit| format!("Why is {unit} estimated at {value}? This stays in its history."),
    ask_of: |unit| format!("Why should {unit} be read? The technician sees this on the round."),
    estimate: "Estimate",
    estimated: |unit, value| format!("{unit} is estimated at {value}, until somebody reads it."),
    asked_now: |unit| format!("{unit} is asked for: it shows on the technicians' rounds."),
    previous_month: "Month before",
    next_month: "Month after",
    closed: "The period is closed: nothing is estimated or asked for any more.",
    nothing: "Nothing is missing",
    nothing_hint: "Every meter in service has a value in this period.",
    keys: "j k: next, previous · m: estimate by mean use · l: by last year · r: ask for a reading · a: accept the reason · e: enter a value",
};

static SPANISH: Missing = Missing {
    title: "Faltan",
    count: |count| match count {
        0 => "no falta nada".into(),
        1 => "1 medidor sin valor".into(),
        _ => format!("{} medidores sin valor", whole(count)),
    },
    last: "Último valor",
    by_mean: "Por consumo medio",
    by_mean_hint: "El último valor y el consumo medio por día de las últimas 12 lecturas por los días transcurridos",
    by_last_year: "Por el año pasado",
    by_last_year_hint: "El último valor y lo consumido en el mismo mes del año pasado",
    why: "Por qué",
    not_visited: "sin visitar",
    skipped: |why, who, when| format!("{why} · {who}, {when}"),
    asked: |why| format!("Pedida: {why}"),
    accept: "Aceptar",
    accepted: |who| format!("aceptado por {who}"),
    accepted_now: |unit, why| format!("{unit} queda sin valor en este período: {why}."),
    ask: "Pedir una lectura",
    ask_short: "Pedir",
    enter: "Ingresar un valor que llegó por teléfono o carta",
    enter_short: "Ingresar",
    estimate_of: |value, unit| format!("¿Por qué se estima {unit} en {value}? Queda en su historia."),
    ask_of: |unit| format!("¿Por qué hay que leer {unit}? El técnico lo ve en su ruta."),
    estimate: "Estimar",
    estimated: |unit, value| format!("{unit} está estimada en {value}, hasta que alguien la lea."),
    asked_now: |unit| format!("{unit} está pedida: aparece en las rutas de los técnicos."),
    previous_month: "Mes anterior",
    next_month: "Mes siguiente",
    closed: "El período está cerrado: ya no se estima ni se pide nada.",
    nothing: "No falta nada",
    nothing_hint: "Cada medidor en servicio tiene un valor en este período.",
    keys: "j k: siguiente, anterior · m: estimar por consumo medio · l: por el año pasado · r: pedir una lectura · a: aceptar el motivo · e: ingresar un valor",
};
