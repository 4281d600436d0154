//! `meterline demo`.

use super::CommandError;
use crate::clock::Clock;
use crate::demo::{self, DemoError, Loaded};
use crate::store::Store;

pub(super) async fn run(store: &Store) -> Result<(), CommandError> {
    match demo::load(store, &Clock::system()).await {
        Ok(Loaded::Fresh) => println!("The invented customer is loaded: 120 units in 6 properties."),
        Ok(Loaded::Already) => println!("The invented customer is there already; nothing was changed."),
        Err(DemoError::RealData) => {
            return Err(CommandError::Refused(
                "this database holds real data, the demo doesn't go in beside it; \
                 take a new one, such as --database-url sqlite://demo.db"
                    .into(),
            ));
        }
        Err(DemoError::Import(error)) => return Err(error.into()),
        Err(DemoError::Account(error)) => return Err(error.into()),
        Err(DemoError::Database(error)) => return Err(error.into()),
    }
    println!("Accounts (for the demo alone):");
    for account in demo::ACCOUNTS {
        println!(
            "  {:<6} {:<18} {}",
            account.name, account.password, account.purpose
        );
    }
    println!("Labels to scan: /demo/labels");
    Ok(())
}
