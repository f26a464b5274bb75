//! The portal over its real router, on a real register of a few records.

mod api;
mod badge;
mod changes;
mod check;
mod cite;
mod directories;
mod downloads;
mod fixture;
mod headers;
mod joined;
mod live;
mod lookup;
mod offline;
mod policies;
mod redacted;
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
