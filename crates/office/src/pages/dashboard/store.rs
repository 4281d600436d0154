//! What the page shows: loaded at the start, and again soon after anything was heard.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::timestamp::Timestamp;
use shared::wire::dashboard::{Consumption, ConsumptionQuery};
use shared::wire::devices::DeviceList;
use shared::wire::periods::{PeriodsPage, PeriodsQuery};
use ui::api::ApiError;

use crate::adapters::dashboard::ArrivedToday;
use crate::adapters::{api, dashboard, entropy, periods};
use crate::subscription;

/// A drain tells of many items in a row: the page is loaded once for all of them.
const RELOAD_DELAY: Duration = Duration::from_secs(1);
/// Ages are shown in minutes.
const CLOCK_STEP: Duration = Duration::from_secs(30);
/// Days begin at a full quarter of an hour, wherever it is: what is said of today, here or at a property, is asked for again then.
const DAY_STEP_MS: i64 = 15 * 60 * 1_000;

/// The page's state; copied freely.
#[derive(Clone, Copy)]
pub(super) struct Store {
    period: Memo<Option<String>>,
    property: Memo<Option<String>>,
    pub(super) page: RwSignal<PeriodsPage>,
    /// `None` before the first answer.
    pub(super) devices: RwSignal<Option<DeviceList>>,
    pub(super) arrived: RwSignal<Option<ArrivedToday>>,
    pub(super) consumption: RwSignal<Option<Consumption>>,
    /// One more whenever the figures have changed.
    pub(super) drawing: RwSignal<u32>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// What ages are reckoned from.
    pub(super) now: RwSignal<Timestamp>,
    turn: RwSignal<u32>,
    reload_due: StoredValue<bool>,
}

/// What one load brings.
struct Loaded {
    page: PeriodsPage,
    devices: DeviceList,
    arrived: ArrivedToday,
    consumption: Option<Consumption>,
}

impl Store {
    /// Loads, and again whenever the address changes or something happens, until the page is left.
    pub(super) fn begin(period: Memo<Option<String>>, property: Memo<Option<String>>) -> Self {
        let store = Self {
            period,
            property,
            page: RwSignal::default(),
            devices: RwSignal::default(),
            arrived: RwSignal::default(),
            consumption: RwSignal::default(),
            drawing: RwSignal::default(),
            trouble: RwSignal::default(),
            now: RwSignal::new(entropy::now()),
            turn: RwSignal::default(),
            reload_due: StoredValue::new(false),
        };
        // What is shown comes from the server, outside of the signals.
        Effect::new(move || {
            period.track();
            property.track();
            store.load();
        });
        subscription::follow_from_now(move || store.load(), move |_| store.load_soon());
        let step = move || {
            let quarter = |at: Timestamp| at.ms().div_euclid(DAY_STEP_MS);
            let (before, now) = (store.now.try_get_untracked(), entropy::now());
            store.now.try_set(now);
            if before.is_some_and(|it| quarter(it) != quarter(now)) {
                store.load();
            }
        };
        let clock = set_interval_with_handle(step, CLOCK_STEP);
        on_cleanup(move || {
            if let Ok(clock) = clock {
                clock.clear();
            }
        });
        store
    }

    /// Asks the server.
    pub(super) fn load(self) {
        let Some(turn) = self.turn.try_get_untracked().map(|it| it.wrapping_add(1)) else {
            return;
        };
        self.turn.set(turn);
        let period = self.period.get_untracked();
        let property = self.property.get_untracked();
        spawn_local(async move {
            let answer = loaded(period, property).await;
            // The page was left, or something newer is on its way.
            if self.turn.try_get_untracked() == Some(turn) {
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<Loaded, ApiError>) {
        self.now.set(entropy::now());
        match answer {
            Ok(loaded) => {
                self.trouble.set(None);
                self.page.set(loaded.page);
                self.devices.set(Some(loaded.devices));
                self.arrived.set(Some(loaded.arrived));
                if self.consumption.with_untracked(|it| *it != loaded.consumption) {
                    self.drawing.update(|drawing| *drawing = drawing.wrapping_add(1));
                    self.consumption.set(loaded.consumption);
                }
            }
            Err(error) => self.trouble.set(Some(error)),
        }
    }

    fn load_soon(self) {
        if self.reload_due.try_get_value() != Some(false) {
            return;
        }
        self.reload_due.set_value(true);
        set_timeout(
            move || {
                if self.reload_due.try_set_value(false).is_none() {
                    self.load();
                }
            },
            RELOAD_DELAY,
        );
    }
}

async fn loaded(period: Option<String>, property: Option<String>) -> Result<Loaded, ApiError> {
    let query = PeriodsQuery {
        period,
        ..PeriodsQuery::default()
    };
    let page = periods::periods(&query).await?;
    let first = page.rows.first().map(|it| it.property.clone());
    let consumption = match property.or(first) {
        Some(property) => {
            let period = page.period.clone();
            Some(dashboard::consumption(&ConsumptionQuery { property, period }).await?)
        }
        None => None,
    };
    Ok(Loaded {
        page,
        devices: api::devices().await?,
        arrived: dashboard::arrived_today().await?,
        consumption,
    })
}
