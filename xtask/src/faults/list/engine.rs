//! The engine: whose turn it is, what leaves the outbox, what is said.

use crate::faults::fault::{Fault, Proof};

const CONFIRM: &str = "crates/shared/src/sync/engine/confirm.rs";
const DRAIN: &str = "crates/shared/src/sync/engine/drain.rs";
const OUTBOX: &str = "crates/shared/src/sync/outbox.rs";
const PEERS: &str = "crates/shared/src/sync/engine/peers.rs";
const QUEUE: &str = "crates/shared/src/sync/engine/queue.rs";
const START: &str = "crates/shared/src/sync/engine/start.rs";

/// Enough worlds for what happens in one of a few dozen.
const SEEDS: u32 = 400;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "no-lock",
        situations: &[5],
        file: START,
        old: "        self.role = Role::Asking {
            void: false,
            changed: false,
        };
        true",
        new: "        self.outbox.no_longer_expect(Reader::Lock);
        self.want = None;
        self.role = Role::Running(Box::new(Run::new(&self.clock, false, false, Why::Scheduled)));
        self.link.begin_check(self.clock.now());
        true",
        proof: Proof::Simulation(SEEDS),
    },
    Fault {
        name: "lock-kept-while-waiting",
        situations: &[5, 6],
        file: START,
        old: "        self.link.stop_check();
        self.effects.push(Effect::ReleaseLock);",
        new: "        self.link.stop_check();",
        proof: Proof::Rule(
            "sync::engine::tests::start::check_then_refresh_then_drain_then_end_check_in_this_order_and_the_lock_is_given_back",
        ),
    },
    Fault {
        name: "no-read-back",
        situations: &[3, 4, 6],
        file: START,
        old: "        self.load(stored, Reader::Lock);\n",
        new: "        self.outbox.no_longer_expect(Reader::Lock);\n",
        proof: Proof::Simulation(SEEDS),
    },
    Fault {
        name: "silent-drainer-never-replaced",
        situations: &[5, 6],
        file: PEERS,
        old: "if silent_at(heard_at) > now {",
        new: "if silent_at(heard_at) >= now || heard_at <= now {",
        proof: Proof::Rule("sync::engine::tests::peers::a_silent_drainer_is_replaced_within_two_seconds"),
    },
    Fault {
        name: "two-batches-in-flight",
        situations: &[5],
        file: DRAIN,
        old: "if run.posted.is_some() || run.settling.len() > SETTLING_MAX {",
        new: "if run.settling.len() > SETTLING_MAX {",
        proof: Proof::Simulation(SEEDS),
    },
    Fault {
        name: "receipt-for-r-deletes-the-next",
        situations: &[20],
        file: OUTBOX,
        old: "        let held = self.is_held(entry);
        if held {",
        new: "        let held = self.slots.contains_key(&key(entry));
        if held {",
        proof: Proof::Rule("sync::outbox::tests::the_receipt_of_a_revision_does_not_remove_the_next_one"),
    },
    Fault {
        name: "settled-before-it-is-stored",
        situations: &[3],
        file: DRAIN,
        old: "                    self.outbox.settle(entry);",
        new: "                    self.outbox.remove(entry);",
        proof: Proof::Rule("sync::engine::tests::drain::nothing_is_settled_before_the_store_has_the_receipt"),
    },
    Fault {
        name: "store-failure-ignored",
        situations: &[14, 15],
        file: DRAIN,
        old: "        if !stored {
            run.end(",
        new: "        if !stored && attempt == 0 {
            run.end(",
        proof: Proof::Rule(
            "sync::engine::tests::drain::a_store_that_fails_to_settle_keeps_the_items_and_they_are_sent_again",
        ),
    },
    Fault {
        name: "save-during-a-reading-forgotten",
        situations: &[24],
        file: OUTBOX,
        old: "        self.journal.write(Change::Saved(entry));\n",
        new: "",
        proof: Proof::Rule("sync::outbox::tests::what_was_saved_while_the_store_was_read_is_kept"),
    },
    Fault {
        name: "sign-in-again-clears-the-queue",
        situations: &[10],
        file: DRAIN,
        old: "        self.outbox.put_back(&posted.entries, self.clock.now());
        self.pause(pause);",
        new: "        for entry in &posted.entries {
            self.outbox.remove(entry);
        }
        self.pause(pause);",
        proof: Proof::Rule(
            "sync::engine::tests::start::a_session_that_ended_pauses_keeps_everything_and_goes_on_after_the_sign_in",
        ),
    },
    Fault {
        name: "old-401-pauses-for-good",
        situations: &[10],
        file: START,
        old: "                self.signed_in_meanwhile = true;\n",
        new: "",
        proof: Proof::Rule(
            "sync::engine::tests::start::a_401_from_before_the_sign_in_does_not_pause_for_good",
        ),
    },
    Fault {
        name: "answer-of-the-person-before",
        situations: &[11],
        file: QUEUE,
        old: "                run.void = true;\n",
        new: "",
        proof: Proof::Rule("sync::engine::tests::start::who_is_gone_leaves_nothing_to_the_next_person"),
    },
    Fault {
        name: "end-check-skipped",
        situations: &[16, 26],
        file: DRAIN,
        old: "            return !is_uncertain && self.confirm();",
        new: "            if !is_uncertain {
                self.status.all_received = Some(self.device_total);
                self.unconfirmed = false;
                self.end_run(Outcome::AllReceived, Wait::Nothing);
            }
            return !is_uncertain;",
        proof: Proof::Simulation(SEEDS),
    },
    Fault {
        name: "offer-again-not-asked",
        situations: &[26],
        file: CONFIRM,
        old: "            if run.offers == 0 {",
        new: "            if run.offers > 9 {",
        proof: Proof::Rule(
            "sync::engine::tests::drain::a_restored_server_is_offered_everything_that_is_kept",
        ),
    },
    Fault {
        name: "all-received-though-saved-since",
        situations: &[6],
        file: CONFIRM,
        old: "        if run.saved_meanwhile || self.outbox.has_ready() {
            return;
        }
        self.unconfirmed = !self.outbox.is_empty();
        let all_received = self.status.missing.is_empty() && self.outbox.is_empty();",
        new: "        self.unconfirmed = !self.outbox.is_empty();
        let all_received = self.status.missing.is_empty();",
        proof: Proof::Rule(
            "sync::engine::tests::drain::what_was_saved_since_the_end_check_is_not_called_received",
        ),
    },
    Fault {
        name: "loss-kept-silent",
        situations: &[16, 29],
        file: CONFIRM,
        old: "        self.status.missing = missing;\n",
        new: "        self.status.missing = missing.into_iter().filter(|range| range.0 == 0).collect();\n",
        proof: Proof::Rule(
            "sync::engine::tests::drain::what_neither_server_nor_phone_has_is_said_and_not_asked_for_again_and_again",
        ),
    },
    Fault {
        name: "refresh-overwrites",
        situations: &[24],
        file: "crates/shared/src/overlay.rs",
        old: "OnPhone::Waiting | OnPhone::Shelf => true,",
        new: "OnPhone::Waiting | OnPhone::Shelf => !list_has_it,",
        proof: Proof::Rule("overlay::tests::what_the_server_has_not_confirmed_wins_over_any_list"),
    },
    Fault {
        name: "refresh-failure-stops-the-drain",
        situations: &[24],
        file: "crates/shared/src/sync/engine/link.rs",
        old: "            RefreshResult::Failed => {}",
        new: "            RefreshResult::Failed => self.end_run(Outcome::SomeLeft, Wait::BackOff { retry_after_ms: None }),",
        proof: Proof::Rule(
            "sync::engine::tests::start::a_list_that_cannot_be_fetched_does_not_stop_the_drain",
        ),
    },
];
