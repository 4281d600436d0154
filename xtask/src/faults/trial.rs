//! Building the copy with a fault in it and running the test that has to fail.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::fault::{Fault, Proof};
use super::tree::Tree;
use crate::browser::{INSTALL_HINT, ensure_chromedriver};
use crate::process::{Guarded, command, say};
use crate::project::WASM_TARGET;
use crate::tools::{ensure_wasm_bindgen, ensure_wasm_target};

/// A fault may make a program run for ever.
const LONGEST_RUN: Duration = Duration::from_secs(180);
/// Building takes its time once.
const LONGEST_BUILD: Duration = Duration::from_secs(1_800);

/// What became of a fault.
pub(super) enum Outcome {
    /// The test failed. `how`: the first words of why, or that it did not end.
    Caught { how: Option<String> },
    /// The test passed.
    Missed,
    /// It proves nothing.
    DoesNotCompile,
    /// The program ended in another way than by its test: nothing is proven.
    EndedOtherwise,
}

impl Outcome {
    /// What is printed.
    pub(super) fn line(&self, fault: &Fault) -> String {
        match self {
            Self::Caught { how } => {
                let how = how.as_ref().map(|how| format!(": {how}")).unwrap_or_default();
                format!("caught {} by {}{how}", fault.name, fault.proof)
            }
            Self::Missed => format!("missed {}", fault.name),
            Self::DoesNotCompile => {
                format!(
                    "missed {}: with this fault the project does not compile",
                    fault.name
                )
            }
            Self::EndedOtherwise => {
                format!("missed {}: the program failed, but not its test", fault.name)
            }
        }
    }
}

/// Where faults are tried.
pub(super) struct Workbench<'a> {
    tree: &'a Tree,
    /// Tests that pass without a fault.
    sound: RefCell<BTreeSet<String>>,
}

/// A program that has ended, or was ended.
struct Ended {
    success: bool,
    in_time: bool,
    text: String,
}

impl<'a> Workbench<'a> {
    pub(super) fn new(tree: &'a Tree) -> Result<Self> {
        fs::create_dir_all(tree.build())?;
        Ok(Self {
            tree,
            sound: RefCell::default(),
        })
    }

    /// Tries one fault.
    pub(super) fn attempt(&self, fault: &Fault) -> Result<Outcome> {
        self.check_sound(fault)?;
        let _applied = self.tree.apply(fault)?;
        let built = self.run(&mut self.cargo(fault.proof, true)?, fault.name, LONGEST_BUILD)?;
        if !built.success {
            return Ok(Outcome::DoesNotCompile);
        }
        let ended = self.run(&mut self.cargo(fault.proof, false)?, fault.name, LONGEST_RUN)?;
        if !ended.in_time {
            let how = Some(format!("it did not end within {} s", LONGEST_RUN.as_secs()));
            return Ok(Outcome::Caught { how });
        }
        if ended.success {
            return Ok(Outcome::Missed);
        }
        let named = format!("{} ... FAIL", fault.proof.test());
        if !ended.text.contains(&named) {
            return Ok(Outcome::EndedOtherwise);
        }
        let how = match fault.proof {
            Proof::Simulation(_) => ended.text.lines().find(|line| line.starts_with("seed ")),
            Proof::Rule(_) | Proof::Server(_) | Proof::Browser(_) => None,
        };
        Ok(Outcome::Caught {
            how: how.map(str::to_owned),
        })
    }

    /// A test that fails anyway, or is not there, catches nothing.
    fn check_sound(&self, fault: &Fault) -> Result<()> {
        let what = fault.proof.to_string();
        if self.sound.borrow().contains(&what) {
            return Ok(());
        }
        let is_first = self.sound.borrow().is_empty();
        if is_first {
            say("Building the copy; the first time takes minutes …");
        }
        let built = self.run(&mut self.cargo(fault.proof, true)?, "sound", LONGEST_BUILD)?;
        let ended = self.run(&mut self.cargo(fault.proof, false)?, "sound", LONGEST_RUN)?;
        let named = format!("{} ... ok", fault.proof.test());
        if !built.success || !ended.success || !ended.text.contains(&named) {
            bail!(
                "fault `{}`: without it {what} does not pass; see {}",
                fault.name,
                self.tree.logs().join("sound.log").display()
            );
        }
        self.sound.borrow_mut().insert(what);
        Ok(())
    }

    /// Cargo on the copy, to build the proof's program or to run it.
    fn cargo(&self, proof: Proof, only_build: bool) -> Result<Command> {
        let mut cargo = command("cargo");
        cargo
            .current_dir(self.tree.root())
            .env("CARGO_TARGET_DIR", self.tree.build())
            .env("RUST_BACKTRACE", "0")
            .arg("test");
        match proof {
            Proof::Rule(_) => cargo.args(["--package", "shared", "--lib"]),
            Proof::Simulation(seeds) => cargo
                .args(["--package", "shared", "--test", "it"])
                .env("SIM_SEEDS", seeds.to_string()),
            Proof::Server(_) => cargo.args(["--package", "server", "--test", "it"]),
            Proof::Browser(_) => {
                let driver = ensure_chromedriver().context(INSTALL_HINT)?;
                ensure_wasm_target()?;
                ensure_wasm_bindgen()?;
                cargo
                    .args(["--package", "phone", "--target", WASM_TARGET, "--test", "web"])
                    .env(
                        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                        "wasm-bindgen-test-runner",
                    )
                    .env("CHROMEDRIVER", driver)
                    .env("WASM_BINDGEN_USE_BROWSER", "1")
            }
        };
        if only_build {
            cargo.arg("--no-run");
        } else {
            cargo.args(["--", proof.test()]);
            if !matches!(proof, Proof::Browser(_)) {
                cargo.arg("--exact");
            }
        }
        Ok(cargo)
    }

    fn run(&self, command: &mut Command, name: &str, longest: Duration) -> Result<Ended> {
        let path = self.tree.logs().join(format!("{name}.log"));
        let log = File::create(&path).with_context(|| path.display().to_string())?;
        command.stdin(Stdio::null()).stderr(log.try_clone()?).stdout(log);
        let mut process = Guarded::start(command, None)?;
        let start = Instant::now();
        let mut status = None;
        while status.is_none() && start.elapsed() < longest {
            status = process.child().try_wait()?;
            thread::sleep(Duration::from_millis(20));
        }
        drop(process);
        Ok(Ended {
            success: status.is_some_and(|status| status.success()),
            in_time: status.is_some(),
            text: String::from_utf8_lossy(&fs::read(&path)?).into_owned(),
        })
    }
}
