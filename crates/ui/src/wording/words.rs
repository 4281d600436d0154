//! The list of sentences that both programs say. A field is a sentence; a function is a sentence with something in it.

#![allow(missing_docs, reason = "a sentence says what it is")]

type Text = &'static str;
type Table = &'static [(Text, Text)];

/// One language.
pub struct Words {
    /// Primary language tag, also the value of `lang`.
    pub tag: Text,
    /// The language's name in itself.
    pub name: Text,
    pub common: Common,
    pub look: Look,
    pub account: Account,
    pub password: Password,
    /// What codes and names of the wire are called.
    pub names: Names,
}

/// Used on several pages.
pub struct Common {
    pub back: Text,
    pub cancel: Text,
    pub close: Text,
    pub save: Text,
    pub edit: Text,
    pub delete: Text,
    pub vacant: Text,
    pub unknown_label: Text,
    pub loading: Text,
    pub page_missing: Text,
    pub to_start: Text,
    pub session_ended: Text,
}

/// Colours, text size, language.
pub struct Look {
    pub language: Text,
    pub language_follow: Text,
    pub theme: Text,
    pub theme_follow: Text,
    pub theme_light: Text,
    pub theme_dark: Text,
    pub theme_sunlight: Text,
    pub text_size: Text,
}

/// Who is signed in.
pub struct Account {
    pub signed_in_as: Text,
    pub version: Text,
    pub sign_out: Text,
    pub sign_out_title: Text,
}

/// Choosing a password of one's own.
pub struct Password {
    pub title: Text,
    pub first_title: Text,
    pub first_lead: Text,
    pub present: Text,
    pub new: Text,
    pub rule: fn(usize) -> String,
    pub show: Text,
    pub submit: Text,
    pub working: Text,
    pub too_short: fn(usize) -> String,
    pub too_long: Text,
    pub same: Text,
    pub wrong: Text,
    pub too_often: Text,
    pub no_connection: Text,
    pub failed: Text,
    pub changed: Text,
}

/// What codes and names of the wire are called. A name that is missing here is shown as it came.
pub struct Names {
    pub utility: Table,
    pub utility_unit: Table,
    pub flag: Table,
    pub identified: Table,
    pub kind: Table,
    pub role: Table,
    pub skip: Table,
    pub code: Table,
}
