//! The server: what is committed when, and who is told.

use crate::faults::fault::{Fault, Proof};

const ARRIVALS: &str = "crates/server/src/intake/arrivals.rs";
const PLAY: &str = "crates/server/src/intake/play.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "a-period-is-closed-over-what-is-in-the-way",
        situations: &[30],
        file: "crates/server/src/intake/period.rs",
        old: "            if !tally.can_close() {",
        new: "            if !tally.can_close() && tally.points == u64::MAX {",
        proof: Proof::Server(
            "contract::periods::sqlite::everything_that_is_in_the_way_is_named_and_nothing_is_changed",
        ),
    },
    Fault {
        name: "a-skip-that-nobody-accepted-is-closed-over",
        situations: &[30],
        file: "crates/shared/src/closing.rs",
        old: "            State::Received if self.skip => Standing::InTheWay(InTheWay::Skip),",
        new: "            State::Received if self.skip => Standing::Clean,",
        proof: Proof::Rule("closing::tests::a_skip_counts_when_a_reviewer_has_accepted_it"),
    },
    Fault {
        name: "receipt-without-a-commit",
        situations: &[2],
        file: PLAY,
        old: "                transaction.commit().await?;
                Ok(outcome)",
        new: "                transaction.rollback().await?;
                Ok(outcome)",
        proof: Proof::Server("contract::intake::sqlite::a_replay_gets_the_first_receipt_and_adds_nothing"),
    },
    Fault {
        name: "cursor-skips-a-late-commit",
        situations: &[24],
        file: "crates/server/src/routes/round_list.rs",
        old: "        change: app.store.last_change_seq().await?,",
        new: "        change: app.store.last_change_seq().await? + 1,",
        proof: Proof::Server("contract::list::sqlite::a_delta_on_top_of_the_list_equals_the_list"),
    },
    Fault {
        name: "cursor-survives-a-restore",
        situations: &[26],
        file: "crates/server/src/routes/round_list.rs",
        old: "self.epoch == present.epoch",
        new: "!self.epoch.is_empty()",
        proof: Proof::Server(
            "contract::list::sqlite::a_cursor_of_another_life_or_assignment_replaces_the_list",
        ),
    },
    Fault {
        name: "end-check-counts-instead-of-naming",
        situations: &[16, 26],
        file: "crates/server/src/routes/device_check.rs",
        old: "        missing: missing_ranges(&received, device_total),",
        new: "        missing: missing_ranges(&received, count),",
        proof: Proof::Server("contract::device_check::sqlite::the_check_names_what_is_missing"),
    },
    Fault {
        name: "malformed-item-spoils-the-batch",
        situations: &[9],
        file: ARRIVALS,
        old: "    (!wrong).then_some(arrivals)",
        new: "    let wrong = wrong || items.iter().any(|item| item.wire.is_none());
    (!wrong).then_some(arrivals)",
        proof: Proof::Server("contract::requests::sqlite::a_malformed_item_spoils_none_of_its_neighbours"),
    },
    Fault {
        name: "names-of-others-not-looked-at",
        situations: &[11],
        file: ARRIVALS,
        old: "    (!wrong).then_some(arrivals)",
        new: "    (!wrong || !items.is_empty()).then_some(arrivals)",
        proof: Proof::Server(
            "contract::requests::sqlite::an_item_of_another_person_refuses_the_batch_and_stores_nothing",
        ),
    },
    Fault {
        name: "newer-phone-refused",
        situations: &[18],
        file: "crates/shared/src/wire/batch.rs",
        old: "pub struct WireItem {",
        new: "#[serde(deny_unknown_fields)]
pub struct WireItem {",
        proof: Proof::Server("contract::requests::sqlite::unknown_members_are_ignored"),
    },
];
