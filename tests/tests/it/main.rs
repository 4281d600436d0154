//! One test binary for the whole product.

mod browser;
mod kill;
