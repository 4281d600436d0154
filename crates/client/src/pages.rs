//! One page a file: it reads the view state, lays out, and dispatches.

#![allow(unreachable_pub, reason = "the macro of a component makes its builder public")]

pub(crate) mod enrol;
pub(crate) mod find;
pub(crate) mod me;
pub(crate) mod order;
pub(crate) mod outbox;
pub(crate) mod own_password;
pub(crate) mod reading;
pub(crate) mod round;
pub(crate) mod scan;
pub(crate) mod sign_in;
pub(crate) mod sync;
pub(crate) mod to_office;
