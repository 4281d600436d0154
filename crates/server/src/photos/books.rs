//! What the books say of photos.

use shared::id::ItemId;
use shared::photo::PhotoHash;
use shared::timestamp::Timestamp;
use shared::wire::session::RoleName;

use super::Photo;
use crate::auth::Person;
use crate::database::Transaction;
use crate::on;
use crate::store::Store;

/// Photos that one item may show, revisions taken together.
const SHOWN_MAX: usize = 100;

/// How many photos are kept.
pub async fn count(store: &Store) -> sqlx::Result<i64> {
    const KEPT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM photo";
    on!(store.reader(), |pool| sqlx::query_scalar(KEPT)
        .fetch_one(pool)
        .await)
}

/// Whether an item that this person captured names the photo.
pub(super) async fn is_expected(store: &Store, hash: PhotoHash, captured_by: &str) -> sqlx::Result<bool> {
    const NAMED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM item_photo ip
        JOIN item i ON i.receipt_seq = ip.receipt_seq WHERE ip.sha256 = $1 AND i.captured_by = $2";
    let named: i64 = on!(store.reader(), |pool| sqlx::query_scalar(NAMED)
        .bind(hash.to_string())
        .bind(captured_by)
        .fetch_one(pool)
        .await?);
    Ok(named > 0)
}

/// Whether this person may see the photo: what a technician captured, what belongs to an office's properties.
pub async fn may_see(store: &Store, hash: PhotoHash, person: &Person) -> sqlx::Result<bool> {
    const SEEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM item_photo ip
        JOIN item i ON i.receipt_seq = ip.receipt_seq WHERE ip.sha256 = $1
        AND ($2 = '' OR i.captured_by = $2)
        AND ($3 = '' OR i.property_normal = '' OR i.property_normal IN (SELECT atom FROM json_each($4)))";
    let captured_by = match person.role {
        RoleName::Technician => person.name_normal.as_str(),
        RoleName::Reviewer | RoleName::Admin => "",
    };
    // A technician sees what they captured, whatever they are assigned to by now.
    let codes = person.properties.as_json().filter(|_| captured_by.is_empty());
    let limited = if codes.is_some() { "yes" } else { "" };
    let seen: i64 = on!(store.reader(), |pool| sqlx::query_scalar(SEEN)
        .bind(hash.to_string())
        .bind(captured_by)
        .bind(limited)
        .bind(codes.as_deref().unwrap_or("[]"))
        .fetch_one(pool)
        .await?);
    Ok(seen > 0)
}

/// The photos that an item names, the newest revision's first.
pub async fn of_item(store: &Store, id: ItemId) -> sqlx::Result<Vec<PhotoHash>> {
    const NAMED: &str = "SELECT ip.sha256 FROM item i JOIN item_photo ip ON ip.receipt_seq = i.receipt_seq
        WHERE i.id = $1 ORDER BY i.revision DESC, i.variant DESC, ip.place LIMIT 1000";
    let names: Vec<String> = on!(store.reader(), |pool| sqlx::query_scalar(NAMED)
        .bind(id.to_string())
        .fetch_all(pool)
        .await?);
    let mut hashes: Vec<PhotoHash> = Vec::new();
    for hash in names.iter().filter_map(|name| PhotoHash::parse(name)) {
        if !hashes.contains(&hash) && hashes.len() < SHOWN_MAX {
            hashes.push(hash);
        }
    }
    Ok(hashes)
}

/// Whether the photo is noted as stored.
pub(super) async fn is_noted(store: &Store, hash: PhotoHash) -> sqlx::Result<bool> {
    let noted: i64 = on!(store.reader(), |pool| {
        sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM photo WHERE sha256 = $1")
            .bind(hash.to_string())
            .fetch_one(pool)
            .await?
    });
    Ok(noted > 0)
}

/// Notes a photo that is stored. Again changes nothing.
pub(super) async fn note(
    store: &Store,
    now: Timestamp,
    hash: PhotoHash,
    photo: &Photo,
    uploaded_by: &str,
) -> sqlx::Result<()> {
    const NOTE: &str = "INSERT INTO photo (sha256, size_bytes, media_type, uploaded_by, stored_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (sha256) DO NOTHING";
    let mut transaction = Transaction::begin(store.writer()).await?;
    crate::in_transaction!(&mut transaction, |c| {
        sqlx::query(NOTE)
            .bind(hash.to_string())
            .bind(i64::try_from(photo.bytes.len()).unwrap_or(i64::MAX))
            .bind(photo.media_type.name())
            .bind(uploaded_by)
            .bind(now.ms())
            .execute(c)
            .await?;
    });
    transaction.commit().await
}
