//! `GET /api/ping?nonce=N`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The service name that a ping must carry to count.
pub const SERVICE_NAME: &str = "meterline";

/// Proof that the answer comes from our server and not from a portal on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ping {
    /// Always [`SERVICE_NAME`].
    pub service: String,
    /// What the caller sent.
    pub nonce: String,
    /// The server's time, RFC 3339.
    pub time: String,
    /// Which installation this is.
    pub server_id: String,
    /// New after a restore.
    pub epoch: String,
    /// The oldest app version that the server still wants to see.
    pub min_client: String,
}
