//! The address and the filters: each filter is one part of the address, so that a link shows the same list.

use leptos_router::params::ParamsMap;
use shared::code::normal;
use shared::search_word::{is_named, typed_words};
use shared::timestamp::LocalTime;
use shared::wire::office::{ReadingRow, ReadingsQuery};
use ui::local_day;

use super::story::is_of_exchange;
use crate::filter_address;

/// The filters of an address.
pub(super) fn query_of(address: &ParamsMap) -> ReadingsQuery {
    let part = |name: &str| address.get(name).filter(|value| !value.is_empty());
    ReadingsQuery {
        property: part("property"),
        unit: part("unit"),
        period: part("period"),
        technician: part("technician"),
        state: part("state"),
        flag: part("flag"),
        source: part("source"),
        skip: part("skip"),
        kind: part("kind"),
        photo: part("photo"),
        q: part("q"),
        ..part("arrived").map_or_else(ReadingsQuery::default, |day| {
            ARRIVED.with(&ReadingsQuery::default(), &day)
        })
    }
}

/// The address of the filters.
pub(super) fn address_of(query: &ReadingsQuery) -> String {
    let parts = FIELDS
        .iter()
        .filter_map(|field| Some((field.name, field.get(query)?)));
    filter_address::address_of("/office/readings", parts)
}

/// Whether any filter is set.
pub(super) fn is_filtered(query: &ReadingsQuery) -> bool {
    FIELDS.iter().any(|field| field.get(query).is_some())
}

/// Whether a row that arrived belongs to the list that is shown.
pub(super) fn fits(query: &ReadingsQuery, row: &ReadingRow) -> bool {
    let same = |wanted: &Option<String>, value: &str| {
        wanted
            .as_ref()
            .is_none_or(|wanted| wanted.trim().to_lowercase() == value.to_lowercase())
    };
    same(&query.property, &row.property_code)
        && same(&query.unit, &row.unit_no)
        && same(&query.period, &row.period)
        && same(&query.technician, &row.captured_by)
        && same(&query.state, &row.state)
        && same(&query.source, &row.source)
        && fits_flag(&query.flag, row)
        && fits_name(&query.skip, row.skip_reason.as_slice())
        && fits_kind(query.kind.as_deref(), &row.kind)
        && (query.photo.is_none() || row.photos > 0)
        && fits_arrival(query, &row.received_at)
        && fits_text(query.q.as_deref().unwrap_or_default(), row)
}

/// As the server finds them: by beginnings, and anything within what people wrote or an unknown label said.
fn fits_text(text: &str, row: &ReadingRow) -> bool {
    let typed = normal(text);
    let label = row.label_text.as_deref().unwrap_or_default();
    typed.is_empty()
        || [&row.unit_no, &row.meter_serial]
            .iter()
            .any(|it| normal(it).starts_with(&typed))
        || is_named(&row.tenant, &typed_words(text))
        || [row.remarks.as_str(), label]
            .iter()
            .any(|it| it.to_lowercase().contains(&text.trim().to_lowercase()))
}

fn fits_arrival(query: &ReadingsQuery, received_at: &str) -> bool {
    let moment = |text: &str| LocalTime::parse(text).map(|it| it.at);
    let of = |limit: &Option<String>| limit.as_deref().and_then(moment);
    let Some(at) = moment(received_at) else {
        return query.arrived_from.is_none() && query.arrived_until.is_none();
    };
    of(&query.arrived_from).is_none_or(|from| from <= at)
        && of(&query.arrived_until).is_none_or(|until| at < until)
}

/// A value without a flag.
pub(super) const CLEAN: &str = "clean";
/// `any` fits whatever has a name.
pub(super) const ANY: &str = "any";
/// What only an exchange has.
pub(super) const EXCHANGE: &str = "exchange";
/// In or out.
pub(super) const MOVE: &str = "move";

fn fits_flag(wanted: &Option<String>, row: &ReadingRow) -> bool {
    if wanted.as_deref() == Some(CLEAN) {
        row.flags.is_empty() && row.value.is_some() && !is_of_exchange(row)
    } else {
        fits_name(wanted, &row.flags)
    }
}

fn fits_name(wanted: &Option<String>, names: &[String]) -> bool {
    match wanted.as_deref() {
        None => true,
        Some(ANY) => !names.is_empty(),
        Some(wanted) => names.iter().any(|name| name == wanted),
    }
}

fn fits_kind(wanted: Option<&str>, kind: &str) -> bool {
    match wanted {
        None => true,
        Some(EXCHANGE) => matches!(kind, "meter_removed" | "meter_installed"),
        Some(MOVE) => matches!(kind, "move_in" | "move_out"),
        Some(wanted) => wanted == kind,
    }
}

/// One filter: its name in the address and its place in the query.
pub(super) struct Field {
    pub(super) name: &'static str,
    place: Place,
}

enum Place {
    /// A text as it stands.
    Text(fn(&mut ReadingsQuery) -> &mut Option<String>),
    /// The day of arrival: its two ends, as the clock here cuts it.
    DayOfArrival,
}

impl Field {
    /// The filter's value.
    pub(super) fn get(&self, query: &ReadingsQuery) -> Option<String> {
        match self.place {
            Place::Text(place) => place(&mut query.clone()).clone(),
            Place::DayOfArrival => {
                LocalTime::parse(query.arrived_from.as_deref()?).map(|it| local_day::of(it.at))
            }
        }
    }

    /// The query with this value; an empty one takes the filter away.
    pub(super) fn with(&self, query: &ReadingsQuery, value: &str) -> ReadingsQuery {
        let mut query = query.clone();
        let value = value.trim();
        match self.place {
            Place::Text(place) => {
                *place(&mut query) = Some(value.to_owned()).filter(|value| !value.is_empty())
            }
            Place::DayOfArrival => {
                query.arrived_from = local_day::begins(value).map(|it| it.to_rfc3339());
                query.arrived_until = local_day::ends(value).map(|it| it.to_rfc3339());
            }
        }
        query
    }
}

pub(super) static PROPERTY: Field = Field {
    name: "property",
    place: Place::Text(|it| &mut it.property),
};
pub(super) static UNIT: Field = Field {
    name: "unit",
    place: Place::Text(|it| &mut it.unit),
};
pub(super) static PERIOD: Field = Field {
    name: "period",
    place: Place::Text(|it| &mut it.period),
};
pub(super) static TECHNICIAN: Field = Field {
    name: "technician",
    place: Place::Text(|it| &mut it.technician),
};
pub(super) static STATE: Field = Field {
    name: "state",
    place: Place::Text(|it| &mut it.state),
};
pub(super) static FLAG: Field = Field {
    name: "flag",
    place: Place::Text(|it| &mut it.flag),
};
pub(super) static SOURCE: Field = Field {
    name: "source",
    place: Place::Text(|it| &mut it.source),
};
pub(super) static SKIP: Field = Field {
    name: "skip",
    place: Place::Text(|it| &mut it.skip),
};
pub(super) static KIND: Field = Field {
    name: "kind",
    place: Place::Text(|it| &mut it.kind),
};
pub(super) static PHOTO: Field = Field {
    name: "photo",
    place: Place::Text(|it| &mut it.photo),
};
pub(super) static SEARCH: Field = Field {
    name: "q",
    place: Place::Text(|it| &mut it.q),
};

pub(super) static ARRIVED: Field = Field {
    name: "arrived",
    place: Place::DayOfArrival,
};

static FIELDS: [&Field; 12] = [
    &PROPERTY,
    &UNIT,
    &PERIOD,
    &TECHNICIAN,
    &STATE,
    &FLAG,
    &SOURCE,
    &SKIP,
    &KIND,
    &PHOTO,
    &ARRIVED,
    &SEARCH,
];

#[cfg(test)]
mod tests {
    use shared::timestamp::Timestamp;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn row() -> ReadingRow {
        ReadingRow {
            property_code: "GC A".into(),
            unit_no: "101".into(),
            tenant: "Ines O'Dowd".into(),
            period: "2026-11".into(),
            state: "received".into(),
            flags: vec!["high".into()],
            ..ReadingRow::default()
        }
    }

    #[test]
    fn without_filters_everything_fits() {
        assert!(fits(&ReadingsQuery::default(), &row()));
    }

    #[test]
    fn all_filters_have_to_fit() {
        let query = PROPERTY.with(&ReadingsQuery::default(), "gc a");
        assert!(fits(&query, &row()));
        assert!(fits(&FLAG.with(&query, "high"), &row()));
        assert!(!fits(&FLAG.with(&query, "low"), &row()));
        assert!(!fits(&UNIT.with(&query, "102"), &row()));
    }

    #[test]
    fn what_could_not_be_read_fits_by_its_reason_and_as_a_whole() {
        let skipped = ReadingRow {
            skip_reason: Some("no_access".into()),
            ..row()
        };
        let with = |reason| SKIP.with(&ReadingsQuery::default(), reason);
        assert!(fits(&with(ANY), &skipped) && fits(&with("no_access"), &skipped));
        assert!(!fits(&with("dangerous"), &skipped) && !fits(&with(ANY), &row()));
    }

    #[test]
    fn kinds_and_photos_fit_alone_and_in_groups() {
        let moved = ReadingRow {
            kind: "move_out".into(),
            photos: 1,
            ..row()
        };
        let kind = |name| KIND.with(&ReadingsQuery::default(), name);
        assert!(fits(&kind(MOVE), &moved) && fits(&kind("move_out"), &moved));
        assert!(!fits(&kind(EXCHANGE), &moved) && !fits(&kind("move_in"), &moved));
        let photo = PHOTO.with(&ReadingsQuery::default(), ANY);
        assert!(fits(&photo, &moved) && !fits(&photo, &row()));
        assert!(fits(&FLAG.with(&photo, ANY), &moved));
    }

    #[test]
    fn an_address_names_every_filter() {
        let texts = || FIELDS.iter().filter(|it| it.name != ARRIVED.name);
        let all = texts().fold(ReadingsQuery::default(), |query, field| field.with(&query, "x y"));
        let address = address_of(&ARRIVED.with(&all, "2026-11-26"));
        for field in texts() {
            assert!(address.contains(&format!("{}=x%20y", field.name)), "{address}");
        }
        assert!(address.contains("arrived=2026-11-26"), "{address}");
    }

    #[test]
    fn a_day_of_arrival_is_cut_by_the_clock_here_and_its_first_and_last_moments_fit() {
        let query = ARRIVED.with(&ReadingsQuery::default(), "2026-11-26");
        assert!(is_filtered(&query));
        let (begins, ends) = (local_day::begins("2026-11-26"), local_day::ends("2026-11-26"));
        let (begins, ends) = (begins.unwrap(), ends.unwrap());
        let came = |at: Timestamp| ReadingRow {
            received_at: at.to_rfc3339(),
            ..row()
        };
        assert!(fits(&query, &came(begins)) && fits(&query, &came(ends.plus_ms(-1))));
        assert!(!fits(&query, &came(begins.plus_ms(-1))) && !fits(&query, &came(ends)));
        // What is no day is no filter.
        for text in ["", "yesterday", "2026-02-30"] {
            assert!(!is_filtered(&ARRIVED.with(&query, text)), "{text}");
        }
    }

    #[test]
    fn a_search_looks_into_unit_tenant_meter_and_remarks() {
        assert!(fits(&SEARCH.with(&ReadingsQuery::default(), "o'dowd"), &row()));
        assert!(!fits(&SEARCH.with(&ReadingsQuery::default(), "okafor"), &row()));
    }

    #[test]
    fn an_empty_value_takes_a_filter_away() {
        let query = UNIT.with(&ReadingsQuery::default(), "101");
        assert!(is_filtered(&query));
        assert!(!is_filtered(&UNIT.with(&query, " ")));
    }
}
