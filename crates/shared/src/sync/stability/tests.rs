use super::*;

/// Runs one check; each ping takes `ping_ms`. Gives when each was sent, and the end.
fn check(link: &mut Stability, from_ms: u64, ping_ms: u64, good: &[bool]) -> (Vec<u64>, Option<CheckEnd>) {
    let mut sent = Vec::new();
    let mut now = Moment::default().plus_ms(from_ms);
    link.begin_check(now);
    for (nonce, good) in good.iter().enumerate() {
        now = now.max(link.ping_due_at().expect("a ping is due"));
        sent.push(now.since_ms(Moment::default()) - from_ms);
        link.ping_sent(now, nonce as u64);
        assert!(link.awaits(nonce as u64));
        now = now.plus_ms(ping_ms);
        if let Some(end) = link.ping_ended(now, *good) {
            return (sent, Some(end));
        }
    }
    (sent, None)
}

#[test]
fn three_good_pings_at_0_and_1500_and_3000_ms_prove_the_link_for_a_minute() {
    let mut link = Stability::default();
    let result = check(&mut link, 0, 40, &[true, true, true]);
    assert_eq!(result, (vec![0, 1_500, 3_000], Some(CheckEnd::Proven)));
    assert!(link.is_proven(Moment::default().plus_ms(3_040 + PROOF_MS - 1)));
    assert!(!link.is_proven(Moment::default().plus_ms(3_040 + PROOF_MS)));
    assert!(link.is_steady());
}

#[test]
fn a_failure_starts_the_count_again() {
    let mut link = Stability::default();
    let (sent, end) = check(&mut link, 0, 40, &[true, true, false, true, true, true]);
    assert_eq!((sent.len(), end), (6, Some(CheckEnd::Proven)));
}

#[test]
fn after_six_pings_it_gives_up() {
    let mut link = Stability::default();
    let (sent, end) = check(&mut link, 0, 40, &[true, true, false, true, true, false]);
    assert_eq!((sent.len(), end), (6, Some(CheckEnd::GivenUp)));
    assert!(!link.is_proven(Moment::default().plus_ms(9_000)));
}

#[test]
fn a_slow_ping_delays_the_next_one() {
    let (sent, _) = check(&mut Stability::default(), 0, 2_500, &[true, true, true]);
    assert_eq!(sent, [0, 2_500, 5_000]);
}

#[test]
fn the_third_failed_check_with_a_good_ping_tries_a_small_batch_anyway() {
    let mut link = Stability::default();
    let bad = [false; 6];
    assert_eq!(
        check(&mut link, 0, 1, &[true, false, false, false, false, false]).1,
        Some(CheckEnd::GivenUp)
    );
    assert_eq!(check(&mut link, 20_000, 1, &bad).1, Some(CheckEnd::GivenUp));
    assert_eq!(check(&mut link, 40_000, 1, &bad).1, Some(CheckEnd::TryAnyway));
    assert_eq!(
        check(&mut link, 60_000, 1, &bad).1,
        Some(CheckEnd::GivenUp),
        "and then counts afresh"
    );
}

#[test]
fn without_any_good_ping_no_batch_is_tried() {
    let mut link = Stability::default();
    let ends: Vec<_> = (0..5)
        .map(|i| check(&mut link, i * 20_000, 1, &[false; 6]).1)
        .collect();
    assert_eq!(ends, [Some(CheckEnd::GivenUp); 5]);
}

#[test]
fn an_answered_batch_is_a_proof_and_a_foreign_answer_voids_it() {
    let mut link = Stability::default();
    let now = Moment::default();
    link.batch_answered(now);
    assert!(link.is_proven(now.plus_ms(PROOF_MS - 1)));
    assert!(!link.is_steady(), "one answer says nothing of the next seconds");
    link.batch_answered(now.plus_ms(2_500));
    link.batch_answered(now.plus_ms(4_000));
    assert!(!link.is_steady(), "between the first two it may have been away");
    link.batch_answered(now.plus_ms(5_500));
    assert!(link.is_steady());
    link.disproved(now.plus_ms(6_000));
    assert!(!link.is_proven(now.plus_ms(1)) && !link.is_steady());
}

fn moment(ms: u64) -> Moment {
    Moment::default().plus_ms(ms)
}

/// A batch was answered every minute, until then.
fn stable_until(until_ms: u64) -> Stability {
    let mut link = Stability::default();
    for ms in (0..=until_ms).step_by(60_000) {
        link.batch_answered(moment(ms));
    }
    link
}

#[test]
fn after_minutes_without_a_failure_the_check_is_shorter() {
    assert_eq!(
        stable_until(SPELL_MS - 60_000).window_ms(moment(SPELL_MS)),
        WINDOW_MS
    );
    let mut link = stable_until(SPELL_MS);
    let (sent, end) = check(&mut link, SPELL_MS + 90_000, 40, &[true, true, true]);
    assert_eq!((sent, end), (vec![0, 750, 1_500], Some(CheckEnd::Proven)));
}

#[test]
fn one_failure_ends_the_spell() {
    let mut link = stable_until(SPELL_MS);
    link.link_failed(moment(SPELL_MS + 90_000));
    assert_eq!(link.window_ms(moment(SPELL_MS + 90_000)), WINDOW_MS);
}

#[test]
fn a_phone_that_slept_has_seen_no_stable_spell() {
    let link = stable_until(SPELL_MS);
    assert_eq!(link.window_ms(moment(SPELL_MS + SPELL_GAP_MS)), WINDOW_MS);
    let mut link = Stability::default();
    link.batch_answered(moment(0));
    link.batch_answered(moment(9 * 3_600_000));
    assert_eq!(link.window_ms(moment(9 * 3_600_000 + 1)), WINDOW_MS);
}

/// Proven and wrong, so often, a minute apart.
fn flapping(link: &mut Stability, times: u64) {
    for minute in 0..times {
        link.batch_answered(moment(minute * 60_000));
        link.link_failed(moment(minute * 60_000 + 500));
        link.link_failed(moment(minute * 60_000 + 600));
    }
}

#[test]
fn proofs_that_turn_out_wrong_lengthen_the_check_up_to_ten_seconds() {
    let windows: Vec<u64> = (1..=6)
        .map(|times| {
            let mut link = Stability::default();
            flapping(&mut link, times);
            link.window_ms(moment(times * 60_000))
        })
        .collect();
    assert_eq!(windows, [3_000, 5_000, 7_500, 10_000, 10_000, 10_000]);
    let mut link = Stability::default();
    flapping(&mut link, 4);
    let (sent, end) = check(&mut link, 300_000, 40, &[true, true, true]);
    assert_eq!((sent, end), (vec![0, 5_000, 10_000], Some(CheckEnd::Proven)));
}

#[test]
fn a_link_that_flapped_long_ago_is_checked_as_any_other() {
    let mut link = Stability::default();
    flapping(&mut link, 4);
    assert_eq!(link.window_ms(moment(180_500 + WRONG_PROOF_MS)), WINDOW_MS);
}

#[test]
fn a_sign_in_page_is_no_flapping_link() {
    let mut link = Stability::default();
    for minute in 0..4 {
        link.batch_answered(moment(minute * 60_000));
        link.disproved(moment(minute * 60_000 + 500));
    }
    assert_eq!(link.window_ms(moment(240_000)), WINDOW_MS);
}

#[test]
fn with_the_setting_fixed_the_check_always_spans_three_seconds() {
    let mut flapped = Stability::default();
    flapping(&mut flapped, 6);
    for mut link in [stable_until(SPELL_MS), flapped] {
        assert_ne!(link.window_ms(moment(SPELL_MS + 1_000)), WINDOW_MS);
        link.set_fixed(true);
        let (sent, _) = check(&mut link, SPELL_MS + 61_000, 40, &[true, true, true]);
        assert_eq!(sent, [0, 1_500, 3_000]);
    }
}
