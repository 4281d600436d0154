//! The chart of one utility: one bar a month, the one that is looked at strong, the earlier ones soft.

use plotters::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use shared::wire::dashboard::{MonthConsumption, UtilityConsumption};

const WIDTH: u32 = 760;
const HEIGHT: u32 = 220;
const MARGIN: u32 = 8;
const MONTHS_HEIGHT: u32 = 26;
const NUMBERS_WIDTH: u32 = 72;
const NUMBERS: usize = 5;
const TEXT: (&str, u32) = ("sans-serif", 12);
/// Between a bar and the end of its month's place, in pixels.
const BAR_GAP: u32 = 7;

/// Whose colours it is drawn in: those of the pages around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChartLook {
    /// By day.
    #[default]
    Light,
    /// By night.
    Dark,
    /// In the sun.
    Sunlight,
}

struct Colours {
    strong: RGBColor,
    soft: RGBColor,
    text: RGBColor,
    line: RGBColor,
}

impl ChartLook {
    /// As the page names it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            "sunlight" => Some(Self::Sunlight),
            _ => None,
        }
    }

    /// The tokens accent, a softer accent that keeps 3 : 1 to the surface, ink-soft, and hairline.
    fn colours(self) -> Colours {
        match self {
            Self::Light => Colours {
                strong: RGBColor(0x0b, 0x66, 0x68),
                soft: RGBColor(0x6f, 0x9f, 0xa0),
                text: RGBColor(0x4b, 0x55, 0x63),
                line: RGBColor(0xdd, 0xe2, 0xe8),
            },
            Self::Dark => Colours {
                strong: RGBColor(0x52, 0xc5, 0xc1),
                soft: RGBColor(0x3a, 0x76, 0x75),
                text: RGBColor(0xa8, 0xb3, 0xc1),
                line: RGBColor(0x29, 0x31, 0x3b),
            },
            Self::Sunlight => Colours {
                strong: RGBColor(0x00, 0x3e, 0x40),
                soft: RGBColor(0x5a, 0x7d, 0x7e),
                text: RGBColor(0x00, 0x00, 0x00),
                line: RGBColor(0x99, 0x99, 0x99),
            },
        }
    }
}

/// The picture as SVG, on no ground of its own.
pub fn draw(
    utility: &UtilityConsumption,
    look: ChartLook,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let colours = look.colours();
    // Only the height of a bar is reckoned in binary fractions; the sums beside the picture are exact.
    let heights: Vec<f64> = utility.months.iter().map(height).collect();
    let low = heights.iter().copied().fold(0.0, f64::min);
    let high = heights.iter().copied().fold(0.0, f64::max);
    let high = if high > low { high * 1.05 } else { 1.0 };
    let count = u32::try_from(heights.len()).unwrap_or(1);
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin(MARGIN)
            .x_label_area_size(MONTHS_HEIGHT)
            .y_label_area_size(NUMBERS_WIDTH)
            .build_cartesian_2d((0..count.saturating_sub(1)).into_segmented(), low * 1.05..high)?;
        let month = |place: &SegmentValue<u32>| match place {
            SegmentValue::CenterOf(place) => label(&utility.months, *place),
            _ => String::new(),
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(colours.line)
            .axis_style(colours.line)
            .label_style(TEXT.into_font().color(&colours.text))
            .x_labels(heights.len())
            .y_labels(NUMBERS)
            .x_label_formatter(&month)
            .y_label_formatter(&|it| short(*it))
            .draw()?;
        chart.draw_series(heights.iter().zip(0..count).map(|(height, place)| {
            let colour = if place + 1 == count {
                colours.strong
            } else {
                colours.soft
            };
            let corners = [
                (SegmentValue::Exact(place), 0.0),
                (SegmentValue::Exact(place + 1), *height),
            ];
            let mut bar = Rectangle::new(corners, colour.filled());
            bar.set_margin(0, 0, BAR_GAP, BAR_GAP);
            bar
        }))?;
        root.present()?;
    }
    Ok(svg)
}

fn height(month: &MonthConsumption) -> f64 {
    let sum = month
        .consumption
        .as_deref()
        .and_then(|it| it.parse::<rust_decimal::Decimal>().ok());
    sum.and_then(|it| it.to_f64()).unwrap_or(0.0)
}

/// Numbers alone, so that the picture speaks no language.
fn label(months: &[MonthConsumption], place: u32) -> String {
    let month = usize::try_from(place).ok().and_then(|it| months.get(it));
    month.map(|it| it.period.clone()).unwrap_or_default()
}

/// `1.2 M`, `340 k`: the axis tells how much, the table beside it how much exactly.
fn short(number: f64) -> String {
    match number.abs() {
        size if size >= 1e9 => format!("{:.1} G", number / 1e9),
        size if size >= 1e6 => format!("{:.1} M", number / 1e6),
        size if size >= 1e4 => format!("{:.0} k", number / 1e3),
        size if size >= 10.0 || size == 0.0 => format!("{number:.0}"),
        _ => format!("{number:.2}"),
    }
}
