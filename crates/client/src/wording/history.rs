//! Sentences of the history of syncs, of its statistics, of the link, and of readings that were never received.

use shared::sync::status::Why;

use super::Wording;
use super::locale::whole;

/// What the Sync screen says of the past, in one language.
pub(crate) struct HistoryWords {
    pub(crate) statistics: &'static str,
    pub(crate) today: &'static str,
    pub(crate) seven_days: &'static str,
    pub(crate) ninety_days: &'static str,
    pub(crate) period: &'static str,
    pub(crate) received: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) runs: &'static str,
    pub(crate) data: &'static str,
    pub(crate) time: &'static str,
    pub(crate) mean: &'static str,
    pub(crate) troubled: fn(u64) -> String,
    pub(crate) by_day: &'static str,
    pub(crate) by_week: &'static str,
    pub(crate) week_of: &'static str,
    pub(crate) show_all: fn(usize) -> String,
    pub(crate) show_fewer: &'static str,
    pub(crate) batches: fn(u32) -> String,
    pub(crate) left: fn(usize) -> String,
    pub(crate) link: &'static str,
    pub(crate) link_unknown: &'static str,
    pub(crate) round_trip: &'static str,
    pub(crate) milliseconds: fn(u64) -> String,
    pub(crate) upload: &'static str,
    pub(crate) per_second: fn(&str) -> String,
    pub(crate) kind: &'static str,
    pub(crate) check_window: &'static str,
    pub(crate) seconds: fn(&str) -> String,
    pub(crate) measured: fn(&str) -> String,
    pub(crate) gaps_title: fn(&str) -> String,
    pub(crate) gaps_hint: &'static str,
    pub(crate) gaps_todo: &'static str,
    pub(crate) sent_but_gaps: &'static str,
    pub(crate) missing: fn(u64) -> String,
    pub(crate) sends_when_closed: &'static str,
    pub(crate) sends_when_open: &'static str,
    pub(crate) answered_in: fn(u64) -> String,
    why: fn(Why) -> &'static str,
}

impl Wording {
    /// What the Sync screen says of the past.
    pub(crate) fn past(&self) -> &'static HistoryWords {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }

    /// Why a run started.
    pub(crate) fn why(&self, why: Why) -> &'static str {
        (self.past().why)(why)
    }
}

static ENGLISH: HistoryWords = HistoryWords {
    statistics: "Statistics",
    today: "Today",
    seven_days: "7 days",
    ninety_days: "90 days",
    period: "When",
    received: "Sent",
    failed: "Failed",
    runs: "Syncs",
    data: "Data",
    time: "Time",
    mean: "Mean time of a sync",
    troubled: |n| match n {
        0 => "none in vain".into(),
        _ => format!("{} in vain", whole(n)),
    },
    by_day: "Days",
    by_week: "Weeks",
    week_of: "Week of",
    show_all: |n| format!("Show all {}", whole(n)),
    show_fewer: "Show fewer",
    batches: |n| match n {
        1 => "1 batch".into(),
        _ => format!("{} batches", whole(n)),
    },
    left: |n| format!("{} left", whole(n)),
    link: "Connection",
    link_unknown: "Not measured yet. It is measured while syncing.",
    round_trip: "Answer after",
    milliseconds: |n| format!("{} ms", whole(n)),
    upload: "Upload",
    per_second: |bytes| format!("{bytes}/s"),
    kind: "Kind of network",
    check_window: "Checked for",
    seconds: |seconds| format!("{seconds} s"),
    measured: |when| format!("Measured {when}"),
    gaps_title: |numbers| format!("{numbers}: never received, and no longer on this phone"),
    gaps_hint: "The browser's storage was cleared, or they are in another copy of this app on this phone: another \
                browser, or the app before it was installed. If there is one, open it with network.",
    gaps_todo: "Otherwise tell the office and read these units again. The office sees the same gap.",
    sent_but_gaps: "All sent; earlier readings are missing",
    missing: |n| format!("{} missing", whole(n)),
    sends_when_closed: "With the app closed, the browser sends too when it finds network; it may try only a few times. \
                        Opening the app always sends.",
    sends_when_open: "This browser sends only while the app is open. Keep it open until everything is received.",
    answered_in: |n| format!("answers in {} ms", whole(n)),
    why: |why| match why {
        Why::Scheduled => "Next attempt was due",
        Why::SyncNow => "By hand",
        Why::Saved => "A reading was saved",
        Why::Online => "Network came back",
        Why::Opened => "App was opened",
        Why::SignedIn => "Signed in again",
        Why::Background => "In the background",
    },
};

static SPANISH: HistoryWords = HistoryWords {
    statistics: "Estadística",
    today: "Hoy",
    seven_days: "7 días",
    ninety_days: "90 días",
    period: "Cuándo",
    received: "Enviadas",
    failed: "Fallos",
    runs: "Envíos",
    data: "Datos",
    time: "Tiempo",
    mean: "Tiempo medio de un envío",
    troubled: |n| match n {
        0 => "ninguno en vano".into(),
        _ => format!("{} en vano", whole(n)),
    },
    by_day: "Días",
    by_week: "Semanas",
    week_of: "Semana del",
    show_all: |n| format!("Ver los {}", whole(n)),
    show_fewer: "Ver menos",
    batches: |n| match n {
        1 => "1 lote".into(),
        _ => format!("{} lotes", whole(n)),
    },
    left: |n| format!("quedan {}", whole(n)),
    link: "Conexión",
    link_unknown: "Aún sin medir. Se mide durante el envío.",
    round_trip: "Respuesta en",
    milliseconds: |n| format!("{} ms", whole(n)),
    upload: "Subida",
    per_second: |bytes| format!("{bytes}/s"),
    kind: "Tipo de red",
    check_window: "Comprobada durante",
    seconds: |seconds| format!("{seconds} s"),
    measured: |when| format!("Medida {when}"),
    gaps_title: |numbers| format!("{numbers}: nunca recibidas y ya no están en este teléfono"),
    gaps_hint: "Se borró el almacenamiento del navegador, o están en otra copia de esta aplicación en este teléfono: otro \
                navegador, o la aplicación antes de instalarla. Si la hay, ábrala con red.",
    gaps_todo: "Si no, avise a la oficina y lea de nuevo esas unidades. La oficina ve el mismo hueco.",
    sent_but_gaps: "Todo enviado; faltan lecturas anteriores",
    missing: |n| format!("Faltan {}", whole(n)),
    sends_when_closed: "Con la aplicación cerrada, el navegador también envía cuando encuentra red; quizá lo intente pocas \
                        veces. Al abrir la aplicación siempre se envía.",
    sends_when_open: "Este navegador envía solo con la aplicación abierta. Manténgala abierta hasta que todo se reciba.",
    answered_in: |n| format!("responde en {} ms", whole(n)),
    why: |why| match why {
        Why::Scheduled => "Tocaba el siguiente intento",
        Why::SyncNow => "Manual",
        Why::Saved => "Se guardó una lectura",
        Why::Online => "Volvió la red",
        Why::Opened => "Se abrió la aplicación",
        Why::SignedIn => "Sesión iniciada de nuevo",
        Why::Background => "En segundo plano",
    },
};
