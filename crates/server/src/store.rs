//! What the server keeps: reads and writes in the words of the domain. Rules stand in `shared`, not here.

mod device_check;
mod device_list;
mod devices;
mod identity;
pub mod json_list;
pub mod lookup;
mod round_list;

use shared::id::DeviceId;

use self::lookup::Lookup;
use crate::database::{self, Database, OpenError, Pools};
use crate::tenant_words;

pub use device_check::missing_ranges;
pub use device_list::KnownDevice;
pub use devices::DeviceState;
pub use identity::Identity;
pub use round_list::{MeterPointRows, RoundListQuery, RoundListRows};

/// Handle to the books; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
    identity: Identity,
    device_states: Lookup<DeviceId, DeviceState>,
}

impl Store {
    /// Opens the database at `url` and brings its tables to this version.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let pools = database::open(url).await?;
        let identity = Identity::load_or_create(&pools.write).await?;
        tenant_words::complete(&pools.write).await?;
        let device_states = devices::states(pools.read.clone());
        Ok(Self {
            pools,
            identity,
            device_states,
        })
    }

    /// For reading.
    pub fn reader(&self) -> &Database {
        &self.pools.read
    }

    /// For writing: on SQLite the only connection that writes.
    pub fn writer(&self) -> &Database {
        &self.pools.write
    }

    /// Which installation this is, and which life of its database.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> sqlx::Result<()> {
        crate::on!(self.reader(), |pool| sqlx::query("SELECT 1")
            .execute(pool)
            .await
            .map(drop))
    }

    /// The last change number that was given out.
    pub async fn last_change_seq(&self) -> sqlx::Result<i64> {
        crate::on!(self.reader(), |pool| {
            sqlx::query_scalar("SELECT value FROM counter WHERE name = 'change'")
                .fetch_one(pool)
                .await
        })
    }

    /// Closes every connection, waiting for those in use.
    pub async fn close(&self) {
        self.pools.read.close().await;
        self.pools.write.close().await;
    }
}
