//! Where the phone is, for the readings of a person who consented.

use leptos::prelude::*;

use crate::runtime::Runtime;

impl Runtime {
    /// While the calling page is open, and only while the person wants it, the browser is asked where the phone is. What is
    /// known when something is saved goes with it; nothing ever waits.
    pub(crate) fn locate_while_open(self) {
        let settings = self.settings();
        let consents = Memo::new(move |_| settings.read().position);
        let visit = self.core().locator.open();
        Effect::new(move || {
            let core = self.core();
            if consents.get() {
                core.locator.start(visit);
            } else {
                core.locator.stop(visit);
            }
        });
        on_cleanup(move || self.core().locator.stop(visit));
    }
}
