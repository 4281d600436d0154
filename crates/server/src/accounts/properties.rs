//! Which properties are assigned to an account.

use std::collections::BTreeMap;

use super::AccountError;
use crate::database::Transaction;
use crate::in_transaction;
use crate::store::json_list::json_list;

/// Properties by key, with their codes as stored.
pub(super) type Assigned = BTreeMap<i64, String>;

/// The properties that these codes name.
pub(super) async fn named(transaction: &mut Transaction, codes: &[String]) -> Result<Assigned, AccountError> {
    const ALL: &str = "SELECT id, code_normal, code FROM property ORDER BY code_normal";
    let known: Vec<(i64, String, String)> =
        in_transaction!(transaction, |c| sqlx::query_as(ALL).fetch_all(c).await?);
    codes
        .iter()
        .map(|code| {
            let normal = shared::code::normal(code);
            let found = known.iter().find(|row| row.1 == normal);
            found.map(|row| (row.0, row.2.clone())).ok_or_else(|| {
                let known: Vec<&str> = known.iter().map(|row| row.2.as_str()).collect();
                let known = if known.is_empty() {
                    "none yet".into()
                } else {
                    known.join(", ")
                };
                AccountError::UnknownProperty {
                    code: code.clone(),
                    known,
                }
            })
        })
        .collect()
}

/// What is assigned now.
pub(super) async fn assigned(transaction: &mut Transaction, account_id: i64) -> sqlx::Result<Assigned> {
    const SELECT: &str = "SELECT p.id, p.code FROM account_property ap JOIN property p ON p.id = ap.property_id \
         WHERE ap.account_id = $1 ORDER BY p.code_normal";
    let rows: Vec<(i64, String)> = in_transaction!(transaction, |c| sqlx::query_as(SELECT)
        .bind(account_id)
        .fetch_all(c)
        .await?);
    Ok(rows.into_iter().collect())
}

/// Assigns exactly these.
pub(super) async fn assign(
    transaction: &mut Transaction,
    account_id: i64,
    properties: &Assigned,
) -> sqlx::Result<()> {
    const END: &str = "DELETE FROM account_property WHERE account_id = $1";
    const BEGIN: &str = "INSERT INTO account_property (account_id, property_id) \
         SELECT $1, CAST(atom AS BIGINT) FROM json_each($2)";
    in_transaction!(&mut *transaction, |c| sqlx::query(END)
        .bind(account_id)
        .execute(c)
        .await
        .map(drop))?;
    let ids = json_list(properties.keys());
    in_transaction!(transaction, |c| sqlx::query(BEGIN)
        .bind(account_id)
        .bind(ids)
        .execute(c)
        .await
        .map(drop))
}
