//! 项目汇总 as separated values.

use std::io::Write;

use ::csv::{Terminator, WriterBuilder};

use super::columns::{self, TABLES};
use crate::summary::Summary;
use crate::write::WriteError;
use crate::write::discrepancies::guarded;
use crate::write::kit::cell_text;

/// Writes 项目汇总 as CSV: a byte order mark, one header line, a line a table, ended by CR LF. Texts that begin like a
/// formula have an apostrophe before them.
///
/// # Errors
/// When the output takes no more.
pub fn summary_csv(summary: &Summary, mut output: impl Write) -> Result<(), WriteError> {
    csv(summary, &mut output)
}

fn csv(summary: &Summary, output: &mut dyn Write) -> Result<(), WriteError> {
    output.write_all(b"\xEF\xBB\xBF").map_err(WriteError::internal)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(output);
    writer
        .write_record(TABLES.map(|(title, _, _)| title))
        .map_err(WriteError::internal)?;
    for (number, row) in (1..).zip(summary.tables.rows()) {
        let row = row.map_err(WriteError::internal)?;
        let fields = columns::table(number, &row)
            .into_iter()
            .zip(TABLES)
            .map(|(value, (_, _, look))| guarded(&cell_text::for_cell(&value.plain(look), None)));
        writer.write_record(fields).map_err(WriteError::internal)?;
    }
    writer.flush().map_err(WriteError::internal)
}
