//! The page that states what the register held about somebody on a day.

use super::{Link, Status};

/// `/products/{id}/state` and `/enterprises/{uscc}/state`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatePage {
    /// The product or enterprise.
    pub of: Link,
    /// Its identifier: the credit code, or the register's key.
    pub identifier: String,
    /// Who sells a product; none on an enterprise's.
    pub holder: Option<Link>,
    /// State on the day.
    pub status: Status,
    /// The day.
    pub as_of: String,
    /// Log size.
    pub known: u64,
    /// When the log reached that size, Beijing time.
    pub known_at: String,
    /// The grants on record.
    pub listings: Vec<StateLine>,
    /// Grants on record that are not named.
    pub left_out: u64,
    /// The fixed address of this page, with the portal's origin where it is known.
    pub link: String,
    /// The same as a QR symbol; none without an origin.
    pub qr: Option<QrPath>,
    /// Root of the checkpoint, base64; empty: this node does not sign the log.
    pub root: String,
    /// Who signed; none: nobody.
    pub signature: Option<StateSignature>,
    /// Some of it is made up.
    pub sample: bool,
}

/// One grant of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateLine {
    /// The directory.
    pub scheme: Link,
    /// What it was granted to, where that is not the subject of the statement.
    pub subject: Option<Link>,
    /// Certificate number; may be empty.
    pub certificate: String,
    /// Its state on the day.
    pub status: Status,
    /// Day it was granted; may be empty.
    pub granted_on: String,
    /// Last day; may be empty.
    pub valid_until: String,
    /// Where it was read.
    pub source: String,
    /// Index of its entry.
    pub seq: u64,
}

/// A signature under a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateSignature {
    /// Id of the key.
    pub kid: String,
    /// Whose key it is, as the register says; may be empty.
    pub holder: String,
    /// The day the statement is dated.
    pub dated: String,
    /// The signature, base64.
    pub value: String,
}

/// A QR symbol as the path of its dark modules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QrPath {
    /// Modules of a side, quiet zone included.
    pub side: usize,
    /// SVG path data, one unit a module.
    pub path: String,
}
