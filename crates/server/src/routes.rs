//! One endpoint a file.

pub mod bundles_post;
pub mod demo_labels;
pub mod device_check;
pub mod device_revocation;
pub mod device_settings;
pub mod devices_get;
pub mod events_get;
pub mod health;
pub mod label_change;
pub mod label_sheets;
pub mod labels_get;
pub mod openapi;
pub mod photo_get;
pub mod photo_put;
pub mod ping;
pub mod reading_decision_post;
pub mod reading_get;
pub mod reading_photos;
pub mod readings_decisions_post;
pub mod readings_get;
pub mod readings_post;
pub mod round_list;
pub mod session_delete;
pub mod session_get;
pub mod session_post;
pub mod walking_order_put;
