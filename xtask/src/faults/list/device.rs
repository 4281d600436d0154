//! The device's store, in a real browser.

use crate::faults::fault::{Fault, Proof};

const SAVE: &str = "crates/phone/src/adapters/outbox_store/save.rs";
const KEY: &str = "crates/phone/src/adapters/outbox_store/key.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "second-save-is-a-second-reading",
        situations: &[4],
        file: SAVE,
        old: "                if let Some((entry, _)) = found.await? {
                    return Ok(Stored { entry, replay: true });
                }",
        new: "                found.await?;",
        proof: Proof::Browser("saving_one_form_twice_is_a_replay"),
    },
    Fault {
        name: "number-taken-for-granted",
        situations: &[5],
        file: SAVE,
        old: "Ok((is_new && is_next).then_some(",
        new: "Ok((is_new && (is_next || seq > 0)).then_some(",
        proof: Proof::Browser("a_number_that_another_tab_gave_meanwhile_is_not_given_again"),
    },
    Fault {
        name: "whole-range-deleted-on-a-receipt",
        situations: &[20],
        file: KEY,
        old: "    parts_of(keys) == expected\n",
        new: "    !expected.is_empty()\n",
        proof: Proof::Browser("a_receipt_for_one_revision_leaves_the_next_one_waiting"),
    },
    Fault {
        name: "everybody-gets-the-lock",
        situations: &[5],
        file: "crates/phone/src/adapters/tab_lock.rs",
        old: "            let is_ours = !lock.is_null();",
        new: "            let is_ours = true;",
        proof: Proof::Browser("the_lock_is_held_by_one_at_a_time_until_it_is_dropped"),
    },
    Fault {
        name: "queues-of-two-persons-mixed",
        situations: &[11],
        file: "crates/phone/src/adapters/outbox_store/counter.rs",
        old: "format!(\"seq/{person}\")",
        new: "format!(\"seq/{}\", person.len())",
        proof: Proof::Browser("each_person_has_a_queue_of_their_own"),
    },
];
