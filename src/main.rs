//! The `hebiao` program.

fn main() {}
