//! Widgets, one a file. They draw what they are given and report what was touched. Those that the office draws too stand
//! in `ui`.

#![allow(unreachable_pub, reason = "the macro of a component makes its builder public")]

pub(crate) use ui::components::{confirm, empty, icon, notice, register_display, toast};

pub(crate) mod allow_steps;
pub(crate) mod attention;
pub(crate) mod banners;
pub(crate) mod export_button;
pub(crate) mod hazard;
pub(crate) mod item_row;
pub(crate) mod keypad;
pub(crate) mod phone_page;
pub(crate) mod place;
pub(crate) mod property_heading;
pub(crate) mod register_input;
pub(crate) mod run_bar;
pub(crate) mod status_pill;
pub(crate) mod sun_switch;
pub(crate) mod tabs;
pub(crate) mod unit_row;
pub(crate) mod unsent_work;
pub(crate) mod virtual_list;
pub(crate) mod waiting_reason;
pub(crate) mod what;
