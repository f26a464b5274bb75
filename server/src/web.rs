//! Pages, twins and assets over HTTP.
