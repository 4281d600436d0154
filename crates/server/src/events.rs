//! The in-process hub behind `GET /api/events`: what was committed, told to whoever listens.
//!
//! An event's number is the change number of its transaction, given out in commit order. The last few are kept, so that a
//! client that lost its connection goes on after the last number it saw.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::wire::event::OfficeEvent;
use tokio::sync::broadcast;

/// Events that are kept for resuming.
const KEPT_EVENTS_MAX: usize = 4_096;
/// Events that a slow listener may fall behind before it is told to load the list again.
const LISTENER_BACKLOG_MAX: usize = 1_024;

/// One event with what decides who may see it.
#[derive(Debug, Clone)]
pub struct NumberedEvent {
    /// Change number; the SSE id.
    pub seq: i64,
    /// What happened.
    pub event: Arc<OfficeEvent>,
}

/// What a client that comes back is told first.
#[derive(Debug)]
pub enum Resumed {
    /// Everything since the number it named, oldest first.
    Since(Vec<NumberedEvent>),
    /// More happened than is kept: it has to load the list again.
    Gone,
}

/// Handle to the hub; cheap to clone.
#[derive(Debug, Clone)]
pub struct EventHub {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    kept: Mutex<Kept>,
    sender: broadcast::Sender<NumberedEvent>,
}

#[derive(Debug)]
struct Kept {
    events: VecDeque<NumberedEvent>,
    /// Everything up to this number is either kept or was before our time.
    complete_after: i64,
}

impl EventHub {
    /// A hub for a database whose last change number is `last_change_seq`: what came before can't be resumed.
    pub fn new(last_change_seq: i64) -> Self {
        let (sender, _) = broadcast::channel(LISTENER_BACKLOG_MAX);
        let kept = Kept {
            events: VecDeque::new(),
            complete_after: last_change_seq,
        };
        Self {
            inner: Arc::new(Inner {
                kept: Mutex::new(kept),
                sender,
            }),
        }
    }

    /// Tells what was committed. Called in commit order, after the commit.
    pub fn publish(&self, events: impl IntoIterator<Item = NumberedEvent>) {
        let mut kept = self.kept();
        for event in events {
            if kept.events.len() == KEPT_EVENTS_MAX
                && let Some(dropped) = kept.events.pop_front()
            {
                kept.complete_after = dropped.seq;
            }
            kept.events.push_back(event.clone());
            // Nobody listens: nothing is lost, the event is kept.
            let _ = self.inner.sender.send(event);
        }
    }

    /// If nobody listens, notes that something was committed up to this number, and says so: then it need not be told,
    /// and who asks later for what came before is told to load the list.
    pub fn skip_unheard(&self, seq: i64) -> bool {
        let mut kept = self.kept();
        if self.inner.sender.receiver_count() > 0 {
            return false;
        }
        kept.events.clear();
        kept.complete_after = kept.complete_after.max(seq);
        true
    }

    /// Listens from now on; with `after`, also what happened since that number. Nothing falls between the two.
    pub fn listen(&self, after: Option<i64>) -> (Resumed, broadcast::Receiver<NumberedEvent>) {
        let kept = self.kept();
        let receiver = self.inner.sender.subscribe();
        let resumed = match after {
            None => Resumed::Since(Vec::new()),
            Some(seq) if seq < kept.complete_after => Resumed::Gone,
            Some(seq) => Resumed::Since(
                kept.events
                    .iter()
                    .filter(|event| event.seq > seq)
                    .cloned()
                    .collect(),
            ),
        };
        (resumed, receiver)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A panic while the lock was held can't leave the list half-written in a way that matters here.
        self.inner.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: i64) -> NumberedEvent {
        NumberedEvent {
            seq,
            event: Arc::new(OfficeEvent::Reload),
        }
    }

    fn since(hub: &EventHub, after: i64) -> Option<Vec<i64>> {
        match hub.listen(Some(after)).0 {
            Resumed::Since(events) => Some(events.iter().map(|event| event.seq).collect()),
            Resumed::Gone => None,
        }
    }

    #[test]
    fn a_listener_that_comes_back_gets_what_it_missed() {
        let hub = EventHub::new(10);
        hub.publish([event(11), event(12), event(14)]);
        assert_eq!(since(&hub, 11), Some(vec![12, 14]));
        assert_eq!(since(&hub, 14), Some(vec![]));
        assert_eq!(since(&hub, 10), Some(vec![11, 12, 14]));
    }

    #[test]
    fn what_is_no_longer_kept_is_said_to_be_gone() {
        let hub = EventHub::new(10);
        assert_eq!(since(&hub, 9), None);
        let many = i64::try_from(KEPT_EVENTS_MAX).unwrap() + 20;
        hub.publish((11..=10 + many).map(event));
        assert_eq!(since(&hub, 29), None);
        assert_eq!(since(&hub, 30).unwrap().len(), KEPT_EVENTS_MAX);
    }
}
