//! The calls of the portfolio.

use gloo_net::http::Method;
use serde::Serialize;
use shared::wire::portfolio::{
    OfficeExchange, OfficeReading, PortfolioEdit, PropertiesPage, PropertiesQuery, UnitDetail, UnitsPage,
    UnitsQuery,
};
use shared::wire::receipt::WireVerdict;
use ui::address::encode;
use ui::api::{ApiError, call, json};

use super::api::{json_of, query_text};
use super::http::{self, Answer, Outgoing};
use super::imports::{Told, told};

/// `GET /api/portfolio/properties`.
pub(crate) async fn properties(query: &PropertiesQuery) -> Result<PropertiesPage, ApiError> {
    let url = format!("/api/portfolio/properties?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `GET /api/portfolio/units`.
pub(crate) async fn units(query: &UnitsQuery) -> Result<UnitsPage, ApiError> {
    let url = format!("/api/portfolio/units?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `GET /api/portfolio/units/{id}`.
pub(crate) async fn unit(id: &str) -> Result<UnitDetail, ApiError> {
    let url = format!("/api/portfolio/units/{}", encode(id));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/portfolio/edits`.
pub(crate) async fn edit(request: &PortfolioEdit) -> Result<Told<()>, ApiError> {
    told(post("/api/portfolio/edits", request).await?, |_| Ok(()))
}

/// `POST /api/office-readings`: what became of it.
pub(crate) async fn enter_reading(request: &OfficeReading) -> Result<Told<WireVerdict>, ApiError> {
    told(post("/api/office-readings", request).await?, verdict)
}

/// `POST /api/portfolio/exchanges`: what became of it.
pub(crate) async fn replace_meter(request: &OfficeExchange) -> Result<Told<WireVerdict>, ApiError> {
    told(post("/api/portfolio/exchanges", request).await?, verdict)
}

fn verdict(answer: &Answer) -> Result<WireVerdict, ApiError> {
    json(answer).ok_or(ApiError::Foreign)
}

async fn post(url: &str, request: &impl Serialize) -> Result<Answer, ApiError> {
    let outgoing = Outgoing::new(Method::POST, url).with_json(&json_of(request));
    http::send(outgoing).await.map_err(|_| ApiError::NoConnection)
}
