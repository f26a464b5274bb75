//! What a browser keeps to say something of a code without a network: a signed note, and the files it
//! names by their SHA-256.
//!
//! * [`CopyNote`]: the note's text: whose copy, of which log size and day, which files.
//! * the keys: a line for each key of the register and its life, see [`keys`].
//! * [`CodeShelf`]: the model codes, and what each stands for.
//! * [`Barcodes`]: which of them the goods under a barcode have.
//! * [`StatusList`](crate::status_list::StatusList): how each of them stood.
//!
//! All of it is a function of the log at one size and of a day. [`Copy`] takes the files only
//! together and only under the key it was given, and its answers are never better than "cannot tell":
//! what it says is how things stood, with the day on which they did.
//!
//! Unit codes are not in it. The register knows them as keyed hashes only, and a list of hashes under a
//! key that a browser has would be a list of codes.

mod barcodes;
mod copy;
pub mod keys;
mod note;
mod shelf;

pub use barcodes::{BARCODES_MAX, Barcodes};
pub use copy::{Answer, Copy, CopyError, Found};
pub use note::{CopyNote, File, NoteTextError};
pub use shelf::{CodeShelf, GOODS_MAX, Goods, Item, ShelfError, TEXT_BYTES_MAX};

#[cfg(test)]
#[path = "offline/tests.rs"]
mod tests;
