//! Ending a run half way.

use shared::sync::event::Input;

use crate::runtime::Runtime;

impl Runtime {
    /// Ends the run under way, here or in another tab, after the batch that is on its way. Everything else stays on this
    /// phone until **Sync now**, or until it goes on by itself.
    pub fn stop_sync(self) {
        self.core().dispatch(Input::Stop);
    }
}
