//! Sentences of the way to a permission that was refused.

use super::Wording;

/// What the browser was told to block.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Blocked {
    /// Pictures of labels.
    Camera,
    /// Where the phone is.
    Position,
}

/// What to do about it, a step at a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum AllowStep {
    /// The icon with two sliders beside the address.
    Sliders,
    /// The lock beside the address.
    Lock,
    /// The switch of what is blocked.
    Allow,
    /// The phone's own settings.
    PhoneSettings,
    /// The page of an installed app.
    AppInfo,
    /// The app asks again only after a fresh start.
    OpenAgain,
}

impl Wording {
    /// The sentence of a step.
    pub(crate) fn allow(&self, blocked: Blocked, step: AllowStep) -> &'static str {
        match self.tag {
            "es" => spanish(blocked, step),
            _ => english(blocked, step),
        }
    }
}

fn english(blocked: Blocked, step: AllowStep) -> &'static str {
    match (step, blocked) {
        (AllowStep::Sliders, _) => "Tap the icon at the left of the address.",
        (AllowStep::Lock, _) => "Tap the lock at the left of the address.",
        (AllowStep::Allow, Blocked::Camera) => "Under Permissions, switch Camera on.",
        (AllowStep::Allow, Blocked::Position) => "Under Permissions, switch Location on.",
        (AllowStep::PhoneSettings, Blocked::Camera) => "Open Settings, Apps, Safari, Camera, and tap Allow.",
        (AllowStep::PhoneSettings, Blocked::Position) => {
            "Open Settings, Privacy & Security, Location Services, Safari Websites, and tap While Using the App."
        }
        (AllowStep::AppInfo, Blocked::Camera) => {
            "No address? Hold the app's icon, then App info, Permissions, Camera, Allow."
        }
        (AllowStep::AppInfo, Blocked::Position) => {
            "No address? Hold the app's icon, then App info, Permissions, Location, Allow."
        }
        (AllowStep::OpenAgain, _) => "Close this app and open it again. Readings stay on the phone.",
    }
}

fn spanish(blocked: Blocked, step: AllowStep) -> &'static str {
    match (step, blocked) {
        (AllowStep::Sliders, _) => "Toque el icono a la izquierda de la dirección.",
        (AllowStep::Lock, _) => "Toque el candado a la izquierda de la dirección.",
        (AllowStep::Allow, Blocked::Camera) => "En Permisos, active Cámara.",
        (AllowStep::Allow, Blocked::Position) => "En Permisos, active Ubicación.",
        (AllowStep::PhoneSettings, Blocked::Camera) => "Abra Ajustes, Apps, Safari, Cámara y toque Permitir.",
        (AllowStep::PhoneSettings, Blocked::Position) => {
            "Abra Ajustes, Privacidad y seguridad, Localización, Sitios web de Safari y toque Al usar la app."
        }
        (AllowStep::AppInfo, Blocked::Camera) => {
            "¿No hay dirección? Mantenga pulsado el icono de la app, luego Información, Permisos, Cámara, Permitir."
        }
        (AllowStep::AppInfo, Blocked::Position) => {
            "¿No hay dirección? Mantenga pulsado el icono de la app, luego Información, Permisos, Ubicación, Permitir."
        }
        (AllowStep::OpenAgain, _) => "Cierre esta app y ábrala de nuevo. Las lecturas quedan en el teléfono.",
    }
}
