//! The engine's own time, which never runs backwards.
//!
//! A phone's clock may be set back by a year in the middle of a wait. Deadlines are therefore kept as [`Moment`]s of
//! a clock that only adds what the phone's clock moved forwards. When a wake-up arrives, the wait that was asked for
//! is over, whatever the phone's clock says by then: the browser's timer counts elapsed time.

use super::event::Effect;
use crate::timestamp::Timestamp;

/// Milliseconds of the engine's own time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(u64);

impl Moment {
    pub(super) fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds since `earlier`; 0 when that lies ahead.
    pub(super) fn since_ms(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Turns the phone's clock into moments, and moments back into wake-ups.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    wall: Option<Timestamp>,
    moment: Moment,
    alarm: Option<Moment>,
}

impl Clock {
    /// Takes in what the phone's clock shows. `woke`: the wake-up that was asked for has come.
    pub(super) fn observe(&mut self, wall: Timestamp, woke: bool) {
        let elapsed_ms = self.wall.map_or(0, |before| wall.since_ms(before));
        self.moment = self.moment.plus_ms(u64::try_from(elapsed_ms).unwrap_or(0));
        self.wall = Some(wall);
        if woke && let Some(alarm) = self.alarm.take() {
            self.moment = self.moment.max(alarm);
        }
    }

    pub(super) fn now(&self) -> Moment {
        self.moment
    }

    pub(super) fn wall(&self) -> Timestamp {
        self.wall.unwrap_or_default()
    }

    /// What the phone's clock will show then, if nobody touches it.
    pub(super) fn wall_at(&self, moment: Moment) -> Timestamp {
        let wait_ms = moment.since_ms(self.moment);
        self.wall().plus_ms(i64::try_from(wait_ms).unwrap_or(i64::MAX))
    }

    /// The wake-up that was asked for may not come any more.
    pub(super) fn forget_alarm(&mut self) {
        self.alarm = None;
    }

    /// Asks to be woken; nothing when that wake-up is under way already. What is due at once is asked for in a
    /// millisecond, so that a mistake elsewhere becomes a slow loop and not a frozen page.
    pub(super) fn wake_at(&mut self, moment: Option<Moment>) -> Option<Effect> {
        let moment = moment.map(|moment| moment.max(self.moment.plus_ms(1)));
        if moment == self.alarm {
            return None;
        }
        self.alarm = moment;
        moment.map(|moment| Effect::WakeAt(self.wall_at(moment)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn a_clock_set_back_loses_no_wake_up() {
        let mut clock = Clock::default();
        clock.observe(at(1_000_000), false);
        let due = clock.now().plus_ms(5_000);
        assert_eq!(clock.wake_at(Some(due)), Some(Effect::WakeAt(at(1_005_000))));
        clock.observe(at(-9_000_000), true);
        assert!(clock.now() >= due);
    }

    #[test]
    fn a_clock_set_back_between_two_steps_stands_still() {
        let mut clock = Clock::default();
        clock.observe(at(1_000), false);
        let before = clock.now();
        clock.observe(at(-50_000), false);
        assert_eq!(clock.now(), before);
        clock.observe(at(-49_900), false);
        assert_eq!(clock.now().since_ms(before), 100);
    }

    #[test]
    fn the_same_wake_up_is_asked_for_once() {
        let mut clock = Clock::default();
        clock.observe(at(0), false);
        let due = clock.now().plus_ms(10);
        assert!(clock.wake_at(Some(due)).is_some());
        assert!(clock.wake_at(Some(due)).is_none());
        clock.observe(at(10), true);
        assert!(
            clock.wake_at(Some(due)).is_some(),
            "a wake-up that came is asked for again"
        );
    }

    #[test]
    fn a_wake_up_lies_in_the_future() {
        let mut clock = Clock::default();
        clock.observe(at(500), false);
        assert_eq!(
            clock.wake_at(Some(Moment::default())),
            Some(Effect::WakeAt(at(501)))
        );
    }
}
