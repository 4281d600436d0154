//! The list of sentences. A field is a sentence; a function is a sentence with something in it.

use std::ops::Deref;

use ui::wording::Words;

type Text = &'static str;
type With<A> = fn(A) -> String;
type With2<A, B> = fn(A, B) -> String;
type WithText = fn(&str) -> String;
type WithTexts = fn(&str, &str) -> String;

/// One language.
pub(crate) struct Wording {
    /// What both programs say.
    pub(crate) words: &'static Words,
    pub(crate) frame: Frame,
    pub(crate) pill: Pill,
    pub(crate) sign_in: SignIn,
    pub(crate) round: Round,
    pub(crate) find: Find,
    pub(crate) reading: Reading,
    pub(crate) check: Check,
    pub(crate) outbox: Outbox,
    pub(crate) shelf: Shelf,
    pub(crate) sync: Sync,
    pub(crate) me: Me,
}

impl Deref for Wording {
    type Target = Words;

    fn deref(&self) -> &Words {
        self.words
    }
}

/// Around each page.
pub(crate) struct Frame {
    pub(crate) round: Text,
    pub(crate) outbox: Text,
    pub(crate) sync: Text,
    pub(crate) me: Text,
    pub(crate) pages: Text,
    pub(crate) update_ready: Text,
    pub(crate) update_now: Text,
    pub(crate) update_sync_runs: Text,
    pub(crate) update_form_open: Text,
    pub(crate) update_nothing: Text,
    pub(crate) store_cannot_open: Text,
    pub(crate) not_stored_kept: Text,
    pub(crate) not_stored_lost: Text,
    pub(crate) numbers_missing: With2<u64, u64>,
    pub(crate) saved_here: Text,
    pub(crate) saved_before: Text,
    pub(crate) taken_back: Text,
}

/// The status pill: a word or two.
pub(crate) struct Pill {
    pub(crate) all_received: Text,
    pub(crate) nothing_waiting: Text,
    pub(crate) waiting: With<usize>,
    pub(crate) sending: With<u8>,
    pub(crate) checking: Text,
    pub(crate) offline: Text,
    pub(crate) offline_waiting: With<usize>,
    pub(crate) sign_in_page: Text,
    pub(crate) sign_in_again: Text,
    pub(crate) wrong_person: Text,
    pub(crate) update: Text,
    pub(crate) attention: With<usize>,
    pub(crate) open_sync: WithText,
}

/// Sign-in.
pub(crate) struct SignIn {
    pub(crate) lead: Text,
    pub(crate) name: Text,
    pub(crate) password: Text,
    pub(crate) submit: Text,
    pub(crate) working: Text,
    pub(crate) again_lead: WithText,
    pub(crate) wrong: Text,
    pub(crate) too_many: Text,
    pub(crate) too_many_for: With<u64>,
    pub(crate) no_connection: Text,
    pub(crate) sign_in_page: Text,
    pub(crate) device_revoked: Text,
    pub(crate) server_failed: Text,
    pub(crate) store_failed: Text,
}

/// The round.
pub(crate) struct Round {
    pub(crate) search: Text,
    pub(crate) to_read: With<usize>,
    pub(crate) all: With<usize>,
    pub(crate) scan: Text,
    pub(crate) find: Text,
    pub(crate) list: Text,
    pub(crate) empty_title: Text,
    pub(crate) empty_hint: Text,
    pub(crate) no_match_title: Text,
    pub(crate) no_match_hint: Text,
    pub(crate) all_read_title: Text,
    pub(crate) all_read_hint: Text,
    pub(crate) reread: WithText,
    pub(crate) half_typed: WithText,
    pub(crate) half_typed_continue: Text,
    pub(crate) half_typed_drop: Text,
    pub(crate) state_to_read: Text,
    pub(crate) state_on_phone: Text,
    pub(crate) state_received: Text,
    pub(crate) state_attention: Text,
    pub(crate) state_skipped: Text,
}

/// Find unit.
pub(crate) struct Find {
    pub(crate) title: Text,
    pub(crate) field: Text,
    pub(crate) hint: Text,
    pub(crate) choose: Text,
    pub(crate) start_hint: Text,
    pub(crate) nothing_title: Text,
    pub(crate) nothing_hint: Text,
    pub(crate) keep_unknown: WithText,
    pub(crate) bad_check: Text,
    pub(crate) more: With<usize>,
}

/// The form at the meter.
pub(crate) struct Reading {
    pub(crate) title_unknown: Text,
    pub(crate) meter: WithText,
    pub(crate) no_meter: Text,
    pub(crate) last: Text,
    pub(crate) now: Text,
    pub(crate) start: Text,
    pub(crate) first: Text,
    pub(crate) field: With2<u32, u32>,
    pub(crate) register_shows: With2<u32, u32>,
    pub(crate) used_in_days: fn(&str, i64) -> String,
    pub(crate) used: WithText,
    pub(crate) usual: Text,
    pub(crate) below_last: Text,
    pub(crate) below_start: Text,
    pub(crate) period: WithText,
    pub(crate) period_change: WithText,
    pub(crate) identified: WithText,
    pub(crate) already: Text,
    pub(crate) already_by: fn(&str, &str, &str) -> String,
    pub(crate) already_skipped: WithTexts,
    pub(crate) already_mine: Text,
    pub(crate) already_edit: Text,
    pub(crate) remark: Text,
    pub(crate) remark_field: Text,
    pub(crate) remark_left: With<usize>,
    pub(crate) cannot_read: Text,
    pub(crate) cannot_read_title: Text,
    pub(crate) cannot_read_save: Text,
    pub(crate) other_needs_text: Text,
    pub(crate) draft_back: Text,
    pub(crate) type_first: Text,
    pub(crate) erase: Text,
    pub(crate) clear: Text,
    pub(crate) keypad: Text,
    pub(crate) saving: Text,
    pub(crate) gone_title: Text,
    pub(crate) gone_hint: Text,
    pub(crate) unknown_hint: Text,
    pub(crate) unknown_value: Text,
    pub(crate) decimals: Text,
    pub(crate) access: WithText,
    pub(crate) editing: Text,
    pub(crate) save_nobody: Text,
    pub(crate) save_not_on_register: Text,
    pub(crate) save_point_gone: Text,
    pub(crate) save_device_full: Text,
    pub(crate) save_store_failed: Text,
    pub(crate) edit_already_received: Text,
}

/// Checks and their way out.
pub(crate) struct Check {
    pub(crate) lower: WithTexts,
    pub(crate) mistyped: Text,
    pub(crate) mistyped_hint: Text,
    pub(crate) rolled_over: Text,
    pub(crate) rolled_over_hint: WithText,
    pub(crate) very_high: WithText,
    pub(crate) high: WithText,
    pub(crate) low: WithText,
    pub(crate) type_again: Text,
    pub(crate) type_again_hint: Text,
    pub(crate) differs: Text,
    pub(crate) zero: Text,
    pub(crate) zero_confirm: Text,
    pub(crate) zero_hint: Text,
}

/// What is on this phone.
pub(crate) struct Outbox {
    pub(crate) title: Text,
    pub(crate) list: Text,
    pub(crate) waiting: With<usize>,
    pub(crate) waits: Text,
    pub(crate) sending: Text,
    pub(crate) empty_title: Text,
    pub(crate) empty_hint: Text,
    pub(crate) retry: Text,
    pub(crate) next_try: WithText,
    pub(crate) why_no_connection: Text,
    pub(crate) why_sign_in_page: Text,
    pub(crate) why_sign_in: Text,
    pub(crate) why_wrong_person: Text,
    pub(crate) why_update: Text,
    pub(crate) why_manual: Text,
    pub(crate) why_soon: Text,
    pub(crate) delete_title: WithText,
    pub(crate) delete_hint: Text,
    pub(crate) taken_back: Text,
}

/// What needs attention.
pub(crate) struct Shelf {
    pub(crate) title: With<usize>,
    pub(crate) yours: Text,
    pub(crate) theirs: WithText,
    pub(crate) conflict: Text,
    pub(crate) rejected: WithText,
    pub(crate) correct: Text,
    pub(crate) withdraw: Text,
    pub(crate) look: Text,
}

/// Sync.
pub(crate) struct Sync {
    pub(crate) now: Text,
    pub(crate) stop: Text,
    pub(crate) auto_title: Text,
    pub(crate) manual_title: Text,
    pub(crate) step_back: Text,
    pub(crate) step_checking: With2<u8, u8>,
    pub(crate) step_list: Text,
    pub(crate) step_sending: Text,
    pub(crate) step_confirming: Text,
    pub(crate) counts: With2<usize, usize>,
    pub(crate) left: With<usize>,
    pub(crate) left_about: With<u64>,
    pub(crate) all_received: With<u64>,
    pub(crate) nothing_waits: Text,
    pub(crate) waiting_title: With<usize>,
    pub(crate) list_of: WithText,
    pub(crate) list_never: Text,
    pub(crate) last_run: Text,
    pub(crate) history: Text,
    pub(crate) history_empty: Text,
    pub(crate) out_all_received: Text,
    pub(crate) out_with_failures: With<usize>,
    pub(crate) out_sent: Text,
    pub(crate) out_some_left: With<usize>,
    pub(crate) out_no_connection: Text,
    pub(crate) out_sign_in_page: Text,
    pub(crate) out_sign_in: Text,
    pub(crate) out_wrong_person: Text,
    pub(crate) out_update: Text,
    pub(crate) out_store_failed: Text,
    pub(crate) out_stopped: With<usize>,
    pub(crate) seconds: WithText,
}

/// Me: settings.
pub(crate) struct Me {
    pub(crate) automatic: Text,
    pub(crate) automatic_hint: Text,
    pub(crate) sound: Text,
    pub(crate) vibration: Text,
    pub(crate) storage: Text,
    pub(crate) storage_protected: Text,
    pub(crate) storage_best_effort: Text,
    pub(crate) storage_unknown: Text,
    pub(crate) storage_ask: Text,
    pub(crate) storage_used: WithTexts,
    pub(crate) install: Text,
    pub(crate) install_android: Text,
    pub(crate) install_ios: Text,
    pub(crate) install_why: Text,
    pub(crate) phone_id: Text,
    pub(crate) sign_out_keeps: With<usize>,
    pub(crate) sign_out_clean: Text,
}
