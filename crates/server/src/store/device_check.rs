//! Which running numbers of a phone and person have arrived.

use super::Store;

impl Store {
    /// The running numbers up to `device_total` that arrived from this phone and person, rising, each once.
    pub async fn received_device_seqs(
        &self,
        captured_by: &str,
        device_id: &str,
        device_total: u64,
    ) -> sqlx::Result<Vec<u64>> {
        const SEQS: &str = "SELECT DISTINCT device_seq FROM item
            WHERE captured_by = $1 AND device_id = $2 AND device_seq BETWEEN 1 AND $3 ORDER BY device_seq";
        let total = i64::try_from(device_total).unwrap_or(i64::MAX);
        let seqs: Vec<i64> = crate::on!(self.reader(), |pool| {
            sqlx::query_scalar(SEQS)
                .bind(captured_by)
                .bind(device_id)
                .bind(total)
                .fetch_all(pool)
                .await
        })?;
        Ok(seqs
            .into_iter()
            .filter_map(|seq| u64::try_from(seq).ok())
            .collect())
    }
}

/// The gaps of `received` (rising, each once) in 1 to `total`, as inclusive ranges.
pub fn missing_ranges(received: &[u64], total: u64) -> Vec<(u64, u64)> {
    let mut missing = Vec::new();
    let mut next = 1;
    for &seq in received.iter().take_while(|&&seq| seq <= total) {
        if seq > next {
            missing.push((next, seq - 1));
        }
        next = seq + 1;
    }
    if next <= total {
        missing.push((next, total));
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_named_as_inclusive_ranges() {
        for (received, total, expected) in [
            (vec![], 0, vec![]),
            (vec![], 3, vec![(1, 3)]),
            (vec![1, 2, 3], 3, vec![]),
            (vec![2, 5], 7, vec![(1, 1), (3, 4), (6, 7)]),
            (vec![1, 9], 4, vec![(2, 4)]),
        ] {
            assert_eq!(
                missing_ranges(&received, total),
                expected,
                "{received:?} of {total}"
            );
        }
    }
}
