//! The outage is over and everybody's phone notices at the same moment (situation 25, small).

use anyhow::{Result, ensure};
use journeys::bench::server::herd::come_back;

/// The bench does the same with 500 and tells how long it takes.
#[tokio::test]
async fn sixty_phones_that_come_back_at_once_are_all_served() -> Result<()> {
    let readings = come_back(60).await?;
    ensure!(readings > 1_000, "{readings} readings are no herd");
    Ok(())
}
