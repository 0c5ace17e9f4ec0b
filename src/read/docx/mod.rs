//! The reader of tables in Word documents: every table is a sheet, in the document's order.
//!
//! A table takes with it the title and form lines just above it and the remarks just below. Every cell is a text.
//! The document's own text is kept block by block beside the tables. Deleted text of tracked changes and hidden text
//! are left out.

mod numbering;
mod paragraph;
mod table;

use quick_xml::events::BytesStart;

use super::kit::budget::Budget;
use super::kit::cell_builder::shortened;
use super::kit::losses::Losses;
use super::kit::own_text::OwnText;
use super::kit::package::{Package, PartError};
use super::kit::sheet_builder::SheetBuilder;
use super::kit::surroundings::{lines_after, lines_before};
use super::kit::xml::{Node, Xml, attributes};
use super::{Limits, ReadError};
use crate::grid::{CellAddress, FileFormat, Workbook};
use numbering::{Numbering, ParagraphNumber};

/// Reads the tables of a document.
pub(super) fn read(mut package: Package, limits: &Limits) -> Result<Workbook, ReadError> {
    let main = super::detect::main_part(&mut package).map_err(|fault| fault.into_refusal("文档目录"))?;
    let numbering = Numbering::of(&mut package, &main);
    let mut xml = package.xml(&main).map_err(|fault| fault.into_refusal("文档正文"))?;
    let mut document = Document {
        budget: Budget::new(limits),
        tables: Vec::new(),
        last: None,
        lines: Vec::new(),
        text: OwnText::default(),
        numbering,
        number: None,
        hidden_text: false,
        boxes: Vec::new(),
    };
    let mut losses = Losses::default();
    match document.read(&mut xml) {
        Err(PartError::Broken) if document.tables.iter().any(|table| table.is_complete) => {
            losses.add(None, || "文档后半部分已损坏，损坏处以后的表格没有读到".to_owned());
        }
        other => other.map_err(|fault| fault.into_refusal("文档正文"))?,
    }
    if document.hidden_text {
        losses.add(None, || "文档里有隐藏文字，没有读取".to_owned());
    }
    for text in &document.boxes {
        losses.add(None, || format!("表格以外的文本框“{}”没有读取", shortened(text)));
    }
    if document.text.is_cut() {
        losses.add(None, || "文档的文字太多，有的段落没有读取".to_owned());
    }
    let mut sheets = Vec::new();
    let mut places = Vec::new();
    for (index, table) in document.tables.into_iter().enumerate() {
        places.push(table.is_complete.then_some(sheets.len()));
        if table.is_complete {
            sheets.push(table.draft.into_sheet(format!("表{}", index + 1)));
        }
    }
    let text = document.text.into_blocks(&places);
    if sheets.is_empty() && text.is_empty() {
        return Err(ReadError::not_a_spreadsheet("这个 Word 文档里没有表格"));
    }
    Ok(Workbook {
        format: FileFormat::Docx,
        sheets,
        losses: losses.into_list(),
        text,
    })
}

/// A table of the document, with the lines around it.
#[derive(Default)]
struct Table {
    draft: SheetBuilder,
    next_row: u32,
    is_complete: bool,
}

struct Document {
    budget: Budget,
    tables: Vec<Table>,
    /// The last table that stood in the document's own text.
    last: Option<usize>,
    /// Paragraphs since then.
    lines: Vec<String>,
    /// All of the document's own text.
    text: OwnText,
    numbering: Numbering,
    /// The number of the paragraph read last.
    number: Option<String>,
    hidden_text: bool,
    /// Texts of boxes that belong to no cell so far.
    boxes: Vec<String>,
}

/// Paragraphs kept at most; only those next to a table matter.
const LINES_KEPT: usize = 200;

impl Document {
    fn read(&mut self, xml: &mut Xml) -> Result<(), PartError> {
        let result = self.blocks(xml, 0, &mut None);
        self.put_lines_after()?;
        result
    }

    /// Reads paragraphs and tables up to the end of the element at `inside`, or of the document.
    ///
    /// Paragraphs go to `cell`, if there is one, else to the document's lines.
    fn blocks(&mut self, xml: &mut Xml, inside: usize, cell: &mut Option<CellText>) -> Result<(), PartError> {
        loop {
            let depth = xml.depth();
            match xml.next()? {
                Node::Start(start) => match start.local_name().as_ref() {
                    "p" => {
                        let before = self.boxes.len();
                        let paragraph = self.paragraph(xml)?;
                        match cell {
                            Some(cell) => {
                                cell.boxes.extend(self.boxes.drain(before..));
                                cell.add(paragraph);
                            }
                            None => {
                                match self.number.take() {
                                    Some(number) => self.text.add_numbered(number, &paragraph),
                                    None => self.text.add_paragraph(&paragraph),
                                }
                                self.add_line(paragraph);
                            }
                        }
                    }
                    "tbl" => {
                        let index = self.table(xml, cell.is_some())?;
                        if let Some(cell) = cell {
                            cell.nested.push(index);
                        }
                    }
                    "tcPr" => {
                        let placing = table::cell_placing(xml)?;
                        if let Some(cell) = cell {
                            cell.placing = placing;
                        }
                    }
                    "document" | "body" | "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo"
                    | "AlternateContent" | "Choice" => {}
                    _ => xml.skip()?,
                },
                Node::End(_) if depth == inside && inside > 0 => return Ok(()),
                Node::Eof if inside == 0 => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }

    fn add_line(&mut self, line: String) {
        if self.lines.len() >= LINES_KEPT {
            // The lines right after the last table are the first ones: settle them before they go.
            if self.put_lines_after().is_err() {
                return;
            }
            self.lines.drain(..self.lines.len().min(LINES_KEPT / 2));
            self.last = None;
        }
        self.lines.push(line);
    }

    /// Begins a table of its own; one in the document's text takes the lines above it.
    fn begin_table(&mut self, is_nested: bool) -> Result<usize, PartError> {
        self.budget.take_sheet()?;
        let index = self.tables.len();
        let mut table = Table::default();
        if !is_nested {
            self.text.add_table(index);
            self.put_lines_after()?;
            let from = self.lines.len().saturating_sub(lines_before(&self.lines));
            let lines: Vec<String> = self.lines.drain(..).skip(from).collect();
            for line in lines {
                table.put_line(line, &mut self.budget)?;
            }
            self.last = Some(index);
        }
        self.tables.push(table);
        Ok(index)
    }

    /// Gives the last table the remarks below it.
    fn put_lines_after(&mut self) -> Result<(), PartError> {
        if let Some(table) = self.last.take().and_then(|index| self.tables.get_mut(index)) {
            let count = lines_after(&self.lines);
            for line in self.lines.drain(..count) {
                table.put_line(line, &mut self.budget)?;
            }
        }
        Ok(())
    }
}

impl Table {
    fn put_line(&mut self, line: String, budget: &mut Budget) -> Result<(), ReadError> {
        let line = line.trim();
        if !line.is_empty() {
            self.draft
                .put_text(CellAddress::new(self.next_row, 0), line.to_owned(), budget)?;
            self.next_row = self.next_row.saturating_add(1);
        }
        Ok(())
    }
}

/// A cell's paragraphs, one line each, and the tables inside it.
#[derive(Default)]
struct CellText {
    text: String,
    paragraphs: usize,
    placing: table::CellPlacing,
    nested: Vec<usize>,
    /// Texts of the boxes that are anchored in it.
    boxes: Vec<String>,
}

impl CellText {
    fn add(&mut self, paragraph: String) {
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
        self.text.push_str(&paragraph);
    }
}

/// Returns the value of an attribute, whatever its prefix.
fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    attributes(start)
        .find(|(key, _)| key.rsplit(':').next() == Some(name))
        .map(|(_, value)| value.into_owned())
}

/// Returns whether an on-off element such as `<w:vanish/>` says yes; without a value it does.
fn says_yes(start: &BytesStart) -> bool {
    attribute(start, "val").is_none_or(|value| !matches!(value.trim(), "0" | "false" | "off" | "none"))
}
