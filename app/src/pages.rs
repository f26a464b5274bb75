//! Whole documents: `render(&PageContext, &Model) -> String`, one module per page type.

pub mod about;
pub mod data;
pub mod department;
pub mod directories;
pub mod directory;
pub mod enterprise;
pub mod error;
pub mod gone;
pub mod home;
pub mod label;
pub mod list;
pub mod notice;
pub mod offline;
pub mod place;
pub mod policy;
pub mod product;
pub mod scan;
pub mod scans;
pub mod service;
pub mod standard;
pub mod statistics;
pub mod system;
pub mod target;
pub mod verify;
