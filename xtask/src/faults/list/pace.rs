//! The engine: when it tries, how often, with how much.

use crate::faults::fault::{Fault, Proof};

const BACKOFF: &str = "crates/shared/src/sync/backoff.rs";
const BATCH: &str = "crates/shared/src/sync/batch.rs";
const DRAIN: &str = "crates/shared/src/sync/engine/drain.rs";
const OUTBOX: &str = "crates/shared/src/sync/outbox.rs";
const STABILITY: &str = "crates/shared/src/sync/stability.rs";
const START: &str = "crates/shared/src/sync/engine/start.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "online-gates-sending",
        situations: &[6],
        file: START,
        old: "        if !self.is_open || (",
        new: "        if !self.is_open || self.status.connection == Connection::Unreachable || (",
        proof: Proof::Rule("sync::engine::tests::start::a_browser_that_says_offline_forbids_nothing"),
    },
    Fault {
        name: "one-good-ping-is-enough",
        situations: &[27],
        file: STABILITY,
        old: "pub(super) const GOOD_IN_A_ROW: u8 = 3;",
        new: "pub(super) const GOOD_IN_A_ROW: u8 = 2;",
        proof: Proof::Rule(
            "sync::stability::tests::three_good_pings_at_0_and_1500_and_3000_ms_prove_the_link_for_a_minute",
        ),
    },
    Fault {
        name: "flapping-link-never-tried",
        situations: &[27],
        file: STABILITY,
        old: "            return Some(CheckEnd::TryAnyway);",
        new: "            return Some(CheckEnd::GivenUp);",
        proof: Proof::Rule(
            "sync::engine::tests::drain::on_a_link_that_is_never_good_for_three_seconds_a_small_batch_gets_through",
        ),
    },
    Fault {
        name: "window-never-adapts",
        situations: &[27],
        file: STABILITY,
        old: "        if self.fixed {",
        new: "        if self.fixed || now >= Moment::default() {",
        proof: Proof::Rule(
            "sync::stability::tests::proofs_that_turn_out_wrong_lengthen_the_check_up_to_ten_seconds",
        ),
    },
    Fault {
        name: "retry-without-back-off",
        situations: &[9],
        file: DRAIN,
        old: "                        .rest(entry, false, |failures| now.plus_ms(wait_ms(failures, chance)));",
        new: "                        .rest(entry, false, |failures| now.plus_ms(wait_ms(failures, chance).min(1)));",
        proof: Proof::Rule("sync::engine::tests::drain::a_verdict_of_retry_delays_that_item_alone"),
    },
    Fault {
        name: "bad-item-blocks-the-others",
        situations: &[9],
        file: DRAIN,
        old: "        if was_single {
            for entry in &posted.entries {",
        new: "        if was_single && now < self.clock.now() {
            for entry in &posted.entries {",
        proof: Proof::Rule(
            "sync::engine::tests::drain::one_bad_item_of_200_is_set_apart_and_the_others_are_not_delayed",
        ),
    },
    Fault {
        name: "suspect-travels-with-others",
        situations: &[9],
        file: OUTBOX,
        old: "            let suspect = slot.suspect || suspect;",
        new: "            let suspect = slot.suspect;",
        proof: Proof::Rule("sync::outbox::tests::a_suspect_travels_alone_and_after_the_others"),
    },
    Fault {
        name: "same-size-after-a-stall",
        situations: &[17, 28],
        file: BATCH,
        old: "        self.size = (entries.len() / 2).max(1);",
        new: "        self.size = entries.len();",
        proof: Proof::Rule("sync::engine::tests::drain::a_stall_halves_the_batch_down_to_single_items"),
    },
    Fault {
        name: "wait-does-not-double",
        situations: &[25],
        file: BACKOFF,
        old: "    let limit_ms = (FIRST_MS << doublings).min(LONGEST_MS);",
        new: "    let limit_ms = (FIRST_MS << doublings.min(1)).min(LONGEST_MS);",
        proof: Proof::Rule("sync::backoff::tests::the_limit_doubles_from_a_second_to_five_minutes"),
    },
    Fault {
        name: "no-jitter",
        situations: &[25],
        file: BACKOFF,
        old: "    1 + chance.up_to(limit_ms - 1)",
        new: "    limit_ms - chance.up_to(0)",
        proof: Proof::Rule("sync::backoff::tests::phones_that_failed_together_do_not_come_back_together"),
    },
    Fault {
        name: "retry-after-ignored",
        situations: &[25],
        file: BACKOFF,
        old: "Some(now.plus_ms(asked_ms.saturating_add(own_ms)))",
        new: "Some(now.plus_ms(own_ms.max(asked_ms.min(0))))",
        proof: Proof::Simulation(400),
    },
    Fault {
        name: "hint-ends-what-the-server-asked-for",
        situations: &[25],
        file: BACKOFF,
        old: "        if by_person || !self.asked_for_by_server {",
        new: "        if by_person || self.until.is_some() {",
        proof: Proof::Rule(
            "sync::engine::tests::start::what_the_server_asked_for_is_waited_for_unless_a_person_taps",
        ),
    },
    Fault {
        name: "budget-ignored",
        situations: &[7, 27],
        file: "crates/shared/src/sync/budget.rs",
        old: "const SPAN_MS: u64 = 60_000;",
        new: "const SPAN_MS: u64 = 6_000;",
        proof: Proof::Rule("sync::engine::tests::start::a_storm_of_hints_makes_no_storm_of_requests"),
    },
    Fault {
        name: "proof-for-ever",
        situations: &[27],
        file: STABILITY,
        old: "self.proven_at.is_some_and(|at| now.since_ms(at) < PROOF_MS)",
        new: "self.proven_at.is_some_and(|at| at <= now)",
        proof: Proof::Rule("sync::engine::tests::start::a_proof_holds_for_a_minute"),
    },
    Fault {
        name: "clock-set-back-stops-the-timer",
        situations: &[12],
        file: "crates/shared/src/sync/clock.rs",
        old: "            self.moment = self.moment.max(alarm);",
        new: "            self.moment = self.moment.max(alarm.min(self.moment));",
        proof: Proof::Rule("sync::engine::tests::start::a_clock_set_back_by_a_year_delays_nothing"),
    },
    Fault {
        name: "order-by-id-not-by-number",
        situations: &[12],
        file: OUTBOX,
        old: "        let mut keys: Vec<Key> = next.take(size).map(|(_, key)| *key).collect();",
        new: "        let mut keys: Vec<Key> = next.map(|(_, key)| *key).collect();
        keys.sort_by_key(|key| std::cmp::Reverse(key.0));
        keys.truncate(size);",
        proof: Proof::Rule(
            "sync::outbox::tests::batches_go_in_the_order_of_capture_and_nothing_is_taken_twice",
        ),
    },
    Fault {
        name: "quiet-hours-ignored",
        situations: &[],
        file: START,
        old: "        moment.plus_ms(left_ms)",
        new: "        moment.plus_ms(left_ms.min(0))",
        proof: Proof::Rule(
            "sync::engine::tests::settings::within_quiet_hours_nothing_starts_by_itself_and_afterwards_it_does",
        ),
    },
];
