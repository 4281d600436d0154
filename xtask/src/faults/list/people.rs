//! Accounts, passwords, passkeys, codes that enrol phones, and the audit.

use crate::faults::fault::{Fault, Proof};

const ENROLMENT: &str = "crates/server/src/accounts/enrolment.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "first-password-opens-everything",
        situations: &[],
        file: "crates/server/src/auth.rs",
        old: "if person.must_change_password && !Self::NEWCOMERS {",
        new: "if person.must_change_password && !Self::NEWCOMERS && Self::ROLES.is_empty() {",
        proof: Proof::Server(
            "routes::role_matrix::with_a_first_password_every_endpoint_but_its_change_is_refused",
        ),
    },
    Fault {
        name: "changed-password-keeps-other-sessions",
        situations: &[],
        file: "crates/server/src/accounts/passwords.rs",
        old: "end_sessions(&mut transaction, account_id, own_session)",
        new: "end_sessions(&mut transaction, -account_id, own_session)",
        proof: Proof::Server("contract::people::sqlite::a_changed_password_ends_the_other_sessions_alone"),
    },
    Fault {
        name: "last-admin-demoted",
        situations: &[],
        file: "crates/server/src/accounts/change.rs",
        old: "if was_admin && admins == 0 {",
        new: "if was_admin && admins < 0 {",
        proof: Proof::Server("contract::people::sqlite::the_last_active_admin_stays"),
    },
    Fault {
        name: "code-used-twice",
        situations: &[],
        file: ENROLMENT,
        old: "token_hash = $1 AND used_at IS NULL AND expires_at > $2 \\",
        new: "token_hash = $1 AND expires_at > $2 \\",
        proof: Proof::Server("contract::enrolment::sqlite::a_code_is_good_once"),
    },
    Fault {
        name: "code-never-runs-out",
        situations: &[],
        file: ENROLMENT,
        old: "const LIFETIME_MS: i64 = 15 * 60 * 1_000;",
        new: "const LIFETIME_MS: i64 = 15 * 60 * 60 * 1_000;",
        proof: Proof::Server("contract::enrolment::sqlite::a_code_runs_out"),
    },
    Fault {
        name: "code-of-somebody-inactive",
        situations: &[],
        file: ENROLMENT,
        old: "AND account_id IN (SELECT id FROM account WHERE disabled_at IS NULL AND role = 'technician') RETURNING",
        new: "RETURNING",
        proof: Proof::Server(
            "contract::enrolment::sqlite::a_newer_code_a_taken_back_one_and_one_of_somebody_inactive_are_no_good",
        ),
    },
    Fault {
        name: "passkey-answer-taken-again",
        situations: &[],
        file: "crates/server/src/accounts/passkeys/ceremony.rs",
        old: "DELETE FROM passkey_ceremony WHERE id = $1 AND account_id IS NULL AND expires_at > $2 RETURNING state",
        new: "SELECT state FROM passkey_ceremony WHERE id = $1 AND account_id IS NULL AND expires_at > $2",
        proof: Proof::Server(
            "contract::passkeys::sqlite::an_answer_is_taken_once_and_not_after_five_minutes",
        ),
    },
    Fault {
        name: "passkey-of-a-technician",
        situations: &[],
        file: "crates/server/src/accounts/passkeys/kept.rs",
        old: "AND a.disabled_at IS NULL AND a.role IN ('reviewer', 'admin')",
        new: "AND a.disabled_at IS NULL",
        proof: Proof::Server(
            "contract::passkeys::sqlite::whoever_may_not_sign_in_does_not_by_passkey_either",
        ),
    },
    Fault {
        name: "passkey-without-the-password",
        situations: &[],
        file: "crates/server/src/routes/passkeys.rs",
        old: "present_password::check(&app, (&passwords, &limit), &person, password, address).await?;",
        new: "drop(present_password::check(&app, (&passwords, &limit), &person, password, address).await);",
        proof: Proof::Server(
            "contract::passkeys::sqlite::a_passkey_is_added_with_the_present_password_alone_and_after_the_first_was_changed",
        ),
    },
    Fault {
        name: "reset-password-leaves-passkeys",
        situations: &[],
        file: "crates/server/src/accounts/passwords.rs",
        old: "remove_in(transaction, account_id).await?",
        new: "remove_in(transaction, -account_id).await?",
        proof: Proof::Server(
            "contract::passkeys::sqlite::a_reset_password_takes_the_passkeys_and_a_changed_one_leaves_them",
        ),
    },
    Fault {
        name: "audit-line-replaced",
        situations: &[],
        file: "migrations/sqlite/0015_audit.sql",
        old: "WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)",
        new: "WHEN NEW.seq = -2",
        proof: Proof::Server("contract::audit::sqlite::the_database_refuses_to_change_or_remove_a_row"),
    },
    Fault {
        name: "formula-in-a-file",
        situations: &[],
        file: "crates/server/src/routes/audit_export.rs",
        old: "        text(&row.subject),",
        new: "        row.subject.clone(),",
        proof: Proof::Server("contract::audit::sqlite::the_file_has_every_row_that_fits_and_no_formula"),
    },
    Fault {
        name: "guessing-fills-the-audit",
        situations: &[],
        file: "crates/server/src/auth/sign_in_limit.rs",
        old: "self.notes.check_key(&kind.to_owned()).is_ok()",
        new: "self.notes.len() < KEYS_MAX && !kind.is_empty()",
        proof: Proof::Server(
            "contract::audit::sqlite::refused_sign_ins_leave_a_few_lines_and_nothing_that_was_typed",
        ),
    },
];
