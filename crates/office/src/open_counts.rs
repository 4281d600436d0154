//! How much waits for the office: beside the pages' names, wherever one is.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::wire::event::OfficeEvent;
use shared::wire::open_decisions::OpenDecisions;

use crate::adapters::open_decisions;

/// The counts; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct OpenCounts {
    pub(crate) known: RwSignal<OpenDecisions>,
    asking: RwSignal<bool>,
    stale: RwSignal<bool>,
}

/// The counts that [`OpenCounts::provide`] has put into the context.
pub(crate) fn use_open_counts() -> OpenCounts {
    expect_context::<OpenCounts>()
}

impl OpenCounts {
    /// Called once, by the program's frame.
    pub(crate) fn provide() {
        provide_context(Self {
            known: RwSignal::default(),
            asking: RwSignal::default(),
            stale: RwSignal::default(),
        });
    }

    /// Asks the server; once more when it is asked for meanwhile.
    pub(crate) fn refresh(self) {
        if self.asking.get_untracked() {
            self.stale.set(true);
            return;
        }
        self.asking.set(true);
        spawn_local(async move {
            // What is not known stays as it was: the page says by itself that there is no connection.
            if let Ok(counts) = open_decisions::counts().await {
                self.known.set(counts);
            }
            self.asking.set(false);
            if self.stale.get_untracked() {
                self.stale.set(false);
                self.refresh();
            }
        });
    }

    /// Something happened at the server.
    pub(crate) fn notice(self, event: &OfficeEvent) {
        let matters = match event {
            OfficeEvent::Item { row, .. } => {
                matches!(row.state.as_str(), "conflict" | "held") || row.decision.is_some()
            }
            OfficeEvent::Reload => true,
            OfficeEvent::Device { .. } | OfficeEvent::Period { .. } => false,
        };
        if matters {
            self.refresh();
        }
    }
}
