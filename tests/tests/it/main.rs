//! One test binary for the whole product.

mod kill;
mod main_job;
mod two_tabs;
