//! A value as the dial of a meter shows it.

use leptos::prelude::*;

use crate::wording::locale;

/// One cell of a dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// What it shows.
    pub digit: char,
    /// A leading zero, or a place where nothing was typed yet.
    pub faint: bool,
}

/// The cells of a dial of `length` digits that shows these digits (no decimal point); leading zeros are faint, except
/// in front of the last `lit` places.
pub fn cells(digits: &str, length: usize, lit: usize) -> Vec<Cell> {
    let padding = length.saturating_sub(digits.len());
    let leading = digits.bytes().take_while(|digit| *digit == b'0').count();
    let first_lit = (padding + leading).min(length.saturating_sub(lit));
    std::iter::repeat_n('0', padding)
        .chain(digits.chars())
        .enumerate()
        .map(|(place, digit)| Cell {
            digit,
            faint: place < first_lit,
        })
        .collect()
}

/// A decimal number as text, laid out over the places of a register: `12.5` on 5.3 is `12500`.
pub fn register_digits(value: &str, decimals: u32) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let width = decimals as usize;
    let fraction: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(width)
        .collect();
    format!("{}{fraction}", whole.trim_start_matches('-'))
}

/// Draws the cells: whole digits, then the decimals in their red frame.
pub fn draw_cells(cells: &[Cell], decimals: u32, next: Option<usize>) -> impl IntoView + use<> {
    let whole = cells.len().saturating_sub(decimals as usize);
    let draw = |place: usize, cell: &Cell| {
        let class = match (cell.faint, next == Some(place)) {
            (_, true) => "register__cell register__cell--faint register__cell--next",
            (true, false) => "register__cell register__cell--faint",
            (false, false) => "register__cell",
        };
        view! { <span class=class>{cell.digit}</span> }
    };
    let whole_cells = cells
        .iter()
        .take(whole)
        .enumerate()
        .map(|(place, cell)| draw(place, cell))
        .collect_view();
    let decimal_cells = cells
        .iter()
        .enumerate()
        .skip(whole)
        .map(|(place, cell)| draw(place, cell))
        .collect_view();
    view! {
        {whole_cells}
        {(decimals > 0).then(|| view! { <span class="register__decimals">{decimal_cells}</span> })}
    }
}

/// The display; screen readers hear one number.
#[component]
pub fn RegisterDisplay(
    /// A decimal number as text.
    #[prop(into)]
    value: String,
    /// Whole digits.
    dials: u32,
    /// Decimals.
    decimals: u32,
    /// Larger.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let spoken = locale::decimal(&value);
    let length = (dials + decimals) as usize;
    let cells = cells(&register_digits(&value, decimals), length, decimals as usize + 1);
    view! {
        <span class=if large { "register register--l" } else { "register register--m" } role="img" aria-label=spoken>
            {draw_cells(&cells, decimals, None)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn check(digits: &str, length: usize, lit: usize, expected: &str) {
        let drawn: String = cells(digits, length, lit)
            .iter()
            .map(|it| if it.faint { '_' } else { it.digit })
            .collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn leading_zeros_are_faint() {
        check("46211", 5, 1, "46211");
        check("11", 5, 1, "___11");
        check("00011", 5, 1, "___11");
    }

    #[test]
    fn the_places_around_the_decimal_point_are_lit() {
        check("0", 1 + 3, 4, "0000");
        check("7", 8, 4, "____0007");
    }

    #[test]
    fn nothing_typed_lights_nothing() {
        check("", 5, 0, "_____");
    }

    #[test]
    fn a_value_takes_the_places_of_its_register() {
        assert_eq!(register_digits("12.5", 3), "12500");
        assert_eq!(register_digits("46211", 0), "46211");
        assert_eq!(register_digits("7", 2), "700");
    }
}
