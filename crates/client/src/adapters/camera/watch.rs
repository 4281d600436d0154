//! Looks at the video until a label is read.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use web_sys::HtmlVideoElement;

use super::browser::{after, call, event, sleep};
use super::decoder::{self, Picture};
use super::frame::{Canvas, Region};

/// A whole round of the scanner's ladder looks at the same part of the picture.
const FRAMES_A_REGION: u32 = 8;

/// A round of each region.
const OUT_OF_SIGHT_FRAMES: u32 = 3 * FRAMES_A_REGION;

/// Looks again at least this often where the browser does not tell of new frames.
const FRAME_MILLISECONDS: i32 = 200;

/// A worker that dies this often in a row does not run on this phone.
const FAILURES_MAX: u32 = 3;

/// How a watch ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Sight {
    /// A label was read.
    Label(String),
    /// The scanner cannot run.
    ScannerFailed,
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

/// Watches until a label is read. One frame is in flight at a time; frames that come meanwhile are skipped. A label
/// with the text `skip` counts only after it has been out of sight.
pub(crate) async fn watch(video: &HtmlVideoElement, stop: &Stop, skip: Option<String>) -> Sight {
    let Some(canvas) = Canvas::new() else {
        return Sight::ScannerFailed;
    };
    let mut skip = Skip {
        text: skip,
        unseen: 0,
    };
    let (mut number, mut failures) = (0_u32, 0);
    loop {
        next_frame(video).await;
        if stop.is_stopped() {
            return Sight::Stopped;
        }
        let Some(pixels) = canvas.grab(video, region(number)) else {
            continue;
        };
        let answer = decoder::decode(&pixels, Picture::Frame(number)).await;
        number = number.wrapping_add(1);
        match answer {
            _ if stop.is_stopped() => return Sight::Stopped,
            Ok(text) => {
                failures = 0;
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

/// The label that is still in view from before.
struct Skip {
    text: Option<String>,
    unseen: u32,
}

impl Skip {
    fn holds(&mut self, text: &str) -> bool {
        let holds = self.text.as_deref() == Some(text);
        if holds {
            self.unseen = 0;
        }
        holds
    }

    /// Not each stage reads each label, so it counts as gone only after all stages have missed it.
    fn count_frame(&mut self) {
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

    #[test]
    fn a_label_that_stays_in_view_is_skipped_until_all_regions_have_missed_it() {
        let mut skip = Skip {
            text: Some("A".to_owned()),
            unseen: 0,
        };
        for _ in 0..OUT_OF_SIGHT_FRAMES {
            skip.count_frame();
        }
        assert!(skip.holds("A"));
        assert!(!skip.holds("B"));
        for _ in 0..=OUT_OF_SIGHT_FRAMES {
            skip.count_frame();
        }
        assert!(!skip.holds("A"));
    }
}
