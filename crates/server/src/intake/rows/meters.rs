//! What happens to the portfolio's meters in one transaction.

use shared::intake::{Exchanged, MeterExchange};

/// One step; `point` is the meter point's row, `change` the number under which phones hear of it.
#[derive(Debug)]
pub(in crate::intake) enum MeterChange {
    /// One meter ends and another one begins.
    Exchange {
        exchange: Box<MeterExchange>,
        point: i64,
        change: i64,
        /// The last receipt number of the exchange: what comes behind was read on the new meter.
        receipt_seq: i64,
    },
    /// The portfolio is as before.
    Undo {
        /// Serial in normal form of the meter that goes again.
        serial: String,
        /// Serial in normal form of the meter that is in service again.
        reinstated: Option<String>,
        point: i64,
        change: i64,
    },
}

impl MeterChange {
    pub(super) fn exchange(exchange: MeterExchange, point: i64, change: i64, receipt_seq: i64) -> Self {
        Self::Exchange {
            exchange: Box::new(exchange),
            point,
            change,
            receipt_seq,
        }
    }

    pub(super) fn undo(exchanged: Exchanged, reinstated: Option<String>, point: i64, change: i64) -> Self {
        Self::Undo {
            serial: exchanged.serial,
            reinstated,
            point,
            change,
        }
    }
}
