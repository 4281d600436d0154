//! A small customer: `GC A` (Guam) with 60 units and `HV` (Berlin) with one, each with an electricity meter.

use shared::id::DeviceId;
use shared::timestamp::LocalTime;
use shared::wire::session::RoleName;
use uuid::Uuid;

use super::{Caller, TestApp};

impl TestApp {
    pub(crate) fn set_clock(&self, text: &str) {
        self.clock.set(LocalTime::parse(text).unwrap().at);
    }

    /// A technician of one property only.
    pub(crate) async fn technician_of(&self, name: &str, property: &str) -> Caller {
        self.account(name, RoleName::Technician, &[property]).await;
        self.sign_in(name).await
    }

    /// A reviewer of all properties.
    pub(crate) async fn reviewer(&self, name: &str) -> Caller {
        self.account(name, RoleName::Reviewer, &[]).await;
        self.sign_in(name).await
    }

    /// An admin of all properties.
    pub(crate) async fn admin(&self, name: &str) -> Caller {
        self.account(name, RoleName::Admin, &[]).await;
        self.sign_in(name).await
    }

    /// Somebody who has an account, on another phone.
    pub(crate) async fn sign_in(&self, name: &str) -> Caller {
        Caller::sign_in(self.router.clone(), name, DeviceId(Uuid::new_v4())).await
    }

    /// Somebody who has an account, on this phone.
    pub(crate) async fn sign_in_on(&self, name: &str, device: DeviceId) -> Caller {
        Caller::sign_in(self.router.clone(), name, device).await
    }

    /// Texts from the database.
    pub(crate) async fn texts(&self, sql: &'static str) -> Vec<String> {
        server::on!(self.store.reader(), |pool| sqlx::query_scalar(sql)
            .fetch_all(pool)
            .await
            .unwrap())
    }

    /// Puts the customer into the books. Meter `E101` stands at unit 101 of `GC A`, and so on to 160.
    pub(crate) async fn with_portfolio(self) -> Self {
        for sql in [
            "INSERT INTO property (id, code, code_normal, name, time_zone) VALUES
                (1, 'GC A', 'gc a', 'Garden Court, Block A', 'Pacific/Guam'),
                (2, 'HV', 'hv', 'Harbour View', 'Europe/Berlin')",
            "WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 160)
            INSERT INTO unit (id, property_id, building, building_normal, unit_no, unit_normal, route_seq)
            SELECT i, 1, '', '', CAST(i AS TEXT), CAST(i AS TEXT), i - 100 FROM n",
            "INSERT INTO unit (id, property_id, building, building_normal, unit_no, unit_normal, route_seq)
            VALUES (900, 2, '', '', '9', '9', 1)",
            "INSERT INTO meter_point (id, unit_id, utility) SELECT id, id, 'electricity' FROM unit",
            "INSERT INTO meter (id, meter_point_id, serial, serial_normal, dials, installed_on, initial_micro)
            SELECT id, id, 'E' || id, 'e' || id, 5, '2024-07-28', 1000000000 FROM unit",
            "INSERT INTO tenancy (id, unit_id, tenant_code, tenant_normal, tenant_name, move_in)
            SELECT id, id, 'T' || id, 't' || id, 'Tenant of ' || unit_no, '2025-01-01' FROM unit",
            "INSERT INTO label (code, meter_point_id, issued_at) SELECT 'M:' || id, id, 0 FROM unit",
        ] {
            self.execute(sql).await;
        }
        server::tenant_words::complete(self.store.writer()).await.unwrap();
        self
    }
}
