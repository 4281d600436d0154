//! Running numbers as inclusive ranges.

/// From the first to the last number, both included.
pub(super) type Range = (u64, u64);

/// The parts of these ranges, within 1 to `max`, that lie in none of the holes. `holes_in` gives the holes that touch
/// a range, rising.
pub(super) fn without<Holes: Iterator<Item = Range>>(
    ranges: &[Range],
    max: u64,
    holes_in: impl Fn(Range) -> Holes,
) -> Vec<Range> {
    let mut rest = Vec::new();
    for (first, last) in ranges {
        let (mut from, last) = ((*first).max(1), (*last).min(max));
        if from > last {
            continue;
        }
        for hole in holes_in((from, last)) {
            if from < hole.0 {
                rest.push((from, hole.0 - 1));
            }
            from = from.max(hole.1.saturating_add(1));
        }
        if from <= last {
            rest.push((from, last));
        }
    }
    rest
}

/// The parts of these ranges that lie in none of the known ones, which rise.
pub(super) fn beyond(ranges: &[Range], known: &[Range]) -> Vec<Range> {
    without(ranges, u64::MAX, |(first, last)| {
        known
            .iter()
            .copied()
            .filter(move |known| known.0 <= last && known.1 >= first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_cut_out() {
        assert_eq!(beyond(&[(1, 9)], &[(2, 3), (7, 20)]), [(1, 1), (4, 6)]);
        assert_eq!(beyond(&[(1, 3), (5, 6)], &[(1, 4)]), [(5, 6)]);
        assert_eq!(beyond(&[(5, 6)], &[]), [(5, 6)]);
        assert_eq!(beyond(&[(5, 6)], &[(1, u64::MAX)]), []);
    }

    #[test]
    fn ranges_from_a_stranger_are_clipped() {
        let none = |_| std::iter::empty();
        assert_eq!(without(&[(0, u64::MAX), (9, 2)], 4, none), [(1, 4)]);
    }
}
