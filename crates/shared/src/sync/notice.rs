//! When a person who is not looking at the app is told something, and when not again.

use serde::{Deserialize, Serialize};

use super::status::{Connection, Status, Summary};
use crate::timestamp::Timestamp;

/// A queue in which something has waited this long is an old one.
pub const OLD_QUEUE_MS: i64 = 24 * 3_600_000;
/// A connection that comes and goes is told of once in this time.
const CONNECTION_PAUSE_MS: i64 = 10 * 60_000;

/// What a person wants to be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeSettings {
    /// The connection is back.
    pub connection_back: bool,
    /// Everything was sent.
    pub sync_done: bool,
    /// Something came back that needs attention.
    pub needs_attention: bool,
    /// Something has waited for a day.
    pub old_queue: bool,
}

impl NoticeSettings {
    /// Whether the person wants to be told anything at all.
    pub fn any(self) -> bool {
        self.connection_back || self.sync_done || self.needs_attention || self.old_queue
    }
}

/// Something worth telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The server answers again, and so many wait to be sent.
    ConnectionBack(usize),
    /// A run has sent so many; nothing waits.
    SyncDone(usize),
    /// So many need attention.
    NeedsAttention(usize),
    /// So many wait, the oldest for a day or longer.
    OldQueue(usize),
}

impl Notice {
    /// Names its kind: a later one of a kind takes the place of the earlier.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ConnectionBack(_) => "connection-back",
            Self::SyncDone(_) => "sync-done",
            Self::NeedsAttention(_) => "needs-attention",
            Self::OldQueue(_) => "old-queue",
        }
    }
}

/// Compares each status with the one before.
#[derive(Debug, Clone, Default)]
pub struct NoticeWatch {
    seen: Option<Seen>,
    connection_told_at: Option<Timestamp>,
    old_told_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq)]
struct Seen {
    was_away: bool,
    last: Option<Summary>,
}

impl NoticeWatch {
    /// What this status tells that the one before did not. The first one tells nothing but an old queue: it is what
    /// the person found when the app was opened. `oldest` is when the oldest waiting item was made.
    pub fn look(
        &mut self,
        status: &Status,
        oldest: Option<Timestamp>,
        now: Timestamp,
        wanted: NoticeSettings,
    ) -> Vec<Notice> {
        let away = matches!(
            status.connection,
            Connection::Unreachable | Connection::SignInPage
        );
        let before = self.seen.replace(Seen {
            // Not known yet is not back yet.
            was_away: away
                || (status.connection == Connection::Unknown
                    && self.seen.as_ref().is_some_and(|seen| seen.was_away)),
            last: status.last.clone(),
        });
        let mut notices = Vec::new();
        if let Some(before) = before {
            let is_back = before.was_away && status.connection == Connection::Reachable;
            if is_back && wanted.connection_back && is_due(self.connection_told_at, now, CONNECTION_PAUSE_MS)
            {
                self.connection_told_at = Some(now);
                notices.push(Notice::ConnectionBack(status.waiting));
            }
            if let Some(run) = status
                .last
                .as_ref()
                .filter(|last| before.last.as_ref() != Some(last))
            {
                notices.extend(of_run(run, status, wanted));
            }
        }
        let is_old = oldest.is_some_and(|oldest| now.since_ms(oldest) >= OLD_QUEUE_MS);
        if status.waiting == 0 {
            self.old_told_at = None;
        } else if is_old && wanted.old_queue && is_due(self.old_told_at, now, OLD_QUEUE_MS) {
            self.old_told_at = Some(now);
            notices.push(Notice::OldQueue(status.waiting));
        }
        notices
    }
}

fn of_run(run: &Summary, status: &Status, wanted: NoticeSettings) -> Vec<Notice> {
    let mut notices = Vec::new();
    if wanted.sync_done && run.synced > 0 && run.left == 0 {
        notices.push(Notice::SyncDone(run.synced));
    }
    if wanted.needs_attention && run.failed > 0 {
        notices.push(Notice::NeedsAttention(status.shelf.max(run.failed)));
    }
    notices
}

fn is_due(told_at: Option<Timestamp>, now: Timestamp, pause_ms: i64) -> bool {
    // A clock that was set back must not silence for long.
    told_at.is_none_or(|at| !(0..pause_ms).contains(&now.since_ms(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: NoticeSettings = NoticeSettings {
        connection_back: true,
        sync_done: true,
        needs_attention: true,
        old_queue: true,
    };
    const NONE: NoticeSettings = NoticeSettings {
        connection_back: false,
        sync_done: false,
        needs_attention: false,
        old_queue: false,
    };

    fn status(connection: Connection, waiting: usize) -> Status {
        Status {
            connection,
            waiting,
            ..Status::default()
        }
    }

    fn ended(ended_at: i64, synced: usize, failed: usize, left: usize) -> Status {
        let run = serde_json::json!({
            "manual": false, "started_at": 0, "ended_at": ended_at, "synced": synced, "failed": failed, "left": left,
            "bytes_sent": 0, "batches": 1, "outcome": "sent",
        });
        Status {
            last: serde_json::from_value(run).ok(),
            shelf: failed,
            ..status(Connection::Reachable, left)
        }
    }

    fn told(watch: &mut NoticeWatch, status: &Status, at_ms: i64) -> Vec<Notice> {
        watch.look(status, None, Timestamp::from_ms(at_ms), ALL)
    }

    #[test]
    fn a_connection_that_flaps_is_told_of_once() {
        let mut watch = NoticeWatch::default();
        let away = status(Connection::Unreachable, 3);
        let back = status(Connection::Reachable, 3);
        assert_eq!(told(&mut watch, &away, 0), []);
        assert_eq!(told(&mut watch, &status(Connection::Unknown, 3), 1), []);
        assert_eq!(told(&mut watch, &back, 2), [Notice::ConnectionBack(3)]);
        assert_eq!(told(&mut watch, &away, 3), []);
        assert_eq!(told(&mut watch, &back, 4), []);
        assert_eq!(told(&mut watch, &away, CONNECTION_PAUSE_MS), []);
        assert_eq!(
            told(&mut watch, &back, CONNECTION_PAUSE_MS + 2),
            [Notice::ConnectionBack(3)]
        );
    }

    #[test]
    fn a_run_is_told_of_once_and_only_when_nothing_waits() {
        let mut watch = NoticeWatch::default();
        assert_eq!(told(&mut watch, &ended(1, 5, 0, 0), 0), []);
        assert_eq!(told(&mut watch, &ended(2, 5, 0, 7), 1), []);
        assert_eq!(told(&mut watch, &ended(3, 7, 0, 0), 2), [Notice::SyncDone(7)]);
        assert_eq!(told(&mut watch, &ended(3, 7, 0, 0), 3), []);
        let with_failures = [Notice::SyncDone(2), Notice::NeedsAttention(1)];
        assert_eq!(told(&mut watch, &ended(4, 2, 1, 0), 4), with_failures);
    }

    #[test]
    fn an_old_queue_is_told_of_once_a_day_until_it_is_gone() {
        let mut watch = NoticeWatch::default();
        let waiting = status(Connection::Unreachable, 2);
        let oldest = Some(Timestamp::from_ms(0));
        let mut look = |status: &Status, at_ms| watch.look(status, oldest, Timestamp::from_ms(at_ms), ALL);
        assert_eq!(look(&waiting, OLD_QUEUE_MS - 1), []);
        assert_eq!(look(&waiting, OLD_QUEUE_MS), [Notice::OldQueue(2)]);
        assert_eq!(look(&waiting, OLD_QUEUE_MS + 5), []);
        assert_eq!(look(&waiting, 2 * OLD_QUEUE_MS), [Notice::OldQueue(2)]);
    }

    #[test]
    fn nobody_is_told_what_nobody_wants() {
        let mut watch = NoticeWatch::default();
        let at = Timestamp::from_ms(2 * OLD_QUEUE_MS);
        for status in [status(Connection::Unreachable, 1), ended(1, 1, 1, 0)] {
            assert_eq!(watch.look(&status, Some(Timestamp::from_ms(0)), at, NONE), []);
        }
    }
}
