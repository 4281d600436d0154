//! The people of the demo. Their passwords are no secret: they stand in the README.

use shared::wire::session::RoleName;

use crate::accounts::NewAccount;

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct DemoAccount {
    /// Name to sign in with.
    pub name: &'static str,
    /// Password to sign in with.
    pub password: &'static str,
    /// What the account is for.
    pub purpose: &'static str,
    role: RoleName,
}

/// All of them; each for all properties.
pub const ACCOUNTS: [DemoAccount; 4] = [
    DemoAccount {
        name: "ana",
        password: "ana-reads-meters",
        purpose: "technician, on a phone",
        role: RoleName::Technician,
    },
    DemoAccount {
        name: "ben",
        password: "ben-reads-meters",
        purpose: "technician, on a phone",
        role: RoleName::Technician,
    },
    DemoAccount {
        name: "rita",
        password: "rita-reviews-all",
        purpose: "reviewer, on a laptop",
        role: RoleName::Reviewer,
    },
    DemoAccount {
        name: "admin",
        password: "admin-of-the-demo",
        purpose: "admin, on a laptop",
        role: RoleName::Admin,
    },
];

impl DemoAccount {
    pub(super) fn new_account(&self) -> NewAccount<'static> {
        NewAccount {
            name: self.name,
            role: self.role,
            property_codes: None,
            password: self.password,
        }
    }
}
