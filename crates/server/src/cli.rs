//! The command line. Each option also stands as a `METERLINE_...` variable.

mod backup;
mod demo;
mod import;
mod password_input;
mod phone;
mod restore;
mod serve;
mod user;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use shared::id::DeviceId;
use shared::wire::session::RoleName;

use crate::accounts::AccountError;
use crate::backup::BackupError;
use crate::config::PublicUrl;
use crate::database::OpenError;
use crate::import::ImportError;
use crate::photos::PhotoPlace;
use crate::store::Store;

/// Meter readings from phones to the office, each exactly once.
#[derive(Debug, Parser)]
#[command(name = "meterline", version, propagate_version = true)]
pub struct Cli {
    /// Where the books are: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "METERLINE_DATABASE_URL",
        default_value = "sqlite://meterline.db",
        global = true,
        hide_env_values = true,
        value_parser = database_url
    )]
    database_url: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the app and its interface
    Serve(Box<ServeOptions>),
    /// Imports properties, units, meters, tenancies, readings and labels from CSV files; all or nothing
    Import(ImportOptions),
    /// Makes and changes accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Tells the phones, revokes one and takes it back in
    #[command(subcommand)]
    Phone(PhoneCommand),
    /// Copies the books into a new file, while they are served
    Backup(BackupOptions),
    /// Puts a backup in the place of the books, which no server may have open
    Restore(RestoreOptions),
    /// Loads the invented customer with its demo accounts into an empty database
    Demo,
}

#[derive(Debug, clap::Args)]
struct BackupOptions {
    /// The file to write; one that is there is never overwritten
    #[arg(value_name = "FILE", env = "METERLINE_BACKUP_FILE")]
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
struct RestoreOptions {
    /// A file that `meterline backup` wrote
    #[arg(
        value_name = "FILE",
        env = "METERLINE_RESTORE_FILE",
        required_unless_present = "new_epoch",
        value_parser = existing_file
    )]
    file: Option<PathBuf>,
    /// The books were put back by other means (PostgreSQL: pg_restore): tells phones and pages not to go on from what they knew
    #[arg(long, env = "METERLINE_RESTORE_NEW_EPOCH", conflicts_with = "file")]
    new_epoch: bool,
}

#[derive(Debug, clap::Args)]
struct ServeOptions {
    /// Address and port to listen on
    #[arg(long, env = "METERLINE_LISTEN", default_value = "127.0.0.1:8080", value_parser = listen_address)]
    listen: SocketAddr,
    /// The address that people use, such as https://meters.example.org; decides Secure cookies, the accepted Origin and what passkeys are bound to
    #[arg(long, env = "METERLINE_PUBLIC_URL")]
    public_url: Option<PublicUrl>,
    /// Certificate chain in PEM, to speak HTTPS without a proxy
    #[arg(long, env = "METERLINE_TLS_CERT", requires = "tls_key", value_parser = existing_file)]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate in PEM
    #[arg(long, env = "METERLINE_TLS_KEY", requires = "tls_cert", value_parser = existing_file)]
    tls_key: Option<PathBuf>,
    /// Where photos are kept: a folder, or s3://BUCKET/PATH with AWS_... variables. Without it: a folder beside the books
    #[arg(long, env = "METERLINE_PHOTOS", value_name = "FOLDER|URL")]
    photos: Option<PhotoPlace>,
    /// Where billing is told of closed periods, by HTTPS; each request is signed (docs/WEBHOOK.md)
    #[arg(
        long,
        env = "METERLINE_WEBHOOK_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    webhook_url: Option<String>,
    /// File with the secret that signs it: whsec_ and 24 to 64 bytes in base64; two lines while one takes the other's place
    #[arg(
        long,
        env = "METERLINE_WEBHOOK_SECRET_FILE",
        value_name = "FILE",
        requires = "webhook_url",
        value_parser = existing_file
    )]
    webhook_secret_file: Option<PathBuf>,
    /// The secret itself; as a variable, because others on the machine can read a command line
    #[arg(
        long,
        env = "METERLINE_WEBHOOK_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        requires = "webhook_url",
        conflicts_with = "webhook_secret_file"
    )]
    webhook_secret: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ImportOptions {
    /// Folder with properties.csv, units.csv, meters.csv, tenancies.csv, readings.csv, labels.csv; any may be missing
    #[arg(value_name = "DIR", env = "METERLINE_IMPORT_DIR", value_parser = existing_folder)]
    folder: PathBuf,
    /// Only tells what would be added, changed and ended
    #[arg(long, env = "METERLINE_IMPORT_DRY_RUN")]
    dry_run: bool,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Makes an account; asks for its password
    Add(UserAddOptions),
    /// Gives an account a new password and ends its sessions
    SetPassword(SetPasswordOptions),
}

#[derive(Debug, Subcommand)]
enum PhoneCommand {
    /// Every phone with each person's queue on it
    List,
    /// From now on what the phone sends is held for the office, and it gets no list
    Revoke {
        /// The phone, as `meterline phone list` names it
        #[arg(value_name = "PHONE", value_parser = device_id)]
        id: DeviceId,
    },
    /// Trusts a revoked phone again
    Readmit {
        /// The phone, as `meterline phone list` names it
        #[arg(value_name = "PHONE", value_parser = device_id)]
        id: DeviceId,
    },
    /// Sets from which age on the office is warned of readings that wait on a phone
    WarnAfter {
        /// From 1 to 744
        hours: u32,
    },
}

#[derive(Debug, clap::Args)]
struct UserAddOptions {
    /// Name to sign in with
    name: String,
    /// What the person may do
    #[arg(long, env = "METERLINE_USER_ROLE")]
    role: Role,
    /// A property that the person works on; may be given again. Without it: all of them
    #[arg(
        long = "property",
        env = "METERLINE_USER_PROPERTY",
        value_name = "CODE",
        value_delimiter = ','
    )]
    properties: Vec<String>,
    /// Reads the password from standard input instead of asking for it
    #[arg(long, env = "METERLINE_PASSWORD_STDIN")]
    password_stdin: bool,
}

#[derive(Debug, clap::Args)]
struct SetPasswordOptions {
    /// Whose password
    name: String,
    /// Reads the password from standard input instead of asking for it
    #[arg(long, env = "METERLINE_PASSWORD_STDIN")]
    password_stdin: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Role {
    Technician,
    Reviewer,
    Admin,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Technician => Self::Technician,
            Role::Reviewer => Self::Reviewer,
            Role::Admin => Self::Admin,
        }
    }
}

/// Why a command ended without doing its work. The text is for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The database can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The account was not made or changed.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The import was not taken.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Nothing was backed up or restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The database failed on the way.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// Files, sockets, the terminal.
    #[error("{what}: {cause}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Something that the operator can put right; the text says how.
    #[error("{0}")]
    Refused(String),
}

/// Carries the command out.
pub async fn run(cli: Cli) -> Result<(), CommandError> {
    // What is put in the place of the books must not find them open.
    if let Command::Restore(options) = &cli.command {
        return restore::run(&cli.database_url, options).await;
    }
    let store = Store::open(&cli.database_url).await?;
    let result = match cli.command {
        Command::Serve(options) => serve::run(store.clone(), &cli.database_url, *options).await,
        Command::Import(options) => import::run(&store, &options).await,
        Command::User(UserCommand::Add(options)) => user::add(&store, &options).await,
        Command::User(UserCommand::SetPassword(options)) => user::set_password(&store, &options).await,
        Command::Phone(command) => phone::run(&store, &command).await,
        Command::Backup(options) => backup::run(&store, &options).await,
        // Done before the books were opened.
        Command::Restore(_) => Ok(()),
        Command::Demo => demo::run(&store).await,
    };
    store.close().await;
    result
}

fn database_url(text: &str) -> Result<String, String> {
    if text.starts_with("sqlite:") || text.starts_with("postgres:") || text.starts_with("postgresql:") {
        Ok(text.into())
    } else {
        Err("expected sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME".into())
    }
}

fn device_id(text: &str) -> Result<DeviceId, String> {
    DeviceId::parse(text).ok_or_else(|| "expected a phone as `meterline phone list` names it".into())
}

fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let text = text.replace("localhost:", "127.0.0.1:");
    text.parse()
        .map_err(|_| "expected an address and a port, such as 127.0.0.1:8080 or 0.0.0.0:8443".into())
}

fn existing_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_file() {
        Ok(path)
    } else {
        Err("there is no such file".into())
    }
}

fn existing_folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() {
        Ok(path)
    } else {
        Err("there is no such folder; name the one that holds the CSV files".into())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn refusal(arguments: &[&str]) -> String {
        Cli::try_parse_from(arguments).unwrap_err().to_string()
    }

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn wrong_values_are_told_what_would_be_right() {
        for (arguments, right) in [
            (&["meterline", "serve", "--listen", "8080"][..], "127.0.0.1:8080"),
            (
                &["meterline", "serve", "--public-url", "meters"],
                "https://meters.example.org",
            ),
            (
                &["meterline", "serve", "--database-url", "mysql://x"],
                "sqlite://FILE",
            ),
            (&["meterline", "serve", "--tls-cert", "Cargo.toml"], "--tls-key"),
            (
                &["meterline", "user", "add", "eva", "--role", "boss"],
                "technician, reviewer, admin",
            ),
            (&["meterline", "import", "no-such-folder"], "CSV files"),
            (&["meterline", "phone", "revoke", "7"], "meterline phone list"),
            (&["meterline", "backup"], "<FILE>"),
            (&["meterline", "restore"], "<FILE"),
            (&["meterline", "restore", "no-such-file"], "there is no such file"),
            (
                &["meterline", "restore", "Cargo.toml", "--new-epoch"],
                "cannot be used with",
            ),
        ] {
            let text = refusal(arguments);
            assert!(text.contains(right), "{arguments:?}: {text}");
        }
    }
}
