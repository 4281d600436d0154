//! Sentences of the first page.

use shared::wire::dashboard::ARRIVALS_COUNTED_MAX;

use super::Wording;
use super::locale::whole;

type Text = &'static str;

/// The page in one language.
pub(crate) struct Dashboard {
    pub(crate) title: Text,
    pub(crate) properties: Text,
    pub(crate) complete: Text,
    /// How many of how many meters.
    pub(crate) of: fn(u64, u64) -> String,
    pub(crate) more_properties: Text,
    /// How many arrived.
    pub(crate) arrived_today: fn(i64) -> String,
    pub(crate) phones: Text,
    /// Hours.
    pub(crate) old_after: fn(u32) -> String,
    pub(crate) all_arrived: Text,
    pub(crate) all_phones: Text,
    pub(crate) consumption: Text,
    pub(crate) none_used: Text,
    /// Utility, what it is counted in.
    pub(crate) chart: fn(&str, &str) -> String,
    pub(crate) this_month: Text,
    pub(crate) last_month: Text,
    pub(crate) last_year: Text,
    pub(crate) no_values: Text,
    /// Property, utility, month.
    pub(crate) chart_of: fn(&str, &str, &str) -> String,
    pub(crate) month: Text,
    pub(crate) sum: Text,
    pub(crate) values: Text,
    pub(crate) figures: Text,
}

impl Wording {
    /// The first page.
    pub(crate) fn dashboard(&self) -> &'static Dashboard {
        match self.tag {
            "es" => &SPANISH,
            _ => &ENGLISH,
        }
    }
}

static ENGLISH: Dashboard = Dashboard {
    title: "Dashboard",
    properties: "Properties",
    complete: "Complete",
    of: |read, points| format!("{} of {}", whole(read), whole(points)),
    more_properties: "All properties",
    arrived_today: |count| match count {
        0 => "Nothing arrived today".into(),
        1 => "1 reading arrived today".into(),
        _ if count > ARRIVALS_COUNTED_MAX => {
            format!("More than {} readings arrived today", whole(ARRIVALS_COUNTED_MAX))
        }
        _ => format!("{} readings arrived today", whole(count)),
    },
    phones: "Phones with readings on them",
    old_after: |hours| format!("Warns when a reading has waited {} h", whole(hours)),
    all_arrived: "No phone says that it has readings left.",
    all_phones: "All phones",
    consumption: "Consumption",
    none_used: "No consumption in these months. It appears with the second reading of a meter.",
    chart: |utility, unit| format!("{utility} ({unit})"),
    this_month: "This month",
    last_month: "Month before",
    last_year: "Same month last year",
    no_values: "no values",
    chart_of: |property, utility, month| {
        format!(
            "{utility} of {property} in {month} and the twelve months before. The figures stand in the table below."
        )
    },
    month: "Month",
    sum: "Consumption",
    values: "Values",
    figures: "Figures",
};

static SPANISH: Dashboard = Dashboard {
    title: "Panel",
    properties: "Propiedades",
    complete: "Completo",
    of: |read, points| format!("{} de {}", whole(read), whole(points)),
    more_properties: "Todas las propiedades",
    arrived_today: |count| match count {
        0 => "Hoy no llegó nada".into(),
        1 => "Hoy llegó 1 lectura".into(),
        _ if count > ARRIVALS_COUNTED_MAX => {
            format!("Hoy llegaron más de {} lecturas", whole(ARRIVALS_COUNTED_MAX))
        }
        _ => format!("Hoy llegaron {} lecturas", whole(count)),
    },
    phones: "Teléfonos con lecturas",
    old_after: |hours| format!("Avisa cuando una lectura ha esperado {} h", whole(hours)),
    all_arrived: "Ningún teléfono dice que le queden lecturas.",
    all_phones: "Todos los teléfonos",
    consumption: "Consumo",
    none_used: "Sin consumo en estos meses. Aparece con la segunda lectura de un medidor.",
    chart: |utility, unit| format!("{utility} ({unit})"),
    this_month: "Este mes",
    last_month: "Mes anterior",
    last_year: "Mismo mes del año pasado",
    no_values: "sin valores",
    chart_of: |property, utility, month| {
        format!(
            "{utility} de {property} en {month} y los doce meses anteriores. Las cifras están en la tabla de abajo."
        )
    },
    month: "Mes",
    sum: "Consumo",
    values: "Valores",
    figures: "Cifras",
};
