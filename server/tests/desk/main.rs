//! The publishing desk over its router.

mod cases;
mod contested;
mod drafts;
mod passkeys;
mod routes;
mod signing;
mod support;
