//! The publishing desk over its router.

mod drafts;
mod routes;
mod signing;
mod support;
