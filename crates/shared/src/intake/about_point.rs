//! What the office decides about a meter point where nobody has read: a value is estimated, or a reading asked for.

use crate::id::ItemId;
use crate::intake::decide::accept;
use crate::intake::{
    Arrival, Change, DecisionError, Delivery, Ledger, MeterPointName, Occupant, OfficialKey, Order, Ruling,
};
use crate::meter_point::PointKey;
use crate::names::{Answer, Kind, State};
use crate::period::Period;
use crate::timestamp::LocalTime;
use crate::wire::batch::WireItem;

/// An estimate as an item of the office. A meter that went through zero is said to have done so, as a technician would.
pub fn estimate_item(
    id: ItemId,
    point: &MeterPointName,
    period: Period,
    estimate: crate::estimate::Estimate,
    at: LocalTime,
    by: &str,
) -> WireItem {
    let answers = estimate.rolled_over.then(|| Answer::RolledOver.name().to_owned());
    WireItem {
        id,
        revision: 1,
        property_code: Some(point.property_code.clone()),
        building: Some(point.building.clone()),
        unit_no: Some(point.unit_no.clone()),
        utility: Some(point.utility.clone()),
        point: Some(point.point.clone()),
        period: Some(period.to_string()),
        kind: Some(Kind::Regular.name().to_owned()),
        value: Some(estimate.value.to_string()),
        read_at: at.to_rfc3339(),
        captured_by: by.to_owned(),
        answers: answers.into_iter().collect(),
        ..WireItem::default()
    }
}

impl Ledger {
    pub(super) fn decide_about_point(
        &mut self,
        order: &Order,
        name: &MeterPointName,
        period: Option<Period>,
        filing: Option<(&Delivery, &Arrival)>,
    ) -> Result<Vec<Change>, DecisionError> {
        let point = name.key().ok_or(DecisionError::NotFound)?;
        if !self.points.contains_key(&point) {
            return Err(DecisionError::NotFound);
        }
        if period.is_some_and(|it| self.is_closed(point.property(), it)) {
            return Err(DecisionError::PeriodClosed);
        }
        let holder = period.and_then(|it| self.official.get(&OfficialKey::regular(&point, it)));
        let holder = holder.filter(|it| it.value.is_some());
        match (&order.ruling, filing) {
            (Ruling::AskForReading { .. }, _) => ask(order, point, holder),
            (_, Some((delivery, arrival))) => {
                let holder = holder.cloned();
                self.estimate(order, holder.as_ref(), delivery, arrival)
            }
            (_, None) => Err(DecisionError::Unreadable),
        }
    }

    // A value stands, also an estimated one and one that a new reading is asked for: an estimate takes the place of nothing
    // but a skip.
    fn estimate(
        &mut self,
        order: &Order,
        holder: Option<&Occupant>,
        delivery: &Delivery,
        arrival: &Arrival,
    ) -> Result<Vec<Change>, DecisionError> {
        let item = arrival.item.as_ref().map_err(|_| DecisionError::Unreadable)?;
        if let Some(holder) = holder {
            // An answer was lost, and the same is asked for again.
            let by_same = crate::code::normal(&holder.captured_by) == item.captured_by.normal();
            let is_same = holder.state == State::Estimated && holder.value == item.value() && by_same;
            return if is_same {
                Ok(Vec::new())
            } else {
                Err(DecisionError::OtherValue)
            };
        }
        if self.items.contains_key(&order.id) {
            return Err(DecisionError::OtherRevision);
        }
        let mut judgement = self.judge(delivery, item, None);
        accept(order, judgement.state, judgement.reason)?;
        judgement.state = State::Estimated;
        Ok(self.file(delivery, arrival, judgement, Vec::new()).changes)
    }
}

// Where somebody has read, the reading is sent back instead: that frees its key.
fn ask(order: &Order, point: PointKey, holder: Option<&Occupant>) -> Result<Vec<Change>, DecisionError> {
    if holder.is_some_and(|it| it.state != State::Estimated) {
        return Err(DecisionError::OtherValue);
    }
    let reason = order.reason.clone();
    Ok(vec![Change::AskForReading { point, reason }])
}
