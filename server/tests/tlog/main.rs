//! The published log: the command, the addresses, and what outside programs make of them.

mod differential;
mod outside;
mod place;
mod witness;
