use super::*;

fn entry(seq: u64, revision: u32) -> Entry {
    Entry {
        seq,
        id: ItemId(uuid::Uuid::from_u128(u128::from(seq))),
        revision,
    }
}

fn outbox(count: u64) -> Outbox {
    let mut outbox = Outbox::default();
    for seq in 1..=count {
        outbox.save(entry(seq, 1));
    }
    outbox
}

fn seqs(entries: &[Entry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.seq).collect()
}

fn moment(ms: u64) -> Moment {
    Moment::default().plus_ms(ms)
}

#[test]
fn batches_go_in_the_order_of_capture_and_nothing_is_taken_twice() {
    let mut outbox = outbox(5);
    assert_eq!(seqs(&outbox.take(3, moment(0))), [1, 2, 3]);
    assert_eq!(seqs(&outbox.take(3, moment(0))), [4, 5]);
    assert!(outbox.take(3, moment(0)).is_empty());
    assert_eq!(outbox.len(), 5, "what is on its way still waits for its receipt");
}

#[test]
fn what_came_to_nothing_is_sent_again_in_its_old_place() {
    let mut outbox = outbox(4);
    let batch = outbox.take(2, moment(0));
    outbox.put_back(&batch, moment(0));
    assert_eq!(seqs(&outbox.take(3, moment(0))), [1, 2, 3]);
}

#[test]
fn the_receipt_of_a_revision_does_not_remove_the_next_one() {
    let mut outbox = outbox(1);
    let batch = outbox.take(1, moment(0));
    assert!(!outbox.save(entry(1, 2)), "an edit is no further item");
    outbox.settle(&batch[0]);
    assert!(!outbox.remove(&batch[0]));
    assert_eq!(outbox.take(9, moment(0)), [entry(1, 2)]);
}

#[test]
fn a_lower_revision_that_is_reported_late_changes_nothing() {
    let mut outbox = outbox(0);
    outbox.save(entry(1, 3));
    assert!(!outbox.save(entry(1, 2)));
    assert_eq!(outbox.take(9, moment(0)), [entry(1, 3)]);
}

#[test]
fn one_that_backs_off_alone_does_not_hold_up_the_others() {
    let mut outbox = outbox(3);
    let batch = outbox.take(1, moment(0));
    outbox.rest(&batch[0], false, |failures| moment(u64::from(failures) * 100));
    assert_eq!(seqs(&outbox.take(9, moment(50))), [2, 3]);
    assert_eq!(outbox.next_due(), Some(moment(100)));
    assert_eq!(seqs(&outbox.take(9, moment(100))), [1]);
    outbox.rest(&batch[0], false, |failures| moment(u64::from(failures) * 100));
    assert_eq!(
        outbox.next_due(),
        Some(moment(200)),
        "each failure of the entry counts"
    );
}

#[test]
fn a_suspect_travels_alone_and_after_the_others() {
    let mut outbox = outbox(3);
    let batch = outbox.take(1, moment(0));
    outbox.rest(&batch[0], true, |_| moment(10));
    assert_eq!(seqs(&outbox.take(9, moment(10))), [2, 3]);
    outbox.put_back(&[entry(2, 1)], moment(10));
    assert_eq!(seqs(&outbox.take(9, moment(10))), [2]);
    assert_eq!(seqs(&outbox.take(9, moment(10))), [1]);
    outbox.put_back(&batch, moment(10));
    outbox.save(entry(4, 1));
    assert_eq!(
        seqs(&outbox.take(9, moment(10))),
        [4],
        "it stays a suspect when its batch came to nothing"
    );
}

#[test]
fn an_edit_clears_the_suspicion() {
    let mut outbox = outbox(2);
    let batch = outbox.take(1, moment(0));
    outbox.rest(&batch[0], true, |_| moment(1_000));
    outbox.save(entry(1, 2));
    assert_eq!(outbox.take(9, moment(0)), [entry(1, 2), entry(2, 1)]);
}

#[test]
fn a_hint_ends_the_waits_of_those_that_back_off_alone() {
    let mut outbox = outbox(2);
    let batch = outbox.take(2, moment(0));
    outbox.rest(&batch[0], true, |_| moment(1_000));
    outbox.rest(&batch[1], false, |_| moment(1_000));
    outbox.wake_all(moment(5));
    assert_eq!(seqs(&outbox.take(9, moment(5))), [2]);
    assert_eq!(seqs(&outbox.take(9, moment(5))), [1]);
}

#[test]
fn a_snapshot_keeps_stages_drops_what_is_gone_and_brings_what_is_new() {
    let mut outbox = outbox(3);
    outbox.take(1, moment(0));
    outbox.expect(Reader::Lock);
    outbox.load(&[entry(1, 1), entry(3, 2), entry(4, 1)], Reader::Lock);
    assert_eq!(outbox.take(9, moment(0)), [entry(3, 2), entry(4, 1)]);
    assert_eq!(outbox.len(), 3);
}

#[test]
fn what_was_saved_while_the_store_was_read_is_kept() {
    let mut outbox = outbox(2);
    outbox.expect(Reader::Lock);
    outbox.save(entry(3, 1));
    outbox.save(entry(1, 2));
    outbox.load(&[entry(1, 1), entry(2, 1)], Reader::Lock);
    assert_eq!(outbox.take(9, moment(0)), [entry(1, 2), entry(2, 1), entry(3, 1)]);
}

#[test]
fn what_was_settled_while_the_store_was_read_stays_settled() {
    let mut outbox = outbox(2);
    outbox.expect(Reader::Tab);
    let batch = outbox.take(1, moment(0));
    outbox.remove(&batch[0]);
    outbox.load(&[entry(1, 1), entry(2, 1)], Reader::Tab);
    assert_eq!(outbox.take(9, moment(0)), [entry(2, 1)]);
}

#[test]
fn what_is_offered_again_after_its_receipt_waits_again() {
    let mut outbox = outbox(1);
    outbox.expect(Reader::Tab);
    let batch = outbox.take(1, moment(0));
    outbox.remove(&batch[0]);
    outbox.expect(Reader::Offer);
    outbox.load(&[entry(1, 1)], Reader::Offer);
    assert_eq!(outbox.take(9, moment(0)), [entry(1, 1)]);
}

#[test]
fn ten_thousand_entries_are_drained_in_batches() {
    let mut outbox = outbox(10_000);
    let mut sent = 0;
    while !outbox.is_empty() {
        let batch = outbox.take(500, moment(0));
        sent += batch.len();
        batch.iter().for_each(|entry| assert!(outbox.remove(entry)));
    }
    assert_eq!(sent, 10_000);
}

#[test]
fn what_the_server_misses_but_the_phone_still_holds_is_not_lost() {
    let mut outbox = outbox(0);
    for seq in [3, 4, 7] {
        outbox.save(entry(seq, 1));
    }
    assert_eq!(outbox.without_waiting(&[(1, 8)], 9), [(1, 2), (5, 6), (8, 8)]);
    assert_eq!(outbox.without_waiting(&[(3, 4), (7, 7)], 9), []);
    assert_eq!(outbox.without_waiting(&[(0, u64::MAX), (9, 2)], 4), [(1, 2)]);
}

#[test]
fn news_of_a_saved_reading_that_comes_after_its_receipt_is_no_news() {
    let mut outbox = Outbox::default();
    outbox.expect(Reader::Tab);
    outbox.load(&[entry(1, 1)], Reader::Tab);
    let batch = outbox.take(1, moment(0));
    outbox.settle(&batch[0]);
    outbox.remove(&batch[0]);
    assert!(!outbox.save(entry(1, 1)));
    assert!(outbox.is_empty());
    assert!(outbox.save(entry(1, 2)), "an edit is");
}

#[test]
fn what_is_offered_again_while_the_store_is_read_still_waits_afterwards() {
    let mut outbox = Outbox::default();
    outbox.expect(Reader::Tab);
    outbox.expect(Reader::Offer);
    outbox.load(&[entry(1, 1), entry(2, 1)], Reader::Offer);
    outbox.load(&[], Reader::Tab);
    assert_eq!(outbox.len(), 2);
}
