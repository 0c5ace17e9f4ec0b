//! Several outputs of one report. What more than one of them needs is made once.

use std::cell::OnceCell;

use super::discrepancies::{DiscrepancyList, ListFormat, ListPart, TextEncoding, list_workbook};
use super::normalized::{NormalizedLayout, Sources, write_workbook};
use super::{WriteError, normalized_csv};
use crate::report::FileReport;

/// Writes outputs of one report, each of them the same bytes as its own function gives.
///
/// ```
/// use hebiao::check_bytes;
/// use hebiao::standard::Standard;
/// use hebiao::write::{ListFormat, ReportWriter, Sources, TextEncoding, discrepancy_list, normalized_workbook};
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
/// let name = "部门评价表-信丰.规范表.xlsx";
/// let writer = ReportWriter::new(&report);
/// let normalized = writer.normalized_workbook(Sources::default())?;
/// let list = writer.list(ListFormat::Xlsx, name, TextEncoding::Utf8)?;
/// assert_eq!(normalized, normalized_workbook(&report)?);
/// assert_eq!(list, discrepancy_list(&report, name)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ReportWriter<'a> {
    report: &'a FileReport,
    list: OnceCell<DiscrepancyList>,
    part: OnceCell<ListPart>,
    layout: OnceCell<NormalizedLayout>,
}

impl<'a> ReportWriter<'a> {
    /// Returns a writer that has written nothing yet.
    pub const fn new(report: &'a FileReport) -> Self {
        Self {
            report,
            list: OnceCell::new(),
            part: OnceCell::new(),
            layout: OnceCell::new(),
        }
    }

    /// As [`normalized_workbook`](super::normalized_workbook).
    ///
    /// # Errors
    /// When the report has no table.
    pub fn normalized_workbook(&self, sources: Sources<'_>) -> Result<Vec<u8>, WriteError> {
        let (bytes, layout) = write_workbook(self.report, self.rows()?, self.part()?, sources)?;
        self.layout.get_or_init(|| layout);
        Ok(bytes)
    }

    /// As [`normalized_csv`].
    ///
    /// # Errors
    /// When the report has no table.
    pub fn normalized_csv(&self) -> Result<Vec<u8>, WriteError> {
        normalized_csv(self.report)
    }

    /// As [`ListFormat::write`].
    ///
    /// # Errors
    /// When the report has no table.
    pub fn list(
        &self,
        format: ListFormat,
        normalized_name: &str,
        encoding: TextEncoding,
    ) -> Result<Vec<u8>, WriteError> {
        let list = self.rows()?;
        match format {
            ListFormat::Xlsx => {
                let layout = self.layout.get_or_init(|| NormalizedLayout::of(self.report));
                list_workbook(self.report, list, self.part()?, normalized_name, layout)
            }
            ListFormat::Csv => list.to_csv(encoding),
            ListFormat::Json => Ok(list.to_json()?.into_bytes()),
            ListFormat::Markdown => Ok(list.to_markdown().into_bytes()),
            ListFormat::Html => Ok(list.to_html().into_bytes()),
        }
    }

    fn rows(&self) -> Result<&DiscrepancyList, WriteError> {
        if let Some(list) = self.list.get() {
            return Ok(list);
        }
        let list = DiscrepancyList::of(self.report)?;
        Ok(self.list.get_or_init(|| list))
    }

    fn part(&self) -> Result<&ListPart, WriteError> {
        if let Some(part) = self.part.get() {
            return Ok(part);
        }
        let part = ListPart::of(self.rows()?)?;
        Ok(self.part.get_or_init(|| part))
    }
}
