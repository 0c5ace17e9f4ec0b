//! Outputs: named after their input; on disk whole or absent, never over an input. Names need no disk.

#[cfg(feature = "batch")]
mod origin;
#[cfg(feature = "batch")]
mod output;
mod own_result;

pub use crate::text::file_names::{NORMALIZED_SUFFIX, output_name, output_stem, output_stems, safe_stem};
pub use crate::text::own_markers::{ANNOTATED_STEM, NORMALIZED_STEM};
#[cfg(feature = "parquet")]
pub(crate) use output::name;
#[cfg(feature = "batch")]
pub(crate) use output::unnamed;
#[cfg(feature = "batch")]
pub use output::{
    FillError, OutputError, ProtectedInputs, fill_new_file, is_free, link_path, refuse_new_file, write_new_file,
    write_new_file_with,
};
pub use own_result::is_own_result;
