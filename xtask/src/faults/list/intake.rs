//! The decision on what arrives.

use crate::faults::fault::{Fault, Proof};

const INTAKE: &str = "crates/shared/src/intake.rs";
const JUDGE: &str = "crates/shared/src/intake/judge.rs";
const DECIDE: &str = "crates/shared/src/intake/decide.rs";
const EXCHANGE: &str = "crates/shared/src/intake/exchange.rs";
const TAKE: &str = "crates/shared/src/intake/take.rs";
const ZONE: &str = "crates/shared/src/zone.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "replay-files-a-second-row",
        situations: &[1, 3, 22],
        file: TAKE,
        old: "of_revision.clone().find(|it| it.hash == arrival.hash) {",
        new: "of_revision.clone().find(|it| it.hash == arrival.hash && it.receipt_seq < 0) {",
        proof: Proof::Simulation(400),
    },
    Fault {
        name: "replay-of-a-conflict-accepted",
        situations: &[1, 19],
        file: "crates/shared/src/intake/verdict.rs",
        old: "        verdict_on(arrival, first, existing)
    }",
        new: "        WireVerdict {
            verdict: crate::wire::receipt::VerdictName::Accepted,
            ..verdict_on(arrival, first, existing)
        }
    }",
        proof: Proof::Rule("intake::tests::duplicates::a_replay_of_a_conflict_stays_a_conflict"),
    },
    Fault {
        name: "other-content-taken-for-a-replay",
        situations: &[20, 22],
        file: TAKE,
        old: "        if let Some(first) = of_revision.next() {
            let first = RivalOf {
                period: first.period,
                by_office: first.by_office,
            };
            return self.file_rival(delivery, arrival, first);",
        new: "        if let Some(first) = of_revision.next() {
            let verdict = self.replayed_verdict(delivery, arrival, first);
            return Taken { verdict, changes: Vec::new() };",
        proof: Proof::Rule(
            "intake::tests::duplicates::the_same_id_and_revision_with_other_content_is_kept_beside_the_first",
        ),
    },
    Fault {
        name: "hash-over-evidence",
        situations: &[1],
        file: "crates/shared/src/content_hash.rs",
        old: "    content.number(item.id);
",
        new: "    content.number(item.id);
    content.number(item.device_seq);
",
        proof: Proof::Rule("content_hash::tests::evidence_does_not_decide_sameness"),
    },
    Fault {
        name: "position-spoils-its-reading",
        situations: &[],
        file: "crates/shared/src/wire/batch.rs",
        old: "        deserialize_with = \"position::any_or_none\"\n",
        new: "",
        proof: Proof::Rule("item::tests::a_position_goes_with_an_item_and_whatever_is_none_is_left_out"),
    },
    Fault {
        name: "hash-over-raw-text",
        situations: &[1, 22],
        file: INTAKE,
        old: "            Ok(item) => Self::of_item(item),
            Err(error) => Self {",
        new: "            Ok(item) => Self {
                hash: ContentHash::of_raw(raw),
                ..Self::of_item(item)
            },
            Err(error) => Self {",
        proof: Proof::Server("contract::intake::sqlite::a_replay_gets_the_first_receipt_and_adds_nothing"),
    },
    Fault {
        name: "last-rival-wins",
        situations: &[19],
        file: JUDGE,
        old: "        (Some(_), Content::Value(_)) => Meeting::Other,",
        new: "        (Some(_), Content::Value(_)) => Meeting::GivesWay,",
        proof: Proof::Rule("intake::tests::duplicates::of_fifty_rivals_one_is_official"),
    },
    Fault {
        name: "same-value-is-a-conflict",
        situations: &[19],
        file: JUDGE,
        old: "(Some(official), Content::Value(value)) if official == value => Meeting::Same(Reason::SameValue),",
        new: "(Some(official), Content::Value(value)) if official < value && value < official => Meeting::Same(Reason::SameValue),",
        proof: Proof::Rule("intake::tests::duplicates::another_reading_of_the_same_value_confirms_the_first"),
    },
    Fault {
        name: "void-dropped",
        situations: &[21],
        file: TAKE,
        old: "        let period = self.retire(item, is_live, &mut changes);
",
        new: "        let period = match item.body {
            Body::Void => None,
            _ => self.retire(item, is_live, &mut changes),
        };
",
        proof: Proof::Rule("intake::tests::revisions::a_void_frees_the_key"),
    },
    Fault {
        name: "older-revision-overwrites",
        situations: &[20],
        file: TAKE,
        old: "if filed.iter().any(|it| it.revision > arrival.revision) {",
        new: "if filed.iter().any(|it| it.revision > arrival.revision && it.revision == 0) {",
        proof: Proof::Rule("intake::tests::revisions::a_lower_revision_that_arrives_later_is_history"),
    },
    Fault {
        name: "closed-period-rejected",
        situations: &[30],
        file: JUDGE,
        old: "                judgement.refuse(State::Held, Reason::PeriodClosed);",
        new: "                judgement.refuse(State::Rejected, Reason::PeriodClosed);",
        proof: Proof::Simulation(400),
    },
    Fault {
        name: "closed-period-takes-edits",
        situations: &[30],
        file: TAKE,
        old: "        } else if filed.iter().any(in_closed_period) {
            Some(Reason::PeriodClosed)",
        new: "        } else if filed.iter().all(in_closed_period) && filed.is_empty() {
            Some(Reason::PeriodClosed)",
        proof: Proof::Rule(
            "intake::tests::revisions::what_is_in_a_closed_period_is_changed_only_by_the_office",
        ),
    },
    Fault {
        name: "month-by-utc",
        situations: &[13],
        file: ZONE,
        old: "        Period::of_date(self.date_at(at))",
        new: "        Period::of_date(Self::utc().date_at(at))",
        proof: Proof::Simulation(400),
    },
    Fault {
        name: "month-by-todays-offset",
        situations: &[13],
        file: ZONE,
        old: "        let after = self.offsets.partition_point(|it| it.0 <= at.ms());",
        new: "        let after = self.offsets.len() + self.offsets.partition_point(|it| it.0 <= at.ms());
        let after = after.min(self.offsets.len());",
        proof: Proof::Rule("zone::tests::the_clock_changes_at_the_moment_that_is_listed"),
    },
    Fault {
        name: "phone-clock-believed",
        situations: &[12],
        file: "crates/shared/src/clock.rs",
        old: "    let at = read_at.plus_ms(before_ms);",
        new: "    let at = read_at.plus_ms(before_ms.min(0).max(0));",
        proof: Proof::Rule("intake::tests::holding::a_clock_that_is_a_year_off_is_put_right_and_flagged"),
    },
    Fault {
        name: "clock-used-for-order",
        situations: &[12],
        file: JUDGE,
        old: "            after: times.and_then(|it| it.range(..seq).next_back()).map(|it| *it.1),",
        new: "            after: times.and_then(|it| it.values().filter(|at| **at <= item.read_at.at).max()).copied(),",
        proof: Proof::Rule(
            "intake::tests::holding::a_clock_that_says_nothing_is_bounded_by_the_neighbours_in_the_running_numbers",
        ),
    },
    Fault {
        name: "revoked-phone-accepted",
        situations: &[22],
        file: JUDGE,
        old: "        DeviceStanding::Revoked => Some(Reason::DeviceRevoked),",
        new: "        DeviceStanding::Revoked => None,",
        proof: Proof::Rule(
            "intake::tests::holding::phones_that_are_unknown_or_revoked_are_held_and_replaced_by_an_edit_from_a_known_one",
        ),
    },
    Fault {
        name: "exchanged-meter-accepted",
        situations: &[23],
        file: JUDGE,
        old: "            Some(reason) if judgement.state == State::Received => judgement.hold(reason),",
        new: "            Some(_) if judgement.state == State::Received => judgement.flags.raise(Flag::Clock),",
        proof: Proof::Rule("intake::tests::holding::another_serial_on_the_meter_is_held"),
    },
    Fault {
        name: "exchange-leaves-the-portfolio",
        situations: &[23],
        file: EXCHANGE,
        old: "        point.install(installed.clone());",
        new: "        let _ = point.before.take();",
        proof: Proof::Rule(
            "intake::tests::exchanges::the_portfolio_has_the_new_meter_with_the_exchange_and_not_twice_on_a_replay",
        ),
    },
    Fault {
        name: "meter-in-use-taken-back",
        situations: &[23],
        file: EXCHANGE,
        old: "point.past.iter().all(|it| it.id == Some(id))",
        new: "point.past.len() < 100",
        proof: Proof::Rule(
            "intake::tests::exchanges::an_exchange_on_whose_meter_others_have_read_is_not_taken_back_by_itself",
        ),
    },
    Fault {
        name: "wrong-persons-queue-taken",
        situations: &[11],
        file: INTAKE,
        old: "        Ok(item) => item.captured_by.normal() != person,",
        new: "        Ok(item) => item.captured_by.normal().is_empty(),",
        proof: Proof::Rule("intake::tests::revisions::an_item_of_another_person_refuses_the_batch"),
    },
    Fault {
        name: "correction-overwritten-by-the-phone",
        situations: &[20],
        file: TAKE,
        old: "        if filed.iter().any(|it| it.by_office) {",
        new: "        if filed.iter().any(|it| it.by_office && it.revision == 0) {",
        proof: Proof::Rule(
            "intake::tests::rewrites::what_the_phone_says_after_a_correction_is_held_whatever_its_number",
        ),
    },
    Fault {
        name: "anybody-undoes-an-approval",
        situations: &[],
        file: DECIDE,
        old: "DecisionStep::Approve && it.by == by;",
        new: "DecisionStep::Approve && !by.is_empty();",
        proof: Proof::Rule(
            "intake::tests::approvals::who_approved_takes_it_back_as_long_as_nothing_else_has_happened",
        ),
    },
    Fault {
        name: "second-value-compared-with-the-first",
        situations: &[19],
        file: DECIDE,
        old: "        point.past.retain(|it| it.id != Some(ousted));",
        new: "        point.past.truncate(usize::from(point.past.iter().any(|it| it.id == Some(ousted))) * point.past.len());",
        proof: Proof::Rule(
            "intake::tests::rewrites::the_second_takes_the_place_of_the_first_as_if_that_had_not_been",
        ),
    },
];
