//! The list of the office's sentences. A field is a sentence; a function is a sentence with something in it.

use std::ops::Deref;

use ui::wording::Words;

type Text = &'static str;
type Table = &'static [(Text, Text)];
type With<A> = fn(A) -> String;
type With2<A, B> = fn(A, B) -> String;
type WithText = fn(&str) -> String;

/// One language.
pub(crate) struct Wording {
    /// What both programs say.
    pub(crate) words: &'static Words,
    pub(crate) frame: Frame,
    pub(crate) trouble: Trouble,
    pub(crate) readings: Readings,
    pub(crate) lists: Lists,
}

impl Deref for Wording {
    type Target = Words;

    fn deref(&self) -> &Words {
        self.words
    }
}

/// Around each page.
pub(crate) struct Frame {
    pub(crate) readings: Text,
    pub(crate) me: Text,
    pub(crate) pages: Text,
    pub(crate) page_keys: Text,
    pub(crate) sign_in: Text,
    pub(crate) no_network: Text,
    pub(crate) sign_out_hint: Text,
}

/// Why a call failed, and what to do.
pub(crate) struct Trouble {
    pub(crate) no_connection: Text,
    pub(crate) not_allowed: Text,
    pub(crate) refused: WithText,
    pub(crate) try_again: Text,
}

/// The page of readings.
pub(crate) struct Readings {
    pub(crate) title: Text,
    pub(crate) search: Text,
    pub(crate) property: Text,
    pub(crate) unit: Text,
    pub(crate) period: Text,
    pub(crate) technician: Text,
    pub(crate) state: Text,
    pub(crate) flag: Text,
    pub(crate) source: Text,
    pub(crate) any: Text,
    pub(crate) any_flag: Text,
    pub(crate) any_reason: Text,
    pub(crate) no_flag: Text,
    pub(crate) quick: Text,
    pub(crate) flagged: Text,
    pub(crate) not_read: Text,
    pub(crate) skip: Text,
    pub(crate) exchanges: Text,
    pub(crate) moves: Text,
    pub(crate) with_photo: Text,
    pub(crate) arrived_on: Text,
    pub(crate) marks: Text,
    pub(crate) clear_filters: Text,
    pub(crate) received_at: Text,
    pub(crate) tenant: Text,
    pub(crate) meter: Text,
    pub(crate) utility: Text,
    pub(crate) value: Text,
    pub(crate) previous: Text,
    pub(crate) used: Text,
    pub(crate) used_amount: WithText,
    pub(crate) read_at: Text,
    pub(crate) identified: Text,
    pub(crate) position: Text,
    pub(crate) position_within: WithText,
    pub(crate) position_before: With<i64>,
    pub(crate) kind: Text,
    pub(crate) receipt: Text,
    pub(crate) remarks: Text,
    pub(crate) total: With2<usize, i64>,
    pub(crate) more: Text,
    pub(crate) arrived: With<usize>,
    pub(crate) new: Text,
    pub(crate) live: Text,
    pub(crate) empty_title: Text,
    pub(crate) empty_hint: Text,
    pub(crate) no_match_title: Text,
    pub(crate) no_match_hint: Text,
    /// Keys, and what they do.
    pub(crate) keys: Table,
    pub(crate) detail: Text,
    pub(crate) photos: Text,
    pub(crate) photo: With<usize>,
    pub(crate) photo_open: With<usize>,
    pub(crate) photo_not_arrived: Text,
    pub(crate) photo_count: With<u32>,
    pub(crate) exchange: Text,
    pub(crate) old_meter: Text,
    pub(crate) new_meter: Text,
    pub(crate) read_then: Text,
    pub(crate) earlier: Text,
    pub(crate) decided: fn(&str, &str, &str) -> String,
    pub(crate) send_back: Text,
    pub(crate) send_back_why: WithText,
    pub(crate) send_back_empty: Text,
    pub(crate) sent_back_now: fn(&str, &str) -> String,
    pub(crate) characters: fn(&str, &str) -> String,
}

/// What names of the wire are called in the office only. A name that is missing here is shown as it came.
pub(crate) struct Lists {
    pub(crate) state: Table,
    pub(crate) source: Table,
    /// Why the server refused what only the office asks for.
    pub(crate) refusal: Table,
}
