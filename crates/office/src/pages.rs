//! One page a file, with its store and its parts in the folder beside it.

#![allow(unreachable_pub, reason = "the macro of a component makes its builder public")]

pub(crate) mod audit;
pub(crate) mod conflicts;
pub(crate) mod dashboard;
pub(crate) mod import;
pub(crate) mod inbox;
pub(crate) mod labels;
pub(crate) mod me;
pub(crate) mod missing;
pub(crate) mod own_password;
pub(crate) mod people;
pub(crate) mod periods;
pub(crate) mod phones;
pub(crate) mod portfolio;
pub(crate) mod readings;
pub(crate) mod sign_in;
pub(crate) mod unit;
