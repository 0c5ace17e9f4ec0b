//! 台账: a line a letter, to tick off whom it was sent to and who has answered.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::contents::{NoticeContents, NoticeSender};
use crate::disk::{DiskVec, stored};
use crate::model::Severity;
use crate::text::own_markers::LEDGER_TITLE;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::cell_text;
use crate::write::kit::link::link_base;
use crate::write::kit::list_sheet::{CellLink, ListCell, ListColumn, ListSheet, Standing};
use crate::write::kit::number_format::CellContent;
use crate::write::kit::properties::Properties;

/// The ledger's file, beside the letters.
pub const LEDGER_FILE: &str = "台账.xlsx";

const COLUMNS: [ListColumn; 12] = [
    ("序号", 5, Standing::Centred),
    ("单位", 28, Standing::Text),
    ("评价表", 7, Standing::Centred),
    ("错误", 6, Standing::Centred),
    ("预警", 6, Standing::Centred),
    ("未能读取", 8, Standing::Centred),
    ("报送期限", 14, Standing::Centred),
    ("送达日期", 11, Standing::FillIn),
    ("签收人", 9, Standing::FillIn),
    ("回复日期", 11, Standing::FillIn),
    ("备注", 14, Standing::FillIn),
    ("修改通知", 46, Standing::Text),
];

/// The letters of a run, one row each. Rows wait on disk.
#[derive(Debug, Default)]
pub struct NoticeLedger {
    rows: DiskVec<LedgerRow>,
    sum: Counts,
}

/// One letter.
#[derive(Debug, Serialize, Deserialize)]
struct LedgerRow {
    unit: String,
    /// The letter's file, beside the ledger.
    file: String,
    counts: Counts,
}

stored!(LedgerRow);

/// What letters are about.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Counts {
    tables: usize,
    errors: usize,
    warnings: usize,
    unread: usize,
}

impl NoticeLedger {
    /// Takes in a letter: its unit, its file beside the ledger, what it says.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, unit: &str, file: &str, contents: &NoticeContents) -> io::Result<()> {
        let counts = Counts {
            tables: contents.tables.len(),
            errors: contents.facts.count(Severity::Error),
            warnings: contents.facts.count(Severity::Warning),
            unread: contents.unread.len(),
        };
        let sum = &mut self.sum;
        sum.tables += counts.tables;
        sum.errors += counts.errors;
        sum.warnings += counts.warnings;
        sum.unread += counts.unread;
        self.rows.push(&LedgerRow {
            unit: unit.to_owned(),
            file: file.to_owned(),
            counts,
        })
    }

    /// Returns whether there is no letter.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the ledger as an xlsx file. The same letters give the same bytes.
    ///
    /// # Errors
    /// When the output takes no more, a row cannot be read back, or the library refuses what it is given.
    pub fn write(&self, sender: &NoticeSender, output: impl Write) -> Result<(), WriteError> {
        let mut book = Book::new();
        book.set_properties(Properties::of_tool(LEDGER_TITLE, "修改通知的台账"));
        let mut list = ListSheet::streamed_companion(&mut book, "台账", LEDGER_TITLE, &COLUMNS)?;
        // The letter's file is for a click.
        list.print_first(COLUMNS.len() - 1);
        for (label, value) in [("发文单位", &sender.issuer), ("联系人", &sender.contact)] {
            if let Some(value) = value {
                list.line(label, &content(value))?;
            }
        }
        let sum = &self.sum;
        let total = format!(
            "修改通知 {} 份；评价表 {} 张，错误 {} 项，预警 {} 项，未能读取的文件 {} 个",
            self.rows.len(),
            sum.tables,
            sum.errors,
            sum.warnings,
            sum.unread
        );
        list.line("合计", &content(&total))?;
        list.header()?;
        for (number, row) in (1..).zip(self.rows.iter()) {
            let row = row.map_err(WriteError::internal)?;
            let letter = ListCell {
                link: link_base(&row.file).map(CellLink::to),
                ..ListCell::from(content(&row.file))
            };
            let count = |count| ListCell::from(CellContent::count(count));
            let blank = || ListCell::from(CellContent::Blank);
            list.row([
                count(number),
                ListCell::from(content(&row.unit)),
                count(row.counts.tables),
                count(row.counts.errors),
                count(row.counts.warnings),
                count(row.counts.unread),
                ListCell::from(content(sender.deadline.as_deref().unwrap_or_default())),
                blank(),
                blank(),
                blank(),
                blank(),
                letter,
            ])?;
        }
        list.finish()?;
        book.write_into(output).map(|_| ())
    }
}

fn content(text: &str) -> CellContent {
    if text.trim().is_empty() {
        CellContent::Blank
    } else {
        CellContent::Text(cell_text::for_cell(text, None))
    }
}
