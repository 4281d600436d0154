//! How the office's lists are cut into pages.

use crate::list_filter::FilterError;
use crate::problem::ApiError;

/// How many rows a page has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageRows {
    /// When the caller does not say.
    pub(crate) default: u32,
    /// At most.
    pub(crate) max: u32,
}

impl PageRows {
    /// As many as the caller asks for.
    pub(crate) fn asked(self, limit: Option<u32>) -> Result<u32, ApiError> {
        let limit = limit.unwrap_or(self.default);
        if (1..=self.max).contains(&limit) {
            Ok(limit)
        } else {
            Err(ApiError::BadRequest(format!("`limit` is 1 to {}", self.max)))
        }
    }
}

/// Where a page begins, of a list whose rows are named by a number.
pub(crate) fn after_number(text: Option<&str>) -> Result<Option<i64>, FilterError> {
    text.map(|it| it.parse().map_err(|_| FilterError::after()))
        .transpose()
}

/// Cuts the one row off that was read beyond the page; tells where the next page begins.
pub(crate) fn cut<T>(rows: &mut Vec<T>, limit: usize, place: impl Fn(&T) -> String) -> Option<String> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    rows.last().filter(|_| more).map(place)
}
