//! Many files: which they are and in what order, checking them side by side, one line for each, and going on after a
//! stop. It knows folders, archives and threads; of a single table it knows nothing.

mod archive;
mod archive_file;
mod archive_names;
#[cfg(feature = "batch")]
mod candidates;
mod documents;
#[cfg(feature = "batch")]
pub(crate) mod file_list;
#[cfg(feature = "batch")]
mod input;
#[cfg(feature = "batch")]
mod inputs;
mod kinds;
mod lines;
#[cfg(feature = "batch")]
mod pieces;
#[cfg(feature = "batch")]
mod quick_file;
mod read_error;
#[cfg(feature = "batch")]
pub(crate) mod results;
#[cfg(feature = "batch")]
mod run;
mod same_names;
#[cfg(feature = "batch")]
pub(crate) mod source;
mod spool;
#[cfg(feature = "batch")]
mod turns;
mod unpacked;

pub use documents::documents_handed_in;
#[cfg(feature = "batch")]
pub use file_list::paths_of_list;
#[cfg(feature = "batch")]
pub use input::Input;
#[cfg(feature = "batch")]
pub use inputs::{Collected, InputOptions, collect};
pub use kinds::{Skipped, tables_among};
pub use lines::{CheckedBy, LineError, LineFault, check_line, line, read_lines};
#[cfg(feature = "batch")]
pub use pieces::SideBySide;
#[cfg(feature = "batch")]
pub use results::{Results, ResultsError};
#[cfg(feature = "batch")]
pub use run::{Progress, WorkList, run, run_list};
#[cfg(feature = "batch")]
pub use source::read_file;
pub use spool::{ReportSpool, SpooledReports};
#[cfg(feature = "batch")]
pub use turns::{Turn, Turns};
pub use unpacked::{UnpackedFile, unpacked};
