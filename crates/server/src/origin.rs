//! Requests that change something have to come from our own pages.
//!
//! The session cookie is `SameSite=Lax` already; this holds where a sibling site is not to be trusted.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::config::PublicUrl;
use crate::problem::ApiError;

/// Refuses `POST`, `PUT`, `PATCH` and `DELETE` with a foreign `Origin`. Programs that send none are no browsers.
pub async fn guard(State(public_url): State<Option<PublicUrl>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_own(public_url.as_ref(), request.headers(), request.uri().host()) {
        next.run(request).await
    } else {
        ApiError::ForeignOrigin.into_response()
    }
}

/// With a public URL, exactly its origin; without one, the host that the request was sent to, whatever it is called.
fn is_own(public_url: Option<&PublicUrl>, headers: &HeaderMap, uri_host: Option<&str>) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else { return false };
    match public_url {
        Some(public_url) => origin.eq_ignore_ascii_case(public_url.origin()),
        None => {
            let host = headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok())
                .or(uri_host);
            let origin_host = origin
                .strip_prefix("https://")
                .or_else(|| origin.strip_prefix("http://"));
            matches!((origin_host, host), (Some(a), Some(b)) if a.eq_ignore_ascii_case(b))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(public_url: Option<&str>, host: &str, origin: Option<&str>, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        let public_url = public_url.map(|text| text.parse().unwrap());
        assert_eq!(
            is_own(public_url.as_ref(), &headers, None),
            expected,
            "{public_url:?} {host} {origin:?}"
        );
    }

    #[test]
    fn with_a_public_url_only_its_origin_is_ours() {
        let url = Some("https://meters.example.org/");
        check(
            url,
            "meters.example.org",
            Some("https://meters.example.org"),
            true,
        );
        check(url, "meters.example.org", None, true);
        check(
            url,
            "meters.example.org",
            Some("http://meters.example.org"),
            false,
        );
        check(url, "evil.example.org", Some("https://evil.example.org"), false);
        check(url, "meters.example.org", Some("null"), false);
    }

    #[test]
    fn without_one_the_host_of_the_request_is_ours() {
        check(None, "127.0.0.1:8080", Some("http://127.0.0.1:8080"), true);
        check(None, "127.0.0.1:8080", Some("http://127.0.0.1:9090"), false);
        check(None, "127.0.0.1:8080", Some("https://evil.example.org"), false);
        check(None, "127.0.0.1:8080", Some("null"), false);
    }
}
