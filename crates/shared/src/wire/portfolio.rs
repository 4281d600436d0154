//! `/api/portfolio/...`: properties, units, meters and tenancies as the office looks at them and edits them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::imports::ImportChange;
use crate::id::ItemId;

/// `GET /api/portfolio/properties`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct PropertiesQuery {
    /// Part of the code or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 200; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PropertiesPage {
    /// The rows.
    pub rows: Vec<PortfolioProperty>,
    /// Where the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A property.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct PortfolioProperty {
    /// Its code, which names it for ever.
    pub code: String,
    /// Its name.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// `residential` or `commercial`.
    pub kind: String,
    /// How many units it has.
    pub units: i64,
}

/// `GET /api/portfolio/units`: those of a property in walking order, or the first that fit a search.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default)]
pub struct UnitsQuery {
    /// Property code; needed where nothing is searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// The beginning of a unit's number, of a meter's serial, of a label's code, or of words of a tenant's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Opaque: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows a page, 1 to 200; 100 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitsPage {
    /// The property that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<PortfolioProperty>,
    /// The rows.
    pub rows: Vec<PortfolioUnit>,
    /// Where the next page begins; absent on the last, and where something was searched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// More fit than are told: whoever searches types on.
    #[serde(default)]
    pub more_fit: bool,
}

/// A unit, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PortfolioUnit {
    /// Names it in calls.
    pub id: String,
    /// Property code.
    pub property_code: String,
    /// Empty where the property has no buildings.
    pub building: String,
    /// Its number in its building.
    pub unit_no: String,
    /// `Studio`, `Shop`; may be empty.
    pub unit_type: String,
    /// Its place in the walking order.
    pub place: i64,
    /// What whoever goes there has to know.
    pub access_note: String,
    /// Who holds it now; empty when vacant.
    pub tenant: String,
    /// The meters in service.
    pub meters: Vec<MeterInService>,
}

/// A meter point with the serial of what sits there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeterInService {
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Empty where no meter sits.
    pub serial: String,
}

/// `GET /api/portfolio/units/{id}`: all that the books hold of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitDetail {
    /// Names it in calls.
    pub id: String,
    /// The property that it is in.
    pub property: PortfolioProperty,
    /// Empty where the property has no buildings.
    pub building: String,
    /// Its number in its building.
    pub unit_no: String,
    /// `Studio`, `Shop`; may be empty.
    pub unit_type: String,
    /// Its place in the walking order, as the portfolio has it.
    pub route_seq: i64,
    /// Its place as technicians walk; absent while the portfolio's counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk_seq: Option<i64>,
    /// What whoever goes there has to know.
    pub access_note: String,
    /// What endangers whoever goes there.
    pub hazard: String,
    /// The day at the property.
    pub today: String,
    /// The time there, `09:14`.
    pub time: String,
    /// What is read there.
    pub points: Vec<UnitPoint>,
    /// Who holds and held it, the latest first.
    pub tenancies: Vec<UnitTenancy>,
}

/// A meter point of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitPoint {
    /// Names it in calls.
    pub id: String,
    /// `electricity`, `water`, `gas`.
    pub utility: String,
    /// Usually empty.
    pub point: String,
    /// Valid labels.
    pub labels: Vec<String>,
    /// The meters that sit and sat there, the latest first.
    pub meters: Vec<UnitMeter>,
    /// The last official value of the meter that sits there; absent before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastReading>,
}

/// A meter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitMeter {
    /// What stands on it.
    pub serial: String,
    /// Whole digits.
    pub dials: u32,
    /// Decimals.
    pub decimals: u32,
    /// What the difference of two values is multiplied by.
    pub multiplier: String,
    /// First day in service.
    pub installed_on: String,
    /// What it showed then.
    pub initial_value: String,
    /// Last day in service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_on: Option<String>,
    /// What it showed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_value: Option<String>,
}

/// An official value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastReading {
    /// A decimal number as text.
    pub value: String,
    /// RFC 3339.
    pub read_at: String,
    /// `2026-11`.
    pub period: String,
}

/// Who held a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitTenancy {
    /// Names the tenancy for ever.
    pub tenant_code: String,
    /// The tenant's name.
    pub tenant_name: String,
    /// First day.
    pub move_in: String,
    /// Last day; absent when it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub move_out: Option<String>,
}

/// What is edited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortfolioThing {
    /// Named by its code.
    Property,
    /// Named by its id.
    #[default]
    Unit,
    /// Named by its serial.
    Meter,
    /// Named by the tenant's code.
    Tenancy,
}

impl PortfolioThing {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Unit => "unit",
            Self::Meter => "meter",
            Self::Tenancy => "tenancy",
        }
    }
}

/// `POST /api/portfolio/edits`: one thing, by the columns of its import file. Carried out by the rules of the import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PortfolioEdit {
    /// What is edited.
    pub thing: PortfolioThing,
    /// What names it; of a new tenancy, the code that it gets.
    pub name: String,
    /// The unit that gets a new tenancy; absent when something that is there is edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_in_unit: Option<String>,
    /// Column by column: what was looked at, and what is right. Nothing is changed when the books hold something else by now.
    pub changes: Vec<ImportChange>,
}

/// `POST /api/office-readings`: a value that came to the office by another way than a phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeReading {
    /// Made when the form opens: sent twice it is filed once.
    pub id: ItemId,
    /// The meter point.
    pub meter_point_id: String,
    /// Serial of the meter that the form showed.
    pub meter_serial: String,
    /// The day on which it was read, at the property.
    pub on: String,
    /// The time, `09:14`; noon when absent, or now if that is earlier.
    #[serde(default)]
    pub at: String,
    /// For which month, if not that of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// A decimal number as text.
    pub value: String,
    /// What was answered to a check: `rolled_over`, `verified`.
    #[serde(default)]
    pub answers: Vec<String>,
    /// How it came to the office; kept as the reading's remarks.
    pub reason: String,
}

/// `POST /api/portfolio/exchanges`: another meter sits at a meter point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeExchange {
    /// Made when the form opens: sent twice it is filed once.
    pub id: ItemId,
    /// The meter point.
    pub meter_point_id: String,
    /// Serial of the meter that goes; empty where none sits.
    pub removed_serial: String,
    /// What it showed last; empty where none sits.
    pub final_value: String,
    /// Serial of the meter that comes.
    pub serial: String,
    /// Its whole digits.
    pub dials: String,
    /// Its decimals.
    pub decimals: String,
    /// What it showed first.
    pub initial_value: String,
    /// The day, at the property.
    pub on: String,
    /// The time, `09:14`; noon when absent, or now if that is earlier.
    #[serde(default)]
    pub at: String,
    /// What was answered to a check of the final value: `rolled_over`, `verified`.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Why; kept as the exchange's remarks.
    pub reason: String,
}
