//! What a browser sees when the server was built without the client.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

const PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Meterline</title>\
<h1>The client is not built yet</h1>\
<p>The server runs, but this binary holds no client. In the project's folder run\
<pre>cargo xtask run</pre>\
<p>which builds both and starts them. The interface is described at <a href=\"/api/openapi.json\">/api/openapi.json</a>.\
</html>";

/// The plain page, with a status that no cache and no service worker takes for the app.
pub(super) fn page() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, Html(PAGE)).into_response()
}
