//! Running other programs: in the foreground, for their text, or guarded so that they end with this process.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::project;

/// A command in the project's folder that finds the project's own tools before any other.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root()).env("PATH", search_path());
    // `cargo run` tells its child the toolchain's cargo; a nested cargo has to find its own way.
    for name in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
        command.env_remove(name);
    }
    command
}

/// Runs a command in the foreground; fails when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| describe(command))?;
    if !status.success() {
        bail!("{} ended with {status}", describe(command));
    }
    Ok(())
}

/// What a command prints, or `None` when it cannot be run or fails.
pub fn text_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The path of a program, or `None` when it is not installed.
pub fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&search_path())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// The words of a command, for people.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn search_path() -> std::ffi::OsString {
    let tools = project::tools_folder();
    let own = [tools.join("bin"), tools.join("node_modules/.bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited)
}

/// A program in a process group of its own that is ended with this value, and also when this process is killed:
/// a shell waits at the end of a pipe that only we hold open.
pub struct Guarded {
    child: Child,
    watcher: Child,
    clean_up: Option<PathBuf>,
}

impl Guarded {
    /// Starts the command; afterwards `clean_up`, a folder, is removed.
    pub fn start(command: &mut Command, clean_up: Option<&Path>) -> Result<Self> {
        let child = in_own_group(command).spawn().with_context(|| describe(command))?;
        let script = "cat >/dev/null; kill -s TERM -- \"-$1\"; sleep 2; kill -s KILL -- \"-$1\"; [ -z \"$2\" ] || rm -rf -- \"$2\"";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh", &child.id().to_string()]);
        shell.arg(clean_up.map_or("".as_ref(), Path::as_os_str));
        shell
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let watcher = in_own_group(&mut shell).spawn().context("starting sh")?;
        Ok(Self {
            child,
            watcher,
            clean_up: clean_up.map(Path::to_owned),
        })
    }

    /// The process itself, to read from or to wait for.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let _ = self.watcher.kill();
        let _ = self.watcher.wait();
        signal_group(self.child.id(), "TERM");
        if !ended_within_two_seconds(&mut self.child) {
            signal_group(self.child.id(), "KILL");
        }
        let _ = self.child.wait();
        if let Some(folder) = &self.clean_up {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn in_own_group(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

/// A group whose last process has gone cannot be signalled: that is what was wanted.
fn signal_group(group: u32, signal: &str) {
    let script = "kill -s \"$1\" -- \"-$2\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh", signal, &group.to_string()]);
    let _ = shell.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

fn ended_within_two_seconds(child: &mut Child) -> bool {
    (0..40).any(|_| {
        let ended = child.try_wait().is_ok_and(|status| status.is_some());
        if !ended {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        ended
    })
}

/// Prints a line at once, also into a pipe.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read};

    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_guarded_program_and_its_children_end_with_the_value() {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "sleep 600 & echo started; wait"])
            .stdout(Stdio::piped());
        let mut guarded = Guarded::start(&mut shell, None).unwrap();
        let mut stdout = BufReader::new(guarded.child().stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        drop(guarded);
        // The pipe ends when nobody holds it open any more, the grandchild included.
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        assert_eq!((line.as_str(), rest.as_str()), ("started\n", ""));
    }

    #[test]
    fn a_command_describes_itself_by_its_words() {
        assert_eq!(describe(Command::new("git").args(["log", "-1"])), "git log -1");
    }
}
