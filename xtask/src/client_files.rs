//! Which part of the product a built file belongs to, by its name: who downloads it, and when.

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The technician's program: what a phone fetches before its first screen, and keeps.
    First,
    /// The decoder of labels: kept too.
    Scanner,
    /// The drain without a page: fetched by the service worker, where the browser has Background Sync.
    Background,
    /// The office's program: never fetched by a phone, never kept.
    Office,
    /// Icons for the home screen: the browser fetches them when the app is installed, with a network, and a page never.
    Installing,
}

/// Icons that a page or a notification shows.
const SHOWN_ICONS: [&str; 2] = ["icons/favicon.svg", "icons/icon-192.png"];

impl Part {
    /// The part of a file, by its path below `dist`.
    pub fn of(name: &str) -> Self {
        if name == "office.html" || name.starts_with("office-") {
            Self::Office
        } else if name.starts_with("scanner-") {
            Self::Scanner
        } else if name.starts_with("background-") {
            Self::Background
        } else if name.starts_with("icons/") && !SHOWN_ICONS.contains(&name) {
            Self::Installing
        } else {
            Self::First
        }
    }

    /// Whether phones keep it for offline.
    pub fn is_precached(self) -> bool {
        matches!(self, Self::First | Self::Scanner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_keep_neither_the_office_nor_icons_for_the_home_screen() {
        for (name, expected) in [
            ("icons/icon-512.png", false),
            ("icons/apple-touch-icon.png", false),
            ("icons/icon-192.png", true),
            ("icons/favicon.svg", true),
            ("client-0123.js", true),
            ("scanner-0123_bg.wasm", true),
            ("background-0123_bg.wasm", false),
            ("office-0123_bg.wasm", false),
            ("office-0123.css", false),
            ("office.html", false),
            ("no-network.html", true),
        ] {
            assert_eq!(Part::of(name).is_precached(), expected, "{name}");
        }
    }
}
