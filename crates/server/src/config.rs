//! What the operator decides, checked once.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// Everything that `serve` needs to know.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that people use, when it is another one.
    pub public_url: Option<PublicUrl>,
    /// Certificate and key, when the server speaks HTTPS itself.
    pub tls: Option<TlsFiles>,
}

impl ServerConfig {
    /// Whether the cookie may only travel by HTTPS.
    pub fn secure_cookies(&self) -> bool {
        self.tls.is_some() || self.public_url.as_ref().is_some_and(PublicUrl::is_https)
    }

    /// The address to show to people.
    pub fn address(&self) -> String {
        match &self.public_url {
            Some(url) => url.origin().to_owned(),
            None if self.tls.is_some() => format!("https://{}", self.listen),
            None => format!("http://{}", self.listen),
        }
    }

    /// Whether a phone can open the address: by HTTPS (or it gets no camera and no offline start), not on loopback.
    pub fn reachable_by_phone(&self) -> bool {
        match &self.public_url {
            Some(url) => url.is_https() && !url.is_loopback(),
            None => {
                self.tls.is_some() && !self.listen.ip().is_loopback() && !self.listen.ip().is_unspecified()
            }
        }
    }
}

/// Files of a certificate of one's own.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate chain, PEM.
    pub cert: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

/// The address that people type: scheme and host, perhaps a port, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
}

impl PublicUrl {
    /// As a browser sends it in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether it is an HTTPS address.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// What a passkey is bound to: the name of the host, where a browser has passkeys at all (by HTTPS, or on this machine).
    pub fn passkey_host(&self) -> Option<&str> {
        let host = self.host();
        (self.is_https() || is_local_name(host)).then_some(host)
    }

    fn is_loopback(&self) -> bool {
        let host = self.host();
        is_local_name(host)
            || host == "[::1]"
            || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
    }

    /// Without the port.
    fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or("", |(_, it)| it);
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
            _ => authority,
        }
    }
}

/// Names that browsers look up nowhere.
fn is_local_name(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const RIGHT: &str = "expected scheme and host alone, such as https://meters.example.org";
        let uri: axum::http::Uri = text.trim().parse().map_err(|_| String::from(RIGHT))?;
        let scheme = uri
            .scheme_str()
            .filter(|scheme| matches!(*scheme, "http" | "https"))
            .ok_or(RIGHT)?;
        let authority = uri.authority().ok_or(RIGHT)?;
        let bare =
            matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
        if !bare {
            return Err(format!("{RIGHT}; Meterline lives at the root of its host"));
        }
        let host = authority.host().to_ascii_lowercase();
        let usual_port = if scheme == "https" { 443 } else { 80 };
        let origin = match authority.port_u16() {
            Some(port) if port != usual_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        };
        Ok(Self { origin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_kept_as_browsers_send_it() {
        for (text, origin) in [
            ("https://Meters.example.org/", "https://meters.example.org"),
            ("https://meters.example.org:443", "https://meters.example.org"),
            ("http://192.168.1.5:8080", "http://192.168.1.5:8080"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().origin(), origin);
        }
    }

    #[test]
    fn only_this_machine_counts_as_this_machine() {
        let is_loopback = |text: &str| text.parse::<PublicUrl>().unwrap().is_loopback();
        for here in [
            "https://localhost:8443",
            "https://app.localhost",
            "https://127.0.0.9",
            "https://[::1]:8443",
        ] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in [
            "https://localhost.example.org",
            "https://127.example.org",
            "https://[::2]",
        ] {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_wrong_public_url_is_told_what_would_be_right() {
        for text in [
            "meters.example.org",
            "ftp://x",
            "https://x/app",
            "https://u@x",
            "",
        ] {
            assert!(
                text.parse::<PublicUrl>()
                    .unwrap_err()
                    .contains("https://meters.example.org"),
                "{text}"
            );
        }
    }
}
