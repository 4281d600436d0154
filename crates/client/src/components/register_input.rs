//! The register as an input: typing fills its cells from the right, and what it can't show can't be typed.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::register_display::{cells, draw_cells, register_digits};

/// The digits that were typed, without leading zeros being lost and without a decimal point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    digits: String,
    length: usize,
    decimals: usize,
}

impl Typed {
    /// Nothing typed yet.
    pub(crate) fn new(dials: u32, decimals: u32) -> Self {
        Self {
            digits: String::new(),
            length: (dials + decimals) as usize,
            decimals: decimals as usize,
        }
    }

    /// From text that was pasted, or kept as a draft: `55205.186`. Whatever does not fit is left out.
    pub(crate) fn set_text(&mut self, text: &str) {
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
        self.digits = whole.chars().filter(char::is_ascii_digit).collect();
        if text.contains(['.', ',']) {
            let fraction: String = fraction.chars().filter(char::is_ascii_digit).collect();
            self.digits
                .push_str(&format!("{fraction:0<width$}", width = self.decimals)[..self.decimals]);
        }
        self.digits.truncate(self.length);
    }

    /// One more digit at the right; a full register takes none.
    pub(crate) fn push(&mut self, digit: char) {
        if digit.is_ascii_digit() && self.digits.len() < self.length {
            self.digits.push(digit);
        }
    }

    /// Takes the last digit away.
    pub(crate) fn erase(&mut self) {
        self.digits.pop();
    }

    /// Takes all digits away.
    pub(crate) fn clear(&mut self) {
        self.digits.clear();
    }

    /// Digits behind the decimal point.
    pub(crate) fn decimals(&self) -> usize {
        self.decimals
    }

    /// Moves the decimal point; the digits stay.
    pub(crate) fn set_decimals(&mut self, decimals: usize) {
        self.decimals = decimals.min(self.length.saturating_sub(1));
    }

    /// Whether nothing is typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether this number has more digits than are typed so far.
    pub(crate) fn is_shorter_than(&self, text: &str) -> bool {
        let decimals = u32::try_from(self.decimals).unwrap_or(0);
        self.digits.len() < register_digits(text, decimals).trim_start_matches('0').len()
    }

    /// The number as text, with the decimal point where the register has it; empty when nothing is typed.
    pub(crate) fn text(&self) -> String {
        if self.digits.is_empty() {
            return String::new();
        }
        let padded = format!("{:0>width$}", self.digits, width = self.decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - self.decimals);
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        if fraction.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        }
    }
}

/// The display with the real input over it: hardware keys, paste and screen readers reach that one.
#[component]
pub(crate) fn RegisterInput(
    typed: RwSignal<Typed>,
    /// Said by screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Enter was pressed.
    #[prop(into)]
    on_enter: Callback<()>,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // Fails only when the element has left the document.
            let _ = field.focus();
        }
    });
    let on_keydown = move |event: KeyboardEvent| {
        if !event.ctrl_key() && !event.meta_key() && !event.alt_key() && press(typed, on_enter, &event.key())
        {
            event.prevent_default();
        }
    };
    let count = move || typed.with(|it| it.length.to_string());
    let decimals = move || typed.with(|it| it.decimals.to_string());
    view! {
        <div class="register-input" style:--cells=count style:--decimals=decimals>
            <span class="register" aria-hidden="true">{move || typed.with(draw)}</span>
            <input
                class="register-input__field"
                node_ref=field
                type="text"
                inputmode="none"
                autocomplete="off"
                aria-label=move || label.get()
                data-testid="value"
                prop:value=move || typed.with(Typed::text)
                on:keydown=on_keydown
                on:input:target=move |event| typed.update(|it| it.set_text(&event.target().value()))
            />
        </div>
    }
}

/// `true` when the key was meant for the register.
fn press(typed: RwSignal<Typed>, on_enter: Callback<()>, key: &str) -> bool {
    match key {
        "Enter" => on_enter.run(()),
        "Backspace" => typed.update(Typed::erase),
        "Delete" => typed.update(Typed::clear),
        // The decimal point stands where the register has it, whoever types one.
        "." | "," => {}
        _ => {
            let mut characters = key.chars();
            match (characters.next(), characters.next()) {
                (Some(digit), None) if digit.is_ascii_digit() => typed.update(|it| it.push(digit)),
                // Any other single character would fall into the unseen input.
                (Some(_), None) => {}
                _ => return false,
            }
        }
    }
    true
}

fn draw(typed: &Typed) -> impl IntoView + use<> {
    let lit = if typed.is_empty() { 0 } else { typed.decimals + 1 };
    let next = typed.length.checked_sub(1).filter(|_| typed.is_empty());
    let cells = cells(&typed.digits, typed.length, lit);
    draw_cells(&cells, u32::try_from(typed.decimals).unwrap_or(0), next)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn type_in(dials: u32, decimals: u32, keys: &str) -> Typed {
        let mut typed = Typed::new(dials, decimals);
        for key in keys.chars() {
            typed.push(key);
        }
        typed
    }

    #[test]
    fn typing_fills_from_the_right() {
        assert_eq!(type_in(5, 0, "46211").text(), "46211");
        assert_eq!(type_in(5, 3, "55205186").text(), "55205.186");
        assert_eq!(type_in(5, 3, "7").text(), "0.007");
    }

    #[test]
    fn an_over_long_number_cannot_be_typed() {
        assert_eq!(type_in(5, 0, "462119").text(), "46211");
    }

    #[test]
    fn leading_zeros_are_no_other_number() {
        assert_eq!(type_in(5, 0, "00011").text(), "11");
        assert_eq!(type_in(5, 0, "0").text(), "0");
    }

    #[test]
    fn a_draft_comes_back_as_it_was_typed() {
        let mut typed = Typed::new(5, 3);
        typed.set_text("55205.186");
        assert_eq!(typed.text(), "55205.186");
        typed.set_text("0.007");
        assert_eq!(typed.text(), "0.007");
    }

    #[test]
    fn nothing_typed_is_no_number() {
        assert_eq!(Typed::new(5, 0).text(), "");
    }
}
