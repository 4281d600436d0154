//! `meterline user ...`.

use super::{CommandError, SetPasswordOptions, UserAddOptions, password_input};
use crate::accounts::{self, NewAccount};
use crate::clock::Clock;
use crate::store::Store;

pub(super) async fn add(store: &Store, options: &UserAddOptions) -> Result<(), CommandError> {
    let password = password_input::read(options.password_stdin)?;
    let codes = (!options.properties.is_empty()).then_some(options.properties.as_slice());
    let account = NewAccount {
        name: &options.name,
        role: options.role.into(),
        property_codes: codes,
        password: &password,
    };
    accounts::add(store, Clock::system().now(), account).await?;
    let scope = codes.map_or("all properties".to_owned(), |codes| codes.join(", "));
    println!("Account `{}` is ready, for {scope}.", options.name);
    Ok(())
}

pub(super) async fn set_password(store: &Store, options: &SetPasswordOptions) -> Result<(), CommandError> {
    let password = password_input::read(options.password_stdin)?;
    accounts::set_password(store, Clock::system().now(), &options.name, &password).await?;
    println!(
        "Account `{}` has its new password; it is signed out everywhere.",
        options.name
    );
    Ok(())
}
