use super::*;

fn waits(tried: Tried, chance: u64) -> Vec<u64> {
    let next = (1..).map(|tries| tried.next(tries, chance));
    next.map_while(|it| match it {
        Next::Again { wait_ms } => Some(wait_ms),
        Next::GiveUp | Next::Settled => None,
    })
    .collect()
}

fn answered(status: u16) -> Tried {
    Tried::Answered {
        status,
        retry_after_ms: None,
    }
}

#[test]
fn waits_grow_and_end_after_about_three_days() {
    let waits = waits(Tried::Failed(Failure::NoConnection), 0);
    assert_eq!(waits.len() + 1, TRIES_MAX as usize);
    assert!(waits.is_sorted_by(|a, b| a < b), "{waits:?}");
    let days = waits.iter().sum::<u64>() as f64 / 86_400_000.0;
    assert!((3.0..3.5).contains(&days), "{days}");
    assert_eq!(waits[0], 5_000);
}

#[test]
fn chance_makes_a_wait_longer_by_at_most_a_tenth() {
    let tried = answered(500);
    for chance in [0, 1, 7, 499, 500, 501, u64::MAX] {
        for (least, wait) in waits(tried, 0).into_iter().zip(waits(tried, chance)) {
            assert!(
                (least..=least + least / 10).contains(&wait),
                "{wait} for {chance}"
            );
        }
    }
    assert_ne!(waits(tried, 1), waits(tried, 2));
}

#[test]
fn only_a_2xx_settles_and_a_redirect_is_a_failure() {
    for status in [200, 201, 202, 204, 299] {
        assert_eq!(answered(status).next(1, 0), Next::Settled);
        assert_eq!(answered(status).failure(), None);
    }
    for status in [100, 199, 301, 302, 307, 308, 400, 401, 404, 413, 429, 500, 503] {
        assert_eq!(
            answered(status).next(1, 0),
            Next::Again { wait_ms: 5_000 },
            "{status}"
        );
        assert_eq!(answered(status).failure(), Some(Failure::Answer));
    }
}

#[test]
fn a_receiver_that_is_gone_for_good_is_not_tried_again() {
    assert_eq!(answered(410).next(1, 0), Next::GiveUp);
}

#[test]
fn what_the_receiver_asks_for_is_waited_for_but_not_for_ever() {
    let wait = |asked_ms, tries| {
        Tried::Answered {
            status: 503,
            retry_after_ms: Some(asked_ms),
        }
        .next(tries, 0)
    };
    assert_eq!(wait(60_000, 1), Next::Again { wait_ms: 60_000 });
    assert_eq!(
        wait(60_000, 2),
        Next::Again { wait_ms: 300_000 },
        "no sooner than by ourselves"
    );
    assert_eq!(
        wait(u64::MAX, 1),
        Next::Again {
            wait_ms: RETRY_AFTER_MAX_MS
        }
    );
    assert_eq!(wait(1, TRIES_MAX), Next::GiveUp);
}
