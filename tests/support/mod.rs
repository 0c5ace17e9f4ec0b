//! Tables written as markdown, so that a test or a page shows what it is about.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

pub mod form_page;
pub mod markdown_table;
pub mod paper;
pub mod rule_page;
pub mod sheet_changes;
pub mod tables;
