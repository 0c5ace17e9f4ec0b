//! The normalized tables as separated values: the form alone, without what this program adds below it.

use std::collections::BTreeMap;

use ::csv::{Terminator, WriterBuilder};

use super::plan::{PlannedCell, Role};
use super::{FileReport, WriteError, findings, layout};
use crate::text::plain;
use crate::write::discrepancies::guarded;
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;

/// UTF-8 without it is taken by Excel for something else.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Returns one file's tables as CSV in UTF-8 with a byte order mark, one below another with an empty line between.
///
/// A merged region's text stands in its first cell. Texts that begin like a formula have an apostrophe before them.
///
/// # Errors
/// When the report has no table.
pub fn normalized_csv(report: &FileReport) -> Result<Vec<u8>, WriteError> {
    if report.tables.is_empty() {
        return Err(WriteError::NoTable);
    }
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    for (index, table) in report.tables.iter().enumerate() {
        let mut plan = layout::plan_form(table);
        findings::annotate(&mut plan, &table.discrepancies);
        let mut rows: BTreeMap<u32, Vec<&PlannedCell>> = BTreeMap::new();
        for cell in plan
            .cells
            .iter()
            .filter(|cell| !matches!(&cell.content, CellContent::Blank if cell.role == Role::Mark))
        {
            rows.entry(cell.range.first.row).or_default().push(cell);
        }
        let width = plan
            .cells
            .iter()
            .map(|cell| cell.range.last.column + 1)
            .max()
            .unwrap_or(1);
        let blank = || (0..width).map(|_| String::new()).collect::<Vec<_>>();
        if index > 0 {
            writer.write_record(blank()).map_err(WriteError::internal)?;
        }
        for row in 0..plan.next_row {
            let mut record = blank();
            for cell in rows.get(&row).into_iter().flatten() {
                if let Some(field) = record.get_mut(cell.range.first.column as usize) {
                    *field = text(&cell.content);
                    if cell.role == Role::Mark {
                        // A mark stays on its line for those who look at lines.
                        *field = field.replace('\n', "；");
                    }
                }
            }
            writer.write_record(record).map_err(WriteError::internal)?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| WriteError::internal(error.into_error()))
}

/// As shown, unless that says less than the number is.
fn text(content: &CellContent) -> String {
    match content {
        CellContent::Blank => String::new(),
        CellContent::Text(text) => guarded(&cell_text::for_cell(text, None)),
        CellContent::Number { value, .. } => {
            let shown = content.shown();
            match CellContent::number_like(&shown) {
                CellContent::Number { value: said, .. } if said == *value => shown.into_owned(),
                _ => plain(*value),
            }
        }
    }
}
