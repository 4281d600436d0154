//! The scanner on pictures: drawn ones under every condition that a label meets, and photos where there are some.

// Helpers of tests may stop the test, as the tests themselves may.
#![allow(clippy::unwrap_used)]

mod generated;
mod photos;

fn gray(picture: pictures::Picture) -> scanner::Gray {
    scanner::Gray::new(picture.width, picture.height, picture.pixels).unwrap()
}
