//! A tone and a buzz: hands and ears notice them while the eyes are on the meter.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

use super::browser::{call, window_member};

const TONE_HERTZ: f32 = 1_320.0;
const TONE_SECONDS: f64 = 0.09;
const VOLUME: f32 = 0.15;
const BUZZ_MILLISECONDS: i32 = 60;

thread_local! {
    /// Browsers allow few of them, so one is used again.
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Gets ready to sound: phones let a page sound only if that began with a tap, and the label comes long after it.
pub(crate) fn prepare() {
    if let Ok(audio) = audio() {
        // A phone that does not allow it yet is asked again with the next tone.
        let _ = audio.resume();
    }
}

/// Vibrates where the phone can.
pub(crate) fn vibrate() {
    call(
        &window_member("navigator"),
        "vibrate",
        &[JsValue::from(BUZZ_MILLISECONDS)],
    );
}

/// A short tone, made here so that no sound file is needed. Phones that are muted stay silent.
pub(crate) fn beep() {
    // A browser that plays nothing is no fault: the screen says it too.
    let _ = play();
}

fn play() -> Result<(), JsValue> {
    let audio = audio()?;
    // iOS puts it to sleep with the page.
    let _ = audio.resume()?;
    let (tone, volume) = (audio.create_oscillator()?, audio.create_gain()?);
    let (begin, end) = (audio.current_time(), audio.current_time() + TONE_SECONDS);
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(TONE_HERTZ);
    volume.gain().set_value_at_time(VOLUME, begin)?;
    // Fading out: a tone that is cut clicks.
    volume.gain().exponential_ramp_to_value_at_time(0.001, end)?;
    tone.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&audio.destination())?;
    tone.start_with_when(begin)?;
    tone.stop_with_when(end)
}

fn audio() -> Result<AudioContext, JsValue> {
    if let Some(audio) = AUDIO.with_borrow(Clone::clone) {
        return Ok(audio);
    }
    let audio = AudioContext::new()?;
    AUDIO.set(Some(audio.clone()));
    Ok(audio)
}
