//! Tells listeners what was committed, behind the writer's back: it never waits for them.

use std::sync::Arc;

use shared::wire::event::OfficeEvent;
use tokio::sync::mpsc;

use crate::events::{EventHub, NumberedEvent};
use crate::reading_rows;
use crate::store::Store;

/// Items of one transaction beyond which listeners are told to load their list again.
const ITEM_EVENTS_MAX: i64 = 2_000;

/// What one transaction changed.
#[derive(Debug)]
pub(super) struct Committed {
    /// The last change number before it.
    pub(super) after: i64,
    /// Its own last change number.
    pub(super) last: i64,
    /// Change number and event of what is no item: phones that reported, periods that were closed.
    pub(super) told: Vec<(i64, OfficeEvent)>,
}

/// Hands what was committed to a task of its own, in commit order.
#[derive(Debug)]
pub(super) struct Publisher {
    sender: mpsc::UnboundedSender<Committed>,
}

impl Publisher {
    pub(super) fn start(store: Store, events: EventHub) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(run(store, events, receiver));
        Self { sender }
    }

    pub(super) fn tell(&self, committed: Committed) {
        // The task is gone only when the process ends; then nobody listens.
        let _ = self.sender.send(committed);
    }
}

async fn run(store: Store, events: EventHub, mut receiver: mpsc::UnboundedReceiver<Committed>) {
    while let Some(committed) = receiver.recv().await {
        // Nobody to tell: rows are not even read. Who comes back later loads the list again.
        if !events.skip_unheard(committed.last) {
            events.publish(events_of(&store, committed).await);
        }
    }
}

async fn events_of(store: &Store, committed: Committed) -> Vec<NumberedEvent> {
    let Committed { after, last, told } = committed;
    let reload = || {
        vec![NumberedEvent {
            seq: last,
            event: Arc::new(OfficeEvent::Reload),
        }]
    };
    if last - after > ITEM_EVENTS_MAX {
        return reload();
    }
    let rows = match reading_rows::changed_between(store, after, last).await {
        Ok(rows) => rows,
        Err(error) => {
            tracing::warn!(%error, "rows of an event can't be read");
            return reload();
        }
    };
    let items = rows.into_iter().map(|(seq, row)| {
        (
            seq,
            OfficeEvent::Item {
                id: row.id,
                row: Box::new(row),
            },
        )
    });
    let mut events: Vec<NumberedEvent> = told
        .into_iter()
        .chain(items)
        .map(|(seq, event)| NumberedEvent {
            seq,
            event: Arc::new(event),
        })
        .collect();
    events.sort_by_key(|event| event.seq);
    events
}
