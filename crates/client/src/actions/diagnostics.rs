//! The diagnostics: English lines of `name: value` that support can read in any language of the app.

use std::fmt::Write;

use leptos::prelude::*;
use shared::sync::status::{LinkQuality, Status, Summary};
use shared::timestamp::{LocalTime, Timestamp};

use crate::adapters::{entropy, surroundings};
use crate::runtime::Runtime;
use crate::view_state::{Settings, StorageState};

/// Runs that are listed.
const RUNS_LISTED_MAX: usize = 12;

impl Runtime {
    /// How this phone is: versions, counts, runs, storage, link. Holds no names, no readings and no secrets.
    pub fn diagnostics(self) -> String {
        let core = self.core();
        let view = core.view;
        let mut text = Text::default();
        text.line("meterline diagnostics", entropy::local_now().to_rfc3339());
        text.line("version", env!("CARGO_PKG_VERSION"));
        text.line("build", surroundings::build());
        let person = core.person();
        let phone = person.as_ref().and_then(|person| person.device_id);
        text.line(
            "phone",
            phone.map_or_else(|| "none".to_owned(), |id| id.to_string()),
        );
        text.line(
            "role",
            person
                .map(|person| format!("{:?}", person.role))
                .unwrap_or_default(),
        );
        text.line("installed", surroundings::is_installed());
        text.line("browser", surroundings::user_agent());
        text.line(
            "network",
            surroundings::network_kind().unwrap_or_else(|| "not told".into()),
        );
        text.line(
            "list",
            view.list.with_untracked(|list| {
                format!(
                    "{} meter points, of {}",
                    list.rows.len(),
                    moment(list.refreshed_at)
                )
            }),
        );
        text.line("running number", core.device_total.get());
        text.line("store trouble", format!("{:?}", view.trouble.get_untracked()));
        text.line("update waits", view.update_available.get_untracked());
        view.status.with_untracked(|status| text.status(status));
        text.storage(view.storage.get_untracked());
        view.settings.with_untracked(|settings| text.settings(settings));
        view.history.with_untracked(|history| {
            let total = history.total_since(i32::MIN);
            text.line(
                "history",
                format!(
                    "{} runs in {} days, {} in vain",
                    total.runs,
                    history.days.len(),
                    total.troubled
                ),
            );
            for run in history.runs.iter().take(RUNS_LISTED_MAX) {
                text.run(run);
            }
        });
        text.0
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, name: &str, value: impl std::fmt::Display) {
        // Writing into a text cannot fail.
        let _ = writeln!(self.0, "{name}: {value}");
    }

    fn status(&mut self, status: &Status) {
        self.line("waiting", status.waiting);
        self.line("needs attention", status.shelf);
        self.line(
            "all received up to",
            status
                .all_received
                .map_or_else(|| "not confirmed".into(), |it| it.to_string()),
        );
        self.line("never received", format!("{:?}", status.missing));
        self.line("connection", format!("{:?}", status.connection));
        self.line("paused", format!("{:?}", status.paused));
        self.line("running", status.progress.is_some());
        self.line("next attempt", moment(status.next_attempt_at));
        self.line("link", link(&status.link));
        let clock = status
            .clock_offset
            .map(|(offset_ms, at)| format!("{offset_ms} ms, of {}", moment(Some(at))));
        self.line(
            "server clock minus phone clock",
            clock.unwrap_or_else(|| "not measured".into()),
        );
    }

    fn storage(&mut self, storage: StorageState) {
        let bytes = |count: Option<f64>| count.map_or_else(|| "?".into(), |count| format!("{count:.0}"));
        self.line(
            "storage",
            format!(
                "{}, {} of {} bytes",
                storage.protection.wire_name(),
                bytes(storage.used_bytes),
                bytes(storage.quota_bytes)
            ),
        );
    }

    fn settings(&mut self, settings: &Settings) {
        let Settings {
            automatic_sync,
            send_order,
            check_window,
            quiet,
            notices,
            ..
        } = settings;
        self.line(
            "settings",
            format!("automatic {automatic_sync}, {send_order:?}, {check_window:?}, {quiet:?}, {notices:?}"),
        );
    }

    fn run(&mut self, run: &Summary) {
        let duration_ms = run.ended_at.since_ms(run.started_at);
        self.line(
            "run",
            format!(
                "{} {:?} {:?} synced {} failed {} left {} batches {} bytes {} ms {duration_ms} {}",
                moment(Some(run.ended_at)),
                run.why,
                run.outcome,
                run.synced,
                run.failed,
                run.left,
                run.batches,
                run.bytes_sent,
                link(&run.link),
            ),
        );
    }
}

fn link(link: &LinkQuality) -> String {
    let number = |value: Option<u64>| value.map_or_else(|| "?".into(), |value| value.to_string());
    format!(
        "round trip {} ms, upload {} bytes/s, check {} ms",
        number(link.round_trip_ms),
        number(link.upload_bytes_per_s),
        link.check_window_ms
    )
}

fn moment(at: Option<Timestamp>) -> String {
    let here = |at| {
        LocalTime {
            at,
            ..entropy::local_now()
        }
        .to_rfc3339()
    };
    at.map_or_else(|| "never".into(), here)
}
