//! The generated, fictional sample register.
