//! The walking order of a property's units, as people in the field change it.

use std::collections::HashMap;
use std::hash::Hash;

use crate::code::normal;

/// A unit within its property; two are the same however their codes are typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitKey {
    building: String,
    unit_no: String,
}

impl UnitKey {
    /// From codes as they are shown.
    pub fn new(building: &str, unit_no: &str) -> Self {
        Self {
            building: normal(building),
            unit_no: normal(unit_no),
        }
    }
}

/// Where a unit is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One place nearer to the start.
    Up,
    /// One place nearer to the end.
    Down,
    /// To the very start.
    First,
    /// Behind the unit at this position.
    After(usize),
}

/// The positions of `present` in the order that is wanted. What is not named there stays behind the one that it follows
/// at present; what is named and not there counts for nothing. Arranging twice is arranging once.
pub fn arrange<K: Eq + Hash>(present: &[K], wanted: &[K]) -> Vec<usize> {
    let mut places = HashMap::with_capacity(wanted.len());
    for (place, key) in wanted.iter().enumerate() {
        places.entry(key).or_insert(place);
    }
    // Those that come before everything that is named stay at the start.
    let mut place = None;
    let mut order: Vec<(Option<usize>, usize)> = Vec::with_capacity(present.len());
    for (at, key) in present.iter().enumerate() {
        place = places.get(key).copied().or(place);
        order.push((place, at));
    }
    order.sort_unstable();
    order.into_iter().map(|it| it.1).collect()
}

/// Moves the unit at `from`, and tells where it stands now. A step that leads nowhere changes nothing.
pub fn step<T>(order: &mut [T], from: usize, step: Step) -> usize {
    if from >= order.len() {
        return from;
    }
    let to = match step {
        Step::Up => from.saturating_sub(1),
        Step::Down => (from + 1).min(order.len() - 1),
        Step::First => 0,
        Step::After(other) if other < from => other + 1,
        Step::After(other) => other.min(order.len() - 1),
    };
    if from < to {
        order[from..=to].rotate_left(1);
    } else {
        order[to..=from].rotate_right(1);
    }
    to
}

/// Where to go next: the first that is open behind the one read last, else the first that is open at all, as nobody walks
/// back for the door that stayed shut before the round is through.
pub fn next_open(open: impl Iterator<Item = bool> + Clone, last_read: Option<usize>) -> Option<usize> {
    let behind = last_read.map_or(0, |at| at + 1);
    let all = open.enumerate().filter(|it| it.1).map(|it| it.0);
    all.clone()
        .find(|at| *at >= behind)
        .or_else(|| all.clone().next())
}

/// The numbers to be written so that units with these numbers, now in this order, stand in it: position and number of
/// each that needs another one. `numbers` are those of the order before, rising; `order` are positions in it.
pub fn renumber(numbers: &[i64], order: &[usize]) -> Vec<(usize, i64)> {
    let as_before = order.iter().enumerate().all(|(place, at)| place == *at);
    if as_before {
        return Vec::new();
    }
    // The same numbers change hands, so that only what lies between is written; where two share one, all get new ones.
    let tells_apart = numbers.is_sorted_by(|one, next| one < next);
    let places = (1..).zip(order).enumerate();
    let wanted = places.filter_map(|(place, (count, at))| {
        let number = if tells_apart { *numbers.get(place)? } else { count };
        Some((*at, number))
    });
    wanted
        .filter(|(at, number)| numbers.get(*at) != Some(number))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn arranged(present: &[u8], wanted: &[u8]) -> Vec<u8> {
        arrange(present, wanted)
            .into_iter()
            .map(|at| present[at])
            .collect()
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_arranging_twice_is_arranging_once(
            present in Just((0..20).collect::<Vec<u8>>()).prop_shuffle(), wanted in vec(0..25_u8, 0..30),
        ) {
            let once = arranged(&present, &wanted);
            let mut all = once.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..20).collect::<Vec<u8>>());
            prop_assert_eq!(arranged(&once, &wanted), once);
        }

        #[test]
        fn whole_orders_come_out_as_they_were_wanted(
            present in Just((0..20).collect::<Vec<u8>>()).prop_shuffle(), wanted in Just((0..20).collect::<Vec<u8>>()).prop_shuffle(),
        ) {
            prop_assert_eq!(arranged(&present, &wanted), wanted);
        }

        #[test]
        fn numbers_bring_about_the_order_and_little_more(
            mut numbers in vec(-5..60_i64, 12), order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        ) {
            numbers.sort_unstable();
            let mut after = numbers.clone();
            for (at, number) in renumber(&numbers, &order) {
                after[at] = number;
            }
            let in_order: Vec<i64> = order.iter().map(|at| after[*at]).collect();
            let as_before = order.is_sorted();
            prop_assert!(as_before || in_order.is_sorted_by(|one, next| one < next), "{in_order:?}");
        }

        #[test]
        fn a_step_moves_one_and_leaves_the_others_as_they_stood(from in 0..9_usize, other in 0..9_usize) {
            for way in [Step::Up, Step::Down, Step::First, Step::After(other)] {
                let mut order: Vec<usize> = (0..9).collect();
                let to = step(&mut order, from, way);
                prop_assert_eq!(order[to], from);
                if way == Step::After(other) && other != from {
                    prop_assert_eq!(order[to - 1], other);
                }
                order.remove(to);
                prop_assert!(order.is_sorted());
            }
        }
    }

    #[test]
    fn the_next_is_behind_the_last_and_in_the_end_what_was_left_out() {
        let next = |open: [bool; 4], last| next_open(open.into_iter(), last);
        assert_eq!(next([true, false, true, true], None), Some(0));
        assert_eq!(next([true, false, true, true], Some(1)), Some(2));
        assert_eq!(next([true, false, false, false], Some(3)), Some(0));
        assert_eq!(next([false; 4], Some(1)), None);
    }

    #[test]
    fn a_unit_that_the_order_does_not_know_stays_behind_the_one_it_followed() {
        assert_eq!(arranged(&[1, 2, 9, 3], &[3, 2, 1]), [3, 2, 9, 1]);
        assert_eq!(arranged(&[9, 1, 2], &[2, 1]), [9, 2, 1]);
    }

    #[test]
    fn only_what_lies_between_gets_other_numbers() {
        assert_eq!(renumber(&[10, 20, 30, 40], &[0, 2, 1, 3]), [(2, 20), (1, 30)]);
        assert_eq!(renumber(&[0, 0, 0], &[2, 0, 1]), [(2, 1), (0, 2), (1, 3)]);
        assert_eq!(renumber(&[0, 0, 0], &[0, 1, 2]), []);
    }
}
