//! A real browser: headless Chromium under WebDriver, with a profile that survives closing it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::server::free_port;
use crate::wait::until;

/// How long a screen may take before a run counts as broken.
const SCREEN_LIMIT: Duration = Duration::from_secs(30);

/// Size of the window.
#[derive(Debug, Clone, Copy)]
pub enum Screen {
    /// 412 x 915.
    Phone,
    /// 1280 x 800.
    Laptop,
}

/// One browser window with its driver; ends with the value.
pub struct Browser {
    driver: WebDriver,
    process: Child,
    profile: PathBuf,
}

/// The path of a program, or `None` when it is not installed.
pub fn find_program(variable: &str, name: &str) -> Option<PathBuf> {
    let given = std::env::var_os(variable).map(PathBuf::from);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    given.or_else(|| {
        std::env::split_paths(&paths)
            .map(|it| it.join(name))
            .find(|it| it.is_file())
    })
}

impl Browser {
    /// Opens a window with this profile folder; `camera` is a video that the fake camera plays in a loop.
    pub async fn open(profile: &Path, screen: Screen, camera: Option<&Path>) -> Result<Self> {
        Self::open_with(profile, screen, &camera.map(film_arguments).unwrap_or_default()).await
    }

    /// Opens a window whose person refuses the camera.
    pub async fn open_without_leave(profile: &Path, screen: Screen) -> Result<Self> {
        let arguments = ["--use-fake-device-for-media-stream", "--deny-permission-prompts"];
        Self::open_with(profile, screen, &arguments.map(String::from)).await
    }

    async fn open_with(profile: &Path, screen: Screen, more: &[String]) -> Result<Self> {
        let program =
            find_program("CHROMEDRIVER", "chromedriver").context("chromedriver is not installed")?;
        let port = free_port()?;
        let process = Command::new(program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut guard = ProcessGuard(Some(process));
        let url = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::new();
        until("the driver listens", SCREEN_LIMIT, async || {
            client.get(format!("{url}/status")).send().await.is_ok()
        })
        .await?;
        let capabilities: Capabilities = serde_json::from_value(capabilities(profile, screen, more))?;
        let driver = WebDriver::new(&url, capabilities).await?;
        let process = guard.0.take().context("the driver runs")?;
        let profile = profile.to_owned();
        let browser = Self {
            driver,
            process,
            profile,
        };
        browser.set_size(screen).await?;
        Ok(browser)
    }

    /// Gives the window this size.
    pub async fn set_size(&self, screen: Screen) -> Result<()> {
        let (width, height) = size(screen);
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.driver
            .cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Light or dark, as the phone's setting would have it, and without movement, so that a picture shows the end of it.
    pub async fn prefer(&self, scheme: &str) -> Result<()> {
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", features)
            .await?;
        // Colours change slowly: a picture of the way from one to the other shows neither.
        let changing =
            "document.getAnimations().some(it => it instanceof CSSTransition && it.playState === 'running')";
        self.wait_for("the colours", &format!("!{changing}")).await
    }

    /// Opens an address.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await?;
        Ok(())
    }

    /// Runs a function body in the page and gives what it returns.
    pub async fn js(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }

    /// Runs an async function body in the page and gives what it returns.
    pub async fn js_async(&self, script: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(done, error => done({{error: String(error)}}));"
        );
        Ok(self.driver.execute_async(script, vec![]).await?.json().clone())
    }

    /// Waits until this expression is true in the page.
    pub async fn wait_for(&self, what: &str, expression: &str) -> Result<()> {
        let script = format!("return Boolean({expression})");
        let held = until(what, SCREEN_LIMIT, async || {
            self.js(&script).await.is_ok_and(|it| it == Value::Bool(true))
        })
        .await;
        match held {
            Ok(()) => Ok(()),
            Err(error) => bail!("{error}; the page shows: {}", self.text().await),
        }
    }

    /// Waits until an element that matches is there and visible.
    pub async fn see(&self, selector: &str) -> Result<()> {
        self.wait_for(
            selector,
            &format!(
                "document.querySelector({})?.getClientRects().length",
                quote(selector)
            ),
        )
        .await
    }

    /// Waits for an element and clicks it as a finger would: at its place on the screen. The page may be drawn anew
    /// between finding and clicking, and a button may give way to another for a while: it is waited for again.
    pub async fn tap(&self, selector: &str) -> Result<()> {
        let mut last = None;
        let tapped = until(&format!("tap {selector}"), SCREEN_LIMIT, async || {
            let clicked = async { self.driver.find(By::Css(selector)).await?.click().await }.await;
            last = clicked.err();
            last.is_none()
        })
        .await;
        match tapped {
            Ok(()) => Ok(()),
            Err(error) => bail!("{error}: {last:?}; the page shows: {}", self.text().await),
        }
    }

    /// Types into a field.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        self.see(selector).await?;
        let field = self.driver.find(By::Css(selector)).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Sends keys to whatever has the focus.
    pub async fn keys(&self, text: &str) -> Result<()> {
        self.driver.action_chain().send_keys(text).perform().await?;
        Ok(())
    }

    /// The text of the first element that matches, empty when there is none.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        let value = self
            .js(&format!(
                "return document.querySelector({})?.innerText ?? ''",
                quote(selector)
            ))
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// How many elements match.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let value = self
            .js(&format!(
                "return document.querySelectorAll({}).length",
                quote(selector)
            ))
            .await?;
        Ok(value.as_u64().unwrap_or(0))
    }

    /// What a person reads on the page.
    pub async fn text(&self) -> String {
        match self
            .js("return location.pathname + ' | ' + document.body.innerText")
            .await
        {
            Ok(text) => text.as_str().unwrap_or_default().to_owned(),
            Err(error) => format!("({error})"),
        }
    }

    /// Waits until the app can be opened without network: the service worker is active and its cache is filled.
    pub async fn wait_until_installed(&self) -> Result<()> {
        let script = "const registration = await navigator.serviceWorker.ready;
             if (registration.active.state !== 'activated') return false;
             const names = await caches.keys();
             for (const name of names) if (await (await caches.open(name)).match('/')) return true;
             return false;";
        until("the app is installed", SCREEN_LIMIT, async || {
            self.js_async(script)
                .await
                .is_ok_and(|it| it == Value::Bool(true))
        })
        .await
    }

    /// Writes a picture of the window into the folder named by `METERLINE_PICTURES`, if that is set.
    pub async fn picture(&self, name: &str) -> Result<()> {
        if let Some(folder) = std::env::var_os("METERLINE_PICTURES") {
            std::fs::create_dir_all(&folder)?;
            let png = self.driver.screenshot_as_png().await?;
            std::fs::write(Path::new(&folder).join(format!("{name}.png")), png)?;
        }
        Ok(())
    }

    /// The driver, for what is not covered here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Ends the browser as a phone ends an app: at once, without a word to it. The profile stays.
    pub async fn kill(mut self) -> Result<()> {
        let of_profile = format!("--user-data-dir={}", self.profile.display());
        for process in std::fs::read_dir("/proc")? {
            let process = process?;
            let Ok(arguments) = std::fs::read(process.path().join("cmdline")) else {
                continue;
            };
            let is_ours = arguments
                .split(|byte| *byte == 0)
                .any(|argument| argument == of_profile.as_bytes());
            if is_ours {
                let id = process.file_name();
                Command::new("kill").arg("-KILL").arg(id).status()?;
            }
        }
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Closes the window; the profile stays.
    pub async fn close(mut self) -> Result<()> {
        let quit = self.driver.clone().quit().await;
        self.process.kill()?;
        self.process.wait()?;
        Ok(quit?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct ProcessGuard(Option<Child>);

impl Drop for ProcessGuard {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

fn size(screen: Screen) -> (u32, u32) {
    match screen {
        Screen::Phone => (412, 915),
        Screen::Laptop => (1280, 800),
    }
}

fn film_arguments(film: &Path) -> Vec<String> {
    vec![
        "--use-fake-ui-for-media-stream".into(),
        "--use-fake-device-for-media-stream".into(),
        format!("--use-file-for-fake-video-capture={}", film.display()),
    ]
}

fn capabilities(profile: &Path, screen: Screen, more: &[String]) -> Value {
    let (width, height) = size(screen);
    let mut arguments: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ]
    .map(String::from)
    .to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.push(format!("--window-size={width},{height}"));
    arguments.extend_from_slice(more);
    json!({"browserName": "chrome", "goog:chromeOptions": {"args": arguments}})
}

fn quote(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
