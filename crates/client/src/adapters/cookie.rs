//! Phone id and last running number, mirrored in a cookie: when the stores are lost, it can be noticed.

use shared::id::DeviceId;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

const AGE_S_MAX: u32 = 400 * 24 * 3600;

/// What the cookies know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mirror {
    /// The phone's id.
    pub(crate) device_id: Option<DeviceId>,
    /// The highest running number given to this person's items.
    pub(crate) seq: u64,
}

/// Reads the mirror.
pub(crate) fn read(person: &str) -> Mirror {
    let cookies = document().and_then(|it| it.cookie().ok()).unwrap_or_default();
    let value = |name: &str| {
        cookies
            .split("; ")
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            .map(String::from)
    };
    Mirror {
        device_id: value("phone").and_then(|text| DeviceId::parse(&text)),
        seq: value(&name_of_seq(person))
            .and_then(|text| text.parse().ok())
            .unwrap_or(0),
    }
}

/// Writes the mirror.
pub(crate) fn write(person: &str, mirror: Mirror) {
    if let Some(id) = mirror.device_id {
        set("phone", &id.to_string());
    }
    if mirror.seq > 0 {
        set(&name_of_seq(person), &mirror.seq.to_string());
    }
}

fn name_of_seq(person: &str) -> String {
    format!("last-{}", String::from(js_sys::encode_uri_component(person)))
}

fn set(name: &str, value: &str) {
    let text = format!("{name}={value}; Path=/; Max-Age={AGE_S_MAX}; SameSite=Strict");
    if let Some(document) = document() {
        let _ = document.set_cookie(&text);
    }
}

fn document() -> Option<HtmlDocument> {
    web_sys::window()?.document()?.dyn_into().ok()
}
