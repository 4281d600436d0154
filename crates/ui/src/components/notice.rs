//! A message that stays in its place: an icon, words, and where it helps a way out.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the name says how")]
pub enum Tone {
    Plain,
    Ok,
    Warn,
    Bad,
    Info,
}

impl Tone {
    /// The last part of a class name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Ok => Glyph::Received,
            Self::Warn | Self::Bad => Glyph::Alert,
            Self::Plain | Self::Info => Glyph::Info,
        }
    }
}

/// The message.
#[component]
pub fn Notice(
    /// How it is meant.
    tone: Tone,
    /// It answers what was just done.
    #[prop(optional)]
    alert: bool,
    /// The name by which tests find it.
    #[prop(optional)]
    test_id: &'static str,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class=format!("notice notice--{}", tone.name())
            role=alert.then_some("alert")
            data-testid=(!test_id.is_empty()).then_some(test_id)
        >
            <Icon glyph=tone.glyph() />
            <div class="notice__body">{children()}</div>
        </div>
    }
}
