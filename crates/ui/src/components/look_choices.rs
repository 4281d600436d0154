//! Colours, text size and language: one of a few each.

use leptos::prelude::*;

use super::choices::{Choice, Choices};
use crate::look::{Look, Theme};
use crate::wording::{LANGUAGES, use_words};

/// Text sizes that are offered, in percent.
const TEXT_SIZES_PERCENT: [u16; 4] = [90, 100, 115, 130];

/// All three.
#[component]
pub fn LookChoices(
    /// As it is.
    #[prop(into)]
    look: Signal<Look>,
    /// Hears how it should be.
    #[prop(into)]
    on_change: Callback<Look>,
) -> impl IntoView {
    view! {
        <ThemeChoice look on_change />
        <TextSizeChoice look on_change />
        <LanguageChoice look on_change />
    }
}

/// As the phone, light, dark, sunlight.
#[component]
fn ThemeChoice(look: Signal<Look>, on_change: Callback<Look>) -> impl IntoView {
    let words = &use_words().look;
    let options = vec![
        Choice::new(Theme::FollowPhone, words.theme_follow, "theme-follow"),
        Choice::new(Theme::Light, words.theme_light, "theme-light"),
        Choice::new(Theme::Dark, words.theme_dark, "theme-dark"),
        Choice::new(Theme::Sunlight, words.theme_sunlight, "theme-sunlight"),
    ];
    let now = Signal::derive(move || look.read().theme);
    let on_choose = move |theme| {
        on_change.run(Look {
            theme,
            ..look.get_untracked()
        });
    };
    view! { <Choices title=words.theme options now on_choose /> }
}

/// Smaller and larger.
#[component]
fn TextSizeChoice(look: Signal<Look>, on_change: Callback<Look>) -> impl IntoView {
    let words = &use_words().look;
    let options = TEXT_SIZES_PERCENT
        .map(|percent| Choice::new(percent, format!("{percent} %"), format!("text-{percent}")))
        .to_vec();
    let now = Signal::derive(move || look.read().text_size_percent);
    let on_choose = move |text_size_percent| {
        on_change.run(Look {
            text_size_percent,
            ..look.get_untracked()
        });
    };
    view! { <Choices title=words.text_size options now on_choose /> }
}

/// As the phone, or one of the languages.
#[component]
fn LanguageChoice(look: Signal<Look>, on_change: Callback<Look>) -> impl IntoView {
    let words = &use_words().look;
    let mut options = vec![Choice::new(
        String::new(),
        words.language_follow,
        "language-follow",
    )];
    options.extend(LANGUAGES.map(|language| {
        Choice::new(
            language.tag.to_owned(),
            language.name,
            format!("language-{}", language.tag),
        )
    }));
    let now = Signal::derive(move || look.read().language.clone());
    let on_choose = move |language| {
        on_change.run(Look {
            language,
            ..look.get_untracked()
        });
    };
    view! { <Choices title=words.language options now on_choose /> }
}
