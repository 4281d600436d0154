//! Which receipts a span of time has. Receipts are numbered in the order in which they are written, so the times of arrival
//! rise with their numbers but for moments: the first of a span is found by halving, and no index on times is needed.

use shared::timestamp::{LocalTime, Timestamp};
use shared::wire::office::ReadingsQuery;

use crate::list_filter::{Clause, FilterError};
use crate::on;
use crate::store::Store;

/// An item's time is taken when its batch comes in and its number when it is written; and a server's clock is set right now and
/// then. Receipts are looked at from so much before a span to so much behind it, and their times decide.
const DISORDER_MS: i64 = 60 * 60 * 1_000;

/// The first receipt at or behind a moment: as many look-ups by its number as the number of receipts has binary digits.
pub(super) const FIRST_SINCE: &str = "
    WITH RECURSIVE search (low, high) AS (
        SELECT CAST(0 AS BIGINT), COALESCE((SELECT MAX(receipt_seq) FROM item), 0) + 1
        UNION ALL
        SELECT CASE WHEN m.received_at < $1 THEN m.receipt_seq + 1 ELSE s.low END,
            CASE WHEN m.received_at < $1 THEN s.high ELSE (s.low + s.high) / 2 END
        FROM search s JOIN item m ON m.receipt_seq = (
            SELECT n.receipt_seq FROM item n WHERE n.receipt_seq >= (s.low + s.high) / 2 ORDER BY n.receipt_seq LIMIT 1)
        WHERE s.low < s.high)
    SELECT MAX(low) FROM search";

/// A span of time that is asked for: from a moment on, and before another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// The same, with the receipts that it can have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Receipts {
    span: Span,
    first: Option<i64>,
    /// The first that is not looked at.
    end: Option<i64>,
}

impl Span {
    pub(super) fn of(query: &ReadingsQuery) -> Result<Self, FilterError> {
        Ok(Self {
            from: moment("arrived_from", query.arrived_from.as_deref())?,
            until: moment("arrived_until", query.arrived_until.as_deref())?,
        })
    }

    pub(super) fn since(at: Timestamp) -> Self {
        Self {
            from: Some(at),
            until: None,
        }
    }

    pub(super) async fn receipts(self, store: &Store) -> sqlx::Result<Receipts> {
        Ok(Receipts {
            span: self,
            first: first_since(store, self.from, -DISORDER_MS).await?,
            end: first_since(store, self.until, DISORDER_MS).await?,
        })
    }
}

impl Receipts {
    /// Every number comes from here, so the texts are digits.
    pub(super) fn add(self, clause: &mut Clause) {
        for (condition, number) in [
            ("i.receipt_seq >= CAST(? AS BIGINT)", self.first),
            ("i.receipt_seq < CAST(? AS BIGINT)", self.end),
            (
                "i.received_at >= CAST(? AS BIGINT)",
                self.span.from.map(Timestamp::ms),
            ),
            (
                "i.received_at < CAST(? AS BIGINT)",
                self.span.until.map(Timestamp::ms),
            ),
        ] {
            if let Some(number) = number {
                clause.add(condition, number.to_string());
            }
        }
    }
}

async fn first_since(store: &Store, at: Option<Timestamp>, by_ms: i64) -> sqlx::Result<Option<i64>> {
    let Some(at) = at else {
        return Ok(None);
    };
    let at_ms = at.plus_ms(by_ms).ms();
    let first = on!(store.reader(), |pool| sqlx::query_scalar(FIRST_SINCE)
        .bind(at_ms)
        .fetch_one(pool)
        .await?);
    Ok(Some(first))
}

fn moment(name: &'static str, text: Option<&str>) -> Result<Option<Timestamp>, FilterError> {
    let text = text.filter(|it| !it.is_empty());
    text.map(|text| {
        let right = "is a moment such as 2026-11-27T00:00:00Z";
        let time = LocalTime::parse(text).ok_or_else(|| FilterError::new(name, right))?;
        Ok(time.at)
    })
    .transpose()
}

#[cfg(test)]
mod tests {
    use super::super::tests::reviewer;
    use super::super::{Filter, page_query, total_query};
    use super::*;
    use crate::database::explain::plan;

    #[tokio::test]
    async fn the_first_receipt_of_a_span_is_looked_up_by_number_alone() {
        let steps = plan(FIRST_SINCE, &["0".into()]).await;
        let of_items = |step: &&String| ["item", " m", " n"].iter().any(|it| step.contains(it));
        let lookups: Vec<_> = steps.iter().filter(of_items).collect();
        assert!(
            lookups.len() == 3 && lookups.iter().all(|it| it.contains("SEARCH")),
            "{steps:#?}"
        );
        assert!(!steps.iter().any(|it| it.contains("B-TREE")), "{steps:#?}");
    }

    #[tokio::test]
    async fn a_days_page_and_its_count_read_that_days_receipts_and_no_others() {
        let receipts = Receipts {
            first: Some(77),
            end: Some(99),
            ..Receipts::default()
        };
        type Set = fn(&mut ReadingsQuery, Option<String>);
        let filters: [(Set, &str, &str); 6] = [
            (|_, _| {}, "", "PRIMARY KEY (rowid>? AND rowid<?)"),
            (
                |it, value| it.source = value,
                "phone",
                "item_not_imported (source=? AND receipt_seq>? AND receipt_seq<?)",
            ),
            (
                |it, value| it.property = value,
                "GC A",
                "item_of_property (property_normal=? AND receipt_seq>? AND receipt_seq<?)",
            ),
            (
                |it, value| it.period = value,
                "2026-11",
                "item_of_period (period=? AND receipt_seq>? AND receipt_seq<?)",
            ),
            (
                |it, value| it.technician = value,
                "ana",
                "item_of_person (captured_by=? AND receipt_seq>? AND receipt_seq<?)",
            ),
            (
                |it, value| it.flag = value,
                "any",
                "item_flagged (receipt_seq>? AND receipt_seq<?)",
            ),
        ];
        for (set, value, search) in filters {
            let mut query = ReadingsQuery::default();
            set(&mut query, Some(value.to_owned()));
            let filter = Filter::new(&reviewer(), query).unwrap();
            for (sql, binds) in [page_query(&filter, receipts, 101), total_query(&filter, receipts)] {
                let steps = plan(&sql, &binds).await;
                let first = steps.iter().find(|it| it.contains(" i "));
                assert!(
                    first.is_some_and(|it| it.contains(search)),
                    "{search}: {steps:#?}"
                );
            }
        }
    }

    mod postgres {
        use super::*;
        use crate::database::explain::postgres::Postgres;

        #[tokio::test]
        #[ignore = "needs TEST_POSTGRES_URL"]
        async fn the_first_receipt_of_a_span_is_looked_up_by_number_alone() {
            let plan = Postgres::new()
                .await
                .ordered_plan(FIRST_SINCE, &["0".into()])
                .await;
            // The highest number is the end of the index.
            plan.assert_reads_no_whole_table(&["item_pkey"]);
            plan.assert_uses("item_pkey");
            plan.assert_sorts(0);
        }
    }
}
