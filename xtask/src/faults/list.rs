//! The faults, a file for each part of the project.

mod answers;
mod billing;
mod books;
mod device;
mod engine;
mod intake;
mod pace;
mod people;
mod photos;
mod portfolio;
mod server;

use super::fault::Fault;

/// All of them.
pub(super) fn all() -> Vec<&'static Fault> {
    [
        answers::FAULTS,
        engine::FAULTS,
        pace::FAULTS,
        photos::FAULTS,
        portfolio::FAULTS,
        billing::FAULTS,
        intake::FAULTS,
        server::FAULTS,
        books::FAULTS,
        device::FAULTS,
        people::FAULTS,
    ]
    .into_iter()
    .flatten()
    .collect()
}
