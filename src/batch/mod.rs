//! Many files: which they are and in what order, checking them side by side, one line for each, and going on after a
//! stop. It knows folders, archives and threads; of a single table it knows nothing.

mod archive;
mod archive_names;
pub(crate) mod arrival;
mod candidates;
mod input;
mod inputs;
mod kinds;
mod lines;
mod list;
mod results;
mod run;
mod source;
mod spool;

pub use input::Input;
pub use inputs::{Collected, InputOptions, collect};
pub use kinds::{Skipped, is_own_output};
pub use lines::{CheckedBy, LineError, LineFault, MOST_LINE_BYTES, check_line, line, read_lines};
pub use list::{MOST_LIST_BYTES, paths_of_list};
pub use results::{KnownResults, Results, ResultsError};
pub use run::{Progress, run};
pub use source::{is_standard_input, read_file};
pub use spool::{ReportSpool, SpooledReports};
