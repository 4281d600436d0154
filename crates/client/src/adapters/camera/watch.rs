//! Looks at the video until a label is read.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use web_sys::HtmlVideoElement;

use super::browser::{after, call, event, sleep};
use super::darkness::Darkness;
use super::decoder::{self, Picture, Seen};
use super::frame::{Canvas, Region};
use super::native::NativeSight;
use super::stream;

/// A whole round of the scanner's ladder looks at the same part of the picture.
const FRAMES_A_REGION: u32 = 9;

/// A round of each region.
const OUT_OF_SIGHT_FRAMES: u32 = 3 * FRAMES_A_REGION;

/// The form may have been saved a moment ago: the list shows it as read a little later.
const SETTLING_FRAMES: u32 = 2 * FRAMES_A_REGION;

/// Looks again at least this often where the browser does not tell of new frames.
const FRAME_MILLISECONDS: i32 = 200;

/// A worker that dies this often in a row does not run on this phone.
const FAILURES_MAX: u32 = 3;

/// A camera that has given nothing for so many looks, about two seconds, was taken away.
const LOST_LOOKS: u32 = 10;

/// How a watch ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Sight {
    /// A label was read.
    Label(String),
    /// The scanner cannot run.
    ScannerFailed,
    /// The picture has gone: another app took the camera, or the phone put it to sleep.
    CameraLost,
    /// Nobody waits any more.
    Stopped,
}

/// Ends the watch that was given its clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Rc<Cell<bool>>);

impl Stop {
    /// Ends the watch after the frame that is in flight.
    pub(crate) fn stop(&self) {
        self.0.set(true);
    }

    /// Has it been ended?
    #[must_use]
    pub(crate) fn is_stopped(&self) -> bool {
        self.0.get()
    }
}

/// Watches until a label is read. One frame is in flight at a time; frames that come meanwhile are skipped. Tells when
/// it gets too dark or light enough again.
pub(crate) async fn watch(
    video: &HtmlVideoElement,
    stop: &Stop,
    mut skip: Skip,
    tell_dark: impl Fn(bool),
) -> Sight {
    let Some(canvas) = Canvas::new() else {
        return Sight::ScannerFailed;
    };
    let (mut number, mut failures, mut lost) = (0_u32, 0, 0);
    let mut darkness = Darkness::default();
    let native = NativeSight::default();
    loop {
        next_frame(video).await;
        if stop.is_stopped() {
            return Sight::Stopped;
        }
        lost = if stream::is_running() { 0 } else { lost + 1 };
        if lost > LOST_LOOKS {
            return Sight::CameraLost;
        }
        let Some(pixels) = canvas.grab(video, region(number)) else {
            continue;
        };
        native.look(canvas.element());
        let answer = decoder::decode(&pixels, Picture::Frame(number)).await;
        number = number.wrapping_add(1);
        match answer {
            _ if stop.is_stopped() => return Sight::Stopped,
            Ok(Seen { text, dark }) => {
                failures = 0;
                if let Some(dark) = darkness.changed_by(dark) {
                    tell_dark(dark);
                }
                let text = text.or_else(|| native.take());
                if let Some(text) = text.filter(|text| !skip.holds(text)) {
                    return Sight::Label(text);
                }
                skip.count_frame();
            }
            Err(_) if failures + 1 >= FAILURES_MAX => return Sight::ScannerFailed,
            Err(_) => {
                failures += 1;
                sleep(FRAME_MILLISECONDS).await;
            }
        }
    }
}

/// The label that opened the last form and is often still in view: while its meter is read it counts only after it
/// has been out of sight.
pub(crate) struct Skip {
    text: Option<String>,
    is_read: Box<dyn Fn() -> bool>,
    frames: u32,
    unseen: u32,
}

impl Skip {
    /// Skips the label with this text, if there is one, as long as `is_read` says so.
    pub(crate) fn new(text: Option<String>, is_read: impl Fn() -> bool + 'static) -> Skip {
        Skip {
            text,
            is_read: Box::new(is_read),
            frames: 0,
            unseen: 0,
        }
    }

    fn holds(&mut self, text: &str) -> bool {
        let is_last = self.text.as_deref() == Some(text);
        if is_last {
            self.unseen = 0;
        }
        is_last && (self.frames < SETTLING_FRAMES || (self.is_read)())
    }

    /// Not each stage reads each label, so it counts as gone only after all stages have missed it.
    fn count_frame(&mut self) {
        self.frames = self.frames.saturating_add(1);
        self.unseen += 1;
        if self.unseen > OUT_OF_SIGHT_FRAMES {
            self.text = None;
        }
    }
}

/// The middle twice as often as the whole: people aim.
fn region(number: u32) -> Region {
    match number / FRAMES_A_REGION % 3 {
        2 => Region::Whole,
        _ => Region::Centre,
    }
}

/// The next frame of the video, or a while later where the browser does not tell.
async fn next_frame(video: &HtmlVideoElement) {
    event(|resolve: Function| {
        call(video, "requestVideoFrameCallback", &[resolve.clone().into()]);
        after(FRAME_MILLISECONDS, &resolve);
    })
    .await;
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn after(frames: u32, skip: &mut Skip) {
        for _ in 0..frames {
            skip.count_frame();
        }
    }

    #[test]
    fn a_read_label_that_stays_in_view_is_skipped_until_all_regions_have_missed_it() {
        let mut skip = Skip::new(Some("A".to_owned()), || true);
        after(OUT_OF_SIGHT_FRAMES, &mut skip);
        assert!(skip.holds("A"));
        assert!(!skip.holds("B"));
        after(OUT_OF_SIGHT_FRAMES + 1, &mut skip);
        assert!(!skip.holds("A"));
    }

    #[test]
    fn a_label_whose_form_was_left_without_saving_counts_again_after_a_moment() {
        let mut skip = Skip::new(Some("A".to_owned()), || false);
        assert!(skip.holds("A"));
        after(SETTLING_FRAMES, &mut skip);
        assert!(!skip.holds("A"));
    }
}
