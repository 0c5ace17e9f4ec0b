//! Writers: one output a file, from a report alone to bytes; only the page of a reading also needs the cells and how
//! they were read. They know no rules and no disk.

mod annotated;
mod blank_form;
mod comparison;
pub(crate) mod discrepancies;
mod error;
mod index;
mod kit;
pub(crate) mod normalized;
mod notices;
mod reading_page;
mod report_writer;
mod summary;

pub use annotated::{
    QuotedFinding, annotated_copy, annotated_extension, annotated_report, document_extension, is_signed,
};
pub use blank_form::{BlankForm, blank_form};
pub use comparison::{
    batch_markdown, batch_totals, batch_workbook, comparison_markdown, comparison_workbook, unpaired,
};
pub use discrepancies::{DiscrepancyList, ListFormat, ListedDiscrepancy, Status, TextEncoding, discrepancy_list};
pub use error::WriteError;
pub use index::ConversionIndex;
pub use normalized::{Sources, is_unchanged_normalized, normalized_csv, normalized_workbook};
pub use notices::{
    LEDGER_FILE, NOTICE_SUFFIX, NoticeContents, NoticeFinding, NoticeGroups, NoticeLedger, NoticeSender, NoticeTable,
    NoticeUnit, NoticeUnits, UNNAMED_UNIT, notice, write_notice,
};
pub use reading_page::{ReadingPage, SheetPicture, reading_legend, sheet_pictures};
pub use report_writer::ReportWriter;
pub use summary::{
    PieceMakers, SummaryLink, SummaryPiece, summary_csv, summary_json, summary_ndjson, summary_workbook,
    summary_workbook_with,
};
