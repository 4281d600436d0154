//! The stream on the screen.

use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream};

/// Shows the stream in the video element.
pub(crate) async fn play(video: &HtmlVideoElement, stream: &MediaStream) {
    video.set_src_object(Some(stream));
    if let Ok(playing) = video.play() {
        // Where playing waits for a tap, the frames come after the tap.
        let _ = JsFuture::from(playing).await;
    }
}
