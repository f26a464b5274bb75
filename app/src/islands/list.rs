//! The list island.
