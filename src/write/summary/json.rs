//! A summary as JSON, and its tables as one line each.

use std::io::Write;

use crate::summary::{Summary, SummaryDocument};
use crate::write::WriteError;

/// Writes the whole summary as one indented JSON document with a line end.
///
/// # Errors
/// When the output takes no more, or a detail cannot be read back.
pub fn summary_json(summary: &Summary, mut output: impl Write) -> Result<(), WriteError> {
    document(summary, &mut output)
}

// Programs share this with the library, whatever they write to, and compile none of it again.
fn document(summary: &Summary, output: &mut dyn Write) -> Result<(), WriteError> {
    serde_json::to_writer_pretty(&mut *output, &SummaryDocument(summary)).map_err(WriteError::internal)?;
    output.write_all(b"\n").map_err(WriteError::internal)
}

/// Writes one line of JSON a table, in the summary's order.
///
/// # Errors
/// When the output takes no more, or a row cannot be read back.
pub fn summary_ndjson(summary: &Summary, mut output: impl Write) -> Result<(), WriteError> {
    lines(summary, &mut output)
}

fn lines(summary: &Summary, output: &mut dyn Write) -> Result<(), WriteError> {
    for row in summary.tables.rows() {
        serde_json::to_writer(&mut *output, &row.map_err(WriteError::internal)?).map_err(WriteError::internal)?;
        output.write_all(b"\n").map_err(WriteError::internal)?;
    }
    Ok(())
}
