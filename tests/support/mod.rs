//! What tests are made of: tables written as markdown, rule pages, and hand-made xlsx packages.

#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

pub mod markdown_table;
mod package;
pub mod rule_page;

pub use package::*;
