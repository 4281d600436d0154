//! One test binary for the whole product.

mod books;
mod browser;
mod herd;
mod kill;
mod restore;
