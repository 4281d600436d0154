//! The style sheet of a layout.

use shared::label_sheet::{LABEL_PADDING_UM, Millimetres, SheetLayout};

/// What is the same for every layout.
const COMMON: &str = include_str!("sheets.css");

/// Paper, places and sizes of this layout.
pub fn style_sheet(layout: &SheetLayout) -> String {
    let mm = |um: u32| format!("{}mm", Millimetres(um));
    let (width, height) = (mm(layout.paper_width_um), mm(layout.paper_height_um));
    // What the code leaves of the label's height and width decides how large letters can be.
    let (text, lines) = if layout.label_height_um < 24_000 {
        ("6.5pt", 1)
    } else {
        ("8pt", 2)
    };
    let code = if layout.label_width_um < 50_000 {
        "7.5pt"
    } else {
        "11pt"
    };
    format!(
        "@page {{ size: {width} {height}; margin: 0; }}\n\
         .sheet {{ inline-size: {width}; block-size: {height}; padding: {top} 0 0 {left}; column-gap: {gap};\n  \
         grid-template-columns: repeat({columns}, {label_width}); grid-auto-rows: {label_height}; }}\n\
         .label {{ padding: {padding}; font-size: {text}; }}\n\
         .label svg {{ inline-size: {side}; block-size: {side}; }}\n\
         .label code {{ font-size: {code}; }}\n\
         .label small {{ -webkit-line-clamp: {lines}; }}\n\
         {COMMON}",
        top = mm(layout.top_um()),
        left = mm(layout.left_um()),
        gap = mm(layout.gap_um),
        columns = layout.columns,
        label_width = mm(layout.label_width_um),
        label_height = mm(layout.label_height_um),
        padding = mm(LABEL_PADDING_UM),
        side = mm(layout.code_um()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_gives_the_paper_and_the_places() {
        let style = style_sheet(SheetLayout::named("a4-5x13").unwrap());
        for rule in [
            "size: 210mm 297mm; margin: 0;",
            "padding: 10.7mm 0 0 4.75mm; column-gap: 2.5mm;",
            "repeat(5, 38.1mm); grid-auto-rows: 21.2mm;",
        ] {
            assert!(style.contains(rule), "{rule} in {style}");
        }
    }
}
