//! The calls of the page of periods.

use gloo_net::http::Method;
use shared::period::LateDays;
use shared::reading_window::WindowDays;
use shared::wire::handover::Handover;
use shared::wire::periods::{
    LatePage, PeriodDetail, PeriodSettings, PeriodsPage, PeriodsQuery, ReopenRequest,
};
use ui::address::encode;
use ui::api::{ApiError, call, done};

use super::api::{json_of, query_text};
use super::http::Outgoing;

/// `GET /api/periods`.
pub(crate) async fn periods(query: &PeriodsQuery) -> Result<PeriodsPage, ApiError> {
    let url = format!("/api/periods?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `GET /api/periods/{property}/{period}`.
pub(crate) async fn period(property: &str, period: &str) -> Result<PeriodDetail, ApiError> {
    call(Outgoing::new(Method::GET, &path(property, period))).await
}

/// `GET /api/periods/{property}/{period}/late`: the first page.
pub(crate) async fn late(property: &str, period: &str) -> Result<LatePage, ApiError> {
    let url = format!("{}/late", path(property, period));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/periods/{property}/{period}/close`: how it stands then.
pub(crate) async fn close(property: &str, period: &str) -> Result<PeriodDetail, ApiError> {
    let url = format!("{}/close", path(property, period));
    call(Outgoing::new(Method::POST, &url).with_json("{}")).await
}

/// `POST /api/periods/{property}/{period}/reopen`: how it stands then.
pub(crate) async fn reopen(
    property: &str,
    period: &str,
    request: &ReopenRequest,
) -> Result<PeriodDetail, ApiError> {
    let url = format!("{}/reopen", path(property, period));
    call(Outgoing::new(Method::POST, &url).with_json(&json_of(request))).await
}

/// `POST /api/periods/{property}/{period}/handover/send`: how it stands then.
pub(crate) async fn send_handover(property: &str, period: &str) -> Result<PeriodDetail, ApiError> {
    let url = format!("{}/handover/send", path(property, period));
    call(Outgoing::new(Method::POST, &url).with_json("{}")).await
}

/// `GET /api/periods/{property}/{period}/handover.json`.
pub(crate) async fn handover(property: &str, period: &str) -> Result<Handover, ApiError> {
    call(Outgoing::new(
        Method::GET,
        &handover_address(property, period, "json"),
    ))
    .await
}

/// `PUT /api/settings/periods`.
pub(crate) async fn set_limits(late_days: LateDays, window_days: WindowDays) -> Result<(), ApiError> {
    let settings = PeriodSettings {
        late_days: late_days.number(),
        reading_window_days: Some(window_days.number()),
    };
    done(Outgoing::new(Method::PUT, "/api/settings/periods").with_json(&json_of(&settings))).await
}

/// Where a closed period is downloaded.
pub(crate) fn handover_address(property: &str, period: &str, ending: &str) -> String {
    format!("{}/handover.{ending}", path(property, period))
}

fn path(property: &str, period: &str) -> String {
    format!("/api/periods/{}/{}", encode(property), encode(period))
}
