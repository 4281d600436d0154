//! `Retry-After`, as any server may send it.

use crate::timestamp::Timestamp;

/// How long to wait, in milliseconds; the header holds seconds or a date. `None` for anything else.
pub fn wait_ms(text: &str, received_at: Timestamp) -> Option<u64> {
    if let Ok(seconds) = text.trim().parse::<u64>() {
        return Some(seconds.saturating_mul(1_000));
    }
    let date = httpdate::parse_http_date(text.trim()).ok()?;
    let since_epoch = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    let date_ms = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
    let wait_ms = Timestamp::from_ms(date_ms).since_ms(received_at);
    Some(u64::try_from(wait_ms).unwrap_or(0))
}
