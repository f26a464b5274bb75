//! The publishing desk over its router.

mod routes;
mod signing;
mod support;
