//! Words for names that travel. A name without a word (a newer server's) is shown as it came, made readable.

use shared::wire::session::RoleName;

use super::Words;

impl Words {
    /// `electricity` as people call it.
    pub fn utility(&self, name: &str) -> String {
        named(self.names.utility, name)
    }

    /// What the utility is counted in; empty for an unknown one.
    pub fn utility_unit(&self, utility: &str) -> &'static str {
        find(self.names.utility_unit, utility).unwrap_or_default()
    }

    /// Name of a check.
    pub fn flag(&self, name: &str) -> String {
        named(self.names.flag, name)
    }

    /// How the unit was identified.
    pub fn identified(&self, name: &str) -> String {
        named(self.names.identified, name)
    }

    /// Kind of a reading; empty means regular.
    pub fn kind(&self, name: &str) -> String {
        named(self.names.kind, if name.is_empty() { "regular" } else { name })
    }

    /// Why a meter could not be read.
    pub fn skip_reason(&self, name: &str) -> String {
        named(self.names.skip, name)
    }

    /// Why a reading was held or refused.
    pub fn code(&self, name: &str) -> String {
        named(self.names.code, name)
    }

    /// What a person may do.
    pub fn role(&self, role: RoleName) -> String {
        named(
            self.names.role,
            match role {
                RoleName::Technician => "technician",
                RoleName::Reviewer => "reviewer",
                RoleName::Admin => "admin",
            },
        )
    }
}

/// The word that a table has for a name, or the name made readable.
pub fn named(table: &[(&'static str, &'static str)], name: &str) -> String {
    find(table, name).map_or_else(|| name.replace('_', " "), String::from)
}

fn find(table: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(key, _)| *key == name).map(|(_, word)| *word)
}
