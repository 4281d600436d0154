//! What the app measured of itself: User Timing entries of the page.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::browser::Browser;

/// One entry, in milliseconds since the navigation began.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Span {
    pub(super) start_ms: f64,
    pub(super) duration_ms: f64,
}

impl Span {
    pub(super) fn end_ms(&self) -> f64 {
        self.start_ms + self.duration_ms
    }
}

/// All entries of this name, in the order of their begin.
pub(super) async fn spans(browser: &Browser, name: &str) -> Result<Vec<Span>> {
    let script = format!(
        "return performance.getEntriesByName('{name}', 'measure')
           .map(it => ({{start_ms: it.startTime, duration_ms: it.duration}}))"
    );
    Ok(serde_json::from_value(browser.js(&script).await?)?)
}

/// Numbers that a script in the page has measured.
pub(super) async fn numbers(browser: &Browser, script: &str) -> Result<Vec<f64>> {
    let value = browser.js_async(script).await?;
    ensure!(value.is_array(), "the page says {value}");
    let numbers = value.as_array().context("a list")?.iter().map(Value::as_f64);
    numbers.collect::<Option<Vec<f64>>>().context("numbers")
}

/// One number that a script in the page has measured.
pub(super) async fn number(browser: &Browser, script: &str) -> Result<f64> {
    let value = browser.js_async(script).await?;
    value.as_f64().with_context(|| format!("the page says {value}"))
}
