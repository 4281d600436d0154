//! Which serials of new meters the portfolio has already.

use std::collections::BTreeSet;

use sqlx::Result;

use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;

const KNOWN: &str = "SELECT serial_normal FROM meter WHERE serial_normal IN (SELECT atom FROM json_each($1))";

pub(super) async fn load(
    transaction: &mut Transaction,
    serials: &BTreeSet<String>,
) -> Result<BTreeSet<String>> {
    if serials.is_empty() {
        return Ok(BTreeSet::new());
    }
    let wanted = json_list(serials);
    let known: Vec<String> = in_transaction!(transaction, |c| sqlx::query_scalar(KNOWN)
        .bind(&wanted)
        .fetch_all(c)
        .await?);
    Ok(known.into_iter().collect())
}
