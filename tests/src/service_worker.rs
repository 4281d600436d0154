//! A browser's service worker, driven from outside: its events without a page, and its end.

use anyhow::Result;
use serde_json::json;

use crate::browser::Browser;

/// The tags that pages register.
const TAG: &str = "drain";
const REFRESH_TAG: &str = "refresh";
/// The first registration of a fresh profile.
const REGISTRATION: &str = "0";

/// Lets the browser say to the app's service worker that the network is back, whatever page is open.
pub async fn dispatch_sync(browser: &Browser, origin: &str) -> Result<()> {
    let cdp = browser.driver().cdp();
    cdp.send_raw("ServiceWorker.enable", json!({})).await?;
    let event = json!({"origin": origin, "registrationId": REGISTRATION, "tag": TAG, "lastChance": false});
    cdp.send_raw("ServiceWorker.dispatchSyncEvent", event).await?;
    Ok(())
}

/// Lets the browser say that it is time for a fresh list.
pub async fn dispatch_periodic_sync(browser: &Browser, origin: &str) -> Result<()> {
    let cdp = browser.driver().cdp();
    cdp.send_raw("ServiceWorker.enable", json!({})).await?;
    let event = json!({"origin": origin, "registrationId": REGISTRATION, "tag": REFRESH_TAG});
    cdp.send_raw("ServiceWorker.dispatchPeriodicSyncEvent", event)
        .await?;
    Ok(())
}

/// Ends all service workers, as browsers do when nothing happens for a while.
pub async fn stop_all(browser: &Browser) -> Result<()> {
    let cdp = browser.driver().cdp();
    cdp.send_raw("ServiceWorker.enable", json!({})).await?;
    cdp.send_raw("ServiceWorker.stopAllWorkers", json!({})).await?;
    Ok(())
}
