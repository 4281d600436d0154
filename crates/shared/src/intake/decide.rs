//! What the office decides about items that are in the books.

use crate::id::ItemId;
use crate::intake::{Change, Ledger};
use crate::names::State;

/// Why a decision can't be carried out. Nothing is changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionError {
    /// There is no such item.
    NotFound,
    /// Another revision counts by now.
    OtherRevision,
    /// It is not waiting for a decision.
    NotReceived,
    /// Its period is closed.
    PeriodClosed,
    /// It is an exchange whose new meter is in use already.
    MeterInUse,
}

impl Ledger {
    /// Sends a received item back: its keys are free for the new reading that is asked for. An exchange is undone.
    /// [`super::Needs::items`] have to be loaded, and what they name.
    pub fn send_back(&mut self, id: ItemId, revision: u32) -> Result<Vec<Change>, DecisionError> {
        let filed = self.items.get(&id).ok_or(DecisionError::NotFound)?;
        let counting = filed
            .iter()
            .filter(|it| !it.rival)
            .max_by_key(|it| it.revision)
            .ok_or(DecisionError::NotFound)?;
        if counting.revision != revision {
            return Err(DecisionError::OtherRevision);
        }
        if counting.state != State::Received {
            return Err(DecisionError::NotReceived);
        }
        if counting
            .period
            .is_some_and(|it| self.is_closed(&counting.property, it))
        {
            return Err(DecisionError::PeriodClosed);
        }
        if counting
            .exchanged
            .as_ref()
            .is_some_and(|it| !self.can_undo(id, it))
        {
            return Err(DecisionError::MeterInUse);
        }
        Ok(self.take_out(id, revision, State::SentBack))
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
}
