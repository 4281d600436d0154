//! Backup and restore, files of the office, phones in the office.

use crate::faults::fault::{Fault, Proof};

const EPOCH: &str = "crates/server/src/backup/epoch.rs";
const RECORD: &str = "crates/server/src/backup/record.rs";
const BUNDLES: &str = "crates/server/src/routes/bundles_post.rs";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "restore-keeps-the-epoch",
        situations: &[26],
        file: EPOCH,
        old: "DO UPDATE SET value = excluded.value\";",
        new: "DO NOTHING\";",
        proof: Proof::Server("backup::after_a_restore_the_phone_is_told_what_is_missing_and_offers_it_once"),
    },
    Fault {
        name: "restore-gives-lost-numbers-again",
        situations: &[26],
        file: EPOCH,
        old: "pub const NUMBERS_SKIPPED: i64 = 1_000_000;",
        new: "pub const NUMBERS_SKIPPED: i64 = 0;",
        proof: Proof::Server("backup::after_a_restore_the_phone_is_told_what_is_missing_and_offers_it_once"),
    },
    Fault {
        name: "restore-under-a-running-server",
        situations: &[26],
        file: "crates/server/src/backup/hold.rs",
        old: ".journal_mode(SqliteJournalMode::Delete);",
        new: ";",
        proof: Proof::Server("backup::refusals::books_that_somebody_has_open_are_not_replaced"),
    },
    Fault {
        name: "restore-of-a-damaged-file",
        situations: &[26],
        file: RECORD,
        old: "    if found != [\"ok\"] {",
        new: "    if found.is_empty() {",
        proof: Proof::Server("backup::refusals::a_damaged_file_is_refused"),
    },
    Fault {
        name: "restore-compares-no-totals",
        situations: &[26],
        file: RECORD,
        old: "        if found != record.totals {",
        new: "        if found.last_receipt > record.totals.last_receipt {",
        proof: Proof::Server("backup::refusals::a_file_that_does_not_hold_what_it_says_is_refused"),
    },
    Fault {
        name: "restore-of-tables-from-the-future",
        situations: &[26],
        file: "crates/server/src/database/schema.rs",
        old: "            return Ok(SchemaCheck::Newer);",
        new: "            continue;",
        proof: Proof::Server("backup::refusals::a_file_that_is_no_backup_is_refused"),
    },
    Fault {
        name: "restore-throws-the-old-books-away",
        situations: &[26],
        file: "crates/server/src/backup/files.rs",
        old: "    if fs::hard_link(file, &kept).is_err() {",
        new: "    if file.exists() {
        sync_folder(&kept)?;
    } else {",
        proof: Proof::Server("backup::the_books_that_were_replaced_are_kept_and_the_audit_tells_of_it"),
    },
    Fault {
        name: "backup-overwrites-a-file",
        situations: &[26],
        file: "crates/server/src/backup/files.rs",
        old: "    if target.symlink_metadata().is_ok() {",
        new: "    if target.is_dir() {",
        proof: Proof::Server("backup::a_backup_never_takes_the_place_of_a_file"),
    },
    Fault {
        name: "bundle-judged-by-the-importers-rights",
        situations: &[22],
        file: BUNDLES,
        old: "access: access_of(person.properties),",
        new: "access: access_of(importer.properties.clone()),",
        proof: Proof::Server("contract::bundles::sqlite::a_bundle_is_judged_like_a_batch_of_its_person"),
    },
    Fault {
        name: "bundle-of-a-strange-phone-believed",
        situations: &[22],
        file: BUNDLES,
        old: "standing: standing_of(state),",
        new: "standing: standing_of(DeviceState::Enrolled),",
        proof: Proof::Server(
            "contract::bundles::sqlite::a_bundle_of_a_revoked_phone_is_held_with_an_audit_entry",
        ),
    },
    Fault {
        name: "bundle-tells-of-foreign-properties",
        situations: &[22],
        file: BUNDLES,
        old: "            verdict.existing = None;",
        new: "            verdict.code.clone_from(&None);",
        proof: Proof::Server(
            "contract::bundles::sqlite::the_importer_is_told_nothing_of_properties_that_are_not_theirs",
        ),
    },
    Fault {
        name: "strange-phone-not-in-the-audit",
        situations: &[22],
        file: "crates/server/src/intake/noted.rs",
        old: "    imported.into_iter().chain(held).chain(meters).collect()",
        new: "    imported.into_iter().chain(held.filter(|_| false)).chain(meters).collect()",
        proof: Proof::Server(
            "contract::session_life::sqlite::what_a_revoked_phone_sends_is_held_with_one_audit_entry_a_batch",
        ),
    },
    Fault {
        name: "revoked-phone-gets-the-list",
        situations: &[10],
        file: "crates/server/src/routes/round_list.rs",
        old: "        DeviceState::Revoked => Err(ApiError::DeviceRevoked),",
        new: "        DeviceState::Revoked => Ok(()),",
        proof: Proof::Server(
            "contract::session_life::sqlite::a_revoked_phone_gets_no_list_and_its_end_check_still_adds_up",
        ),
    },
    Fault {
        name: "new-password-leaves-sessions-open",
        situations: &[10],
        file: "crates/server/src/accounts/passwords.rs",
        old: "DELETE FROM session WHERE account_id = $1",
        new: "DELETE FROM session WHERE account_id = -$1",
        proof: Proof::Server(
            "contract::session_life::sqlite::a_new_password_ends_the_sessions_of_all_phones_and_stores_nothing_of_them",
        ),
    },
    Fault {
        name: "anybodys-phone-is-heard",
        situations: &[11],
        file: "crates/server/src/routes/device_check.rs",
        old: "    let signed_in_on_it = person.device_id == Some(device_id);",
        new: "    let signed_in_on_it = person.device_id.is_some();",
        proof: Proof::Server(
            "contract::device_check::sqlite::a_phone_is_heard_only_for_people_who_signed_in_on_it",
        ),
    },
    Fault {
        name: "gap-on-a-phone-not-warned-of",
        situations: &[16, 29],
        file: "crates/shared/src/device_warning.rs",
        old: "    if queue.missing > queue.waiting {",
        new: "    if queue.waiting == 0 && queue.missing > 1_000 {",
        proof: Proof::Server("contract::devices::sqlite::a_gap_is_warned_of_until_it_is_filled"),
    },
    Fault {
        name: "numbers-given-since-taken-for-a-gap",
        situations: &[16],
        file: "crates/server/src/routes/devices_get.rs",
        old: "(*last).min(reported).saturating_sub(first - 1)",
        new: "(*last).max(reported.min(*last)).saturating_sub(first - 1)",
        proof: Proof::Server("contract::devices::sqlite::a_gap_is_warned_of_until_it_is_filled"),
    },
];
