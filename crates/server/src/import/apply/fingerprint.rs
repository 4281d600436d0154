//! What stands for a plan: whoever looked at a dry run takes exactly that, or is told that the books have changed since.

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Plan;
use super::changes::Changes;
use crate::import::records::Record;

impl Plan {
    /// The same only when the same is done to the same. Codes of labels that are given out by chance are left out: the meter
    /// points that get one are told by the rest.
    pub(in crate::import) fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        add_all(&mut hash, &self.properties);
        add_all(&mut hash, &self.units);
        add_all(&mut hash, &self.points);
        add_all(&mut hash, &self.meters);
        add_all(&mut hash, &self.tenancies);
        for point in self.labels.records().map(|label| label.point_key()) {
            add(&mut hash, &point);
        }
        for item in &self.readings {
            let said = (
                item.serial.normal(),
                item.kind,
                item.value_micro,
                item.read_at,
                &item.remarks,
            );
            let reckoned = (
                item.period.to_string(),
                item.previous_micro,
                item.consumption_micro,
                item.captured_by.normal(),
            );
            add(&mut hash, &(said, reckoned));
        }
        let mut text = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a text can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

fn add_all<R: Record>(hash: &mut Sha256, changes: &Changes<R>) {
    for record in &changes.added {
        add(hash, record);
    }
    // Kinds and lists are told apart by what no JSON text begins with.
    hash.update(b"|");
    for pair in changes.pairs() {
        add(hash, &pair);
    }
    hash.update(b"|");
}

fn add(hash: &mut Sha256, part: &impl Serialize) {
    // A struct of texts and numbers: that can't fail.
    hash.update(serde_json::to_vec(part).unwrap_or_default());
    hash.update(b"\n");
}
