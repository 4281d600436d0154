//! Takes arrivals into the ledger: replays first, then revisions, then what is new.

use crate::intake::file::RivalOf;
use crate::intake::judge::{Judgement, standing_reason};
use crate::intake::needs::certain_time_of;
use crate::intake::{Arrival, Change, Delivery, DeviceStanding, Filed, Ledger, Taken};
use crate::item::{Body, Item};
use crate::names::{Reason, State};
use crate::period::Period;

impl Ledger {
    /// Takes a batch in its order. Certain times are noted first, so that they bound uncertain neighbours on both
    /// sides.
    pub fn take_batch(&mut self, delivery: &Delivery, arrivals: &[Arrival]) -> Vec<Taken> {
        self.note_clocks(delivery, arrivals);
        arrivals.iter().map(|it| self.take(delivery, it)).collect()
    }

    /// Takes one arrival and is changed by it.
    pub fn take(&mut self, delivery: &Delivery, arrival: &Arrival) -> Taken {
        let filed = self.items.get(&arrival.id).map_or(&[][..], Vec::as_slice);
        let mut of_revision = filed.iter().filter(|it| it.revision == arrival.revision);
        if let Some(first) = of_revision.clone().find(|it| it.hash == arrival.hash) {
            let verdict = self.replayed_verdict(delivery, arrival, first);
            return Taken {
                verdict,
                changes: Vec::new(),
            };
        }
        if let Some(first) = of_revision.next() {
            let first = RivalOf {
                period: first.period,
                by_office: first.by_office,
            };
            return self.file_rival(delivery, arrival, first);
        }
        let Ok(item) = &arrival.item else {
            return self.file(
                delivery,
                arrival,
                Judgement::new(State::Rejected, None, None),
                Vec::new(),
            );
        };
        if filed.iter().any(|it| it.revision > arrival.revision) {
            let judgement = Judgement::new(State::Superseded, Some(Reason::OlderRevision), item.period);
            return self.file(delivery, arrival, judgement, Vec::new());
        }
        if let Some(reason) = self.reason_to_hold(delivery, item) {
            let period = filed.last().and_then(|it| it.period).or(item.period);
            let judgement = Judgement::new(State::Held, Some(reason), period);
            return self.file(delivery, arrival, judgement, Vec::new());
        }
        let mut changes = Vec::with_capacity(2);
        let period = self.retire(item, is_live, &mut changes);
        let judgement = match item.body {
            Body::Void => Judgement::new(State::Voided, None, period),
            Body::Reading { .. } | Body::Skip { .. } | Body::Exchange(_) => self.judge(delivery, item, None),
        };
        self.file(delivery, arrival, judgement, changes)
    }

    fn note_clocks(&mut self, delivery: &Delivery, arrivals: &[Arrival]) {
        if delivery.standing != DeviceStanding::Known {
            return;
        }
        let certain = arrivals.iter().filter_map(|arrival| {
            let item = arrival.item.as_ref().ok()?;
            // An edit or void keeps its number but may tell a later time.
            let numbered = item.device_seq > 0 && item.revision == 1;
            numbered.then_some((item.device_seq, certain_time_of(delivery, item)?))
        });
        let times = self.clocks.entry(delivery.device).or_default();
        times.entry(delivery.person.clone()).or_default().extend(certain);
    }

    // Why earlier revisions stand and the office has to decide.
    fn reason_to_hold(&self, delivery: &Delivery, item: &Item) -> Option<Reason> {
        if let Some(reason) = standing_reason(delivery.standing) {
            return Some(reason);
        }
        let filed = self.items.get(&item.id)?;
        let in_closed_period = |it: &Filed| {
            it.state.is_official()
                && it
                    .period
                    .is_some_and(|period| self.is_closed(&it.property, period))
        };
        if filed.iter().any(|it| it.by_office) {
            Some(Reason::OfficeRevision)
        } else if filed.iter().any(|it| it.captured_by != item.captured_by.normal()) {
            Some(Reason::OtherPerson)
        } else if filed
            .iter()
            .any(|it| matches!(it.state, State::Approved | State::Estimated))
        {
            Some(Reason::AlreadyApproved)
        } else if filed.iter().any(in_closed_period) {
            Some(Reason::PeriodClosed)
        } else if filed.iter().any(|it| {
            it.exchanged
                .as_ref()
                .is_some_and(|it| !self.can_undo(item.id, it))
        }) {
            Some(Reason::MeterInUse)
        } else {
            None
        }
    }

    // Earlier revisions make room for a new one; the period that the last of them was booked to.
    pub(super) fn retire(
        &mut self,
        item: &Item,
        gives_way: fn(State) -> bool,
        changes: &mut Vec<Change>,
    ) -> Option<Period> {
        let state = if item.body == Body::Void {
            State::Voided
        } else {
            State::Superseded
        };
        let filed = self.items.get_mut(&item.id)?;
        let period = filed.iter().rev().find_map(|it| it.period);
        let mut freed = Vec::new();
        let mut exchanged = None;
        for earlier in filed.iter_mut().filter(|it| !it.rival && gives_way(it.state)) {
            earlier.state = state;
            changes.push(Change::SetState {
                id: item.id,
                revision: earlier.revision,
                state,
            });
            let point = earlier.point.as_ref();
            freed.extend(earlier.keys.drain(..).map(|key| (point.cloned(), key)));
            exchanged = exchanged.or(earlier.exchanged.take());
        }
        for (point, key) in freed {
            self.free(point.as_ref(), item.id, key, changes);
        }
        if let Some(exchanged) = exchanged {
            self.undo(exchanged, changes);
        }
        period
    }
}

// What a new revision takes the place of.
fn is_live(state: State) -> bool {
    !matches!(
        state,
        State::Superseded | State::Voided | State::Approved | State::Estimated
    )
}
