//! A real `meterline` process with its own database in a temporary folder.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::wait::until;

/// The server's program: `METERLINE_BIN`, or the dev build beside the running test.
fn program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("METERLINE_BIN") {
        return Ok(path.into());
    }
    let test = std::env::current_exe()?;
    let folder = test
        .ancestors()
        .nth(2)
        .context("the test binary lies in target/PROFILE/deps")?;
    let program = folder.join("meterline");
    if !program.exists() {
        bail!(
            "{} is missing: run `cargo build --package server` first",
            program.display()
        );
    }
    Ok(program)
}

/// A port of the loopback address that nobody uses at the moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// One installation: a database that outlives the processes that serve it.
pub struct Server {
    folder: tempfile::TempDir,
    address: SocketAddr,
    public_url: Option<String>,
    database_url: Option<String>,
    cores: Option<usize>,
    webhook: Option<(String, String)>,
    process: Option<Child>,
}

impl Server {
    /// An empty installation, not started yet.
    pub fn new() -> Result<Self> {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        Ok(Self {
            folder: tempfile::tempdir()?,
            address,
            public_url: None,
            database_url: None,
            cores: None,
            webhook: None,
            process: None,
        })
    }

    /// The address that people use when a proxy stands in front.
    pub fn set_public_url(&mut self, url: &str) {
        self.public_url = Some(url.to_owned());
    }

    /// A database elsewhere, on PostgreSQL, in place of the file.
    pub fn set_database_url(&mut self, url: &str) {
        self.database_url = Some(url.to_owned());
    }

    /// Billing's address, and the secret that it knows as well; from the next start on.
    pub fn set_webhook(&mut self, url: &str, secret: &str) {
        self.webhook = Some((url.to_owned(), secret.to_owned()));
    }

    /// The process that serves may use this many cores, where the machine has more (Linux, by `taskset`).
    pub fn limit_to_cores(&mut self, cores: usize) {
        let there = std::thread::available_parallelism().map_or(cores, std::num::NonZero::get);
        self.cores = (there > cores).then_some(cores);
    }

    /// Where the process listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("meterline.db")
    }

    /// A folder that goes with the installation.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One of the program's commands on this installation's database.
    pub fn command(&self) -> Result<Command> {
        self.with_books(Command::new(program()?))
    }

    // `taskset` becomes the program that it starts: the process id stays.
    fn limited_command(&self) -> Result<Command> {
        let Some(cores) = self.cores else {
            return self.command();
        };
        let mut command = Command::new("taskset");
        let list = format!("0-{}", cores.saturating_sub(1));
        command.args(["--cpu-list", &list]).arg(program()?);
        self.with_books(command)
    }

    fn with_books(&self, mut command: Command) -> Result<Command> {
        let file = || format!("sqlite://{}", self.database().display());
        let url = self.database_url.clone().unwrap_or_else(file);
        command
            .current_dir(self.folder.path())
            .env("METERLINE_DATABASE_URL", url);
        Ok(command)
    }

    /// Runs one of the program's commands to its end; fails with what it printed when it fails.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command()?.args(arguments).stdin(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            bail!(
                "meterline {arguments:?}: {text}{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(text)
    }

    /// Imports the invented customer: the folder beside the project where it is there, otherwise the project's copy.
    pub fn import_customer(&self) -> Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let given = root.join("../shared/data/portfolio/customer");
        let own = root.join("crates/server/src/demo/customer");
        let folder = if given.is_dir() { given } else { own };
        self.run(&["import", &folder.display().to_string()])?;
        Ok(())
    }

    /// Makes an account with this password.
    pub fn add_user(&self, name: &str, role: &str, password: &str) -> Result<()> {
        use std::io::Write;
        let mut child = self
            .command()?
            .args(["user", "add", name, "--role", role, "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        child
            .stdin
            .take()
            .context("stdin is piped")?
            .write_all(password.as_bytes())?;
        if !child.wait()?.success() {
            bail!("meterline user add {name} failed");
        }
        Ok(())
    }

    /// Starts the process and waits until it says that it is ready.
    pub async fn start(&mut self) -> Result<()> {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("server.log"))?;
        let mut command = self.limited_command()?;
        command
            .args(["serve", "--listen", &self.address.to_string()])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        if let Some(url) = &self.public_url {
            command.args(["--public-url", url]);
        }
        if let Some((url, secret)) = &self.webhook {
            command
                .env("METERLINE_WEBHOOK_URL", url)
                .env("METERLINE_WEBHOOK_SECRET", secret);
        }
        self.process = Some(command.spawn()?);
        let client = reqwest::Client::new();
        let url = format!("{}/readyz", self.url());
        until("the server is ready", Duration::from_secs(30), async || {
            client
                .get(&url)
                .send()
                .await
                .is_ok_and(|it| it.status().is_success())
        })
        .await
        .with_context(|| self.log())
    }

    /// What the processes have printed so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// Ends the process at once, as a power cut would (`kill -9`).
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }

    /// The process that serves at the moment.
    pub fn process_id(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
