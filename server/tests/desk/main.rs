//! The publishing desk over its router.

mod cases;
mod drafts;
mod routes;
mod signing;
mod support;
