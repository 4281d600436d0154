//! The calls of the first page that no other page makes.

use gloo_net::http::Method;
use shared::timestamp::Timestamp;
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

/// `GET /api/arrivals`: since the day began here.
pub(crate) async fn arrivals_of_today() -> Result<Arrivals, ApiError> {
    let query = ArrivalsQuery {
        since: day_began_at().to_rfc3339(),
    };
    let url = format!("/api/arrivals?{}", query_text(&query));
    call(Outgoing::new(Method::GET, &url)).await
}

fn day_began_at() -> Timestamp {
    let now = entropy::local_now();
    let text = now.to_rfc3339();
    let day = text.split('T').next().unwrap_or_default();
    local_day::begins(day).unwrap_or(now.at)
}
