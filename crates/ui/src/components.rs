//! Widgets of both programs, one a file. They draw what they are given and report what was touched.

#![allow(unreachable_pub, reason = "the macro of a component makes its builder public")]

pub mod choices;
pub mod confirm;
pub mod empty;
pub mod icon;
pub mod look_choices;
pub mod notice;
pub mod password_form;
pub mod register_display;
pub mod toast;
