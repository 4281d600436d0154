//! Walking orders that were changed on this phone: kept here first, told to the server afterwards, and shown until the list
//! has them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use shared::code::normal;
use shared::overlay::{OnPhone, phone_wins};
use shared::timestamp::Timestamp;
use shared::walking_order::{UnitKey, arrange};
use shared::wire::list::MeterPointRow;
use shared::wire::walking_order::{WalkedUnit, WalkingOrder};

use super::core::Core;
use crate::adapters::api::{self, OrderAnswer};
use crate::adapters::entropy;
use crate::adapters::idb::StoreError;
use crate::view_state::PhoneList;

/// The order of one property.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Walk {
    property_code: String,
    units: Vec<WalkedUnit>,
    /// When the server had it; absent while it waits.
    told_at: Option<Timestamp>,
}

impl Walk {
    fn is_shown(&self, refreshed_at: Option<Timestamp>) -> bool {
        let on_phone = self.told_at.map_or(OnPhone::Waiting, OnPhone::Sent);
        phone_wins(on_phone, true, refreshed_at)
    }
}

/// What this phone knows of them, by property.
#[derive(Default)]
pub(crate) struct Walks {
    known: RefCell<BTreeMap<String, Walk>>,
    telling: Cell<bool>,
}

impl Walks {
    /// Nobody's.
    pub(crate) fn clear(&self) {
        self.known.take();
    }

    /// The order of this property is not with the server yet.
    pub(crate) fn waits(&self, property_code: &str) -> bool {
        let known = self.known.borrow();
        known
            .get(&normal(property_code))
            .is_some_and(|walk| walk.told_at.is_none())
    }

    /// Positions of the list's rows in the order in which they are walked.
    pub(super) fn order_of(&self, list: &PhoneList) -> Vec<usize> {
        let known = self.known.borrow();
        let mut order: Vec<usize> = (0..list.rows.len()).collect();
        if known.is_empty() {
            return order;
        }
        let mut start = 0;
        for rows in list
            .rows
            .chunk_by(|one, other| one.property_code == other.property_code)
        {
            let end = start + rows.len();
            let walk = rows
                .first()
                .and_then(|row| known.get(&normal(&row.property_code)));
            if let (Some(walk), Some(places)) = (walk, order.get_mut(start..end))
                && walk.is_shown(list.refreshed_at)
            {
                let arranged = arranged(rows, &walk.units);
                places
                    .iter_mut()
                    .zip(arranged)
                    .for_each(|(place, at)| *place = start + at);
            }
            start = end;
        }
        order
    }
}

fn arranged(rows: &[Arc<MeterPointRow>], units: &[WalkedUnit]) -> Vec<usize> {
    let present: Vec<UnitKey> = rows
        .iter()
        .map(|row| UnitKey::new(&row.building, &row.unit_no))
        .collect();
    let wanted: Vec<UnitKey> = units
        .iter()
        .map(|unit| UnitKey::new(&unit.building, &unit.unit_no))
        .collect();
    arrange(&present, &wanted)
}

/// Reads what is stored.
pub(super) async fn load(core: &Core, username: &str) {
    let generation = core.generation();
    let Ok(stored) = core.outbox.load_orders(username).await else {
        return;
    };
    let walks = stored
        .iter()
        .filter_map(|text| serde_json::from_str::<Walk>(text).ok());
    if core.generation() == generation {
        let by_property = walks.map(|walk| (normal(&walk.property_code), walk)).collect();
        core.walks.known.replace(by_property);
    }
}

/// Keeps an order; shown and told only when it is stored.
pub(crate) async fn keep(
    core: &Rc<Core>,
    property_code: &str,
    units: Vec<WalkedUnit>,
) -> Result<(), StoreError> {
    let walk = Walk {
        property_code: property_code.to_owned(),
        units,
        told_at: None,
    };
    store(core, &walk).await?;
    core.walks.known.borrow_mut().insert(normal(property_code), walk);
    core.draw_round();
    tell(core);
    Ok(())
}

async fn store(core: &Core, walk: &Walk) -> Result<(), StoreError> {
    let (Some(person), Ok(text)) = (core.person(), serde_json::to_string(walk)) else {
        return Ok(());
    };
    let save = core
        .outbox
        .save_order(&person.username, &walk.property_code, &text);
    save.await
}

/// Tells the server what it does not know yet. What fails is told after the next run.
pub(super) fn tell(core: &Rc<Core>) {
    let waits = core
        .walks
        .known
        .borrow()
        .values()
        .any(|walk| walk.told_at.is_none());
    if !waits || core.walks.telling.replace(true) {
        return;
    }
    let core = Rc::clone(core);
    spawn_local(async move {
        while let Some(walk) = first_waiting(&core) {
            if !tell_one(&core, walk).await {
                break;
            }
        }
        core.walks.telling.set(false);
    });
}

fn first_waiting(core: &Core) -> Option<Walk> {
    let known = core.walks.known.borrow();
    known.values().find(|walk| walk.told_at.is_none()).cloned()
}

/// Whether to go on with the others.
async fn tell_one(core: &Rc<Core>, walk: Walk) -> bool {
    let generation = core.generation();
    let order = WalkingOrder {
        units: walk.units.clone(),
    };
    let answer = api::put_walking_order(&walk.property_code, &order).await;
    if core.generation() != generation {
        return false;
    }
    let key = normal(&walk.property_code);
    // Changed meanwhile: the newer one is told next.
    let is_present = core.walks.known.borrow().get(&key) == Some(&walk);
    match answer {
        OrderAnswer::Later => return false,
        OrderAnswer::Kept | OrderAnswer::Refused if !is_present => {}
        OrderAnswer::Kept => {
            let told = Walk {
                told_at: Some(entropy::now()),
                ..walk
            };
            // What is not stored is told once more, which changes nothing.
            let _ = store(core, &told).await;
            core.walks.known.borrow_mut().insert(key, told);
            core.draw_round_soon();
        }
        // The property is not this person's any more.
        OrderAnswer::Refused => forget(core, &walk.property_code).await,
    }
    true
}

/// A list has come: what it holds needs to be remembered no more.
pub(super) fn list_came(core: &Rc<Core>) {
    let refreshed_at = core.view.list.with_untracked(|list| list.refreshed_at);
    let known = core.walks.known.borrow();
    let listed: Vec<String> = known
        .values()
        .filter(|walk| !walk.is_shown(refreshed_at))
        .map(|walk| walk.property_code.clone())
        .collect();
    drop(known);
    if listed.is_empty() {
        return;
    }
    let core = Rc::clone(core);
    spawn_local(async move {
        for property_code in listed {
            forget(&core, &property_code).await;
        }
    });
}

async fn forget(core: &Core, property_code: &str) {
    core.walks.known.borrow_mut().remove(&normal(property_code));
    if let Some(person) = core.person() {
        // What stays is older than the list, so it is not shown.
        let _ = core.outbox.drop_order(&person.username, property_code).await;
    }
}
