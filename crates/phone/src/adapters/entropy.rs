//! The only clock and the only dice of the app.

use js_sys::Date;
use shared::timestamp::{LocalTime, Timestamp};

use super::global;

/// The phone's clock.
pub fn now() -> Timestamp {
    Timestamp::from_ms(Date::now() as i64)
}

/// The phone's clock with its offset to UTC.
pub fn local_now() -> LocalTime {
    // JavaScript counts minutes west of UTC.
    let west_minutes = Date::new_0().get_timezone_offset();
    LocalTime {
        at: now(),
        offset_s: -(west_minutes as i32) * 60,
    }
}

/// Milliseconds since this page or worker was started; never moved by a change of the clock.
pub fn monotonic_ms() -> f64 {
    global::performance().map_or(0.0, |it| it.now())
}

/// Random bytes.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled =
        global::crypto().is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // Every browser that runs WebAssembly has `crypto`; ids must be unique even where it is switched off.
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}
