//! Starts the app in the browser.

fn main() {
    client::app::install_panic_screen();
    leptos::mount::mount_to_body(client::app::App);
}
