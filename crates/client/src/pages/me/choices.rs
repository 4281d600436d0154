//! Colours, text size and language: one of a few.

use leptos::prelude::*;

use super::change;
use crate::runtime::use_runtime;
use crate::view_state::{Settings, Theme};
use crate::wording::{LANGUAGES, use_wording};

/// Text sizes that are offered, in percent.
const TEXT_SIZES_PERCENT: [u16; 4] = [90, 100, 115, 130];

/// As the phone, light, dark, sunlight.
#[component]
pub(super) fn ThemeChoice() -> impl IntoView {
    let words = &use_wording().me;
    let options = [
        (Theme::FollowPhone, words.theme_follow, "theme-follow"),
        (Theme::Light, words.theme_light, "theme-light"),
        (Theme::Dark, words.theme_dark, "theme-dark"),
        (Theme::Sunlight, words.theme_sunlight, "theme-sunlight"),
    ];
    let options = options.map(|(theme, word, id)| Choice {
        value: theme,
        word: word.to_owned(),
        id: id.to_owned(),
    });
    view! { <Choices title=words.theme options=options.to_vec() now=|it| it.theme set=|it, theme| it.theme = theme /> }
}

/// Smaller and larger.
#[component]
pub(super) fn TextSizeChoice() -> impl IntoView {
    let words = &use_wording().me;
    let options = TEXT_SIZES_PERCENT.map(|percent| Choice {
        value: percent,
        word: format!("{percent} %"),
        id: format!("text-{percent}"),
    });
    view! {
        <Choices
            title=words.text_size
            options=options.to_vec()
            now=|it| it.text_size_percent
            set=|it, percent| it.text_size_percent = percent
        />
    }
}

/// As the phone, or one of the languages.
#[component]
pub(super) fn LanguageChoice() -> impl IntoView {
    let words = &use_wording().me;
    let follow = Choice {
        value: String::new(),
        word: words.language_follow.into(),
        id: "language-follow".into(),
    };
    let languages = LANGUAGES.map(|language| Choice {
        value: language.tag.to_owned(),
        word: language.name.to_owned(),
        id: format!("language-{}", language.tag),
    });
    let options = std::iter::once(follow).chain(languages).collect::<Vec<_>>();
    view! {
        <Choices title=words.language options now=|it| it.language.clone() set=|it, language| it.language = language />
    }
}

/// One way to choose.
#[derive(Clone)]
pub(super) struct Choice<T> {
    value: T,
    word: String,
    id: String,
}

impl<T> Choice<T> {
    /// The word as it is shown, and the name by which tests find it.
    pub(super) fn new(value: T, word: &str, id: &str) -> Self {
        Self {
            value,
            word: word.to_owned(),
            id: id.to_owned(),
        }
    }
}

/// One of a few, each a chip.
#[component]
pub(super) fn Choices<T>(
    title: &'static str,
    options: Vec<Choice<T>>,
    now: fn(&Settings) -> T,
    set: fn(&mut Settings, T),
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let runtime = use_runtime();
    let settings = runtime.settings();
    let chips = options.into_iter().map(|choice| {
        let value = choice.value.clone();
        let checked = move || (now(&settings.read()) == value).to_string();
        let value = choice.value;
        view! {
            <button
                class="chip"
                type="button"
                role="radio"
                aria-checked=checked
                data-testid=choice.id
                on:click=move |_| change(runtime, |it| set(it, value.clone()))
            >
                {choice.word}
            </button>
        }
    });
    view! {
        <div class="setting">
            <span class="strong">{title}</span>
            <div class="chips" role="radiogroup" aria-label=title>
                {chips.collect_view()}
            </div>
        </div>
    }
}
