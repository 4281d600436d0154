//! Photos: what goes first, and what lets one leave the phone.

use crate::faults::fault::{Fault, Proof};

const ANSWER: &str = "crates/shared/src/sync/answer.rs";
const ENGINE: &str = "crates/shared/src/sync/engine/photos.rs";
const UPLOAD: &str = "crates/server/src/photos/upload.rs";

/// Enough worlds for what happens in one of a few dozen.
const SEEDS: u32 = 400;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "photo-deleted-on-status-200",
        situations: &[1, 7],
        file: ANSWER,
        old: "    match read_refusal(answer, received_at) {
        PostResult::SignInAgain => PhotoResult::SignInAgain,",
        new: "    if answer.status == 200 {
        return PhotoResult::Held { received: u64::MAX, complete: true };
    }
    match read_refusal(answer, received_at) {
        PostResult::SignInAgain => PhotoResult::SignInAgain,",
        proof: Proof::Rule("sync::answer::tests::only_an_answer_that_names_the_photo_says_anything_of_it"),
    },
    Fault {
        name: "photo-of-another-hash-acknowledged",
        situations: &[1],
        file: ANSWER,
        old: "        && PhotoHash::parse(&state.sha256) == Some(photo)\n",
        new: "",
        proof: Proof::Rule("sync::answer::tests::only_an_answer_that_names_the_photo_says_anything_of_it"),
    },
    Fault {
        name: "photo-before-its-item",
        situations: &[17],
        file: ENGINE,
        old: "        self.photos.next(now, |item| self.outbox.holds(item))",
        new: "        self.photos.next(now, |_| false)",
        proof: Proof::Simulation(SEEDS),
    },
    Fault {
        name: "items-wait-for-photos",
        situations: &[17],
        file: ENGINE,
        old: "        if has_items || run.saved_meanwhile {",
        new: "        if (has_items || run.saved_meanwhile) && !self.photos.is_sending() {",
        proof: Proof::Rule(
            "sync::engine::tests::photos::an_item_that_is_saved_while_a_part_is_on_its_way_does_not_wait_for_it",
        ),
    },
    Fault {
        name: "photo-forgotten-when-unexpected",
        situations: &[14, 26],
        file: ENGINE,
        old: "if photo.is_left_over(self.clock.wall()) && self.photos.was_unwanted(&photo) =>",
        new: "if photo.is_left_over(self.clock.wall()) || !self.photos.was_unwanted(&photo) =>",
        proof: Proof::Rule(
            "sync::engine::tests::photos::a_photo_stays_until_the_server_names_it_as_complete",
        ),
    },
    Fault {
        name: "photo-kept-whatever-its-hash",
        situations: &[1],
        file: UPLOAD,
        old: "    if PhotoHash::of(&bytes) != hash {",
        new: "    if bytes.is_empty() {",
        proof: Proof::Server("contract::photos::sqlite::a_wrong_hash_drops_the_parts_and_says_so"),
    },
];
