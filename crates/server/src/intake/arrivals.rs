//! From what was read to what is judged: the same for a phone's batch and for a file.

use shared::intake::{Access, Arrival, DeviceStanding, is_wrong_person};
use shared::item::ItemError;

use super::batch_body::ReadItem;
use crate::auth::PropertyScope;
use crate::store::DeviceState;

/// The items as the rules take them; `None` when one of them says that somebody else captured it: nobody files anything in
/// another's name, also not what is no item otherwise.
pub fn arrivals_of(items: &[ReadItem<'_>], person: &str) -> Option<Vec<Arrival>> {
    let arrivals: Vec<Arrival> = items.iter().map(arrival_of).collect();
    let wrong = is_wrong_person(person, &arrivals) || items.iter().any(|item| names_another(item, person));
    (!wrong).then_some(arrivals)
}

/// What the rules have to know of a phone.
pub fn standing_of(state: DeviceState) -> DeviceStanding {
    match state {
        DeviceState::Enrolled => DeviceStanding::Known,
        DeviceState::Unknown => DeviceStanding::Unknown,
        DeviceState::Revoked => DeviceStanding::Revoked,
    }
}

/// What the rules have to know of a person's properties.
pub fn access_of(scope: PropertyScope) -> Access {
    match scope {
        PropertyScope::All => Access::All,
        PropertyScope::Some(codes) => Access::Properties(codes),
    }
}

fn arrival_of(item: &ReadItem<'_>) -> Arrival {
    match &item.wire {
        Some(wire) => Arrival::of_wire(wire, item.text.as_bytes()),
        None => Arrival {
            device_seq: item.name.device_seq.unwrap_or(0),
            ..Arrival::of_error(
                item.name.id,
                item.name.revision,
                ItemError::Malformed,
                item.text.as_bytes(),
            )
        },
    }
}

fn names_another(item: &ReadItem<'_>, name: &str) -> bool {
    item.name
        .captured_by
        .as_deref()
        .is_some_and(|by| shared::code::normal(by) != name)
}
