//! What the server says in the terminal when it starts.

use qrcode::{EcLevel, QrCode};

use crate::config::ServerConfig;

/// The address, how a phone gets there, and what is still missing.
pub fn text(config: &ServerConfig, accounts: i64) -> String {
    let address = config.address();
    let mut text = format!("Meterline serves on {address}\n");
    if config.reachable_by_phone() {
        if let Some(picture) = terminal_qr(&address) {
            text.push_str(&picture);
        }
        text.push_str("Scan it with a phone to open Meterline there.\n");
    } else {
        let port = config.listen.port();
        text.push_str(&format!(
            "Phones need HTTPS: put a reverse proxy in front and name it with --public-url https://..., \
             or give --tls-cert and --tls-key. For a trial: adb reverse tcp:{port} tcp:{port}\n"
        ));
    }
    if accounts == 0 {
        text.push_str("There is no account yet. Make an admin with: meterline user add admin --role admin\n");
    }
    text
}

/// Two rows of the code in one line of text; light on dark and dark on light terminals both scan.
fn terminal_qr(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::L).ok()?;
    let width = code.width();
    let dark = |x: usize, y: usize| {
        let inside = (2..width + 2).contains(&x) && (2..width + 2).contains(&y);
        inside && code[(x - 2, y - 2)] == qrcode::Color::Dark
    };
    let mut text = String::new();
    for y in (0..width + 4).step_by(2) {
        for x in 0..width + 4 {
            text.push(match (dark(x, y), dark(x, y + 1)) {
                (true, true) => ' ',
                (true, false) => '▄',
                (false, true) => '▀',
                (false, false) => '█',
            });
        }
        text.push('\n');
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeting(public_url: Option<&str>, accounts: i64) -> String {
        let config = ServerConfig {
            listen: ([127, 0, 0, 1], 8080).into(),
            public_url: public_url.map(|url| url.parse().unwrap()),
            tls: None,
        };
        text(&config, accounts)
    }

    #[test]
    fn a_phone_is_given_a_code_only_where_it_can_get() {
        assert!(greeting(Some("https://meters.example.org"), 1).contains('█'));
        let local = greeting(None, 1);
        assert!(!local.contains('█') && local.contains("--public-url"), "{local}");
    }

    #[test]
    fn without_accounts_the_one_command_is_told() {
        assert!(greeting(None, 0).contains("meterline user add admin --role admin"));
        assert!(!greeting(None, 1).contains("user add"));
    }
}
