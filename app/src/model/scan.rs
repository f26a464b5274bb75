//! `/scan`: what was read in a photo.

use super::Link;

/// `/scan`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanPage {
    /// What became of a photo; none: no photo was sent.
    pub photo: Option<Photo>,
}

/// What became of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Photo {
    /// It could not be looked at; the sentence says why and what to do.
    Refused(String),
    /// It was looked at; every code in it, perhaps none.
    Read(Vec<ScannedCode>),
}

/// One code of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedCode {
    /// Its text, with everything that does not show made visible.
    pub text: String,
    /// The text was longer and is cut.
    pub cut: bool,
    /// What it is.
    pub is: Scanned,
}

/// What a scanned text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// An address of this site: the path it leads to.
    Own {
        /// Path with the language the label says, or none.
        path: String,
    },
    /// A quality credit code without an address, grouped.
    Code {
        /// As printed: groups of four.
        grouped: String,
        /// Where it is looked up.
        path: String,
    },
    /// An ordinary bar code.
    Goods {
        /// The product, where exactly one has the number.
        product: Option<Link>,
        /// How many products have it.
        products: u64,
        /// The list of them.
        path: String,
    },
    /// An address of another site; it is never linked.
    Foreign {
        /// Its host.
        domain: String,
        /// A quality credit code in it, grouped, and where this site looks it up.
        code: Option<(String, String)>,
    },
    /// Anything else.
    Text,
}
