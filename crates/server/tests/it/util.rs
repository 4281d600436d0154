//! What every test here stands on.

pub(crate) mod app;
pub(crate) mod authenticator;
pub(crate) mod caller;
pub(crate) mod customer;
pub(crate) mod items;
pub(crate) mod person;
mod portfolio;
pub(crate) mod receiver;
pub(crate) mod response;

pub(crate) use app::TestApp;
pub(crate) use caller::{Answer, Caller};
pub(crate) use person::TestPerson;
pub(crate) use receiver::{Receiver, Reply};
