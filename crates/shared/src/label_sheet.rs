//! The sheets and label rolls that labels are printed on.

use std::fmt;

/// Most labels that are printed at once: a hundred and more sheets, which is as much as one stack of paper holds.
pub const PRINTED_LABELS_MAX: usize = 5_000;

/// Lengths in micrometres.
type Micrometres = u32;

/// A paper with labels on it: so many columns and rows, in the middle of the paper. Rows stand without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetLayout {
    /// Stable name, such as `a4-3x8`.
    pub name: &'static str,
    /// What the paper is called: `A4`, `Letter`; empty for a roll of labels.
    pub paper: &'static str,
    /// Width of the paper.
    pub paper_width_um: Micrometres,
    /// Height of the paper.
    pub paper_height_um: Micrometres,
    /// Labels beside each other.
    pub columns: u32,
    /// Labels below each other.
    pub rows: u32,
    /// Width of a label.
    pub label_width_um: Micrometres,
    /// Height of a label.
    pub label_height_um: Micrometres,
    /// Between two columns.
    pub gap_um: Micrometres,
}

/// Every layout, sheets with fewer labels first, rolls last. The measures are those of common label papers.
pub const SHEET_LAYOUTS: [SheetLayout; 8] = [
    a4("a4-3x8", 3, 8, (63_500, 33_900), 2_540),
    a4("a4-3x9", 3, 9, (70_000, 32_000), 0),
    a4("a4-4x10", 4, 10, (48_500, 25_400), 0),
    a4("a4-5x13", 5, 13, (38_100, 21_200), 2_500),
    letter("letter-3x10", 3, 10, (66_675, 25_400), 3_175),
    letter("letter-4x15", 4, 15, (44_450, 16_933), 7_620),
    roll("roll-62x29", (62_000, 29_000)),
    roll("roll-57x32", (57_000, 32_000)),
];

impl SheetLayout {
    /// The layout with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SHEET_LAYOUTS.iter().find(|it| it.name == name)
    }

    /// Labels on one sheet.
    pub fn labels_per_sheet(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// Sheets for so many labels, when the first `used` places of the first sheet are empty already.
    pub fn sheets(&self, labels: usize, used: usize) -> usize {
        if labels == 0 {
            0
        } else {
            (labels + used).div_ceil(self.labels_per_sheet())
        }
    }

    /// From the paper's left edge to the first label.
    pub fn left_um(&self) -> Micrometres {
        let gaps = self.gap_um * (self.columns - 1);
        (self.paper_width_um - self.columns * self.label_width_um - gaps) / 2
    }

    /// From the paper's upper edge to the first label.
    pub fn top_um(&self) -> Micrometres {
        (self.paper_height_um - self.rows * self.label_height_um) / 2
    }

    /// One side of the QR code, its quiet zone included: as large as the label is high, but no more than half of its
    /// width, so that the words beside it keep their room.
    pub fn code_um(&self) -> Micrometres {
        (self.label_height_um - 2 * LABEL_PADDING_UM).min(self.label_width_um / 2)
    }
}

/// Around what is printed on a label: printers are off by as much.
pub const LABEL_PADDING_UM: Micrometres = 1_000;

/// A length as style sheets write it: `63.5mm`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Millimetres(pub Micrometres);

impl fmt::Display for Millimetres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000, self.0 % 1_000);
        if rest == 0 {
            write!(f, "{whole}")
        } else {
            let digits = format!("{rest:03}");
            write!(f, "{whole}.{}", digits.trim_end_matches('0'))
        }
    }
}

const fn a4(
    name: &'static str,
    columns: u32,
    rows: u32,
    label_um: (Micrometres, Micrometres),
    gap_um: Micrometres,
) -> SheetLayout {
    SheetLayout {
        name,
        paper: "A4",
        paper_width_um: 210_000,
        paper_height_um: 297_000,
        columns,
        rows,
        label_width_um: label_um.0,
        label_height_um: label_um.1,
        gap_um,
    }
}

const fn letter(
    name: &'static str,
    columns: u32,
    rows: u32,
    label_um: (Micrometres, Micrometres),
    gap_um: Micrometres,
) -> SheetLayout {
    SheetLayout {
        paper: "Letter",
        paper_width_um: 215_900,
        paper_height_um: 279_400,
        ..a4(name, columns, rows, label_um, gap_um)
    }
}

const fn roll(name: &'static str, label_um: (Micrometres, Micrometres)) -> SheetLayout {
    SheetLayout {
        paper: "",
        paper_width_um: label_um.0,
        paper_height_um: label_um.1,
        ..a4(name, 1, 1, label_um, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest QR code with its quiet zone.
    const MODULES: u32 = 21 + 2 * 4;

    #[test]
    fn every_layout_fits_on_its_paper_and_holds_a_code_that_a_phone_can_read() {
        for layout in &SHEET_LAYOUTS {
            let name = layout.name;
            let wide = layout.columns * layout.label_width_um + (layout.columns - 1) * layout.gap_um;
            assert!(wide <= layout.paper_width_um, "{name}");
            assert!(
                layout.rows * layout.label_height_um <= layout.paper_height_um,
                "{name}"
            );
            assert!(
                matches!(layout.labels_per_sheet(), 1 | 24..=65),
                "{name}: {}",
                layout.labels_per_sheet()
            );
            assert!(layout.code_um() / MODULES >= 500, "{name}: {}", layout.code_um());
            assert_eq!(SheetLayout::named(name), Some(layout));
        }
        assert_eq!(SheetLayout::named("a4"), None);
    }

    #[test]
    fn margins_are_those_of_the_papers_that_are_sold() {
        let margins = |name| {
            let layout = SheetLayout::named(name).unwrap();
            (layout.left_um(), layout.top_um())
        };
        assert_eq!(margins("a4-3x8"), (7_210, 12_900));
        assert_eq!(margins("a4-5x13"), (4_750, 10_700));
        assert_eq!(margins("letter-3x10"), (4_762, 12_700));
        assert_eq!(margins("roll-62x29"), (0, 0));
    }

    #[test]
    fn a_partly_used_sheet_counts_as_one() {
        let layout = SheetLayout::named("a4-3x8").unwrap();
        for (labels, used, sheets) in [(0, 5, 0), (24, 0, 1), (24, 1, 2), (1, 23, 1), (49, 0, 3)] {
            assert_eq!(layout.sheets(labels, used), sheets, "{labels} after {used}");
        }
    }

    #[test]
    fn lengths_are_written_without_idle_zeros() {
        for (um, text) in [
            (63_500, "63.5"),
            (210_000, "210"),
            (2_540, "2.54"),
            (16_933, "16.933"),
            (40, "0.04"),
        ] {
            assert_eq!(Millimetres(um).to_string(), text);
        }
    }
}
