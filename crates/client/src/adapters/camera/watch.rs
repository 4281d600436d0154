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

/// Watches until a label is read. One frame is in flight at a time; frames that come meanwhile are skipped.
pub(crate) async fn watch(video: &HtmlVideoElement, stop: &Stop) -> Sight {
    let Some(canvas) = Canvas::new() else {
        return Sight::ScannerFailed;
    };
    let mut failures = 0;
    let mut number = 0_u32;
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
            Ok(Some(text)) => return Sight::Label(text),
            Ok(None) => failures = 0,
            Err(_) if failures + 1 >= FAILURES_MAX => return Sight::ScannerFailed,
            Err(_) => {
                failures += 1;
                sleep(FRAME_MILLISECONDS).await;
            }
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
