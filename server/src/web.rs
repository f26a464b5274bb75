//! Pages, twins and assets over HTTP.
//!
//! [`router`] is the site map. A request is parsed ([`request`]), answered from the cache of bodies
//! ([`bodies`]) or rendered from records ([`project`]) and the live indexes ([`index`]), and leaves
//! with the headers its kind of answer has ([`reply`]). [`limits`] holds every limit.

pub mod assets;
pub mod limits;
