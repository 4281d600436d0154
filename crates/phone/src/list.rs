//! The list on the phone: the cached document, and how news are merged into it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::timestamp::Timestamp;
use shared::wire::list::{Decision, MeterPointRow, PropertyRow, RoundList, RuleSettings};

use crate::view_state::PhoneList;

/// Decisions that are kept.
const DECISIONS_MAX: usize = 1_000;

/// The list as the cache holds it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StoredList {
    pub(crate) cursor: String,
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
    pub(crate) fn into_list(self) -> PhoneList {
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
pub(crate) fn merge(
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
