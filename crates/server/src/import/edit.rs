//! One thing of the portfolio is edited in the office: as if its row had come in a file, so that the same rules hold.

mod form;

use serde_json::json;
use shared::code::normal;
use shared::timestamp::Timestamp;
use shared::wire::portfolio::{PortfolioEdit, PortfolioThing};

use self::form::Form;
use super::apply;
use super::books::Books;
use super::cause::Cause;
use super::fault::Faults;
use super::read::Rows;
use super::records::{MeterRecord, PropertyRecord, Row, TenancyRecord, UnitRecord};
use super::transaction::Work;
use crate::audit::AuditEntry;
use crate::auth::Person;
use crate::store::Store;

/// Why nothing was edited.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No such thing, or not for this person.
    #[error("no such thing")]
    NotFound,
    /// The books hold something else than was looked at.
    #[error("the books have changed")]
    BooksChanged,
    /// What was typed can't be taken.
    #[error("{0}")]
    Faults(Faults),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Edits it, in one audited step. What is right already changes nothing.
pub async fn edit(
    store: &Store,
    now: Timestamp,
    person: &Person,
    edit: &PortfolioEdit,
) -> Result<(), EditError> {
    let mut work = Work::begin(store.writer()).await?;
    match carry_out(&mut work, now, person, edit).await {
        Ok(()) => Ok(work.commit().await?),
        Err(error) => {
            work.rollback().await?;
            Err(error)
        }
    }
}

async fn carry_out(
    work: &mut Work,
    now: Timestamp,
    person: &Person,
    edit: &PortfolioEdit,
) -> Result<(), EditError> {
    let place = find(work, edit).await?.ok_or(EditError::NotFound)?;
    if !person.properties.contains(&place.property_normal) {
        return Err(EditError::NotFound);
    }
    let mut books = match &place.unit_id {
        Some(unit_id) => Books::of_unit(work, unit_id, &normal(&edit.name)).await?,
        None => Books::of_property(work, &place.property_normal).await?,
    };
    let mut faults = Faults::default();
    let rows = rows_of(&books, edit, &mut faults)?;
    books.load_read_on(work, &rows.meters).await?;
    let plan = apply::Plan::make(rows, &books, now, &mut faults);
    if !faults.is_empty() {
        return Err(EditError::Faults(faults.in_order()));
    }
    if plan.is_empty() {
        return Ok(());
    }
    apply::write(work, now, &plan).await?;
    work.note(&AuditEntry {
        at: now,
        actor: person.name.clone(),
        action: "portfolio_edit",
        subject: subject(&books, edit),
        detail: json!({ "thing": edit.thing.name(), "new": edit.new_in_unit.is_some(), "changes": edit.changes }),
    })
    .await?;
    Ok(())
}

/// Where a thing is.
#[derive(sqlx::FromRow)]
struct Place {
    property_normal: String,
    /// Absent for a property.
    unit_id: Option<String>,
}

const OF_PROPERTY: &str = "SELECT code_normal AS property_normal, CAST(NULL AS TEXT) AS unit_id FROM property WHERE code_normal = $1";
const OF_UNIT: &str = "SELECT p.code_normal AS property_normal, CAST(u.id AS TEXT) AS unit_id FROM unit u \
     JOIN property p ON p.id = u.property_id WHERE u.id = CAST($1 AS BIGINT)";
const OF_METER: &str = "SELECT p.code_normal AS property_normal, CAST(u.id AS TEXT) AS unit_id FROM meter m \
     JOIN meter_point mp ON mp.id = m.meter_point_id JOIN unit u ON u.id = mp.unit_id \
     JOIN property p ON p.id = u.property_id WHERE m.serial_normal = $1";
const OF_TENANCY: &str = "SELECT p.code_normal AS property_normal, CAST(u.id AS TEXT) AS unit_id FROM tenancy t \
     JOIN unit u ON u.id = t.unit_id JOIN property p ON p.id = u.property_id WHERE t.tenant_normal = $1";

async fn find(work: &mut Work, edit: &PortfolioEdit) -> sqlx::Result<Option<Place>> {
    let code = normal(&edit.name);
    let (sql, name) = match (edit.thing, &edit.new_in_unit) {
        (PortfolioThing::Property, _) => (OF_PROPERTY, code),
        (PortfolioThing::Unit, _) => (OF_UNIT, edit.name.clone()),
        (PortfolioThing::Meter, _) => (OF_METER, code),
        (PortfolioThing::Tenancy, Some(unit_id)) => (OF_UNIT, unit_id.clone()),
        (PortfolioThing::Tenancy, None) => (OF_TENANCY, code),
    };
    // A number that is none is nobody's.
    if sql == OF_UNIT && name.parse::<i64>().is_err() {
        return Ok(None);
    }
    Ok(work.rows(sql, &[&name]).await?.pop())
}

fn rows_of(books: &Books, edit: &PortfolioEdit, faults: &mut Faults) -> Result<Rows, EditError> {
    let mut rows = Rows::default();
    let code = normal(&edit.name);
    let changes = &edit.changes;
    match edit.thing {
        PortfolioThing::Property => {
            let known = books.properties.get(&code);
            rows.properties = form::PROPERTY.row(known, changes, faults, PropertyRecord::read)?;
        }
        PortfolioThing::Unit => {
            let known = books.units.values().next();
            rows.units = form::UNIT.row(known, changes, faults, UnitRecord::read)?;
        }
        PortfolioThing::Meter => {
            let known = books.meters.get(&code);
            rows.meters = form::METER.row(known, changes, faults, MeterRecord::read)?;
        }
        PortfolioThing::Tenancy if edit.new_in_unit.is_some() => {
            if books.tenancies.contains_key(&code) {
                faults.add(Form::TENANCIES, 1, "tenant_code", Cause::CodeTaken);
            }
            rows.tenancies = new_tenancy(books, edit, faults)?;
        }
        PortfolioThing::Tenancy => {
            let known = books.tenancies.get(&code);
            rows.tenancies = form::TENANCY.row(known, changes, faults, TenancyRecord::read)?;
        }
    }
    Ok(rows)
}

fn new_tenancy(
    books: &Books,
    edit: &PortfolioEdit,
    faults: &mut Faults,
) -> Result<Vec<Row<TenancyRecord>>, EditError> {
    let unit = books.units.values().next().ok_or(EditError::NotFound)?;
    let place = [
        ("tenant_code", edit.name.clone()),
        ("property_code", unit.property_normal.clone()),
        ("building", unit.building.clone()),
        ("unit_no", unit.unit_no.clone()),
    ];
    let columns = place.map(|(name, value)| (name.to_owned(), value)).into();
    form::TENANCY.filled(columns, &edit.changes, faults, TenancyRecord::read)
}

/// What the audit calls it: the unit by its name, everything else by the code that it is named by.
fn subject(books: &Books, edit: &PortfolioEdit) -> String {
    match (edit.thing, books.units.values().next()) {
        (PortfolioThing::Unit, Some(unit)) => {
            let parts = [&unit.property_normal, &unit.building, &unit.unit_no];
            let parts = parts.into_iter().map(String::as_str);
            parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
        }
        _ => edit.name.clone(),
    }
}
