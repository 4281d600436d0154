//! The walking order.

use shared::wire::walking_order::WalkedUnit;

use super::SaveError;
use super::capture::save_error;
use crate::runtime::{Runtime, walk};

impl Runtime {
    /// Walks a property in this order from now on: durable on this phone when it ends.
    pub async fn keep_walking_order(
        self,
        property_code: &str,
        units: Vec<WalkedUnit>,
    ) -> Result<(), SaveError> {
        let kept = walk::keep(&self.core(), property_code, units).await;
        kept.map_err(save_error)
    }

    /// The order of this property was changed here and is not with the server yet.
    pub fn walking_order_waits(self, property_code: &str) -> bool {
        self.core().walks.waits(property_code)
    }
}
