//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

use crate::config::ServerConfig;

/// The caller's address; behind our own reverse proxy the one that the proxy saw.
pub(crate) fn caller_address(
    config: &ServerConfig,
    extensions: &Extensions,
    headers: &HeaderMap,
) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    if !(peer.is_loopback() && config.public_url.is_some()) {
        return Some(peer);
    }
    // The last entry is the proxy's own; those before it are what the caller claims.
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()?
        .to_str()
        .ok()?;
    forwarded.rsplit(',').next()?.trim().parse().ok().or(Some(peer))
}
