//! `liangbiao code` and `liangbiao key` as an office runs them, on the real binary.

mod desk;
mod issuing;
mod keys;
mod kill;
mod state;
mod status;
mod units;
