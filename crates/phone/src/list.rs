//! The list on the phone: the cached document, and how news are merged into it.

use std::collections::HashMap;
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
}

/// What is known, with the news. `None`: the server says that nothing has changed.
pub fn merge(
    known: &PhoneList,
    cursor: Option<&str>,
    news: Option<RoundList>,
    asked_at: Timestamp,
) -> StoredList {
    let unchanged = StoredList {
        cursor: cursor.unwrap_or_default().to_owned(),
        settings: known.settings.clone(),
        properties: known.properties.clone(),
        rows: known.rows.clone(),
        decisions: known.decisions.clone(),
        refreshed_at: Some(asked_at),
    };
    let Some(news) = news else { return unchanged };
    let earlier = if news.full { Vec::new() } else { unchanged.rows };
    let mut rows: HashMap<String, Arc<Row>> = earlier.into_iter().map(|row| (row.id.clone(), row)).collect();
    for id in &news.removed {
        rows.remove(id);
    }
    for row in news.rows {
        rows.insert(row.id.clone(), Arc::new(row));
    }
    let mut rows: Vec<Arc<Row>> = rows.into_values().collect();
    sort_by_walk(&mut rows, &news.properties);
    StoredList {
        cursor: news.cursor,
        settings: news.settings,
        properties: news.properties,
        rows,
        decisions: merge_decisions(unchanged.decisions, news.decisions),
        refreshed_at: Some(asked_at),
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
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
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
