//! Periods of properties as the office looks at them: how complete they are, what is in the way of closing them, what came too
//! late. What closing does stands in `intake`.

mod in_the_way;
mod late;
mod limits;
mod steps;
mod tally;

use futures_util::{StreamExt, TryStreamExt, stream};
use shared::closing::Tally;
use shared::period::Period;
use shared::reading_window::ReadingWindow;
use shared::timestamp::Timestamp;
use shared::wire::periods::{PeriodCounts, PeriodDetail, PeriodSummary, PeriodsPage};
use shared::zone::Zone;

pub use late::page as late_page;
pub use limits::{Limits, set_limits};
pub(crate) use tally::{clean_items, item_groups_of, point_groups_of, tally_of};

use crate::auth::PropertyScope;
use crate::billing;
use crate::list_page::cut;
use crate::on;
use crate::store::Store;
use crate::zone_offsets::zone_offsets;

/// Properties that are counted at the same time: some of the reading connections stay free for others.
const COUNTED_AT_ONCE: usize = 4;

/// A property of the books.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Property {
    /// Its key.
    pub id: i64,
    /// As it is written.
    pub code: String,
    /// As it is compared.
    pub code_normal: String,
    /// Its name.
    pub name: String,
    /// IANA name of its zone.
    pub time_zone: String,
}

impl Property {
    /// Its zone, as far as it is known.
    pub(crate) fn zone(&self, now: Timestamp) -> Zone {
        Zone::new(&zone_offsets(&self.time_zone, now)).unwrap_or_else(Zone::utc)
    }
}

/// Which properties are listed.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The period that is named.
    pub period: Option<Period>,
    /// The property behind which the page begins.
    pub after: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

/// One page of the properties that the caller may see, as a period stands there.
pub async fn page(
    store: &Store,
    scope: &PropertyScope,
    asked: &Asked,
    now: Timestamp,
) -> sqlx::Result<PeriodsPage> {
    let mut properties = properties(store, scope, asked).await?;
    let next = cut(&mut properties, asked.limit, |it| it.code.clone());
    let present = || {
        properties
            .first()
            .map_or_else(Zone::utc, |it| it.zone(now))
            .month_at(now)
    };
    let period = asked.period.unwrap_or_else(present);
    // Each counts its own meter points: on one processor after the other a large portfolio would take long.
    let rules = store.rule_settings().await?;
    let days = rules.reading_window_days;
    let summaries = properties
        .into_iter()
        .map(|it| async move { summary(store, &it, period, days, now).await });
    let rows = stream::iter(summaries)
        .buffered(COUNTED_AT_ONCE)
        .map_ok(|it| it.0)
        .try_collect()
        .await?;
    Ok(PeriodsPage {
        period: period.to_string(),
        rows,
        next,
        late_days: rules.late_days,
        reading_window_days: days,
    })
}

/// One period of one property.
pub async fn detail(
    store: &Store,
    property: &Property,
    period: Period,
    now: Timestamp,
) -> sqlx::Result<PeriodDetail> {
    let days = store.rule_settings().await?.reading_window_days;
    let (summary, tally) = summary(store, property, period, days, now).await?;
    let in_the_way = if summary.state == CLOSED {
        Vec::new()
    } else {
        in_the_way::groups(store, property, period, &tally).await?
    };
    Ok(PeriodDetail {
        in_the_way,
        billing_period: period.billing_period().to_string(),
        unplaced: in_the_way::unplaced(store, period).await?,
        late: late::counts(store, property, period).await?,
        steps: steps::steps(store, property.id, period).await?,
        webhook: false,
        delivery: billing::of_period(store, property.id, period).await?,
        summary,
    })
}

/// A property by its code, however it is typed; `None` for one that is not there for the caller.
pub async fn property(store: &Store, scope: &PropertyScope, code: &str) -> sqlx::Result<Option<Property>> {
    const PROPERTY: &str =
        "SELECT id, code, code_normal, name, time_zone FROM property WHERE code_normal = $1";
    let code = shared::code::normal(code);
    if !scope.contains(&code) {
        return Ok(None);
    }
    on!(store.reader(), |pool| sqlx::query_as(PROPERTY)
        .bind(&code)
        .fetch_optional(pool)
        .await)
}

/// Whether it is closed.
pub async fn is_closed(store: &Store, property_id: i64, period: Period) -> sqlx::Result<bool> {
    Ok(state(store, property_id, period).await? == CLOSED)
}

pub(crate) const CLOSED: &str = "closed";
pub(crate) const OPEN: &str = "open";

/// Of one period; a period without a row is open.
pub(crate) const STATE: &str = "SELECT state FROM period_state WHERE property_id = $1 AND period = $2";

async fn state(store: &Store, property_id: i64, period: Period) -> sqlx::Result<String> {
    let state: Option<String> = on!(store.reader(), |pool| sqlx::query_scalar(STATE)
        .bind(property_id)
        .bind(period.to_string())
        .fetch_optional(pool)
        .await?);
    Ok(state.unwrap_or_else(|| OPEN.to_owned()))
}

async fn properties(store: &Store, scope: &PropertyScope, asked: &Asked) -> sqlx::Result<Vec<Property>> {
    const PAGE: &str = "SELECT id, code, code_normal, name, time_zone FROM property
        WHERE code_normal > $1 AND ($2 IS NULL OR code_normal IN (SELECT atom FROM json_each($2)))
        ORDER BY code_normal LIMIT $3";
    let after = asked.after.as_deref().map(shared::code::normal);
    let limit = i64::try_from(asked.limit).unwrap_or(i64::MAX).saturating_add(1);
    on!(store.reader(), |pool| sqlx::query_as(PAGE)
        .bind(after.unwrap_or_default())
        .bind(scope.as_json())
        .bind(limit)
        .fetch_all(pool)
        .await)
}

async fn summary(
    store: &Store,
    property: &Property,
    period: Period,
    window_days: u32,
    now: Timestamp,
) -> sqlx::Result<(PeriodSummary, Tally)> {
    let tally = tally::read(store, property, period).await?;
    let state = state(store, property.id, period).await?;
    let zone = property.zone(now);
    let has_begun = shared::closing::has_begun(period, &zone, now);
    let window = ReadingWindow::of(period, window_days).row_on(zone.date_at(now));
    let summary = PeriodSummary {
        property: property.code.clone(),
        name: property.name.clone(),
        period: period.to_string(),
        can_close: state == OPEN && has_begun && tally.can_close(),
        state,
        counts: counts_of(&tally),
        window: Some(window),
    };
    Ok((summary, tally))
}

fn counts_of(tally: &Tally) -> PeriodCounts {
    PeriodCounts {
        points: tally.points,
        read: tally.read,
        estimated: tally.estimated,
        skipped: tally.skipped,
        missing: tally.missing,
        clean: tally.clean,
        conflict: tally.conflict,
        held: tally.held,
        flagged: tally.flagged,
        skips_open: tally.skips_open,
    }
}

#[cfg(test)]
pub(crate) mod tests;
