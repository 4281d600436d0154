//! Which browser asks: each hides the answer to "no" in another place.

use crate::wording::allow::AllowStep;

/// What the browser calls itself, as far as the way to its permissions differs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PhoneBrowser {
    /// Every browser on an iPhone, and the installed app there.
    IPhone,
    /// Firefox on Android or a computer.
    Firefox,
    /// Chrome and its relatives on Android, and the installed app there.
    Android,
    /// Any other: most are relatives of Chrome.
    Computer,
}

impl PhoneBrowser {
    pub(super) fn of(user_agent: &str) -> PhoneBrowser {
        let says = |word| user_agent.contains(word);
        if says("iPhone") || says("iPad") {
            PhoneBrowser::IPhone
        } else if says("Firefox") {
            PhoneBrowser::Firefox
        } else if says("Android") {
            PhoneBrowser::Android
        } else {
            PhoneBrowser::Computer
        }
    }

    pub(super) fn steps(self) -> &'static [AllowStep] {
        match self {
            PhoneBrowser::IPhone => &[AllowStep::PhoneSettings, AllowStep::OpenAgain],
            PhoneBrowser::Firefox => &[AllowStep::Lock, AllowStep::Allow],
            PhoneBrowser::Android => &[AllowStep::Sliders, AllowStep::Allow, AllowStep::AppInfo],
            PhoneBrowser::Computer => &[AllowStep::Sliders, AllowStep::Allow],
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn browsers_are_told_apart_by_the_way_to_their_permissions() {
        let of = PhoneBrowser::of;
        assert_eq!(
            of("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) CriOS/151.0 Mobile"),
            PhoneBrowser::IPhone
        );
        assert_eq!(
            of("Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"),
            PhoneBrowser::Firefox
        );
        assert_eq!(
            of("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/151.0.0.0 Mobile Safari/537.36"),
            PhoneBrowser::Android
        );
        assert_eq!(of(""), PhoneBrowser::Computer);
    }
}
