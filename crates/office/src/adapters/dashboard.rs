//! The calls of the first page that no other page makes.

use gloo_net::http::Method;
use shared::wire::dashboard::{
    Arrivals, ArrivalsQuery, Consumption, ConsumptionChartQuery, ConsumptionQuery,
};
use ui::api::{ApiError, call};
use ui::local_day;

use super::api::query_text;
use super::entropy;
use super::http::Outgoing;

/// `GET /api/consumption`.
pub(crate) async fn consumption(query: &ConsumptionQuery) -> Result<Consumption, ApiError> {
    let url = format!("/api/consumption?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// Where a chart is; `drawing` makes a browser ask again when the figures have changed.
pub(crate) fn chart_address(query: &ConsumptionChartQuery, drawing: u32) -> String {
    format!(
        "/api/consumption/chart.svg?{}&drawing={drawing}",
        query_text(query)
    )
}

/// What came from phones on a day as it is cut here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArrivedToday {
    /// `2026-11-27`.
    pub(crate) day: String,
    pub(crate) count: i64,
}

/// `GET /api/arrivals`: since the day began here.
pub(crate) async fn arrived_today() -> Result<ArrivedToday, ApiError> {
    let now = entropy::now();
    let day = local_day::of(now);
    let since = local_day::begins(&day).unwrap_or(now);
    let query = ArrivalsQuery {
        since: since.to_rfc3339(),
    };
    let url = format!("/api/arrivals?{}", query_text(&query));
    let arrivals: Arrivals = call(Outgoing::new(Method::GET, &url)).await?;
    Ok(ArrivedToday {
        day,
        count: arrivals.count,
    })
}
