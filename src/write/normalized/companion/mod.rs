//! The sheets that accompany the normalized tables: 复算过程 and 来源对照.

mod calculation;
mod sources;

pub use calculation::{NAME as CALCULATION, put_calculation};
pub use sources::{NAME as SOURCES, Sources, is_unchanged_normalized, put_sources};
