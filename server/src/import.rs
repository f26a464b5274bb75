//! Lists in: mapping files, readers, reports, templates.
