//! The switch for bright sun: one tap from every page, because nobody finds a menu in glare.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{Glyph, Icon};
use crate::runtime::use_runtime;
use crate::view_state::{Settings, Theme};
use crate::wording::use_wording;

/// On: high contrast. Off: as the phone is set.
#[component]
pub(crate) fn SunSwitch() -> impl IntoView {
    let wording = use_wording();
    let runtime = use_runtime();
    let on = Memo::new(move |_| runtime.settings().read().theme == Theme::Sunlight);
    let switch = move |_| {
        let theme = if on.get_untracked() {
            Theme::FollowPhone
        } else {
            Theme::Sunlight
        };
        let settings = Settings {
            theme,
            ..runtime.settings().get_untracked()
        };
        spawn_local(runtime.set_settings(settings));
    };
    view! {
        <button
            class="sun"
            type="button"
            aria-label=wording.look.theme_sunlight
            aria-pressed=move || on.get().to_string()
            data-testid="sun"
            on:click=switch
        >
            <Icon glyph=Glyph::Sun />
        </button>
    }
}
