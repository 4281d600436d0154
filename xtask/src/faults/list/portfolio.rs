//! The portfolio: what is taken is what was looked at, and what is edited follows the rules of the import.

use crate::faults::fault::{Fault, Proof};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "import-takes-another-plan",
        situations: &[],
        file: "crates/server/src/import.rs",
        old: "if *told != report.fingerprint)",
        new: "if told.is_empty())",
        proof: Proof::Server("routes::imports_post::exactly_what_was_looked_at_is_taken_or_nothing"),
    },
    Fault {
        name: "edit-over-what-was-not-looked-at",
        situations: &[],
        file: "crates/server/src/import/edit/form.rs",
        old: "if now.unwrap_or_default() != change.before {",
        new: "if now.is_none() && !change.before.is_empty() {",
        proof: Proof::Server(
            "contract::portfolio_edits::sqlite::nothing_is_changed_when_the_books_hold_something_else_than_was_looked_at",
        ),
    },
    Fault {
        name: "multiplier-changed-behind-its-consumption",
        situations: &[],
        file: "crates/server/src/import/apply/check.rs",
        old: "if read.used > 0 &&",
        new: "if read.used > 1 &&",
        proof: Proof::Server(
            "contract::portfolio_edits::sqlite::a_register_is_edited_unless_what_was_read_speaks_against_it",
        ),
    },
    Fault {
        name: "renamed-tenant-found-by-the-old-name",
        situations: &[],
        file: "crates/server/src/import/apply.rs",
        old: "        work.execute(tenant_words::FORGET, &[&codes]).await?;\n",
        new: "        let _ = codes;\n",
        proof: Proof::Server(
            "contract::portfolio::sqlite::a_new_tenant_is_found_and_one_who_was_renamed_by_the_new_name_only",
        ),
    },
    Fault {
        name: "office-reading-without-its-check",
        situations: &[],
        file: "crates/server/src/import/entry.rs",
        old: "    let value = typed.value_of(meter, \"value\");",
        new: "    let value = typed.row().value(\"value\");",
        proof: Proof::Server(
            "contract::office_entries::sqlite::a_slip_of_the_keyboard_is_told_and_nothing_is_filed",
        ),
    },
    Fault {
        name: "the-last-day-is-outside-the-reading-window",
        situations: &[],
        file: "crates/shared/src/reading_window.rs",
        old: "} else if day <= self.last {",
        new: "} else if day < self.last {",
        proof: Proof::Rule("reading_window::tests::it_is_not_yet_then_open_then_over"),
    },
    Fault {
        name: "a-day-of-arrival-cut-by-numbers-alone",
        situations: &[],
        file: "crates/server/src/reading_rows/arrived.rs",
        old: "const DISORDER_MS: i64 = 60 * 60 * 1_000;",
        new: "const DISORDER_MS: i64 = 0;",
        proof: Proof::Server(
            "contract::day_of_arrival::sqlite::what_arrived_in_a_span_is_listed_and_nothing_else",
        ),
    },
];
