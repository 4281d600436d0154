//! Widgets of the office, one a file. Those that the technician's program draws too stand in `ui`.

#![allow(unreachable_pub, reason = "the macro of a component makes its builder public")]

pub(crate) mod form_field;
pub(crate) mod form_panel;
pub(crate) mod frame;
pub(crate) mod months;
pub(crate) mod outcome;
pub(crate) mod page_keys;
pub(crate) mod search_bar;
pub(crate) mod trouble;
pub(crate) mod waiting_list;
