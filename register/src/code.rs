//! Quality credit codes: reading and printing them, minting, batches of unit codes, GS1 Digital
//! Link, and signed statements.
//!
//! ```
//! use register::code::{Batch, CreditCode, DigitalLink, Level, Malformed, Pepper};
//!
//! // Reading forgives what hands and phones do: case, spaces, hyphens, full width, O and I.
//! let code = CreditCode::parse("44m3-qmx9-d2r4")?;
//! assert_eq!((code.as_str(), code.grouped().as_str()), ("44M3QMX9D2R4", "44M3-QMX9-D2R4"));
//! assert_eq!(CreditCode::parse("44M3QMX9D2R5"), Err(Malformed::Check));
//!
//! // Minting is a function of random bytes the caller drew.
//! assert_eq!(CreditCode::mint_model("44", [7; 16]).map(|c| c.level()), Some(Level::Model));
//! let units: Vec<CreditCode> = (0..3).map(|n| CreditCode::mint_unit([n; 16])).collect();
//!
//! // A batch of unit codes is kept as keyed hashes, never as codes.
//! let pepper = Pepper::new([9; 32]);
//! let batch = Batch::new(units.iter().map(|unit| pepper.hash(unit)));
//! assert!(batch.key().starts_with("U-") && batch.contains(&pepper.hash(&units[0])));
//!
//! // From the most exact address to the product.
//! let link = DigitalLink::parse("/01/09521234543213/10/B2403").unwrap();
//! assert_eq!(link.walk_up().last().unwrap().to_string(), "/01/09521234543213");
//! # Ok::<(), Malformed>(())
//! ```

mod batch;
mod digital_link;
mod mint;
mod read;
mod statement;

pub use batch::{Batch, KeyedHash, Pepper, batch_key, contains, is_batch_key, unit_key};
pub use digital_link::{DigitalLink, LinkError, Qualifier};
pub use read::{CreditCode, Level, Malformed, RESERVED};
pub use statement::{
    DIGITS, PAYLOAD_BYTES, SIGNED_PREFIX, Statement, StatementError, UnwritableStatement,
};
