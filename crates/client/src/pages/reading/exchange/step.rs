//! Where the form of an exchange is.

use shared::names::Flag;

use crate::view_state::ExchangeForm;

/// One thing is typed at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Final value of the old meter.
    LastValue,
    /// Serial and register of the new one.
    NewMeter,
    /// What the new one showed at the start.
    FirstValue,
    /// What it shows now, where that is the period's reading too.
    TodayValue,
}

/// What a check asks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Question {
    /// Lower than before: what happened? Holds the use if the meter rolled over.
    Lower(Option<String>),
    /// Once more without seeing the first value, which is held here.
    Again {
        first: String,
        flag: Flag,
        /// It was typed again, and was another value.
        differs: bool,
    },
    /// Nothing was used: is that so?
    Zero,
}

impl Step {
    /// The first thing that is missing; where nothing is, the last step.
    pub(super) fn of(form: &ExchangeForm, has_old: bool) -> Self {
        if has_old && form.last.is_empty() {
            Self::LastValue
        } else if form.serial.trim().is_empty() || form.dials == 0 {
            Self::NewMeter
        } else if form.today.is_some() && !form.first.is_empty() {
            Self::TodayValue
        } else {
            Self::FirstValue
        }
    }

    pub(super) fn number(self) -> usize {
        match self {
            Self::LastValue => 1,
            Self::NewMeter => 2,
            Self::FirstValue => 3,
            Self::TodayValue => 4,
        }
    }

    /// For tests.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::LastValue => "last_value",
            Self::NewMeter => "new_meter",
            Self::FirstValue => "first_value",
            Self::TodayValue => "today_value",
        }
    }

    pub(super) fn before(self) -> Option<Self> {
        match self {
            Self::LastValue => None,
            Self::NewMeter => Some(Self::LastValue),
            Self::FirstValue => Some(Self::NewMeter),
            Self::TodayValue => Some(Self::FirstValue),
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_draft_goes_on_with_what_is_missing() {
        let mut form = ExchangeForm::default();
        assert_eq!(Step::of(&form, true), Step::LastValue);
        assert_eq!(Step::of(&form, false), Step::NewMeter);
        form.last = String::from("46100");
        assert_eq!(Step::of(&form, true), Step::NewMeter);
        (form.serial, form.dials) = (String::from("N1"), 5);
        assert_eq!(Step::of(&form, true), Step::FirstValue);
        (form.first, form.today) = (String::from("3"), Some(String::new()));
        assert_eq!(Step::of(&form, true), Step::TodayValue);
    }
}
