//! The portal over its real router, on a real register of a few records.

mod fixture;
mod headers;
mod joined;
mod live;
mod routes;
mod scan;
mod services;
mod statistics;
mod twins;
mod untrusted;
mod verify;
