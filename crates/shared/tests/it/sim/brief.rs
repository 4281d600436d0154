//! Inputs and effects in one line of a trace.

use shared::sync::event::{Effect, Entry, Input, PostResult, Settled, Stored};

pub(super) fn input(input: &Input) -> String {
    match input {
        Input::Opened(stored) => format!("Opened {}", snapshot(stored)),
        Input::OutboxRead(stored) => format!("OutboxRead {}", snapshot(stored)),
        Input::LockGranted(stored) => format!("LockGranted {}", snapshot(stored)),
        Input::OfferedAgain(stored) => format!("OfferedAgain {}", snapshot(stored)),
        Input::Saved(saved) => format!("Saved {}", entry(saved)),
        Input::PostEnded {
            attempt,
            result: PostResult::Verdicts(verdicts),
            ..
        } => {
            format!(
                "PostEnded {attempt} Verdicts [{}]",
                verdicts.iter().map(settled).collect::<Vec<_>>().join(" ")
            )
        }
        other => format!("{other:?}"),
    }
}

pub(super) fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Post {
            attempt,
            entries: posted,
            ..
        } => format!("Post {attempt} {}", entries(posted)),
        Effect::Settle {
            attempt,
            settled: all,
        } => {
            format!(
                "Settle {attempt} [{}]",
                all.iter().map(settled).collect::<Vec<_>>().join(" ")
            )
        }
        other => format!("{other:?}"),
    }
}

pub(super) fn entry(entry: &Entry) -> String {
    let id = entry.id.to_string();
    format!("{}r{}({})", entry.seq, entry.revision, &id[id.len() - 4..])
}

fn entries(entries: &[Entry]) -> String {
    match entries {
        [first, .., last] if entries.len() > 8 => {
            format!("[{} .. {}; {}]", entry(first), entry(last), entries.len())
        }
        _ => format!("[{}]", entries.iter().map(entry).collect::<Vec<_>>().join(" ")),
    }
}

fn settled(settled: &Settled) -> String {
    format!("{}={:?}", entry(&settled.entry), settled.verdict)
}

fn snapshot(stored: &Stored) -> String {
    format!(
        "{} shelf {} of {}",
        entries(&stored.entries),
        stored.shelf,
        stored.device_total
    )
}
