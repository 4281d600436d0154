//! How many items go into the next batch.

use super::event::Entry;
use super::outbox::{Key, key};
use crate::wire::batch::BATCH_ITEMS_MAX;

/// The first batch: small enough for a bad link, large enough that a day's round takes a handful of requests.
pub const FIRST_BATCH: usize = 25;
/// A batch should take less than this.
const FAST_MS: u64 = 2_000;

/// The most items that may follow a batch of so many.
pub fn following_max(items: usize) -> usize {
    if items < FIRST_BATCH {
        FIRST_BATCH.max(2 * items)
    } else {
        BATCH_ITEMS_MAX
    }
}

/// The size of the next batch, adapted to the link; and the search for one bad item.
///
/// A batch that fails is halved. One that is fast is followed by one of twice its size, or by as many items as would take
/// two seconds if each took as long, which is the most that they can: what lies between two requests is paid once. After a
/// failure it only doubles until a batch of full size has gone through. When the same stretch of the outbox fails twice,
/// or is refused, the fault is probably one of its items. Then the size shrinks with every answer, good or bad: after a
/// success the bad item is in the other half. So it is found after about as many requests as halvings.
#[derive(Debug, Clone)]
pub(super) struct BatchSize {
    size: usize,
    stretch: Option<Stretch>,
    /// A batch came to nothing, and none of full size has gone through since.
    careful: bool,
}

/// The entries up to here failed together.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    last: Key,
    searching: bool,
}

impl Default for BatchSize {
    fn default() -> Self {
        Self {
            size: FIRST_BATCH,
            stretch: None,
            careful: false,
        }
    }
}

impl BatchSize {
    /// The size of the next batch, which begins with `first`.
    pub(super) fn next(&mut self, first: Option<Key>) -> usize {
        if let Some(stretch) = self.stretch
            && first.is_none_or(|first| first > stretch.last)
        {
            self.end_search(stretch);
        }
        self.size
    }

    /// A batch of so many items was answered with receipts. A small one proves nothing of large ones.
    pub(super) fn succeeded(&mut self, items: usize, elapsed_ms: u64) {
        if self.stretch.is_some_and(|stretch| stretch.searching) {
            self.size = (self.size / 2).max(1);
            return;
        }
        self.careful &= items < BATCH_ITEMS_MAX;
        let growth = if elapsed_ms >= FAST_MS {
            1
        } else if self.careful || items < FIRST_BATCH {
            2
        } else {
            usize::try_from(FAST_MS / elapsed_ms.max(1)).map_or(2, |growth| growth.max(2))
        };
        self.size = self.size.max((items * growth).min(BATCH_ITEMS_MAX));
    }

    /// The batch came to nothing. `blamed`: the answer was about its content, so that one failure is enough for a
    /// search. `true`: it was a single item, which has to back off alone.
    pub(super) fn failed(&mut self, entries: &[Entry], blamed: bool) -> bool {
        let Some(last) = entries.last().map(key) else {
            return false;
        };
        self.careful = true;
        if entries.len() == 1 {
            if let Some(stretch) = self.stretch.take() {
                self.end_search(stretch);
            }
            return true;
        }
        self.size = (entries.len() / 2).max(1);
        let again = self.stretch.is_some_and(|stretch| last <= stretch.last);
        self.stretch = Some(Stretch {
            last,
            searching: blamed || again,
        });
        false
    }

    /// The bad item is found, or all of the stretch is through.
    fn end_search(&mut self, stretch: Stretch) {
        self.stretch = None;
        if stretch.searching {
            self.size = self.size.max(FIRST_BATCH);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ItemId;

    fn entries(seqs: std::ops::Range<u64>) -> Vec<Entry> {
        let id = |seq: u64| ItemId(uuid::Uuid::from_u128(u128::from(seq)));
        seqs.map(|seq| Entry {
            seq,
            id: id(seq),
            revision: 1,
        })
        .collect()
    }

    /// Sends `count` items of which `bad` spoil their batch; gives the requests made until the rest is through.
    fn requests_until_through(count: u64, bad: &[u64], blamed: bool) -> usize {
        let mut waiting = entries(0..count);
        let mut found = Vec::new();
        let mut size = BatchSize::default();
        let mut requests = 0;
        while !waiting.is_empty() {
            let batch: Vec<Entry> =
                waiting[..size.next(waiting.first().map(key)).min(waiting.len())].to_vec();
            requests += 1;
            assert!(requests < 1_000, "it never ends");
            if batch.iter().any(|entry| bad.contains(&entry.seq)) {
                if size.failed(&batch, blamed) {
                    found.push(waiting.remove(0).seq);
                }
            } else {
                size.succeeded(batch.len(), 100);
                waiting.drain(..batch.len());
            }
        }
        assert_eq!(found, bad, "exactly the bad ones are set apart");
        requests
    }

    /// Sizes of the next batches when each takes this long.
    fn sizes<const COUNT: usize>(size: &mut BatchSize, elapsed_ms: u64) -> [usize; COUNT] {
        std::array::from_fn(|_| {
            let next = size.next(Some((1_000, ItemId::default())));
            size.succeeded(next, elapsed_ms);
            next
        })
    }

    #[test]
    fn it_starts_at_25_and_doubles_to_500_while_batches_are_fast() {
        let mut size = BatchSize::default();
        assert_eq!(sizes(&mut size, FAST_MS - 1), [25, 50, 100, 200, 400, 500, 500]);
        size.failed(&entries(0..25), false);
        assert_eq!(
            sizes(&mut size, FAST_MS),
            [12, 12],
            "a slow batch is not followed by a larger one"
        );
    }

    #[test]
    fn a_batch_is_followed_by_as_many_as_would_take_two_seconds_at_the_same_pace() {
        assert_eq!(sizes(&mut BatchSize::default(), 400), [25, 125, 500]);
        assert_eq!(sizes(&mut BatchSize::default(), 90), [25, 500, 500]);
        assert_eq!(sizes(&mut BatchSize::default(), 0), [25, 500, 500]);
    }

    #[test]
    fn what_may_follow_is_never_less_than_what_follows() {
        for items in 1..=BATCH_ITEMS_MAX {
            for elapsed_ms in [0, 1, 10, 700, FAST_MS - 1, FAST_MS] {
                let mut size = BatchSize::default();
                size.succeeded(items, elapsed_ms);
                assert!(
                    size.next(None) <= following_max(items),
                    "{items} in {elapsed_ms} ms"
                );
            }
        }
    }

    #[test]
    fn after_a_failure_it_only_doubles_until_a_full_batch_went_through() {
        let mut size = BatchSize::default();
        size.failed(&entries(0..100), false);
        assert_eq!(sizes(&mut size, 100), [50, 100, 200, 400, 500]);
        size.size = 25;
        assert_eq!(sizes(&mut size, 100), [25, 500]);
    }

    #[test]
    fn a_small_batch_proves_nothing_of_large_ones() {
        let mut size = BatchSize::default();
        size.succeeded(1, 10);
        assert_eq!(size.next(None), 25);
    }

    #[test]
    fn a_failure_halves_down_to_a_single_item_which_then_backs_off_alone() {
        let mut size = BatchSize::default();
        let mut sizes = Vec::new();
        loop {
            let next = size.next(Some((0, ItemId::default())));
            sizes.push(next);
            if size.failed(&entries(0..next as u64), false) {
                break;
            }
        }
        assert_eq!(sizes, [25, 12, 6, 3, 1]);
    }

    #[test]
    fn one_bad_item_of_200_is_found_quickly_wherever_it_is() {
        for bad in 0..200 {
            assert!(requests_until_through(200, &[bad], true) <= 18, "{bad}");
            assert!(requests_until_through(200, &[bad], false) <= 22, "{bad}");
        }
    }

    #[test]
    fn several_bad_items_are_found() {
        requests_until_through(500, &[0, 1, 2, 77, 78, 300, 499], true);
        requests_until_through(500, &[0, 1, 2, 77, 78, 300, 499], false);
    }

    #[test]
    fn a_single_failure_of_the_link_does_not_start_a_search() {
        let mut size = BatchSize::default();
        size.failed(&entries(0..25), false);
        assert_eq!(size.next(Some((0, ItemId::default()))), 12);
        size.succeeded(12, 100);
        assert_eq!(size.next(Some((12, ItemId::default()))), 24);
    }
}
