//! The refreshed list is kept while the first batch is on its way: the batch need not wait for thousands of rows to be
//! written, and a list that is lost with the page is only fetched again.

use std::rc::Rc;
use std::sync::Arc;

use shared::id::BatchId;
use shared::overlay::leaves_shelf;
use shared::sync::event::{Entry, Input, PeerMessage};

use super::{spawn_owed, tell};
use crate::adapters::outbox_store::Answered;
use crate::adapters::{entropy, timer};
use crate::document;
use crate::driver::Driver;
use crate::list::{Seen, StoredList};
use crate::person::Person;

/// The first batch is packed and on its way by then.
const BATCH_FIRST_MS: i32 = 30;

/// Keeps the list as it is now; `is_news`: more than its age is another. Other tabs hear of the end of a run only after
/// that, as they read the list then.
pub(super) fn start(driver: &Rc<Driver>, person: &Person, is_news: bool) {
    let (keeping, person) = (Rc::clone(driver), person.clone());
    driver.keeping.set(driver.keeping.get() + 1);
    spawn_owed(driver, async move {
        let driver = keeping;
        timer::pause(BATCH_FIRST_MS).await;
        driver.let_in(&person).await;
        keep(&driver, &person, is_news).await;
        clear_shelf(&driver, &person).await;
        driver.keeping.set(driver.keeping.get() - 1);
        if driver.keeping.get() == 0
            && let Some(message) = driver.untold.take()
        {
            tell(&driver, &message);
        }
    });
}

/// What the office has decided about leaves the needs-attention shelf. A store that fails is asked again after the next list.
async fn clear_shelf(driver: &Rc<Driver>, person: &Person) {
    let list = Arc::clone(&driver.list.borrow());
    if list.decisions.is_empty() || driver.status().shelf == 0 || driver.person().as_ref() != Some(person) {
        return;
    }
    let at = entropy::now();
    let kept_as = Answered {
        person: &person.username,
        batch_id: BatchId::new(at, entropy::random_bytes()),
        at,
        sent: Vec::new(),
        shelf: Vec::new(),
    };
    let is_decided = |entry: &Entry| {
        let decisions = &list.decisions;
        decisions
            .iter()
            .any(|it| leaves_shelf(it, entry.id, entry.revision))
    };
    let left = driver.outbox.leave_shelf(kept_as, is_decided).await;
    if left.is_ok_and(|count| count > 0) && driver.person().as_ref() == Some(person) {
        let message = PeerMessage::OutboxChanged;
        tell(driver, &message);
        driver.listener.heard(&message);
        driver.dispatch(Input::Peer(message));
    }
}

/// Nothing is awaited between the question who is here and the begin of the transaction: what is erased at a sign-out
/// stays erased.
async fn keep(driver: &Driver, person: &Person, is_news: bool) {
    let kept = if is_news {
        None
    } else {
        kept_cursor(driver, person).await
    };
    let cursor = driver.cursor.borrow().clone();
    let Some(cursor) = cursor.filter(|_| driver.person().as_ref() == Some(person)) else {
        return;
    };
    let list = Arc::clone(&driver.list.borrow());
    let seen = Seen {
        list: cursor.clone(),
        cursor: cursor.clone(),
        refreshed_at: list.refreshed_at,
    };
    let seen = match kept {
        Some(kept) => Seen { list: kept, ..seen },
        None => {
            driver.kept_cursor.replace(Some(cursor.clone()));
            let stored = StoredList::of(&list, &cursor);
            let name = document::list(&person.username);
            if !driver.cache.keep(&name, &stored).await {
                driver.kept_cursor.replace(None);
                return;
            }
            seen
        }
    };
    if driver.person().as_ref() == Some(person) {
        let name = document::list_seen(&person.username);
        driver.cache.keep(&name, &seen).await;
    }
}

/// Where the list stands that the cache holds, if that is the one which is known here to lie there. A page erases it when its
/// person signs out; a service worker that waits for a network meanwhile does not hear of that, and sends when the same person
/// has signed in again.
async fn kept_cursor(driver: &Driver, person: &Person) -> Option<String> {
    let name = document::list_seen(&person.username);
    let seen: Seen = driver.cache.load(&name).await?;
    (driver.kept_cursor.borrow().as_ref() == Some(&seen.list)).then_some(seen.list)
}
