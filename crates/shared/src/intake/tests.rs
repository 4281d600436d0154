mod approvals;
mod decisions;
mod duplicates;
mod exchanges;
mod holding;
mod revisions;
mod rewrites;
mod world;
