//! The round as a person sees it: the server's list, covered by what is on the phone.

use crate::checks::{Answers, Candidate, check_exchange};
use crate::id::ItemId;
use crate::item::{Body, ExchangePart, Item};
use crate::meter_point::MeterPoint;
use crate::names::{Kind, State};
use crate::reading_value::ReadingValue;
use crate::timestamp::Timestamp;
use crate::wire::list::{Decision, LatestReading, MeterPointRow, RuleSettings, Statistics, TakenOverRow};
use crate::zone::Zone;

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

/// Whether the office has decided that this revision of an item counts no more: it was sent back, dismissed, or taken
/// out in another way.
pub fn takes_out(decision: &Decision, id: ItemId, revision: u32) -> bool {
    let counts = State::parse(&decision.state).is_none_or(State::is_official);
    decision.id == id && decision.revision >= revision && !counts
}

/// Whether the office has decided about this revision of an item that needs attention, whatever it decided: it leaves the
/// shelf of its phone.
pub fn leaves_shelf(decision: &Decision, id: ItemId, revision: u32) -> bool {
    let open = matches!(
        State::parse(&decision.state),
        Some(State::Conflict | State::Rejected)
    );
    decision.id == id && decision.revision >= revision && !open
}

/// The row of the list once this exchange has arrived: the next reading compares with the new meter. `None` where the
/// item is no exchange or the row's meter is not the one that it takes away: then the list knows better.
pub fn row_after_exchange(
    row: &MeterPointRow,
    item: &Item,
    zone: &Zone,
    settings: &RuleSettings,
) -> Option<MeterPointRow> {
    let Body::Exchange(parts) = &item.body else {
        return None;
    };
    let of_kind = |kind| parts.iter().find(|it| it.kind == kind);
    let removed = of_kind(Kind::MeterRemoved).map_or("", |it| it.meter_serial.normal());
    if crate::code::normal(&row.meter_serial) != removed {
        return None;
    }
    let candidate = Candidate {
        id: item.id,
        kind: Kind::MeterRemoved,
        value: ReadingValue::default(),
        read_at: item.read_at.at,
        meter_serial: "",
        already_read: false,
        answers: Answers::from_names(item.answers.iter().map(String::as_str)),
    };
    let checked = check_exchange(&MeterPoint::from_row(row), zone, settings, &candidate, parts);
    let carried = checked.carried()?;
    let meter = checked.new_meter?;
    let read_at = item.read_at.to_rfc3339();
    let latest = |part: &ExchangePart| LatestReading {
        value: meter.register.print(part.value),
        read_at: read_at.clone(),
        period: item.period.map(|it| it.to_string()).unwrap_or_default(),
        kind: part.kind.name().to_owned(),
        captured_by: item.captured_by.shown().to_owned(),
    };
    Some(MeterPointRow {
        meter_serial: meter.serial.shown().to_owned(),
        dials: meter.register.dials(),
        decimals: meter.register.decimals(),
        multiplier: meter.register.multiplier().to_string(),
        installed_on: zone.date_at(item.read_at.at).to_string(),
        initial_value: meter.register.print(meter.initial_value),
        taken_over: Some(TakenOverRow {
            at: read_at.clone(),
            carried: carried.to_string(),
        }),
        latest: of_kind(Kind::Regular).map(latest),
        consumption: checked.consumption.map(|it| it.to_string()),
        statistics: Statistics::default(),
        ..row.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::samples::{exchange_part, reading};
    use crate::wire::batch::WireItem;
    use crate::zone::tests::guam;

    fn row() -> MeterPointRow {
        MeterPointRow {
            id: "7".to_owned(),
            meter_serial: "E76496171".to_owned(),
            dials: 5,
            multiplier: "10".to_owned(),
            initial_value: "0".to_owned(),
            latest: Some(LatestReading {
                value: "46000".to_owned(),
                read_at: "2026-10-28T09:00:00+10:00".to_owned(),
                kind: "regular".to_owned(),
                ..LatestReading::default()
            }),
            ..MeterPointRow::default()
        }
    }

    fn exchange(removed: &str, with_regular: bool) -> Item {
        let mut exchange = vec![
            exchange_part("meter_removed", removed, "46100"),
            exchange_part("meter_installed", "N1", "3.5"),
        ];
        (exchange[1].dials, exchange[1].decimals) = (Some(6), Some(1));
        if with_regular {
            exchange.push(exchange_part("regular", "N1", "4"));
        }
        Item::parse(&WireItem {
            value: None,
            exchange,
            ..reading()
        })
        .unwrap()
    }

    fn after(item: &Item) -> Option<MeterPointRow> {
        row_after_exchange(&row(), item, &guam(), &RuleSettings::default())
    }

    #[test]
    fn the_next_reading_compares_with_the_new_meter_at_once() {
        let row = after(&exchange("e76496171", false)).unwrap();
        assert_eq!(
            (
                row.id.as_str(),
                row.meter_serial.as_str(),
                row.dials,
                row.decimals
            ),
            ("7", "N1", 6, 1)
        );
        assert_eq!(
            (row.initial_value.as_str(), row.latest, row.installed_on.as_str()),
            ("3.5", None, "2026-11-27")
        );
        assert_eq!(row.taken_over.map(|it| it.carried).as_deref(), Some("1000"));
        let row = after(&exchange("E76496171", true)).unwrap();
        assert_eq!(row.latest.map(|it| it.value).as_deref(), Some("4.0"));
        assert_eq!(row.consumption.as_deref(), Some("1005"));
    }

    #[test]
    fn what_was_sent_back_counts_no_more() {
        let id = ItemId::new(at(1), [1; 10]);
        let decision = |state: &str, revision| Decision {
            id,
            revision,
            state: state.to_owned(),
            ..Decision::default()
        };
        assert!(takes_out(&decision("sent_back", 1), id, 1));
        assert!(!takes_out(&decision("sent_back", 1), id, 2), "read again since");
        assert!(!takes_out(&decision("approved", 1), id, 1));
        assert!(!takes_out(
            &decision("sent_back", 1),
            ItemId::new(at(2), [1; 10]),
            1
        ));
    }

    #[test]
    fn what_the_office_has_decided_leaves_the_shelf_and_a_later_edit_stays() {
        let id = ItemId::new(at(1), [1; 10]);
        let decision = |state: &str, revision| Decision {
            id,
            revision,
            state: state.to_owned(),
            ..Decision::default()
        };
        for state in ["dismissed", "superseded", "received"] {
            assert!(leaves_shelf(&decision(state, 1), id, 1), "{state}");
        }
        assert!(
            leaves_shelf(&decision("received", 2), id, 1),
            "the office's own revision"
        );
        assert!(!leaves_shelf(&decision("dismissed", 1), id, 2));
        assert!(
            !leaves_shelf(&decision("conflict", 2), id, 1),
            "booked, and in conflict"
        );
        assert!(!leaves_shelf(
            &decision("dismissed", 1),
            ItemId::new(at(2), [1; 10]),
            1
        ));
    }

    #[test]
    fn a_list_that_has_another_meter_already_is_left_as_it_is() {
        assert_eq!(after(&exchange("E1", false)), None);
        assert_eq!(after(&Item::parse(&reading()).unwrap()), None);
    }

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
