//! Parsed identifiers. Each module reads one kind of identifier tolerantly and writes it one way.

pub mod alphabet31;
pub mod country;
pub mod date;
pub mod division;
pub mod document_number;
pub mod gtin;
pub mod key;
pub mod standard_number;
pub mod text;
pub mod uscc;

pub use gtin::Gtin;
pub use key::{foreign_enterprise_key, product_key, slug};
pub use standard_number::StandardNumber;
pub use uscc::Uscc;
