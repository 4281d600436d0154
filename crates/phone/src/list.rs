//! The list on the phone: the cached document, and how news are merged into it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::timestamp::Timestamp;
use shared::wire::list::{Decision, MeterPointRow, PropertyRow, RoundList, RuleSettings};

/// Decisions that are kept.
const DECISIONS_MAX: usize = 1_000;

/// The list as it was refreshed last, kept on the phone. Look-ups and checks run against it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PhoneList {
    /// One row a meter point, in walking order.
    pub rows: Vec<Arc<MeterPointRow>>,
    /// The properties that the person may see.
    pub properties: Vec<PropertyRow>,
    /// Limits of the checks and of the late days.
    pub settings: RuleSettings,
    /// The office's decisions on this person's items.
    pub decisions: Vec<Decision>,
    /// When the server last confirmed the list; absent before the first time.
    pub refreshed_at: Option<Timestamp>,
}

impl PhoneList {
    /// The row with this id.
    pub fn row(&self, point_id: &str) -> Option<&Arc<MeterPointRow>> {
        self.rows.iter().find(|row| row.id == point_id)
    }

    /// The property with this code.
    pub fn property(&self, code: &str) -> Option<&PropertyRow> {
        self.properties.iter().find(|property| property.code == code)
    }
}

/// The list as the cache holds it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredList {
    /// Where the list stands, for the server; opaque.
    pub cursor: String,
    settings: RuleSettings,
    properties: Vec<PropertyRow>,
    #[serde(with = "rows")]
    rows: Vec<Arc<Row>>,
    decisions: Vec<Decision>,
    refreshed_at: Option<Timestamp>,
}

/// A row, shared between document and screen.
type Row = MeterPointRow;

impl StoredList {
    /// This list, which stands there.
    pub fn of(list: &PhoneList, cursor: &str) -> Self {
        Self {
            cursor: cursor.to_owned(),
            settings: list.settings.clone(),
            properties: list.properties.clone(),
            rows: list.rows.clone(),
            decisions: list.decisions.clone(),
            refreshed_at: list.refreshed_at,
        }
    }

    /// For the screen.
    pub fn into_list(self) -> PhoneList {
        PhoneList {
            rows: self.rows,
            properties: self.properties,
            settings: self.settings,
            decisions: self.decisions,
            refreshed_at: self.refreshed_at,
        }
    }

    /// With what was learned later.
    pub fn seen(self, seen: Option<Seen>) -> Self {
        match seen {
            Some(seen) if seen.list == self.cursor => Self {
                cursor: seen.cursor,
                refreshed_at: seen.refreshed_at,
                ..self
            },
            _ => self,
        }
    }
}

/// The list was refreshed, and only its age is another: kept beside it, as most refreshes bring nothing new and writing
/// thousands of rows keeps a slow phone busy.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The cursor of the list as it is kept.
    pub list: String,
    /// Where it stands now.
    pub cursor: String,
    /// When the server confirmed it.
    pub refreshed_at: Option<Timestamp>,
}

/// What is known, with the news. `None`: the server says that nothing has changed.
pub fn merge(known: &PhoneList, news: Option<RoundList>, asked_at: Timestamp) -> PhoneList {
    let unchanged = PhoneList {
        refreshed_at: Some(asked_at),
        ..known.clone()
    };
    let Some(news) = news else { return unchanged };
    let mut rows = if news.full { Vec::new() } else { unchanged.rows };
    if news.full || !news.rows.is_empty() || !news.removed.is_empty() || news.properties != known.properties {
        replace_rows(&mut rows, news.rows, &news.removed);
        sort_by_walk(&mut rows, &news.properties);
    }
    PhoneList {
        settings: news.settings,
        properties: news.properties,
        rows,
        decisions: merge_decisions(unchanged.decisions, news.decisions),
        refreshed_at: Some(asked_at),
    }
}

/// Whether they say the same, whenever the server confirmed it.
pub fn is_same(one: &PhoneList, other: &PhoneList) -> bool {
    has_same_rows(one, other)
        && one.properties == other.properties
        && one.settings == other.settings
        && one.decisions == other.decisions
}

/// Whether they share every row.
pub fn has_same_rows(one: &PhoneList, other: &PhoneList) -> bool {
    one.rows.len() == other.rows.len() && one.rows.iter().zip(&other.rows).all(|(a, b)| Arc::ptr_eq(a, b))
}

fn replace_rows(rows: &mut Vec<Arc<Row>>, news: Vec<Row>, removed: &[String]) {
    let removed: HashSet<&str> = removed.iter().map(String::as_str).collect();
    rows.retain(|row| !removed.contains(row.id.as_str()));
    let places: HashMap<String, usize> = match rows.is_empty() || news.is_empty() {
        true => HashMap::new(),
        false => rows.iter().map(|row| row.id.clone()).zip(0..).collect(),
    };
    for row in news {
        let place = places.get(&row.id).and_then(|place| rows.get_mut(*place));
        match place {
            Some(known) => *known = Arc::new(row),
            None => rows.push(Arc::new(row)),
        }
    }
}

/// Property by property, each in walking order.
fn sort_by_walk(rows: &mut [Arc<Row>], properties: &[PropertyRow]) {
    let place: HashMap<&str, usize> = properties
        .iter()
        .enumerate()
        .map(|(place, it)| (it.code.as_str(), place))
        .collect();
    rows.sort_by(|a, b| {
        let place_of = |row: &Row| {
            place
                .get(row.property_code.as_str())
                .copied()
                .unwrap_or(usize::MAX)
        };
        let key = |row: &Row| (place_of(row), row.route_seq);
        // Ids are numbers as text.
        let id = |row: &Row| (row.id.len(), row.id.clone());
        key(a).cmp(&key(b)).then_with(|| id(a).cmp(&id(b)))
    });
}

/// The newest decision on an item stands.
fn merge_decisions(known: Vec<Decision>, news: Vec<Decision>) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = known
        .into_iter()
        .filter(|it| news.iter().all(|new| new.id != it.id))
        .collect();
    decisions.extend(news);
    let surplus = decisions.len().saturating_sub(DECISIONS_MAX);
    decisions.split_off(surplus)
}

/// Rows are shared with the screen and stored as they are.
mod rows {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::Row;

    pub(super) fn serialize<S: Serializer>(rows: &[Arc<Row>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(rows.iter().map(Arc::as_ref))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Arc<Row>>, D::Error> {
        Ok(Vec::<Row>::deserialize(from)?.into_iter().map(Arc::new).collect())
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn row(id: &str, route_seq: u32) -> MeterPointRow {
        MeterPointRow {
            id: id.into(),
            property_code: "A".into(),
            route_seq,
            ..MeterPointRow::default()
        }
    }

    fn list(rows: Vec<MeterPointRow>) -> PhoneList {
        PhoneList {
            rows: rows.into_iter().map(Arc::new).collect(),
            ..PhoneList::default()
        }
    }

    fn ids(list: &PhoneList) -> Vec<&str> {
        list.rows.iter().map(|row| row.id.as_str()).collect()
    }

    fn merged(news: RoundList) -> PhoneList {
        let known = list(vec![row("a", 1), row("b", 2), row("c", 3)]);
        merge(&known, Some(news), Timestamp::from_ms(5))
    }

    #[test]
    fn news_replace_add_and_remove_rows_in_walking_order() {
        let merged = merged(RoundList {
            rows: vec![row("c", 0), row("d", 9)],
            removed: vec!["a".into()],
            ..RoundList::default()
        });
        assert_eq!(ids(&merged), ["c", "b", "d"]);
    }

    #[test]
    fn a_full_list_replaces_what_was_known() {
        let merged = merged(RoundList {
            full: true,
            rows: vec![row("z", 1)],
            ..RoundList::default()
        });
        assert_eq!(ids(&merged), ["z"]);
    }

    #[test]
    fn only_what_changed_makes_another_list() {
        let known = list(vec![row("a", 1)]);
        let same = merge(&known, Some(RoundList::default()), Timestamp::from_ms(5));
        assert!(is_same(&known, &same));
        assert_eq!(same.refreshed_at, Some(Timestamp::from_ms(5)));
        let news = RoundList {
            rows: vec![row("a", 1)],
            ..RoundList::default()
        };
        let other = merge(&known, Some(news), Timestamp::from_ms(5));
        assert!(!is_same(&known, &other));
    }

    #[test]
    fn the_age_that_is_kept_beside_a_list_counts_for_that_list_alone() {
        let seen = |list: &str| Seen {
            list: list.into(),
            cursor: "2".into(),
            refreshed_at: Some(Timestamp::from_ms(5)),
        };
        let stored = || StoredList::of(&PhoneList::default(), "1");
        assert_eq!(stored().seen(Some(seen("1"))).cursor, "2");
        assert_eq!(stored().seen(Some(seen("0"))).cursor, "1");
        assert_eq!(stored().seen(None).cursor, "1");
    }
}
