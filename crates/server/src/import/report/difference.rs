use serde::Serialize;
use serde_json::{Map, Value};
use shared::reading_value::ReadingValue;
use shared::wire::imports::ImportVerb;

/// A thing that the books hold with other content, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file that says otherwise.
    pub file: &'static str,
    /// What names it, in the form in which it is compared.
    pub name: String,
    /// What becomes of it.
    pub what: ImportVerb,
    /// What is different; of what is new, all that is said of it.
    pub changes: Vec<MemberChange>,
}

/// One column that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberChange {
    /// Name of the column.
    pub column: String,
    /// In the books.
    pub before: String,
    /// In the file.
    pub after: String,
}

impl Difference {
    /// Compares two records of one kind.
    pub(in crate::import) fn between<R: Serialize>(
        file: &'static str,
        key: &str,
        what: ImportVerb,
        before: &R,
        after: &R,
    ) -> Self {
        let (before, after) = (members(before), members(after));
        let changes = after
            .iter()
            // What is compared by is derived from its neighbour, where that is there.
            .filter(|(name, _)| neighbour(name).is_none_or(|shown| !after.contains_key(shown)))
            .filter(|(name, value)| before.get(*name) != Some(value))
            .map(|(name, value)| MemberChange {
                column: column(name).to_owned(),
                before: before
                    .get(name)
                    .map(|value| shown(name, value))
                    .unwrap_or_default(),
                after: shown(name, value),
            })
            .collect();
        Self {
            file,
            name: name_of(key),
            what,
            changes,
        }
    }

    /// A record that the books don't hold: all that is said of it.
    pub(in crate::import) fn added<R: Serialize>(file: &'static str, key: &str, record: &R) -> Self {
        let changes = columns_of(record)
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(column, after)| MemberChange {
                column,
                before: String::new(),
                after,
            });
        Self {
            file,
            name: name_of(key),
            what: ImportVerb::Added,
            changes: changes.collect(),
        }
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}:", self.file, self.name)?;
        for (index, change) in self.changes.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(
                f,
                "{comma} {} `{}` -> `{}`",
                change.column, change.before, change.after
            )?;
        }
        Ok(())
    }
}

/// A record as the row of a file: columns and what stands in them.
pub(in crate::import) fn columns_of(record: &impl Serialize) -> Vec<(String, String)> {
    let members = members(record);
    let told = members
        .iter()
        .filter(|(name, _)| neighbour(name).is_none_or(|shown| !members.contains_key(shown)));
    told.map(|(name, value)| (column(name).to_owned(), shown(name, value)))
        .collect()
}

fn name_of(key: &str) -> String {
    let parts = key.split('\u{1f}').filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

fn members(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn neighbour(member: &str) -> Option<&'static str> {
    match member {
        "code_normal" => Some("code"),
        "building_normal" => Some("building"),
        "unit_normal" => Some("unit_no"),
        "point_normal" => Some("point"),
        "serial_normal" => Some("serial"),
        "tenant_normal" => Some("tenant_code"),
        _ => None,
    }
}

/// The column of the file that a member of a record comes from.
fn column(member: &str) -> &str {
    match member {
        "code" | "property_normal" => "property_code",
        "building_normal" => "building",
        "unit_normal" => "unit_no",
        "time_zone" => "timezone",
        "initial_micro" => "initial_value",
        "final_micro" => "final_value",
        "multiplier_micro" => "multiplier",
        _ => member,
    }
}

fn shown(member: &str, value: &Value) -> String {
    let micro = value.as_i64().filter(|_| member.ends_with("_micro"));
    if let Some(value) = micro.and_then(ReadingValue::from_micro) {
        return value.to_string();
    }
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
