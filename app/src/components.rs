//! Views that pages share. Those of [`list`], [`chart`] and [`text`] also render in the browser.

pub mod chart;
#[cfg(feature = "ssr")]
pub mod frame;
pub mod list;
#[cfg(feature = "ssr")]
pub mod record;
pub mod text;
