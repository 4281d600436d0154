//! Sheets of labels, ready for the printer: a page without scripts, and a style sheet a layout that gives the paper's size
//! and the place of each label. No inline styles: the policy of every answer forbids them.

mod page;
mod qr;
mod style;
mod wording;

pub use page::{Sheets, page};
pub use style::style_sheet;
pub use wording::{Wording, wording};
