//! Where the phone is, as the browser says. Whoever calls has the person's consent.

use js_sys::{Number, Promise};
use phone::adapters::global;
use shared::position::Position;
use shared::timestamp::Timestamp;
use shared::wire::position::WirePosition;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

// Not the bindings of `web-sys`: as built here (`web_sys_unstable_apis`) they catch no exception, and one of them would end
// the page over which a reading is typed.
use super::camera::browser::{call, member, object};

/// An older one may be of the property before.
const AGE_MAX_MS: u32 = 60_000;
/// The browser may stop looking then. Nobody waits for it.
const TIMEOUT_MS: u32 = 30_000;
/// About a metre; no phone knows it better.
const DEGREE_DECIMALS: u8 = 5;
/// Code of the browser's error for a person's no.
const PERMISSION_DENIED: i32 = 1;

/// Whether this app may know where the phone is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Permission {
    /// The browser can't tell.
    Unsupported,
    /// Nobody was asked yet, or the browser does not say.
    #[default]
    NotAsked,
    /// It may.
    Granted,
    /// It may not; only the phone's settings can change that.
    Denied,
}

/// What the browser says now. Asks nobody.
pub(crate) async fn permission() -> Permission {
    if geolocation().is_none() {
        return Permission::Unsupported;
    }
    match state().await.as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        _ => Permission::NotAsked,
    }
}

/// Asks the person, by looking once; call it from a tap. What is found is thrown away.
pub(crate) async fn request() -> Permission {
    let Some(geolocation) = geolocation() else {
        return Permission::Unsupported;
    };
    let answer = Promise::new(&mut |found, failed| {
        let arguments = [found.into(), failed.clone().into(), options()];
        if call(&geolocation, "getCurrentPosition", &arguments).is_none() {
            // Only a callback that is no function makes this fail.
            let _ = failed.call0(&JsValue::UNDEFINED);
        }
    });
    match JsFuture::from(answer).await {
        Err(error) if member(&error, "code") == PERMISSION_DENIED => Permission::Denied,
        // Not found is not refused.
        Ok(_) | Err(_) => Permission::Granted,
    }
}

/// Looks on until it is dropped.
pub(crate) struct Watch {
    geolocation: JsValue,
    number: JsValue,
    _found: Closure<dyn FnMut(JsValue)>,
}

impl Watch {
    /// Tells each position that is found; never one where the browser can't or may not tell.
    pub(crate) fn start(found: impl Fn(Position) + 'static) -> Option<Self> {
        let geolocation = geolocation()?;
        let found = Closure::<dyn FnMut(JsValue)>::new(move |position: JsValue| {
            if let Some(position) = read(&position) {
                found(position);
            }
        });
        let arguments = [found.as_ref().clone(), JsValue::NULL, options()];
        let number = call(&geolocation, "watchPosition", &arguments)?;
        Some(Self {
            geolocation,
            number,
            _found: found,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        call(
            &self.geolocation,
            "clearWatch",
            std::slice::from_ref(&self.number),
        );
    }
}

/// The browser prints its numbers, and the rules read them: whatever is no number is no position.
fn read(position: &JsValue) -> Option<Position> {
    let coordinates = member(position, "coords");
    let number = |name| member(&coordinates, name).as_f64();
    let wire = WirePosition {
        latitude: print(number("latitude")?, DEGREE_DECIMALS)?,
        longitude: print(number("longitude")?, DEGREE_DECIMALS)?,
        accuracy_m: print(number("accuracy")?.ceil(), 0)?,
        fixed_at: Timestamp::from_ms(member(position, "timestamp").as_f64()? as i64).to_rfc3339(),
    };
    Position::parse(&wire).ok()
}

fn print(number: f64, decimals: u8) -> Option<String> {
    Number::from(number).to_fixed(decimals).ok().map(String::from)
}

fn options() -> JsValue {
    let members = [
        ("enableHighAccuracy", JsValue::TRUE),
        ("maximumAge", AGE_MAX_MS.into()),
        ("timeout", TIMEOUT_MS.into()),
    ];
    object(&members).into()
}

/// Not every browser says it.
async fn state() -> Option<String> {
    let permissions = global::of_navigator("permissions")?;
    let wanted = object(&[("name", "geolocation".into())]).into();
    let asked: Promise = call(&permissions, "query", &[wanted])?.dyn_into().ok()?;
    let status = JsFuture::from(asked).await.ok()?;
    member(&status, "state").as_string()
}

/// Only secure addresses have one.
fn geolocation() -> Option<JsValue> {
    global::of_navigator("geolocation")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn fixed(latitude: f64, longitude: f64, accuracy: f64) -> Option<WirePosition> {
        let coordinates = object(&[
            ("latitude", latitude.into()),
            ("longitude", longitude.into()),
            ("accuracy", accuracy.into()),
        ]);
        let timestamp = 1_795_734_843_000_f64.into();
        let position = object(&[("coords", coordinates.into()), ("timestamp", timestamp)]);
        read(&position).map(Position::to_wire)
    }

    #[test]
    fn what_the_browser_says_is_read_by_the_rule_for_positions() {
        let here = fixed(13.445_831_9, -144.809_12, 11.2);
        let here = here.map(|it| [it.latitude, it.longitude, it.accuracy_m, it.fixed_at]);
        let expected = ["13.44583", "-144.80912", "12", "2026-11-26T23:14:03.000Z"];
        assert_eq!(here, Some(expected.map(String::from)));
        for number in [f64::NAN, f64::INFINITY, -181.0, 1e30] {
            assert_eq!(fixed(number, 0.0, 1.0), None, "{number}");
            assert_eq!(fixed(0.0, number, 1.0), None, "{number}");
            assert_eq!(fixed(0.0, 0.0, -number.abs()), None, "{number}");
        }
    }
}
