//! zxing-cpp, the C++ library that others measure themselves by, in a Python environment of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::corpus::{Case, Corpus};
use super::looks::Outcome;

/// Reads each picture once, with everything tried that the library knows: rotations, smaller sizes, inverted.
const SCRIPT: &str = "
import importlib.metadata, json, sys, time, zxingcpp
folder = sys.argv[1]
options = {'formats': zxingcpp.BarcodeFormat.QRCode}
if hasattr(zxingcpp, 'TextMode'):
    options['text_mode'] = zxingcpp.TextMode.Plain
looks = []
for case in json.load(open(folder + '/cases.json')):
    pixels = open(folder + '/' + case['file'], 'rb').read()
    picture = memoryview(pixels).cast('B', shape=(case['height'], case['width']))
    begin = time.perf_counter()
    found = zxingcpp.read_barcodes(picture, **options)
    ms = (time.perf_counter() - begin) * 1000
    looks.append({'texts': [it.text for it in found], 'ms': ms})
json.dump({'version': importlib.metadata.version('zxing-cpp'), 'looks': looks}, sys.stdout)
";

/// What it read, or why it could not be asked.
pub(super) enum Rival {
    Asked(Answers),
    Missing(String),
}

#[derive(Debug, Deserialize)]
pub(super) struct Answers {
    pub(super) version: String,
    pub(super) looks: Vec<RivalLook>,
}

/// Every code that it found in a picture.
#[derive(Debug, Deserialize)]
pub(super) struct RivalLook {
    texts: Vec<String>,
    pub(super) ms: f64,
}

impl RivalLook {
    /// In its favour: of several codes in a picture, one that is right is enough.
    pub(super) fn outcome(&self, case: &Case) -> Outcome {
        if self.texts.contains(&case.text) {
            Outcome::Read
        } else if self.texts.is_empty() {
            Outcome::Missed
        } else {
            Outcome::Misread
        }
    }
}

/// Asks zxing-cpp; what is missing on this machine is told and not an error.
pub(super) fn read(corpus: &Corpus, environment: &Path) -> Result<Rival> {
    if let Err(error) = install(environment) {
        let reason = format!("zxing-cpp was not asked: {error:#}.");
        eprintln!("{reason}");
        return Ok(Rival::Missing(reason));
    }
    let cases = serde_json::to_vec(&corpus.cases)?;
    fs::write(corpus.folder().join("cases.json"), cases)?;
    let mut python = Command::new(environment.join("bin/python"));
    python.args(["-c", SCRIPT]).arg(corpus.folder());
    let output = python.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "zxing-cpp ended with {}", output.status);
    let answers: Answers = serde_json::from_slice(&output.stdout)?;
    ensure!(
        answers.looks.len() == corpus.cases.len(),
        "an answer for each picture"
    );
    Ok(Rival::Asked(answers))
}

/// Makes the environment unless it works already.
fn install(environment: &Path) -> Result<()> {
    let python = environment.join("bin/python");
    let works = || run(Command::new(&python).args(["-c", "import zxingcpp"])).is_ok();
    if python.exists() && works() {
        return Ok(());
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(environment))
    .context("python3 with venv is missing")?;
    let pip = ["-m", "pip", "install", "--quiet", "zxing-cpp"];
    run(Command::new(&python).args(pip)).context("pip could not install zxing-cpp")
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{}", said.trim().lines().last().unwrap_or("it failed"));
    }
    Ok(())
}
