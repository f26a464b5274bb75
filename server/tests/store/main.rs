//! The storage: log, view, reader, checkpoint, and the commands that look at them.

mod appending;
mod backup;
mod commands;
mod crash;
mod export;
mod files;
mod redacting;
mod scans;
mod support;
mod units;
mod viewing;
mod visibility;
