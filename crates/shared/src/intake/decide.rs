//! What the office decides about items that are in the books, or wait before them.

use crate::id::ItemId;
use crate::intake::rewrite::next_revision;
use crate::intake::{Arrival, Change, Delivery, Filed, LastDecision, Ledger, Order, Ruling};
use crate::item::{Body, Item};
use crate::names::{NoEstimate, Reason, State};

/// Why a decision can't be carried out. Nothing is changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionError {
    /// There is no such item.
    NotFound,
    /// Another revision counts by now.
    OtherRevision,
    /// It is not waiting for a decision.
    NotReceived,
    /// It is not approved, or somebody else approved it.
    NotYourApproval,
    /// A check was raised, or it is no single value: somebody has to look at it.
    Flagged,
    /// Its period is closed.
    PeriodClosed,
    /// It is an exchange whose new meter is in use already.
    MeterInUse,
    /// It is an exchange, and those are not rewritten.
    Exchange,
    /// It is no reading that could be written anew.
    Unreadable,
    /// The register can't show this value.
    OutOfRange,
    /// The official value is another item's by now.
    OtherValue,
    /// Both values are of one item: they can't both be kept.
    SameItem,
    /// It can't be booked like this; the rules say why.
    NotBookable(Reason),
    /// Nothing can be estimated.
    NoEstimate(NoEstimate),
}

impl Ledger {
    /// Carries an order out. `filing`: what [`crate::intake::rewrite`] made for an order that rewrites, with the office as
    /// its source. No changes: the same person has decided the same before. [`super::Needs::items`] have to be loaded, and
    /// what a new revision needs.
    pub fn decide(
        &mut self,
        order: &Order,
        filing: Option<(&Delivery, &Arrival)>,
    ) -> Result<Vec<Change>, DecisionError> {
        if let Some((point, period)) = order.ruling.about_point() {
            let changes = self.decide_about_point(order, point, period, filing)?;
            self.note_decision(order, &changes);
            return Ok(changes);
        }
        let target = self.target(order)?.clone();
        if self.is_decided(order, &target, filing) {
            return Ok(Vec::new());
        }
        self.check(order, &target)?;
        let changes = match (&order.ruling, filing) {
            (Ruling::Approve { .. }, _) => self.set_state(order.id, &target, State::Approved),
            (Ruling::TakeBack, _) => self.set_state(order.id, &target, State::Received),
            (Ruling::Dismiss | Ruling::KeepFirst, _) => self.set_state(order.id, &target, State::Dismissed),
            (Ruling::SendBack, _) => self.take_out(order.id, target.revision, State::SentBack),
            (_, Some((delivery, arrival))) => self.refile(order, &target, delivery, arrival)?,
            (_, None) => return Err(DecisionError::Unreadable),
        };
        self.note_decision(order, &changes);
        Ok(changes)
    }

    fn target(&self, order: &Order) -> Result<&Filed, DecisionError> {
        let filed = self.items.get(&order.id).ok_or(DecisionError::NotFound)?;
        let target = filed.iter().find(|it| order.which.names(it));
        target.ok_or(DecisionError::OtherRevision)
    }

    /// The revision that stands for the item: what was dismissed does not.
    fn counting(&self, id: ItemId) -> Option<&Filed> {
        let filed = self.items.get(&id)?.iter();
        filed
            .filter(|it| !it.rival && it.state != State::Dismissed)
            .max_by_key(|it| it.revision)
    }

    // An answer was lost, and the same is asked for again.
    fn is_decided(&self, order: &Order, target: &Filed, filing: Option<(&Delivery, &Arrival)>) -> bool {
        let same = target.decided.as_ref().is_some_and(|it| {
            it.step == order.ruling.step() && it.by == order.by && it.reason == order.reason
        });
        let Some((_, arrival)) = filing.filter(|_| same) else {
            return same && !order.ruling.rewrites();
        };
        let says_the_same = |it: &Filed, item: &Item| {
            it.by_office && it.value == item.value() && it.point.as_ref() == item.point().map(|it| &it.key)
        };
        let item = arrival.item.as_ref().ok();
        self.counting(order.id)
            .zip(item)
            .is_some_and(|(it, item)| says_the_same(it, item))
    }

    fn check(&self, order: &Order, target: &Filed) -> Result<(), DecisionError> {
        let open = match order.ruling {
            Ruling::Approve { .. } | Ruling::SendBack => target.state == State::Received,
            Ruling::Correct(_) => matches!(target.state, State::Received | State::Approved),
            Ruling::TakeBack => {
                self.check_counts(order.id, target)?;
                if !is_approved_by(target, &order.by) {
                    return Err(DecisionError::NotYourApproval);
                }
                true
            }
            Ruling::Dismiss | Ruling::Book(_) => target.state == State::Held,
            Ruling::KeepFirst | Ruling::TakeSecond { .. } | Ruling::KeepBoth => {
                target.state == State::Conflict
            }
            // No item is there that could be looked at.
            Ruling::Estimate { .. } | Ruling::AskForReading { .. } => false,
        };
        match order.ruling {
            Ruling::Approve { .. } | Ruling::SendBack | Ruling::Correct(_) => {
                self.check_counts(order.id, target)?;
            }
            Ruling::Book(_) | Ruling::TakeSecond { .. } | Ruling::KeepBoth => {
                self.check_newest(order.id, target)?;
            }
            Ruling::TakeBack
            | Ruling::Dismiss
            | Ruling::KeepFirst
            | Ruling::Estimate { .. }
            | Ruling::AskForReading { .. } => {}
        }
        if !open {
            return Err(DecisionError::NotReceived);
        }
        // What is dismissed changes nothing of the period.
        let changes_period = !matches!(order.ruling, Ruling::Dismiss | Ruling::KeepFirst);
        let in_closed = |it: &Filed| {
            it.period
                .is_some_and(|period| self.is_closed(&it.property, period))
        };
        if changes_period && in_closed(target) {
            return Err(DecisionError::PeriodClosed);
        }
        match order.ruling {
            Ruling::Approve { clean_only: true } if target.flagged || target.value.is_none() => {
                Err(DecisionError::Flagged)
            }
            Ruling::KeepBoth if target.rival => Err(DecisionError::SameItem),
            Ruling::SendBack if !self.could_undo(order.id, target) => Err(DecisionError::MeterInUse),
            _ => Ok(()),
        }
    }

    fn check_counts(&self, id: ItemId, target: &Filed) -> Result<(), DecisionError> {
        match self.counting(id) {
            Some(counting) if counting.receipt_seq == target.receipt_seq => Ok(()),
            _ => Err(DecisionError::OtherRevision),
        }
    }

    // A later content that waits as well would be passed over.
    fn check_newest(&self, id: ItemId, target: &Filed) -> Result<(), DecisionError> {
        let filed = self.items.get(&id).into_iter().flatten();
        let waits = |it: &Filed| matches!(it.state, State::Held | State::Conflict);
        let mut later = filed.filter(|it| it.receipt_seq > target.receipt_seq && waits(it));
        match later.next() {
            Some(_) => Err(DecisionError::OtherRevision),
            None => Ok(()),
        }
    }

    fn could_undo(&self, id: ItemId, filed: &Filed) -> bool {
        filed.exchanged.as_ref().is_none_or(|it| self.can_undo(id, it))
    }

    fn set_state(&mut self, id: ItemId, target: &Filed, state: State) -> Vec<Change> {
        let filed = self.items.get_mut(&id).into_iter().flatten();
        for it in filed.filter(|it| it.receipt_seq == target.receipt_seq) {
            it.state = state;
        }
        for key in &target.keys {
            if let Some(occupant) = self.official.get_mut(key).filter(|it| it.id == id) {
                occupant.state = state;
            }
        }
        vec![state_change(id, target, state)]
    }

    fn take_out(&mut self, id: ItemId, revision: u32, state: State) -> Vec<Change> {
        let mut changes = vec![Change::SetState { id, revision, state }];
        let of_revision = self
            .items
            .get_mut(&id)
            .and_then(|filed| filed.iter_mut().find(|it| it.revision == revision && !it.rival));
        let Some(filed) = of_revision else {
            return changes;
        };
        filed.state = state;
        let point = filed.point.clone();
        let keys = std::mem::take(&mut filed.keys);
        let exchanged = filed.exchanged.take();
        for key in keys {
            self.free(point.as_ref(), id, key, &mut changes);
        }
        if let Some(exchanged) = exchanged {
            self.undo(exchanged, &mut changes);
        }
        changes
    }

    // Judged before anything is changed: earlier revisions of the item stand in nobody's way, as it is not compared with
    // itself.
    fn refile(
        &mut self,
        order: &Order,
        target: &Filed,
        delivery: &Delivery,
        arrival: &Arrival,
    ) -> Result<Vec<Change>, DecisionError> {
        let filed = self.items.get(&order.id).map_or(&[][..], Vec::as_slice);
        if arrival.revision != next_revision(filed) {
            return Err(DecisionError::OtherRevision);
        }
        let is_exchange = |it: &&Filed| it.exchanged.is_some() && gives_way(it.state);
        if filed.iter().any(|it| is_exchange(&it)) {
            return Err(DecisionError::Exchange);
        }
        let item = arrival.item.as_ref().map_err(|_| DecisionError::Unreadable)?;
        let ousted = match order.ruling {
            Ruling::TakeSecond { first } => first.filter(|it| *it != order.id),
            _ => None,
        };
        let judgement = match item.body {
            Body::Void => super::judge::Judgement::new(State::Voided, None, target.period),
            Body::Reading { .. } | Body::Skip { .. } | Body::Exchange(_) => {
                let past = self.without(item, ousted);
                let judgement = self.judge(delivery, item, ousted);
                if judgement.state != State::Received {
                    self.put_back(item, past);
                }
                judgement
            }
        };
        accept(order, judgement.state, judgement.reason)?;
        let mut changes = Vec::with_capacity(4);
        if target.rival {
            changes.extend(self.set_state(order.id, target, State::Superseded));
        }
        self.retire(item, gives_way, &mut changes);
        Ok(self.file(delivery, arrival, judgement, changes).changes)
    }

    // What is put out of its place is nothing to compare with.
    fn without(&mut self, item: &Item, ousted: Option<ItemId>) -> Vec<crate::meter_point::PastValue> {
        let point = item.point().and_then(|it| self.points.get_mut(&it.key));
        let (Some(point), Some(ousted)) = (point, ousted) else {
            return Vec::new();
        };
        let past = point.past.clone();
        point.past.retain(|it| it.id != Some(ousted));
        past
    }

    fn put_back(&mut self, item: &Item, past: Vec<crate::meter_point::PastValue>) {
        if let Some(point) = item.point().and_then(|it| self.points.get_mut(&it.key))
            && !past.is_empty()
        {
            point.past = past;
        }
    }

    fn note_decision(&mut self, order: &Order, changes: &[Change]) {
        let decided = LastDecision {
            step: order.ruling.step(),
            by: order.by.clone(),
            reason: order.reason.clone(),
        };
        for (id, revision, receipt_seq) in changes.iter().filter_map(touched) {
            let filed = self.items.get_mut(&id).into_iter().flatten();
            let is_meant = |it: &&mut Filed| match receipt_seq {
                Some(receipt_seq) => it.receipt_seq == receipt_seq,
                None => it.revision == revision && !it.rival,
            };
            filed
                .filter(is_meant)
                .for_each(|it| it.decided = Some(decided.clone()));
        }
    }
}

/// Which revision a change of a decision is about; of a rival its receipt.
pub fn touched(change: &Change) -> Option<(ItemId, u32, Option<i64>)> {
    match change {
        Change::SetState { id, revision, .. } => Some((*id, *revision, None)),
        Change::SetRivalState {
            id,
            revision,
            receipt_seq,
            ..
        } => Some((*id, *revision, Some(*receipt_seq))),
        Change::File(filing) => Some((filing.id, filing.revision, None)),
        Change::Occupy { .. }
        | Change::Free { .. }
        | Change::AskForReading { .. }
        | Change::Exchange(_)
        | Change::UndoExchange { .. } => None,
    }
}

fn state_change(id: ItemId, target: &Filed, state: State) -> Change {
    let revision = target.revision;
    if target.rival {
        Change::SetRivalState {
            id,
            revision,
            receipt_seq: target.receipt_seq,
            state,
        }
    } else {
        Change::SetState { id, revision, state }
    }
}

fn is_approved_by(target: &Filed, by: &str) -> bool {
    let approved = |it: &LastDecision| it.step == crate::names::DecisionStep::Approve && it.by == by;
    target.state == State::Approved && target.decided.as_ref().is_some_and(approved)
}

// What a new revision by the office takes the place of: also what is approved.
fn gives_way(state: State) -> bool {
    !matches!(state, State::Superseded | State::Voided)
}

// What the rules make of a new revision has to be what was asked for.
pub(super) fn accept(order: &Order, state: State, reason: Option<Reason>) -> Result<(), DecisionError> {
    let books = matches!(order.ruling, Ruling::Book(_));
    match state {
        State::Received => Ok(()),
        State::Duplicate | State::Conflict | State::Voided if books => Ok(()),
        State::Duplicate | State::Conflict => Err(DecisionError::OtherValue),
        State::Rejected => Err(DecisionError::OutOfRange),
        _ => Err(match reason {
            Some(Reason::PeriodClosed) => DecisionError::PeriodClosed,
            Some(Reason::NotAssigned) => DecisionError::NotFound,
            Some(reason) => DecisionError::NotBookable(reason),
            None => DecisionError::Unreadable,
        }),
    }
}
