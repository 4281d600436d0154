//! When a unit stands empty, as its tenancies tell.

use jiff::civil::Date;

/// Days without a tenant, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vacancy {
    /// The first day.
    pub from: Date,
    /// The last day; absent while it lasts.
    pub to: Option<Date>,
}

/// The gaps between tenancies and behind the last one, by rising time. What was before the first tenancy is not known.
/// Each tenancy is its first and its last day.
pub fn vacancies(tenancies: &[(Date, Option<Date>)]) -> Vec<Vacancy> {
    let mut spans = tenancies.to_vec();
    spans.sort_by_key(|(from, _)| *from);
    let mut vacancies = Vec::new();
    let mut free_from: Option<Date> = None;
    for (from, to) in spans {
        if let Some(free) = free_from.filter(|free| *free < from) {
            let to = from.yesterday().ok();
            vacancies.push(Vacancy { from: free, to });
        }
        // Nothing is free behind a tenancy that goes on.
        let Some(next) = to.map(|to| to.tomorrow()) else {
            return vacancies;
        };
        free_from = next.ok().max(free_from);
    }
    vacancies.extend(free_from.map(|from| Vacancy { from, to: None }));
    vacancies
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        crate::day::parse(text).unwrap()
    }

    fn check(tenancies: &[(&str, Option<&str>)], expected: &[(&str, Option<&str>)]) {
        let spans: Vec<_> = tenancies
            .iter()
            .map(|(from, to)| (day(from), to.map(day)))
            .collect();
        let found: Vec<_> = vacancies(&spans).into_iter().map(|it| (it.from, it.to)).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(from, to)| (day(from), to.map(day)))
            .collect();
        assert_eq!(found, expected, "{tenancies:?}");
    }

    #[test]
    fn a_gap_is_what_lies_between_two_tenancies() {
        check(
            &[("2025-01-01", Some("2025-03-31")), ("2025-06-01", None)],
            &[("2025-04-01", Some("2025-05-31"))],
        );
        check(
            &[("2025-06-01", None), ("2025-01-01", Some("2025-03-31"))],
            &[("2025-04-01", Some("2025-05-31"))],
        );
    }

    #[test]
    fn who_moves_in_on_the_next_day_or_on_the_same_leaves_no_gap() {
        check(&[("2025-01-01", Some("2025-03-31")), ("2025-04-01", None)], &[]);
        check(&[("2025-01-01", Some("2025-03-31")), ("2025-03-31", None)], &[]);
    }

    #[test]
    fn behind_the_last_tenancy_it_stands_empty_until_somebody_comes() {
        check(&[("2025-01-01", Some("2025-03-31"))], &[("2025-04-01", None)]);
        check(&[], &[]);
    }
}
