//! Where billing is told, as whoever runs the server says. The office has no say in it: an address that people can type is a way
//! into the networks that only the server reaches.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::secret::WebhookSecrets;

/// Address and secrets; neither is ever logged, as an address may hold a token.
pub struct Webhook {
    pub(super) url: Url,
    pub(super) secrets: WebhookSecrets,
}

impl Webhook {
    /// Checks both. The errors hold neither.
    pub fn parse(url: &str, secrets: &str) -> Result<Self, String> {
        const RIGHT: &str = "the webhook's address has to be such as https://billing.example.org/meterline";
        let url = Url::parse(url.trim()).map_err(|_| RIGHT)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(format!(
                "{RIGHT}, without name, password or fragment: each request is signed instead"
            ));
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(format!("{RIGHT}; http:// is for this machine alone")),
        }
        let secrets = WebhookSecrets::parse(secrets)?;
        Ok(Self { url, secrets })
    }

    /// Whether it is on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        None => false,
    }
}
