//! The round as a person sees it: the server's list, covered by what is on the phone.

use crate::timestamp::Timestamp;

/// Where an item of this phone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnPhone {
    /// It waits to be sent.
    Waiting,
    /// It needs attention.
    Shelf,
    /// The server has it, since this moment as far as this phone knows.
    Sent(Timestamp),
}

/// Whether the phone's item is shown and not what the list says. The phone wins until the server has the item and the
/// list can show it; afterwards the item only fills gaps. `list_has_it`: the list names an official value there;
/// `refreshed_at`: when the list was fetched.
pub fn phone_wins(on_phone: OnPhone, list_has_it: bool, refreshed_at: Option<Timestamp>) -> bool {
    match on_phone {
        OnPhone::Waiting | OnPhone::Shelf => true,
        OnPhone::Sent(at) => !list_has_it || refreshed_at.is_none_or(|refreshed| refreshed < at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn what_the_server_has_not_confirmed_wins_over_any_list() {
        for on_phone in [OnPhone::Waiting, OnPhone::Shelf] {
            for refreshed_at in [None, Some(at(0)), Some(at(i64::MAX))] {
                assert!(
                    phone_wins(on_phone, true, refreshed_at),
                    "{on_phone:?} {refreshed_at:?}"
                );
                assert!(phone_wins(on_phone, false, refreshed_at));
            }
        }
    }

    #[test]
    fn what_was_received_wins_until_a_list_that_is_younger_than_the_receipt_has_come() {
        assert!(phone_wins(OnPhone::Sent(at(10)), true, None));
        assert!(phone_wins(OnPhone::Sent(at(10)), true, Some(at(9))));
        assert!(!phone_wins(OnPhone::Sent(at(10)), true, Some(at(10))));
    }

    #[test]
    fn what_was_received_fills_the_gap_that_the_list_leaves() {
        assert!(phone_wins(OnPhone::Sent(at(10)), false, Some(at(11))));
    }
}
