//! Where phones were, as the texts say that they sent. No column of its own: nothing is found or sorted by it, and lists
//! never show it.

use std::collections::HashMap;

use shared::item::Item;
use shared::wire::batch::WireItem;
use shared::wire::office::ReadingRow;
use shared::wire::position::WirePosition;

use crate::on;
use crate::store::Store;
use crate::store::json_list::json_list;

/// All readings of an exchange were sent as one text, which stands with the first.
const SENT: &str = "
    SELECT i.receipt_seq, s.body FROM item i
    JOIN item first ON first.id = i.id AND first.revision = i.revision AND first.variant = i.variant AND first.part = 0
    JOIN sent_item s ON s.receipt_seq = first.receipt_seq
    WHERE i.receipt_seq IN (SELECT CAST(atom AS BIGINT) FROM json_each($1)) AND s.body LIKE '%\"position\"%'";

/// Adds to each row where the phone was.
pub(super) async fn add(store: &Store, rows: &mut [ReadingRow]) -> sqlx::Result<()> {
    let wanted = json_list(rows.iter().map(|row| row.receipt_seq));
    let sent: Vec<(i64, String)> = on!(store.reader(), |pool| sqlx::query_as(SENT)
        .bind(wanted)
        .fetch_all(pool)
        .await?);
    let sent: HashMap<i64, String> = sent.into_iter().collect();
    for row in rows {
        row.position = sent.get(&row.receipt_seq).and_then(|body| position_in(body));
    }
    Ok(())
}

fn position_in(body: &str) -> Option<WirePosition> {
    let wire: WireItem = serde_json::from_str(body).ok()?;
    let item = Item::parse(&wire).ok()?;
    Some(item.evidence.position?.to_wire())
}
