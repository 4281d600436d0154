//! The office's own revision of an item: what came, with what the office says in its place.

use crate::intake::{DecisionError, Filed, Ruling};
use crate::item::{Body, Item};
use crate::names::{Kind, Reason};
use crate::timestamp::LocalTime;
use crate::wire::batch::WireItem;

/// What the decision is about, as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Original {
    /// The text that was sent.
    pub wire: WireItem,
    /// When it was really read, as far as that is known.
    pub read_at: LocalTime,
    /// When the server got it.
    pub received_at: LocalTime,
}

/// The number of the next revision by the office.
pub fn next_revision(filed: &[Filed]) -> u32 {
    filed
        .iter()
        .map(|it| it.revision)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}

/// The revision that an order asks for. It is read when the original was read, belongs to the same period and keeps who
/// read, the photos and the remarks; what checks the phone raised was about what it said.
pub fn rewrite(
    original: &Original,
    filed: &Filed,
    ruling: &Ruling,
    revision: u32,
) -> Result<WireItem, DecisionError> {
    let item = Item::parse(&original.wire).map_err(|_| DecisionError::Unreadable)?;
    let is_exchange = matches!(item.body, Body::Exchange(_));
    let mut wire = WireItem {
        revision,
        device_seq: 0,
        period: filed.period.map(|it| it.to_string()),
        read_at: original.read_at.to_rfc3339(),
        flags: Vec::new(),
        clock: None,
        ..original.wire.clone()
    };
    match ruling {
        Ruling::Correct(_) | Ruling::KeepBoth if is_exchange => return Err(DecisionError::Exchange),
        Ruling::Correct(value) => {
            wire.value = Some(value.to_string());
            wire.skip_reason = None;
        }
        Ruling::KeepBoth => wire.kind = Some(Kind::Check.name().to_owned()),
        Ruling::Book(booking) => {
            let reason = filed.reason.and_then(|it| Reason::parse(it.name()));
            if let Some(place) = &booking.place {
                wire.property_code = Some(place.property_code.clone());
                wire.building = Some(place.building.clone());
                wire.unit_no = Some(place.unit_no.clone());
                wire.utility = Some(place.utility.clone());
                wire.point = Some(place.point.clone());
                wire.label_text = None;
            }
            // Whoever books it says that the meter of the books is meant.
            if (booking.place.is_some() || reason == Some(Reason::MeterMismatch)) && !is_exchange {
                wire.meter_serial = None;
            }
            // The phone's clock can't tell: it counts as read when it came.
            if reason == Some(Reason::ClockUndecidable) {
                wire.read_at = original.received_at.to_rfc3339();
            }
            if let Some(period) = booking.period {
                wire.period = Some(period.to_string());
            }
        }
        Ruling::TakeSecond { .. } => {}
        Ruling::Approve { .. }
        | Ruling::TakeBack
        | Ruling::SendBack
        | Ruling::Dismiss
        | Ruling::KeepFirst
        | Ruling::Estimate { .. }
        | Ruling::AskForReading { .. } => {
            return Err(DecisionError::Unreadable);
        }
    }
    Ok(wire)
}
