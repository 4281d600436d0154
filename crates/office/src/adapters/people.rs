//! The calls of the page of people.

use gloo_net::http::Method;
use shared::wire::people::{
    EnrolmentCode, FirstPassword, NewPerson, PeoplePage, PeopleQuery, PersonMembers, PersonRow,
};
use ui::address::encode;
use ui::api::{ApiError, call, done};

use super::api::{json_of, query_text};
use super::http::Outgoing;

/// `GET /api/people`.
pub(crate) async fn people(query: &PeopleQuery) -> Result<PeoplePage, ApiError> {
    let url = format!("/api/people?{}", query_text(query));
    call(Outgoing::new(Method::GET, &url)).await
}

/// `POST /api/people`.
pub(crate) async fn add(person: &NewPerson) -> Result<FirstPassword, ApiError> {
    call(Outgoing::new(Method::POST, "/api/people").with_json(&json_of(person))).await
}

/// `PUT /api/people/{id}`.
pub(crate) async fn change(id: &str, members: &PersonMembers) -> Result<PersonRow, ApiError> {
    let url = format!("/api/people/{}", encode(id));
    call(Outgoing::new(Method::PUT, &url).with_json(&json_of(members))).await
}

/// `POST /api/people/{id}/password`.
pub(crate) async fn reset_password(id: &str) -> Result<FirstPassword, ApiError> {
    let url = format!("/api/people/{}/password", encode(id));
    call(Outgoing::new(Method::POST, &url)).await
}

/// `POST /api/people/{id}/enrolment`.
pub(crate) async fn show_code(id: &str) -> Result<EnrolmentCode, ApiError> {
    let url = format!("/api/people/{}/enrolment", encode(id));
    call(Outgoing::new(Method::POST, &url)).await
}

/// `DELETE /api/people/{id}/enrolment`.
pub(crate) async fn take_code_back(id: &str) -> Result<(), ApiError> {
    let url = format!("/api/people/{}/enrolment", encode(id));
    done(Outgoing::new(Method::DELETE, &url)).await
}
