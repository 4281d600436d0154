//! `cargo xtask run`: from a fresh clone to a served demo.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use anyhow::Result;
use clap::Args;

use crate::client_build::{Effort, build_client};
use crate::process::{command, run as run_command, say};
use crate::project;

/// Passed on to `meterline serve`.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where the books are: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, default_value = "sqlite://meterline.db")]
    database_url: String,
}

/// Builds what is not up to date, fills an empty database, and becomes the server.
pub fn run(options: &RunOptions) -> Result<()> {
    say(
        "A first start builds everything: about 10 minutes on two cores, more when tools are missing. Later ones take seconds.",
    );
    build_client(Effort::Release)?;
    let program = build_server()?;
    say("Loading the invented customer if the database is empty …");
    let demo = run_command(&mut meterline(&program, options, &["demo"]));
    if demo.is_err() {
        say("The demo was not loaded; serving the database as it is.");
    }
    say(&format!(
        "Serving on http://{} (Ctrl-C ends it) …",
        options.listen
    ));
    let listen = options.listen.to_string();
    become_process(&mut meterline(&program, options, &["serve", "--listen", &listen]))
}

/// The server's program in release, with the client embedded.
pub fn build_server() -> Result<PathBuf> {
    fs::create_dir_all(project::root().join(project::DIST))?;
    say("Building the server (seconds when nothing changed, about 5 minutes the first time) …");
    run_command(command("cargo").args(["build", "--release", "--locked", "--quiet", "--package", "server"]))?;
    Ok(project::target_folder()
        .join("release")
        .join(format!("meterline{}", env::consts::EXE_SUFFIX)))
}

fn meterline(program: &PathBuf, options: &RunOptions, arguments: &[&str]) -> Command {
    // In the folder where the person stands: that is where `meterline.db` belongs.
    let mut command = Command::new(program);
    command
        .args(["--database-url", &options.database_url])
        .args(arguments);
    command
}

/// No parent stays behind that would have to pass signals on.
#[cfg(unix)]
fn become_process(command: &mut Command) -> Result<()> {
    Err(std::os::unix::process::CommandExt::exec(command).into())
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> Result<()> {
    run_command(command)
}
