//! The built client, embedded in the binary (a debug build reads the folder as it is).

mod encoding;
mod missing;

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::{Embed, EmbeddedFile};

use crate::hexadecimal::hexadecimal;
use crate::problem::ApiError;

#[derive(Embed)]
#[folder = "../../dist/"]
struct Dist;

/// Hashed names never change their content; a phone asks for them once.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else is asked for each time and answered with 304 while it is the same.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Screens of the office from the time when they were in the technician's program.
const MOVED: [(&str, &str); 2] = [("readings", "/office/readings"), ("phones", "/office/phones")];

/// Serves a file of the client, or the start page for the addresses of its screens.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::MethodNotAllowed.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return ApiError::NotFound.into_response();
    }
    // The pre-compressed siblings are ways to send a file, not files of their own.
    let path = if path.is_empty() { "index.html" } else { path };
    match Dist::get(path) {
        Some(file) if !path.ends_with(".br") => answer(path, file, &headers),
        _ if is_navigation(path, &headers) => screen(path, &uri, &headers),
        _ => ApiError::NotFound.into_response(),
    }
}

/// The start page of the program that has this screen.
fn screen(path: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    if let Some((_, now)) = MOVED.iter().find(|(before, _)| *before == path) {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::permanent(&format!("{now}{query}")).into_response();
    }
    let page = start_page(path);
    match Dist::get(page) {
        Some(file) => answer(page, file, headers),
        None => missing::page(),
    }
}

fn start_page(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("office") => "office.html",
        _ => "index.html",
    }
}

/// A screen's address has no extension, and a browser that goes there asks for HTML.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    let accepts_html = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_none_or(|accept| accept.contains("text/html") || accept.contains("*/*"));
    (path == "index.html" || !last.contains('.')) && accepts_html
}

fn answer(path: &str, file: EmbeddedFile, request: &HeaderMap) -> Response {
    let etag = etag(&file);
    let mut response = if request.get(header::IF_NONE_MATCH) == Some(&etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(path, file, request)
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::CACHE_CONTROL,
        if is_hashed(path) { IMMUTABLE } else { REVALIDATE },
    );
    response
}

fn body(path: &str, file: EmbeddedFile, request: &HeaderMap) -> Response {
    let brotli = if encoding::accepts_brotli(request) {
        Dist::get(&format!("{path}.br"))
    } else {
        None
    };
    let encoded = brotli.is_some();
    let content = brotli.unwrap_or(file).data;
    let body = match content {
        std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes),
    };
    let mut response = body.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, media_type(path));
    if encoded {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn etag(file: &EmbeddedFile) -> HeaderValue {
    let hash = file.metadata.sha256_hash();
    let hex = hexadecimal(&hash[..16]);
    HeaderValue::from_str(&format!("W/\"{hex}\"")).unwrap_or(REVALIDATE)
}

/// Trunk puts a hash of at least eight hexadecimal digits into a name: `client-1a2b3c4d5e6f7a8b.js`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '.', '_'])
        .any(|part| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn media_type(path: &str) -> HeaderValue {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    HeaderValue::from_static(match extension {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        // Anything else makes browsers refuse to compile while it streams in.
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        for (path, hashed) in [
            ("client-1a2b3c4d5e6f7a8b.js", true),
            ("client-1a2b3c4d5e6f7a8b_bg.wasm", true),
            ("sw.js", false),
            ("index.html", false),
            ("icons/icon-192.png", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }

    #[test]
    fn screens_are_navigations_and_lost_files_are_not() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*"));
        assert!(is_navigation("office/readings", &headers));
        assert!(!is_navigation("old-1a2b3c4d.js", &headers));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        assert!(!is_navigation("office/readings", &headers));
    }

    #[test]
    fn the_office_has_a_program_of_its_own() {
        for (path, page) in [
            ("", "index.html"),
            ("outbox", "index.html"),
            ("office", "office.html"),
            ("office/readings", "office.html"),
            ("offices", "index.html"),
        ] {
            assert_eq!(start_page(path), page, "{path}");
        }
    }

    #[test]
    fn wasm_has_the_media_type_that_browsers_insist_on() {
        assert_eq!(media_type("client_bg.wasm"), "application/wasm");
    }
}
