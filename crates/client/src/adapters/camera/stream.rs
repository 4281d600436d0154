//! The one stream of the camera. It stays open when the scan page is left for a form, because phones ask for
//! permission again, or take seconds, each time it is opened.

use std::cell::{Cell, RefCell};

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::browser::{after, call, member, object, window_member};
use super::error::CameraError;
use super::{decoder, memory};

/// How long the camera stays on without the scan page: about as long as a reading takes to type.
const PARKED_MILLISECONDS: i32 = 90_000;

thread_local! {
    static STREAM: RefCell<Option<MediaStream>> = const { RefCell::new(None) };
    /// Rises with each use, so that an earlier request to switch off knows that it is outdated.
    static USES: Cell<u32> = const { Cell::new(0) };
    /// A page shows the stream, or waits for it.
    static IN_USE: Cell<bool> = const { Cell::new(false) };
    /// The lens that the person changed to. It is kept for good only when it has read a label.
    static CHOSEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// One lens of the phone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Lens {
    /// The browser's id for it.
    pub(crate) id: String,
    /// The browser's name for it.
    pub(crate) name: String,
}

/// How far the lens can zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ZoomRange {
    /// Least.
    pub(crate) min: f64,
    /// Most.
    pub(crate) max: f64,
    /// Smallest change.
    pub(crate) step: f64,
    /// At present.
    pub(crate) now: f64,
}

/// The running stream, or a new one of the remembered lens.
pub(crate) async fn open() -> Result<MediaStream, CameraError> {
    USES.set(USES.get().wrapping_add(1));
    IN_USE.set(true);
    if let Some(stream) = STREAM.with_borrow(Clone::clone).filter(is_alive) {
        return Ok(stream);
    }
    close();
    let devices = devices().ok_or_else(CameraError::without_devices)?;
    let stream = match CHOSEN.with_borrow(Clone::clone).or_else(memory::lens) {
        Some(lens) => match request(&devices, Some(&lens)).await {
            // Ids change when the browser's data is cleared: any lens is better than none.
            Err(CameraError::Missing) => request(&devices, None).await,
            answer => answer,
        },
        None => request(&devices, None).await,
    }?;
    if let Some(earlier) = STREAM.with_borrow(Clone::clone).filter(is_alive) {
        // Two requests were under way.
        switch_off(&stream);
        return Ok(earlier);
    }
    // Not `stream.clone()`: that is JavaScript's, which makes a second stream that nobody would switch off.
    STREAM.set(Some(Clone::clone(&stream)));
    if let Some(zoom) = memory::zoom() {
        set_zoom(zoom).await;
    }
    if !IN_USE.get() {
        // The page was left while the phone asked for permission.
        close_later();
    }
    Ok(stream)
}

/// Switches the camera off, and the worker with it.
pub(crate) fn close() {
    if let Some(stream) = STREAM.take() {
        switch_off(&stream);
    }
    decoder::close();
}

/// Switches the camera off in a while, unless it is used before.
pub(crate) fn park() {
    IN_USE.set(false);
    close_later();
}

/// The lenses that look away from the person; all of them if the names do not tell.
pub(crate) async fn lenses() -> Vec<Lens> {
    let Some(listing) = devices().and_then(|devices| devices.enumerate_devices().ok()) else {
        return Vec::new();
    };
    let Ok(listing) = JsFuture::from(listing).await else {
        return Vec::new();
    };
    let cameras: Vec<Lens> = js_sys::Array::from(&listing)
        .iter()
        .filter_map(|device| device.dyn_into::<MediaDeviceInfo>().ok())
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput && !device.device_id().is_empty())
        .map(|device| Lens {
            id: device.device_id(),
            name: device.label(),
        })
        .collect();
    let outward: Vec<Lens> = cameras
        .iter()
        .filter(|lens| !looks_inward(&lens.name))
        .cloned()
        .collect();
    if outward.is_empty() { cameras } else { outward }
}

/// Changes to the lens after the present one.
pub(crate) async fn next_lens() -> Result<MediaStream, CameraError> {
    let lenses = lenses().await;
    let present = present_lens();
    let at = lenses.iter().position(|lens| Some(&lens.id) == present.as_ref());
    if let Some(next) = lenses.get(at.map_or(0, |at| (at + 1) % lenses.len())) {
        CHOSEN.set(Some(next.id.clone()));
    }
    close();
    open().await
}

/// Keeps the present lens: it has read a label, so it is not the one that cannot focus this near.
pub(crate) fn remember_lens() {
    if let Some(lens) = present_lens() {
        memory::set_lens(&lens);
    }
}

/// Does the camera give pictures?
pub(crate) fn is_running() -> bool {
    STREAM.with_borrow(|stream| stream.as_ref().is_some_and(is_alive))
}

/// Does this lens have a light?
pub(crate) fn has_torch() -> bool {
    track().is_some_and(|track| member(&capabilities(&track), "torch").is_truthy())
}

/// Switches the light; `false` if the phone did not do it.
pub(crate) async fn set_torch(on: bool) -> bool {
    apply("torch", JsValue::from_bool(on)).await
}

/// How far this lens can zoom; `None` if it cannot.
pub(crate) fn zoom_range() -> Option<ZoomRange> {
    let track = track()?;
    let zoom = member(&capabilities(&track), "zoom");
    let number = |name| member(&zoom, name).as_f64();
    let (min, max) = (number("min")?, number("max")?);
    let now = member(&settings(&track), "zoom").as_f64().unwrap_or(min);
    (max > min).then(|| ZoomRange {
        min,
        max,
        step: number("step").unwrap_or(0.1),
        now,
    })
}

/// Zooms and remembers it; `false` if the phone did not do it.
pub(crate) async fn set_zoom(zoom: f64) -> bool {
    let Some(range) = zoom_range() else {
        return false;
    };
    let zoom = zoom.clamp(range.min, range.max);
    memory::set_zoom(zoom);
    apply("zoom", JsValue::from_f64(zoom)).await
}

fn close_later() {
    let uses = USES.get();
    let close_unless_used = Closure::once_into_js(move || {
        if !IN_USE.get() && USES.get() == uses {
            close();
        }
    });
    after(PARKED_MILLISECONDS, close_unless_used.unchecked_ref());
}

fn switch_off(stream: &MediaStream) {
    for track in stream.get_tracks() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}

async fn request(devices: &MediaDevices, lens: Option<&str>) -> Result<MediaStream, CameraError> {
    let which = match lens {
        Some(id) => ("deviceId", object(&[("exact", JsValue::from_str(id))]).into()),
        None => (
            "facingMode",
            object(&[("ideal", JsValue::from_str("environment"))]).into(),
        ),
    };
    let ideal = |pixels: f64| object(&[("ideal", JsValue::from_f64(pixels))]).into();
    let video = object(&[which, ("width", ideal(1_280.0)), ("height", ideal(720.0))]);
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&video);
    let answer = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|reason| CameraError::from_rejection(&reason))?;
    let stream = JsFuture::from(answer)
        .await
        .map_err(|reason| CameraError::from_rejection(&reason))?;
    stream.dyn_into().map_err(|_| CameraError::Busy)
}

/// iOS ends or mutes the track of an installed app that was in the background: the picture stays black then.
fn is_alive(stream: &MediaStream) -> bool {
    stream.active() && video_track(stream).is_some_and(|track| !track.muted())
}

fn devices() -> Option<MediaDevices> {
    member(&window_member("navigator"), "mediaDevices")
        .dyn_into()
        .ok()
}

/// Firefox has no `getCapabilities` on older phones.
fn capabilities(track: &MediaStreamTrack) -> JsValue {
    call(track, "getCapabilities", &[]).unwrap_or(JsValue::UNDEFINED)
}

fn settings(track: &MediaStreamTrack) -> JsValue {
    call(track, "getSettings", &[]).unwrap_or(JsValue::UNDEFINED)
}

async fn apply(name: &str, value: JsValue) -> bool {
    let advanced = js_sys::Array::of1(&object(&[(name, value)]));
    let constraints = object(&[("advanced", advanced.into())]);
    match track().and_then(|track| call(&track, "applyConstraints", &[constraints.into()])) {
        Some(answer) => JsFuture::from(js_sys::Promise::resolve(&answer)).await.is_ok(),
        None => false,
    }
}

fn present_lens() -> Option<String> {
    track()
        .and_then(|track| member(&settings(&track), "deviceId").as_string())
        .filter(|id| !id.is_empty())
}

fn track() -> Option<MediaStreamTrack> {
    STREAM.with_borrow(|stream| stream.as_ref().and_then(video_track))
}

fn video_track(stream: &MediaStream) -> Option<MediaStreamTrack> {
    stream.get_video_tracks().get(0).dyn_into().ok()
}

fn looks_inward(name: &str) -> bool {
    let name = name.to_lowercase();
    ["front", "user", "facetime"]
        .iter()
        .any(|word| name.contains(word))
}
