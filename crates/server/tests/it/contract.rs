//! Claims that hold on both databases. The PostgreSQL half is ignored unless it is asked for with
//! `TEST_POSTGRES_URL=... cargo test -p server -- --include-ignored`.

mod approvals;
mod audit;
mod billing;
mod bundles;
mod conflicts;
mod consumption;
mod corrections;
mod day_of_arrival;
mod decisions;
mod device_check;
mod devices;
mod enrolment;
mod exchanges;
mod handover;
mod imports;
mod in_service;
mod inbox;
mod intake;
mod labels;
mod list;
mod missing;
mod new_epoch;
mod office_entries;
mod office_list;
mod passkeys;
mod people;
mod period_limits;
mod periods;
mod photos;
mod plans;
mod portfolio;
mod portfolio_edits;
mod positions;
mod requests;
mod rivals;
mod session_life;
mod walking_order;

/// Each claim once on SQLite and once on PostgreSQL, on a server with the small customer.
macro_rules! contract {
    ($($claim:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $claim() { super::$claim(crate::util::TestApp::sqlite().await.with_portfolio().await).await; })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs TEST_POSTGRES_URL"]
            async fn $claim() { super::$claim(crate::util::TestApp::postgres().await.with_portfolio().await).await; })+
        }
    };
}
pub(crate) use contract;
