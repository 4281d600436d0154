//! `GET /api/events`: what the office sees arrive, as server-sent events that can be resumed.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Deserialize;
use shared::wire::event::OfficeEvent;
use shared::wire::problem::Problem;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use crate::auth::{Office, Person};
use crate::edge::StopSignal;
use crate::events::{NumberedEvent, Resumed};
use crate::problem::ApiError;
use crate::state::AppState;

/// A comment so often keeps proxies and radios from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A stream ends after this time and the browser comes back by itself: the session is checked again.
const STREAM_TIME_MAX: Duration = Duration::from_secs(10 * 60);
/// Events on their way to one slow browser before the hub's own backlog takes over.
const STREAM_BACKLOG: usize = 64;

/// The query.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct EventsQuery {
    /// Number of the last event that the caller knows (`event_seq` of a page). `Last-Event-ID` goes before it.
    after: Option<i64>,
}

/// Streams what happens; after a break, first what was missed, or `reload` when that is no longer kept.
#[utoipa::path(
    get, path = "/api/events", tag = "office", params(EventsQuery),
    responses(
        (status = OK, body = OfficeEvent, content_type = "text/event-stream"),
        (status = UNAUTHORIZED, body = Problem), (status = FORBIDDEN, body = Problem),
    )
)]
pub(crate) async fn events(
    State(app): State<AppState>,
    State(stop): State<StopSignal>,
    Office(person): Office,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let last_seen = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.trim().parse().ok());
    let (resumed, receiver) = app.events.listen(last_seen.or(query.after));
    let (sender, stream) = mpsc::channel(STREAM_BACKLOG);
    tokio::spawn(async move {
        tokio::select! {
            () = forward(&person, resumed, receiver, &sender) => {}
            () = sender.closed() => {}
            () = stop.given() => {}
            () = tokio::time::sleep(STREAM_TIME_MAX) => {}
        }
    });
    Ok(Sse::new(ReceiverStream::new(stream)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

async fn forward(
    person: &Person,
    resumed: Resumed,
    mut receiver: broadcast::Receiver<NumberedEvent>,
    sender: &mpsc::Sender<Result<Event, Infallible>>,
) {
    let missed = match resumed {
        Resumed::Since(events) => events,
        Resumed::Gone => {
            let _ = sender.send(Ok(reload())).await;
            Vec::new()
        }
    };
    for event in missed {
        send(person, event, sender).await;
    }
    loop {
        match receiver.recv().await {
            Ok(event) => send(person, event, sender).await,
            Err(RecvError::Lagged(_)) => {
                let _ = sender.send(Ok(reload())).await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

async fn send(person: &Person, event: NumberedEvent, sender: &mpsc::Sender<Result<Event, Infallible>>) {
    if !may_see(person, &event.event) {
        return;
    }
    // A struct of ours always serialises; if one ever did not, loading the list again is right.
    let message = match Event::default().json_data(&*event.event) {
        Ok(message) => message.id(event.seq.to_string()),
        Err(_) => reload(),
    };
    // An error means that the browser is gone; `closed` ends the task.
    let _ = sender.send(Ok(message)).await;
}

/// Items of unknown labels have no property: everybody in the office sees those.
fn may_see(person: &Person, event: &OfficeEvent) -> bool {
    match event {
        OfficeEvent::Item { row, .. } => {
            row.property_code.is_empty()
                || person
                    .properties
                    .contains(&shared::code::normal(&row.property_code))
        }
        OfficeEvent::Period { property_code, .. } => {
            person.properties.contains(&shared::code::normal(property_code))
        }
        OfficeEvent::Device { .. } | OfficeEvent::Reload => true,
    }
}

/// Without a number: the one that the caller goes on with comes from the list that it loads.
fn reload() -> Event {
    Event::default()
        .json_data(OfficeEvent::Reload)
        .unwrap_or_default()
}
