//! Why there is no picture.

use wasm_bindgen::JsValue;

use super::browser::{member, window_member};

/// Why the camera gives no picture: each needs other help.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum CameraError {
    /// The person or the browser's settings said no.
    Refused,
    /// The device has none.
    Missing,
    /// Another app holds it, or it does not start.
    Busy,
    /// The page was not opened by HTTPS: browsers hide the camera then.
    Insecure,
}

impl CameraError {
    /// What `getUserMedia` meant.
    #[must_use]
    pub(crate) fn from_rejection(reason: &JsValue) -> CameraError {
        match member(reason, "name").as_string().as_deref() {
            Some("NotAllowedError" | "PermissionDeniedError") => CameraError::Refused,
            Some("NotFoundError" | "OverconstrainedError" | "DevicesNotFoundError") => CameraError::Missing,
            Some("SecurityError") => CameraError::Insecure,
            _ => CameraError::Busy,
        }
    }

    /// What it means that the browser offers no camera at all.
    #[must_use]
    pub(crate) fn without_devices() -> CameraError {
        match window_member("isSecureContext").is_truthy() {
            true => CameraError::Missing,
            false => CameraError::Insecure,
        }
    }
}
