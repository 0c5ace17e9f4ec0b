//! The sheets that accompany the normalized tables: 复算过程 and 来源对照.

mod calculation;
mod sources;

pub use calculation::put_calculation;
pub use sources::{Sources, is_unchanged_normalized, put_sources};
