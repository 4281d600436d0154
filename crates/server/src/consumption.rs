//! What a property used, month by month and utility by utility, summed from the books for the office's first page.

mod chart;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use shared::period::Period;
use shared::wire::dashboard::{CONSUMPTION_MONTHS, Consumption, MonthConsumption, UtilityConsumption};
use sqlx::FromRow;

pub use chart::{ChartLook, draw};

use crate::on;
use crate::periods::Property;
use crate::store::Store;

/// Answered by the index `item_official_of_period` alone. Millionths are summed in two parts: values as large as a register may hold
/// would overflow together. What a check reading found used is in the next regular one as well.
pub(crate) const MONTHS: &str = "
    SELECT i.utility, i.period, CAST(SUM(i.consumption_micro / 1000000) AS BIGINT) AS whole,
        CAST(SUM(i.consumption_micro % 1000000) AS BIGINT) AS micro, CAST(COUNT(*) AS BIGINT) AS count
    FROM item i
    WHERE i.property_normal = $1 AND i.period >= $2 AND i.period <= $3
        AND i.consumption_micro IS NOT NULL AND i.kind <> 'check' AND i.state IN ('received', 'approved', 'estimated')
    GROUP BY i.period, i.utility";

#[derive(Debug, FromRow)]
struct Record {
    utility: String,
    period: String,
    whole: i64,
    micro: i64,
    count: i64,
}

impl Record {
    fn sum(&self) -> Decimal {
        (Decimal::from(self.whole) + Decimal::new(self.micro, 6)).normalize()
    }
}

/// The month and the twelve before it.
pub async fn of_property(store: &Store, property: &Property, last: Period) -> sqlx::Result<Consumption> {
    let periods = months_until(last);
    let first = periods.first().copied().unwrap_or(last);
    let records: Vec<Record> = on!(store.reader(), |pool| sqlx::query_as(MONTHS)
        .bind(&property.code_normal)
        .bind(first.to_string())
        .bind(last.to_string())
        .fetch_all(pool)
        .await?);
    let mut utilities: BTreeMap<String, Vec<MonthConsumption>> = BTreeMap::new();
    for record in records {
        let months = utilities
            .entry(record.utility.clone())
            .or_insert_with(|| periods.iter().map(|it| empty(*it)).collect());
        if let Some(month) = months.iter_mut().find(|it| it.period == record.period) {
            month.consumption = Some(record.sum().to_string());
            month.values = record.count;
        }
    }
    Ok(Consumption {
        property: property.code.clone(),
        period: last.to_string(),
        utilities: utilities
            .into_iter()
            .map(|(utility, months)| UtilityConsumption { utility, months })
            .collect(),
    })
}

fn empty(period: Period) -> MonthConsumption {
    MonthConsumption {
        period: period.to_string(),
        ..MonthConsumption::default()
    }
}

fn months_until(last: Period) -> Vec<Period> {
    let mut periods: Vec<Period> = std::iter::successors(Some(last), |it| Some(it.previous()))
        .take(CONSUMPTION_MONTHS)
        .collect();
    periods.reverse();
    periods
}

#[cfg(test)]
mod tests;
