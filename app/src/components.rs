//! Views that pages share. Those of [`list`], [`chart`] and [`status`] also work in the browser.

#[cfg(feature = "ssr")]
pub mod badge;
pub mod chart;
#[cfg(feature = "ssr")]
pub mod check;
#[cfg(feature = "ssr")]
pub mod contest;
#[cfg(feature = "ssr")]
pub mod frame;
pub mod list;
#[cfg(feature = "ssr")]
pub mod policy;
#[cfg(feature = "ssr")]
pub mod record;
pub mod status;
#[cfg(feature = "ssr")]
pub mod supervision;
#[cfg(feature = "ssr")]
pub mod text;
