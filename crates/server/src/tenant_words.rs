//! The words of tenants' names, by which the office finds their units.

use serde::Serialize;
use shared::search_word::words_of;

use crate::database::{Database, Transaction};
use crate::in_transaction;
use crate::store::json_list::json_list;

/// Rows a statement.
const ROWS_MAX: usize = 5_000;

/// Takes out those of tenancies whose codes the list `$1` names.
pub(crate) const FORGET: &str = "DELETE FROM tenant_word WHERE tenancy_id IN (SELECT t.id FROM json_each($1) AS list \
     JOIN tenancy t ON t.tenant_normal = atom)";

/// Puts in those of the list `$1`.
pub(crate) const KEEP: &str = "INSERT INTO tenant_word (word, tenancy_id) SELECT value->>'word', t.id \
     FROM json_each($1) AS list JOIN tenancy t ON t.tenant_normal = value->>'tenant_normal' WHERE TRUE \
     ON CONFLICT (word, tenancy_id) DO NOTHING";

/// A word of a tenant.
#[derive(Debug, Serialize)]
pub(crate) struct TenantWord {
    tenant_normal: String,
    word: String,
}

/// The words of one tenant.
pub(crate) fn rows_of(tenant_normal: &str, name: &str) -> Vec<TenantWord> {
    let words = words_of(name).into_iter();
    words
        .map(|word| TenantWord {
            tenant_normal: tenant_normal.to_owned(),
            word,
        })
        .collect()
}

/// Fills in what is missing: books that are older than the words, or tenancies that came by another way than the import.
pub async fn complete(database: &Database) -> sqlx::Result<()> {
    const MISSING: &str = "SELECT t.tenant_normal, t.tenant_name FROM tenancy t \
         WHERE NOT EXISTS (SELECT 1 FROM tenant_word w WHERE w.tenancy_id = t.id)";
    let mut transaction = Transaction::begin(database).await?;
    transaction.lock_counters().await?;
    let missing: Vec<(String, String)> =
        in_transaction!(&mut transaction, |c| sqlx::query_as(MISSING).fetch_all(c).await?);
    for chunk in missing.chunks(ROWS_MAX) {
        let words = json_list(chunk.iter().flat_map(|(code, name)| rows_of(code, name)));
        in_transaction!(&mut transaction, |c| sqlx::query(KEEP)
            .bind(words)
            .execute(c)
            .await
            .map(drop))?;
    }
    transaction.commit().await
}
