//! What the phone makes of an answer.

use crate::faults::fault::{Fault, Proof};

const FILE: &str = "crates/shared/src/sync/answer.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "removal-on-status-200",
        situations: &[1, 7],
        file: FILE,
        old: "    BatchAnswer {
        result: read_refusal(answer, received_at),",
        new: "    if answer.status == 200 {
        let settled = |entry: &Entry| Settled { entry: *entry, verdict: VerdictName::Accepted };
        let result = PostResult::Verdicts(sent.iter().map(settled).collect());
        return BatchAnswer { result, verdicts: Vec::new() };
    }
    BatchAnswer {
        result: read_refusal(answer, received_at),",
        proof: Proof::Rule("sync::answer::tests::status_200_alone_is_no_receipt"),
    },
    Fault {
        name: "removal-by-position",
        situations: &[1, 9],
        file: FILE,
        old: "let Some(entry) = open.remove(&(verdict.id, verdict.revision)) {",
        new: "let Some((_, entry)) = open.pop_first() {",
        proof: Proof::Rule("sync::answer::tests::a_receipt_names_id_and_revision_of_what_was_sent"),
    },
    Fault {
        name: "any-media-type-is-a-receipt",
        situations: &[7, 8],
        file: FILE,
        old: "        && answer.has_type(RECEIPTS_MEDIA_TYPE)\n",
        new: "",
        proof: Proof::Rule("sync::answer::tests::status_200_alone_is_no_receipt"),
    },
    Fault {
        name: "answer-to-another-batch",
        situations: &[1],
        file: FILE,
        old: "if envelope.batch_id != batch_id {",
        new: "if envelope.batch_id != envelope.batch_id.max(batch_id).min(envelope.batch_id) {",
        proof: Proof::Rule("sync::answer::tests::the_answer_to_another_batch_is_no_receipt"),
    },
    Fault {
        name: "verdict-without-receipt-settles",
        situations: &[3],
        file: FILE,
        old: "let proven = verdict.receipt.is_some() || verdict.verdict == VerdictName::Retry;",
        new: "let proven = true;",
        proof: Proof::Rule(
            "sync::answer::tests::a_verdict_without_a_receipt_settles_nothing_but_retry_needs_none",
        ),
    },
    Fault {
        name: "wrong-nonce-accepted",
        situations: &[7],
        file: FILE,
        old: " && ping.nonce == nonce.to_string()",
        new: "",
        proof: Proof::Rule("sync::answer::tests::a_ping_counts_only_with_our_name_and_our_nonce"),
    },
    Fault {
        name: "portal-signs-out",
        situations: &[7, 10],
        file: FILE,
        old: "(401, Some(_)) => PostResult::SignInAgain,",
        new: "(401, _) => PostResult::SignInAgain,",
        proof: Proof::Rule(
            "sync::answer::tests::a_page_in_the_servers_place_never_signs_out_and_never_refuses",
        ),
    },
    Fault {
        name: "proxy-502-is-a-refusal",
        situations: &[8],
        file: FILE,
        old: "matches!(self.status, 408 | 425 | 429 | 500..=510 | 512..=599)",
        new: "matches!(self.status, 408 | 425 | 429 | 500 | 503)",
        proof: Proof::Rule("sync::answer::tests::trouble_on_the_way_is_later_whatever_it_looks_like"),
    },
    Fault {
        name: "retry-after-not-read",
        situations: &[25],
        file: "crates/shared/src/retry_after.rs",
        old: "return Some(seconds.saturating_mul(1_000));",
        new: "return Some(seconds);",
        proof: Proof::Rule("sync::answer::tests::retry_after_is_seconds_or_a_date"),
    },
];
