//! The publishing desk over its router.

mod cases;
mod contested;
mod drafts;
mod routes;
mod signing;
mod support;
