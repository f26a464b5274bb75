//! The portal over its real router, on a real register of a few records.

mod api;
mod changes;
mod cite;
mod directories;
mod downloads;
mod fixture;
mod headers;
mod hostile;
mod joined;
mod live;
mod offline;
mod policies;
mod quota;
mod routes;
mod scan;
mod scans;
mod services;
mod statistics;
mod supervision;
mod times;
mod twins;
mod units;
mod untrusted;
mod verify;
