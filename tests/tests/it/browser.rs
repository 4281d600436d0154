//! Journeys in a real browser.

mod background;
mod bad_network;
mod bundle;
mod camera_refused;
mod device_full;
mod exchange;
mod gaps;
mod golden;
mod kill_browser;
mod main_job;
mod office;
mod office_door;
mod office_filters;
mod photos;
mod reread;
mod revoke;
mod round;
mod session_life;
mod stop;
mod technician;
mod trace;
mod two_tabs;
mod update;
mod whole_round;
mod worker_and_tabs;
mod world;
