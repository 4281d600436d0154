//! Starts the app in the browser.

fn main() {
    client::panic_screen::install();
    leptos::mount::mount_to_body(client::app::App);
}
