//! How PostgreSQL finds what a batch needs, whatever it believes of its tables. SQLite plans without counting them.

use std::time::Duration;

use shared::wire::receipt::VerdictName;

use crate::util::TestApp;
use crate::util::items::{reading, sent_batch};

const WHOLE_TABLE: &str = "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'item'";
const WHOLE_INDEX: &str = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'item_of_state'";
const BY_KEY: &str = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'item_official_once'";

mod postgres {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn a_batch_reads_no_whole_table_of_a_database_that_was_just_copied() {
        let original = TestApp::postgres().await.with_portfolio().await;
        let ana = original.technician("ana").await;
        original.execute("DELETE FROM pg_statistic").await;
        let copy = original.copied().await;
        // PostgreSQL tells what a connection did at the latest when it ends.
        let process = copy.second_writer().await;
        let batch = sent_batch(&ana, &reading(&ana, 1, 101, 1234), &copy);
        let verdicts = process.writer.take(batch).await.unwrap();
        assert_eq!(verdicts[0].verdict, VerdictName::Accepted);
        process.store.close().await;
        let told = async {
            while copy.number(BY_KEY).await == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), told).await.unwrap();
        assert_eq!(
            (copy.number(WHOLE_TABLE).await, copy.number(WHOLE_INDEX).await),
            (0, 0)
        );
    }
}
