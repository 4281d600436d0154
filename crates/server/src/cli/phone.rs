//! `meterline phone ...`.

use shared::device_warning::{DeviceRules, OLD_AFTER_HOURS_MAX};
use shared::id::DeviceId;
use shared::timestamp::Timestamp;

use super::{CommandError, PhoneCommand};
use crate::accounts::{self, Standing};
use crate::audit::COMMAND_LINE;
use crate::clock::Clock;
use crate::store::{KnownDevice, Store};

pub(super) async fn run(store: &Store, command: &PhoneCommand) -> Result<(), CommandError> {
    match command {
        PhoneCommand::List => list(store).await,
        PhoneCommand::Revoke { id } => {
            decide(store, *id, Standing::Revoked).await?;
            println!(
                "Phone {id} is revoked: what it sends is held for the office. Nothing on it is touched."
            );
            Ok(())
        }
        PhoneCommand::Readmit { id } => {
            decide(store, *id, Standing::Enrolled).await?;
            println!("Phone {id} may send again.");
            Ok(())
        }
        PhoneCommand::WarnAfter { hours } => warn_after(store, *hours).await,
    }
}

async fn list(store: &Store) -> Result<(), CommandError> {
    let devices = store.known_devices().await?;
    if devices.is_empty() {
        println!("No phone yet: one enrols itself when a technician first signs in on it.");
    }
    for device in &devices {
        println!("{}", line(device));
    }
    Ok(())
}

fn line(device: &KnownDevice) -> String {
    let at = |ms: i64| Timestamp::from_ms(ms).to_rfc3339();
    let contact = device.last_contact_at.map_or_else(
        || String::from("never reported"),
        |ms| format!("last contact {}", at(ms)),
    );
    let waiting = device.waiting.unwrap_or(0);
    let revoked = device
        .revoked_at
        .map(|ms| format!(", revoked {}", at(ms)))
        .unwrap_or_default();
    format!(
        "{}  {}: {contact}, {waiting} waiting{revoked}",
        device.device_id, device.name
    )
}

async fn decide(store: &Store, id: DeviceId, standing: Standing) -> Result<(), CommandError> {
    let now = Clock::system().now();
    if accounts::set_standing(store, now, COMMAND_LINE, id, standing).await? {
        Ok(())
    } else {
        Err(CommandError::Refused(format!(
            "there is no phone {id}; `meterline phone list` names those there are"
        )))
    }
}

async fn warn_after(store: &Store, hours: u32) -> Result<(), CommandError> {
    let rules = DeviceRules::parse(hours).ok_or_else(|| {
        CommandError::Refused(format!(
            "{hours} hours can't be set; from 1 to {OLD_AFTER_HOURS_MAX} can"
        ))
    })?;
    accounts::set_device_rules(store, Clock::system().now(), COMMAND_LINE, rules).await?;
    println!("The office is warned of readings that have waited on a phone for {hours} hours.");
    Ok(())
}
