//! Pixels of a video or a photo.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, ImageData};

use super::browser::object;

/// Labels are read well at this size; larger pictures only take longer.
const FRAME_EDGE_MAX: u32 = 1_280;

/// A photo is looked at once, so it may be larger.
const PHOTO_EDGE_MAX: u32 = 2_048;

/// A canvas that is never shown, used again for each frame.
pub(crate) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

/// Which part of the video is looked at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Region {
    /// The square in the middle, where the frame on the screen is.
    Centre,
    /// All of it.
    Whole,
}

impl Canvas {
    /// `None` where the browser cannot draw.
    #[must_use]
    pub(crate) fn new() -> Option<Canvas> {
        let document = web_sys::window()?.document()?;
        let element: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        // Keeps the pixels where the processor reads them.
        let options = object(&[("willReadFrequently", JsValue::TRUE)]);
        let context = element
            .get_context_with_context_options("2d", &options)
            .ok()??
            .dyn_into()
            .ok()?;
        Some(Canvas { element, context })
    }

    /// The video's present picture; `None` while it has none.
    #[must_use]
    pub(crate) fn grab(&self, video: &HtmlVideoElement, region: Region) -> Option<ImageData> {
        let (width, height) = (video.video_width(), video.video_height());
        let (source_width, source_height) = match region {
            Region::Centre => (width.min(height), width.min(height)),
            Region::Whole => (width, height),
        };
        let (target_width, target_height) = shrink(source_width, source_height, FRAME_EDGE_MAX)?;
        self.resize(target_width, target_height);
        self.context
            .draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                video,
                f64::from(width - source_width) / 2.0,
                f64::from(height - source_height) / 2.0,
                f64::from(source_width),
                f64::from(source_height),
                0.0,
                0.0,
                f64::from(target_width),
                f64::from(target_height),
            )
            .ok()?;
        self.pixels()
    }

    /// A photo, made smaller if it is large.
    #[must_use]
    pub(crate) fn photo(&self, photo: &ImageBitmap) -> Option<ImageData> {
        let (width, height) = shrink(photo.width(), photo.height(), PHOTO_EDGE_MAX)?;
        self.resize(width, height);
        self.context
            .draw_image_with_image_bitmap_and_dw_and_dh(photo, 0.0, 0.0, f64::from(width), f64::from(height))
            .ok()?;
        self.pixels()
    }

    /// What was drawn last, for whoever takes a picture as an element.
    #[must_use]
    pub(crate) fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// Setting the size also clears the canvas, so it is not done for each frame.
    fn resize(&self, width: u32, height: u32) {
        if (self.element.width(), self.element.height()) != (width, height) {
            self.element.set_width(width);
            self.element.set_height(height);
        }
    }

    fn pixels(&self) -> Option<ImageData> {
        let (width, height) = (
            self.element.width().cast_signed(),
            self.element.height().cast_signed(),
        );
        self.context.get_image_data(0, 0, width, height).ok()
    }
}

/// The size whose longer side is at most `edge_max`; `None` for a picture without pixels.
fn shrink(width: u32, height: u32, edge_max: u32) -> Option<(u32, u32)> {
    let longer = width.max(height);
    if width.min(height) == 0 {
        return None;
    }
    let scale = |side: u32| match longer > edge_max {
        true => (u64::from(side) * u64::from(edge_max) / u64::from(longer)).max(1) as u32,
        false => side,
    };
    Some((scale(width), scale(height)))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_large_picture_shrinks_in_proportion_and_a_small_one_stays() {
        assert_eq!(shrink(4_000, 3_000, 2_000), Some((2_000, 1_500)));
        assert_eq!(shrink(10_000, 1, 2_000), Some((2_000, 1)));
        assert_eq!(shrink(640, 480, 2_000), Some((640, 480)));
        assert_eq!(shrink(0, 480, 2_000), None);
    }
}
