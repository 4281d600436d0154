//! What the page shows: the rows that were loaded, and where more of them are.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::portfolio::{PortfolioProperty, PortfolioUnit, PropertiesQuery, UnitsQuery};
use ui::api::ApiError;

use crate::adapters::portfolio;

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Code of a property; empty for all.
    pub(super) property: String,
    /// What is searched.
    pub(super) sought: String,
}

impl Query {
    /// Otherwise properties are listed.
    pub(super) fn lists_units(&self) -> bool {
        !(self.property.is_empty() && self.sought.trim().is_empty())
    }
}

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    query: Memo<Query>,
    pub(super) properties: RwSignal<Vec<Arc<PortfolioProperty>>>,
    pub(super) units: RwSignal<Vec<Arc<PortfolioUnit>>>,
    /// The property that is looked at.
    pub(super) property: RwSignal<Option<PortfolioProperty>>,
    pub(super) next: RwSignal<Option<String>>,
    pub(super) more_fit: RwSignal<bool>,
    pub(super) loading: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    turn: RwSignal<u32>,
}

impl Store {
    /// Loads the first page, and again whenever the address changes.
    pub(super) fn begin(query: Memo<Query>) -> Self {
        let store = Self {
            query,
            properties: RwSignal::default(),
            units: RwSignal::default(),
            property: RwSignal::default(),
            next: RwSignal::default(),
            more_fit: RwSignal::default(),
            loading: RwSignal::new(true),
            trouble: RwSignal::default(),
            turn: RwSignal::default(),
        };
        // The rows come from the server, outside of the signals.
        Effect::new(move || {
            query.track();
            store.load(None);
        });
        store
    }

    /// Loads the next page below.
    pub(super) fn load_more(self) {
        let next = self.next.get_untracked();
        if next.is_some() {
            self.load(next);
        }
    }

    /// Loads from the top, or behind a row.
    pub(super) fn load(self, after: Option<String>) {
        let turn = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(turn);
        self.loading.set(true);
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = load(&query, after.clone()).await;
            // The page was left, or something newer is on its way.
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(loaded) => self.take(loaded, after.is_some()),
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    fn take(self, loaded: Loaded, below: bool) {
        self.trouble.set(None);
        self.next.set(loaded.next);
        self.more_fit.set(loaded.more_fit);
        self.property.set(loaded.property);
        let (properties, units) = (
            loaded.properties.into_iter().map(Arc::new),
            loaded.units.into_iter().map(Arc::new),
        );
        if below {
            self.properties.update(|rows| rows.extend(properties));
            self.units.update(|rows| rows.extend(units));
        } else {
            self.properties.set(properties.collect());
            self.units.set(units.collect());
        }
    }
}

#[derive(Default)]
struct Loaded {
    properties: Vec<PortfolioProperty>,
    units: Vec<PortfolioUnit>,
    property: Option<PortfolioProperty>,
    next: Option<String>,
    more_fit: bool,
}

async fn load(query: &Query, after: Option<String>) -> Result<Loaded, ApiError> {
    let some = |text: &str| Some(text.to_owned()).filter(|it| !it.trim().is_empty());
    if query.lists_units() {
        let asked = UnitsQuery {
            property: some(&query.property),
            q: some(&query.sought),
            after,
            limit: None,
        };
        let is_first = asked.after.is_none();
        let page = portfolio::units(&asked).await?;
        // What is searched everywhere may be a property.
        let properties = if query.property.is_empty() && is_first {
            let named = PropertiesQuery {
                q: some(&query.sought),
                ..PropertiesQuery::default()
            };
            portfolio::properties(&named).await?.rows
        } else {
            Vec::new()
        };
        return Ok(Loaded {
            properties,
            units: page.rows,
            property: page.property,
            next: page.next,
            more_fit: page.more_fit,
        });
    }
    let asked = PropertiesQuery {
        after,
        ..PropertiesQuery::default()
    };
    let page = portfolio::properties(&asked).await?;
    Ok(Loaded {
        properties: page.rows,
        next: page.next,
        ..Loaded::default()
    })
}
