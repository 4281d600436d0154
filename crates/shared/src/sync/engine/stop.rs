//! Stop: a person ends a run half way. What is under way ends, nothing is lost, and it goes on by itself later.

use super::{Engine, Role};
use crate::sync::event::{Effect, PeerMessage};
use crate::sync::run::Wait;
use crate::sync::status::Outcome;

/// After a stop nothing starts by itself for this long, unless something suggests it anew: a tap, the network coming
/// back, the app being opened.
pub const STOPPED_REST_MS: u64 = 5 * 60 * 1_000;

impl Engine {
    /// **Stop** was tapped here.
    pub(super) fn on_stop(&mut self) {
        match &self.role {
            Role::Running(run) if !run.void => self.stop_run(),
            Role::Following { .. } => self.effects.push(Effect::Tell(PeerMessage::Stop)),
            Role::Running(_) | Role::Asking { .. } | Role::Idle => {}
        }
    }

    /// The batch on its way is waited for: its answer counts.
    pub(super) fn stop_run(&mut self) {
        if let Role::Running(run) = &mut self.role {
            run.hinted = None;
        }
        self.end_run(Outcome::Stopped, Wait::Stopped);
    }
}
