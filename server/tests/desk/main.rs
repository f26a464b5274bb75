//! The publishing desk over its router.

mod cases;
mod contested;
mod drafts;
mod own_lists;
mod passkeys;
mod routes;
mod signing;
mod support;
