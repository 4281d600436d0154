//! One test binary for the whole product.

mod books;
mod browser;
mod kill;
mod restore;
