//! Tasks that kept the page from answering for more than 50 ms, as the browser itself reports them.

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::Browser;

/// Notes them from the first moment of every page that is opened from now on.
const WATCH: &str = "window.longTasks = [];
    new PerformanceObserver(list => {
      for (const task of list.getEntries()) window.longTasks.push([task.startTime, task.duration]);
    }).observe({type: 'longtask', buffered: true});";

pub(super) async fn watch(browser: &Browser) -> Result<()> {
    browser
        .driver()
        .cdp()
        .send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": WATCH}))
        .await?;
    Ok(())
}

/// The longest that overlapped this time of the page; 0 when there was none.
pub(super) async fn longest_ms(browser: &Browser, begin_ms: f64, end_ms: f64) -> Result<f64> {
    let script = format!(
        "return Math.max(0, ...window.longTasks
           .filter(([start, duration]) => start + duration > {begin_ms} && start < {end_ms})
           .map(([, duration]) => duration))"
    );
    browser.js(&script).await?.as_f64().context("a duration")
}
