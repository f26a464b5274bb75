//! Built-in reference data: systems, schemes, places.
