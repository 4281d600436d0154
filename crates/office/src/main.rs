//! Starts the office in the browser.

fn main() {
    office::app::install_panic_screen();
    leptos::mount::mount_to_body(office::app::App);
}
