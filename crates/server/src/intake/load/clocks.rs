//! Certain times of the neighbours in a phone's running numbers; asked for seldom.

use std::collections::{BTreeMap, HashMap};

use shared::id::DeviceId;
use shared::intake::ClockNeighbours;
use shared::timestamp::Timestamp;
use sqlx::Result;

use crate::database::Transaction;
use crate::in_transaction;

/// Corrected times by phone, person and running number.
type Clocks = HashMap<DeviceId, BTreeMap<String, BTreeMap<u64, Timestamp>>>;

// From the nearest certain one below the lowest number to the nearest above the highest.
const CERTAIN: &str = "
    SELECT device_seq, corrected_at FROM item
    WHERE captured_by = $1 AND device_id = $2 AND time_certain = 1
        AND device_seq >= COALESCE((SELECT MAX(b.device_seq) FROM item b
            WHERE b.captured_by = $1 AND b.device_id = $2 AND b.time_certain = 1 AND b.device_seq < $3), $3)
        AND device_seq <= COALESCE((SELECT MIN(a.device_seq) FROM item a
            WHERE a.captured_by = $1 AND a.device_id = $2 AND a.time_certain = 1 AND a.device_seq > $4), $4)
    ORDER BY device_seq, receipt_seq";

pub(super) async fn load(transaction: &mut Transaction, wanted: &[ClockNeighbours]) -> Result<Clocks> {
    let mut clocks = Clocks::new();
    for neighbours in wanted {
        let (Some(lowest), Some(highest)) = (neighbours.device_seqs.first(), neighbours.device_seqs.last())
        else {
            continue;
        };
        let [lowest, highest] = [lowest, highest].map(|seq| i64::try_from(*seq).unwrap_or(i64::MAX));
        let device = neighbours.device.to_string();
        let rows: Vec<(i64, i64)> = in_transaction!(transaction, |c| {
            sqlx::query_as(CERTAIN)
                .bind(&neighbours.person)
                .bind(&device)
                .bind(lowest)
                .bind(highest)
                .fetch_all(c)
                .await?
        });
        let of_phone = clocks.entry(neighbours.device).or_default();
        let times = rows
            .into_iter()
            .filter_map(|(seq, at)| Some((u64::try_from(seq).ok()?, Timestamp::from_ms(at))));
        of_phone
            .entry(neighbours.person.clone())
            .or_default()
            .extend(times);
    }
    Ok(clocks)
}
