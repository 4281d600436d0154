//! What networks and the boxes in them do to one batch.

use std::convert::Infallible;
use std::time::Duration;

use futures_util::stream;
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Bytes, Frame};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

/// One fault, for one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection breaks before the server has seen anything.
    LoseRequest,
    /// The server commits, then the connection breaks.
    LoseAnswer,
    /// The server commits, half of the answer arrives, then the connection breaks.
    CutAnswer,
    /// The server commits, the answer comes in small pieces.
    Trickle,
    /// The server commits, a proxy in between says 502.
    BadGateway,
    /// The server has not seen it, a proxy says 503.
    Unavailable,
    /// The server has not seen it; a page of the hotel's answers, with 200.
    SignInPage,
}

/// A body that can break off.
pub(super) type Body = UnsyncBoxBody<Bytes, BodyError>;
/// Why a body broke off.
pub(super) type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// Pieces of a trickling answer, and the pause between two.
const PIECES: usize = 20;
const PIECE_PAUSE: Duration = Duration::from_millis(20);

const PAGE: &str = "<!DOCTYPE html><html><title>Welcome</title><body><form action=/login>Room number <input name=room></form></body></html>";

impl Fault {
    /// What is answered instead of asking the server.
    pub(super) fn instead(self) -> Option<Response<Body>> {
        match self {
            Self::SignInPage => Some(sign_in_page()),
            Self::Unavailable => Some(plain(StatusCode::SERVICE_UNAVAILABLE, "no server is ready")),
            _ => None,
        }
    }

    /// What becomes of the server's answer; `None`: nothing of it arrives.
    pub(super) fn spoil(self, parts: hyper::http::response::Parts, body: Bytes) -> Option<Response<Body>> {
        match self {
            Self::LoseAnswer => None,
            Self::BadGateway => Some(plain(
                StatusCode::BAD_GATEWAY,
                "the server did not answer in time",
            )),
            Self::CutAnswer => {
                let half = body.slice(..body.len() / 2);
                let pieces: [Result<_, BodyError>; 2] =
                    [Ok(Frame::data(half)), Err("the connection broke".into())];
                Some(Response::from_parts(
                    parts,
                    StreamBody::new(stream::iter(pieces)).boxed_unsync(),
                ))
            }
            Self::Trickle => Some(Response::from_parts(parts, trickle(body))),
            _ => Some(Response::from_parts(parts, whole(body))),
        }
    }
}

/// A page that a network shows until somebody signs in to it.
pub(super) fn sign_in_page() -> Response<Body> {
    let mut page = Response::new(whole(Bytes::from_static(PAGE.as_bytes())));
    page.headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    page
}

/// A body that arrives in one piece.
pub(super) fn whole(bytes: Bytes) -> Body {
    Full::new(bytes)
        .map_err(|never: Infallible| match never {})
        .boxed_unsync()
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(whole(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    answer
}

fn trickle(body: Bytes) -> Body {
    let size = body.len().div_ceil(PIECES).max(1);
    let pieces = stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(PIECE_PAUSE).await;
        let piece = rest.split_to(size.min(rest.len()));
        Some((Ok::<_, BodyError>(Frame::data(piece)), rest))
    });
    StreamBody::new(pieces).boxed_unsync()
}
