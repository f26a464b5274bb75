//! The log at home in PostgreSQL, on a real server made for the test and thrown away.

mod cluster;
mod failover;
mod homes;
mod nodes;
mod portals;
mod refusals;
