//! A workbook that is being written. The library writes its frame: looks, pages, widths, filters, names, properties.
//! Rows of cells are written here and put into the frame's sheets, because the library hashes a whole look for each
//! cell, keeps every cell in trees, and assembles each sheet in a thread of its own.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Cursor, Read, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::ZipArchive;

use super::deflate::{DeflatedPart, Deflater, PIECE};
use super::frame::{self, SheetFrame};
use super::package::{Entry, Package};
use super::sheet_links::SheetLinks;
use super::sheet_xml::push_text;
use super::{cell_text, styles};
use crate::grid::CellRange;
use crate::write::WriteError;

/// Level of the frame's parts, which the library deflates.
const FRAME_LEVEL: u8 = 1;

/// A workbook that is being written.
pub struct Book {
    workbook: Workbook,
    looks: Looks,
    texts: Texts,
    sheets: BTreeMap<usize, SheetContent>,
    hidden_names: Vec<&'static str>,
}

/// What is put into a sheet of the frame.
#[derive(Default)]
pub struct SheetContent {
    /// Its rows.
    pub rows: Rows,
    /// From the first cell to the last.
    pub extent: Option<CellRange>,
    /// Merged regions.
    pub merges: Vec<CellRange>,
    /// Links of cells.
    pub links: SheetLinks,
}

/// Rows as XML.
pub enum Rows {
    /// As text, of a sheet whose cells were all in memory.
    Text(Vec<u8>),
    /// Deflated as they came.
    Deflated(DeflatedPart),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Text(Vec::new())
    }
}

impl Book {
    /// Returns an empty workbook.
    ///
    /// # Errors
    /// When the library refuses the body font as the usual one.
    pub fn new() -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        workbook.set_zip_compression_level(FRAME_LEVEL);
        styles::set_usual_font(&mut workbook)?;
        Ok(Self {
            workbook,
            looks: Looks::default(),
            texts: Texts::default(),
            sheets: BTreeMap::new(),
            hidden_names: Vec::new(),
        })
    }

    /// Returns the frame, for what is not a cell.
    pub const fn frame(&mut self) -> &mut Workbook {
        &mut self.workbook
    }

    /// Adds a sheet; its position.
    ///
    /// # Errors
    /// When the library refuses the name.
    pub fn add_sheet(&mut self, name: &str) -> Result<usize, WriteError> {
        let position = self.workbook.worksheets().len();
        self.workbook.add_worksheet().set_name(name)?;
        Ok(position)
    }

    /// Returns a sheet of the frame.
    ///
    /// # Errors
    /// When there is none at this position.
    pub fn worksheet(&mut self, sheet: usize) -> Result<&mut Worksheet, WriteError> {
        Ok(self.workbook.worksheet_from_index(sheet)?)
    }

    /// Returns the number of a look, which is new or known.
    pub fn look(&mut self, format: &Format) -> u32 {
        self.looks.number(format)
    }

    /// Returns the number of a text among those of the workbook.
    pub fn text(&mut self, text: &str) -> u32 {
        self.texts.number(text)
    }

    /// Puts rows and what belongs to them into a sheet, in the place of whatever rows the frame has there.
    pub fn fill(&mut self, sheet: usize, content: SheetContent) {
        self.sheets.insert(sheet, content);
    }

    /// Keeps a name out of the lists of names, which the library cannot.
    pub fn hide_name(&mut self, name: &'static str) {
        self.hidden_names.push(name);
    }

    /// Returns the workbook as the bytes of an xlsx file.
    ///
    /// # Errors
    /// When the library refuses what it was given.
    pub fn into_bytes(self) -> Result<Vec<u8>, WriteError> {
        self.write_into(Vec::new())
    }

    /// Writes the workbook as an xlsx file.
    ///
    /// # Errors
    /// When the output takes no more, or the library refuses what it was given.
    pub fn write_into<W: Write>(mut self, output: W) -> Result<W, WriteError> {
        for format in &self.looks.formats {
            self.workbook.register_format(format);
        }
        let has_texts = self.texts.count > 0;
        if let Some(sheet) = self.sheets.keys().next().copied().filter(|_| has_texts) {
            // So that the frame knows of a part for texts; the cell gives way to the sheet's own.
            self.worksheet(sheet)?.write_string(0, 0, "·")?;
        }
        let frame = self.workbook.save_to_buffer()?;
        self.put_into(frame, output).map_err(WriteError::internal)
    }

    fn put_into<W: Write>(&mut self, frame: Vec<u8>, output: W) -> io::Result<W> {
        let mut frame = ZipArchive::new(Cursor::new(frame))?;
        let mut package = Package::new(output);
        let mut deflater = Deflater::default();
        for index in 0..frame.len() {
            let name = String::from_utf8_lossy(frame.by_index_raw(index)?.name_raw()).into_owned();
            if name == frame::TEXTS && self.texts.count > 0 {
                let (entry, bytes) = deflater.part(&self.texts.xml())?;
                package.part(&name, entry, bytes.as_slice())?;
            } else if let Some(content) = frame::sheet_of_relations(&name)
                .and_then(|sheet| self.sheets.get_mut(&sheet))
                .filter(|content| content.links.has_relations())
            {
                let known = content_of(&mut frame, index)?;
                let (head, tail) = frame::around_relations(&known);
                put_text(
                    &mut package,
                    &mut deflater,
                    &name,
                    head,
                    content.links.relations()?,
                    tail,
                )?;
            } else if let Some(sheet) = frame::sheet_of(&name)
                && let Some(content) = self.sheets.get_mut(&sheet)
            {
                let known = content_of(&mut frame, index)?;
                put_sheet(&mut package, &mut deflater, &name, &known, content)?;
                let relations = frame::relations_of(sheet);
                if content.links.has_relations() && frame.index_for_name(&relations).is_none() {
                    let (head, tail) = frame::around_relations("");
                    let links = content.links.relations()?;
                    put_text(&mut package, &mut deflater, &relations, head, links, tail)?;
                }
            } else if name == frame::WORKBOOK && !self.hidden_names.is_empty() {
                let known = content_of(&mut frame, index)?;
                let text = frame::with_names_hidden(&known, &self.hidden_names);
                let (entry, bytes) = deflater.part(text.as_bytes())?;
                package.part(&name, entry, bytes.as_slice())?;
            } else {
                let part = frame.by_index_raw(index)?;
                let entry = Entry {
                    is_deflated: part.compression() == zip::CompressionMethod::Deflated,
                    crc: part.crc32(),
                    packed: part.compressed_size(),
                    size: part.size(),
                };
                package.part(&name, entry, part)?;
            }
        }
        package.finish()
    }
}

/// Writes a sheet: its frame with its content in it.
fn put_sheet<W: Write>(
    package: &mut Package<W>,
    deflater: &mut Deflater,
    name: &str,
    known: &str,
    content: &mut SheetContent,
) -> io::Result<()> {
    let SheetFrame { before, between, after } = SheetFrame::of(known, content)?;
    match &mut content.rows {
        Rows::Text(rows) => {
            let head = [before.as_slice(), rows, &between].concat();
            put_text(package, deflater, name, head, content.links.elements()?, &after)
        }
        Rows::Deflated(rows) => {
            rows.push(&deflater.piece(&between)?)?;
            rows.push_text(deflater, content.links.elements()?)?;
            let (before, after) = (deflater.piece(&before)?, deflater.piece(&after)?);
            let entry = rows.between(&before, &after);
            package.part(name, entry, rows.stream(&before, &after)?)
        }
    }
}

/// Writes a part of which only the middle may be long.
fn put_text<W: Write>(
    package: &mut Package<W>,
    deflater: &mut Deflater,
    name: &str,
    mut head: Vec<u8>,
    mut middle: impl Read,
    tail: &[u8],
) -> io::Result<()> {
    let most = middle.by_ref().take(PIECE).read_to_end(&mut head)?;
    if (most as u64) < PIECE {
        head.extend(tail);
        let (entry, bytes) = deflater.part(&head)?;
        return package.part(name, entry, bytes.as_slice());
    }
    let mut part = DeflatedPart::default();
    part.push_text(deflater, middle)?;
    let (head, tail) = (deflater.piece(&head)?, deflater.piece(tail)?);
    package.part(name, part.between(&head, &tail), part.stream(&head, &tail)?)
}

fn content_of(frame: &mut ZipArchive<Cursor<Vec<u8>>>, index: usize) -> io::Result<String> {
    let mut content = String::new();
    frame.by_index(index)?.read_to_string(&mut content)?;
    Ok(content)
}

/// The looks of a workbook, in the order in which they came: the library numbers them so behind its own.
#[derive(Default)]
struct Looks {
    numbers: HashMap<Format, u32>,
    formats: Vec<Format>,
}

impl Looks {
    fn number(&mut self, format: &Format) -> u32 {
        if let Some(number) = self.numbers.get(format) {
            return *number;
        }
        self.formats.push(format.clone());
        // The usual look is the first of all.
        let number = u32::try_from(self.formats.len()).unwrap_or(u32::MAX);
        self.numbers.insert(format.clone(), number);
        number
    }
}

/// The texts of a workbook, each once.
#[derive(Default)]
struct Texts {
    numbers: HashMap<String, u32>,
    elements: Vec<u8>,
    count: u32,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        self.count = self.count.saturating_add(1);
        let text = cell_text::fitting(text, None);
        if let Some(number) = self.numbers.get(text.as_ref()) {
            return *number;
        }
        self.elements.extend(b"<si>");
        push_text(&mut self.elements, &text);
        self.elements.extend(b"</si>");
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into_owned(), number);
        number
    }

    /// Returns the part that holds them.
    fn xml(&self) -> Vec<u8> {
        let head = format!(
            "{}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            frame::DECLARATION,
            self.count,
            self.numbers.len()
        );
        [head.as_bytes(), &self.elements, b"</sst>"].concat()
    }
}
