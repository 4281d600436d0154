//! What billing is told.

use crate::faults::fault::{Fault, Proof};

const OUTBOX: &str = "crates/server/src/billing/outbox.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "billing-told-what-is-not-so-any-more",
        situations: &[30],
        file: OUTBOX,
        old: "AND period = $2 AND state IN ('waiting', 'given_up')\";",
        new: "AND period = $2 AND state = 'given_up' AND period = ''\";",
        proof: Proof::Server(
            "contract::billing::outbox::sqlite::a_reopening_takes_the_place_of_what_was_not_told_yet",
        ),
    },
    Fault {
        name: "each-try-under-an-id-of-its-own",
        situations: &[1],
        file: OUTBOX,
        old: "SET tries = tries + 1, next_try_at = $3",
        new: "SET tries = tries + 1, next_try_at = $3, id = id || 'x'",
        proof: Proof::Server(
            "contract::billing::delivery::sqlite::a_failure_is_tried_again_later_under_the_same_id",
        ),
    },
    Fault {
        name: "signature-good-for-ever",
        situations: &[],
        file: "crates/server/src/billing/secret.rs",
        old: "signer.update(format!(\"{id}.{timestamp_s}.\").as_bytes());",
        new: "signer.update(format!(\"{id}.{}.\", timestamp_s / 100_000).as_bytes());",
        proof: Proof::Server("contract::billing::delivery::sqlite::billing_gets_the_handover_signed"),
    },
];
