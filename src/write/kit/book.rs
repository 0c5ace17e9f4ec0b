//! A workbook that is being written. Rows of cells are written here, because the library hashes a whole look for each
//! cell, keeps every cell in trees, and assembles each sheet in a thread of its own. Around them stands a frame: looks,
//! pages, widths, filters, names, properties. Where that is all, it is written here too; charts, rules for what may be
//! filled in, and protection are the library's, which then writes the frame.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::book_parts;
use super::deflate::{DeflatedPart, Piece};
use super::numbered::{Looks, Texts};
use super::page;
use super::properties::Properties;
use super::sheet_links::SheetLinks;
use super::sheet_setup::SheetSetup;
use super::styles;
use crate::grid::CellRange;
use crate::write::WriteError;

/// Level of the parts that the library deflates.
const LIBRARY_LEVEL: u8 = 1;

/// A workbook that is being written.
#[derive(Default)]
pub struct Book {
    pub(super) sheets: Vec<SheetSetup>,
    pub(super) properties: Properties,
    pub(super) looks: Looks,
    pub(super) texts: Texts,
    pub(super) contents: BTreeMap<usize, SheetContent>,
    pub(super) hidden_names: Vec<&'static str>,
    /// Where the library has something to write.
    pub(super) library: Option<Workbook>,
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
    /// Deflated for several workbooks.
    Ready(Arc<Piece>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Text(Vec::new())
    }
}

impl Book {
    /// Returns an empty workbook.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what the workbook says of itself.
    pub fn set_properties(&mut self, properties: Properties) {
        self.properties = properties;
    }

    /// Adds a sheet; its position.
    ///
    /// # Errors
    /// When the library refuses the name.
    pub fn add_sheet(&mut self, name: &str) -> Result<usize, WriteError> {
        if let Some(library) = &mut self.library {
            library.add_worksheet().set_name(name)?;
        }
        self.sheets.push(SheetSetup::new(name));
        Ok(self.sheets.len() - 1)
    }

    /// Returns what a sheet has beside its cells.
    ///
    /// # Errors
    /// When there is none at this position.
    pub fn setup(&mut self, sheet: usize) -> Result<&mut SheetSetup, WriteError> {
        let odd = || XlsxError::UnknownWorksheetNameOrIndex(sheet.to_string());
        Ok(self.sheets.get_mut(sheet).ok_or_else(odd)?)
    }

    /// Leaves the first rows of a long list on paper; the list is the sheet added last.
    pub fn print_first_rows(&mut self, rows: usize, heights: &[f64]) {
        if let Some(setup) = self.sheets.last_mut() {
            page::print_first_rows(setup, rows, heights);
        }
    }

    /// Returns the library's workbook, for what only the library writes.
    ///
    /// # Errors
    /// When the library refuses the body font as the usual one, or the name of a sheet.
    pub fn library(&mut self) -> Result<&mut Workbook, WriteError> {
        let library = match self.library.take() {
            Some(library) => library,
            None => {
                let mut library = Workbook::new();
                library.set_zip_compression_level(LIBRARY_LEVEL);
                styles::set_usual_font(&mut library)?;
                for sheet in &self.sheets {
                    library.add_worksheet().set_name(&sheet.name)?;
                }
                library
            }
        };
        Ok(self.library.insert(library))
    }

    /// Returns the library's sheet, for what only the library writes.
    ///
    /// # Errors
    /// When there is none at this position.
    pub fn worksheet(&mut self, sheet: usize) -> Result<&mut Worksheet, WriteError> {
        Ok(self.library()?.worksheet_from_index(sheet)?)
    }

    /// Returns the number of a look, which is new or known.
    pub fn look(&mut self, format: &Format) -> u32 {
        self.looks.number(format)
    }

    /// Returns the number of a text among those of the workbook. `guess` is one that it may well have.
    pub fn text(&mut self, text: &str, guess: Option<u32>) -> u32 {
        self.texts.number(text, guess)
    }

    /// Puts rows and what belongs to them into a sheet, in the place of whatever rows the frame has there.
    pub fn fill(&mut self, sheet: usize, content: SheetContent) {
        self.contents.insert(sheet, content);
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
        match self.library.take() {
            None => book_parts::write(self, output),
            Some(library) => {
                let frame = self.framed(library)?;
                book_parts::put_into(self, frame, output).map_err(WriteError::internal)
            }
        }
    }

    /// Returns the package that the library makes, its sheets without their rows.
    fn framed(&mut self, mut library: Workbook) -> Result<Vec<u8>, WriteError> {
        library.set_properties(&self.properties.to_library()?);
        for format in &self.looks.formats {
            library.register_format(format);
        }
        for (setup, sheet) in self.sheets.iter().zip(library.worksheets_mut()) {
            setup.apply(sheet)?;
        }
        let has_texts = self.texts.count > 0;
        if let Some(sheet) = self.contents.keys().next().copied().filter(|_| has_texts) {
            // So that the frame knows of a part for texts; the cell gives way to the sheet's own.
            library.worksheet_from_index(sheet)?.write_string(0, 0, "·")?;
        }
        Ok(library.save_to_buffer()?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::grid::CellAddress;
    use crate::write::kit::frame;
    use crate::write::kit::list_sheet::CellLink;
    use crate::write::kit::number_format::CellContent;
    use crate::write::kit::sheet_cells::SheetCells;
    use crate::write::kit::sheet_setup::SheetNote;

    type Part = (String, String);

    fn parts(bytes: Vec<u8>) -> Vec<Part> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let count = archive.len();
        let part = |at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        };
        (0..count).map(part).collect()
    }

    /// Returns the parts of a workbook as they are written here, and as the library writes them.
    fn both(make: impl Fn(&mut Book)) -> [Vec<Part>; 2] {
        [false, true].map(|by_library| {
            let mut book = Book::new();
            make(&mut book);
            if by_library {
                book.library().unwrap();
            }
            parts(book.into_bytes().unwrap())
        })
    }

    fn cell(row: u32, column: u32) -> CellAddress {
        CellAddress::new(row, column)
    }

    /// A sheet with everything that one can have.
    fn full(book: &mut Book, name: &str) {
        let sheet = book.add_sheet(name).unwrap();
        let look = |bold: &bool| match bold {
            true => Format::new().set_bold().set_num_format("0.0\"分\""),
            false => Format::new().set_background_color(0x00FF_C7CE),
        };
        let mut cells = SheetCells::new(book, sheet, look);
        let text = |text: &str| CellContent::Text(text.to_owned());
        cells.put(0, 0, &text("甲 & <乙>"), true).unwrap();
        cells
            .put_merged(CellRange::new(cell(1, 0), cell(2, 3)), &CellContent::count(7), false)
            .unwrap();
        let link = CellLink {
            target: "file://甲&乙.xlsx#'评价表'!A1".to_owned(),
            tip: Some("打开"),
        };
        cells.put_link(4, 1, &text("链接"), &link, (true, false)).unwrap();
        let setup = cells.finish().unwrap();
        setup.footer = Some("甲 & <乙>.xlsx".to_owned());
        setup.header = Some("共 3 行 & <更多>".to_owned());
        setup.widths = [(0, 5.5), (1, 5.5), (2, 8.43), (3, 0.5), (6, 300.0), (7, 12.34)].into();
        setup.frozen = (3, 0);
        setup.repeated_rows = Some((2, 2));
        setup.filter = Some(CellRange::new(cell(2, 0), cell(9, 3)));
        setup.print_area = Some(CellRange::new(cell(0, 8), cell(0, 8)));
        setup.row_breaks = vec![0, 40, 20, 20];
        setup.heights = [(0, 20.0), (1, 33.3), (2, 400.0), (20, 15.0)].into();
        for (row, column) in [
            (0, 0),
            (0, 3),
            (1, 2),
            (3, 2),
            (30, 7),
            (12, 16_381),
            (13, 16_383),
            (1_048_574, 2),
        ] {
            let note = SheetNote {
                text: format!("{row} < {column} & “注”\n"),
                height: 40 + row % 450,
            };
            setup.notes.insert(cell(row, column), note);
        }
    }

    /// A sheet with one number.
    fn numbered<'a>(book: &'a mut Book, name: &str) -> &'a mut SheetSetup {
        let sheet = book.add_sheet(name).unwrap();
        let mut cells = SheetCells::new(book, sheet, |_: &()| Format::new());
        cells.put(0, 0, &CellContent::count(1), ()).unwrap();
        cells.finish().unwrap()
    }

    #[test]
    fn a_frame_is_the_one_that_the_library_writes() {
        let [own, library] = both(|book| {
            full(book, "评价表");
            full(book, "评价表 2");
            numbered(book, "数").footer = Some("数".to_owned());
            book.set_properties(Properties::of_tool("标题 & <题>", "说明 > 明"));
        });
        assert_eq!(own, library);
        let [own, library] = both(|book| {
            full(book, "A1");
            let setup = book.setup(0).unwrap();
            setup.notes.clear();
            setup.frozen = (1, 4);
            setup.print_area = None;
            setup.column_breaks = vec![9, 4];
            setup.repeated_columns = Some((0, 3));
            let setup = numbered(book, "乙");
            (setup.footer, setup.frozen) = (Some("乙".to_owned()), (0, 2));
        });
        assert_eq!(own, library);
    }

    #[test]
    fn a_workbook_of_a_report_has_the_frame_that_the_library_writes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/部门评价表-信丰.xlsx");
        let bytes = std::fs::read(path).unwrap();
        let report = crate::check_bytes(path, &bytes, crate::standard::Standard::ministry()).report;
        let [own, library] = both(|book| {
            full(book, "评价表");
            book.set_properties(Properties::of_report(&report, "标题"));
        });
        assert_eq!(own, library);
    }

    #[test]
    fn a_workbook_without_a_text_has_no_part_for_texts() {
        let [own, library] = both(|book| {
            numbered(book, "数").footer = Some("数".to_owned());
        });
        assert_eq!(own, library);
        assert!(own.iter().all(|(name, _)| name != frame::TEXTS));
    }

    #[test]
    fn a_list_of_any_length_has_the_parts_of_a_short_one() {
        let [own, library] = both(|book| {
            let sheet = book.add_sheet("长").unwrap();
            let mut cells = SheetCells::new(book, sheet, |_: &()| Format::new());
            for row in 0..12_000 {
                let text = CellContent::Text(format!("第 {row} 行 & <更多>"));
                cells.put(row, 0, &text, ()).unwrap();
            }
            cells.finish().unwrap().footer = Some("长".to_owned());
        });
        assert_eq!(own, library);
        let long = own.iter().filter(|(_, text)| text.len() > 512 * 1024);
        assert!(
            long.map(|(name, _)| name)
                .eq(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
        );
    }

    #[test]
    fn more_page_breaks_than_a_program_takes_are_refused() {
        let [own, library] = [false, true].map(|by_library| {
            let mut book = Book::new();
            book.add_sheet("长").unwrap();
            let setup = book.setup(0).unwrap();
            (setup.footer, setup.row_breaks) = (Some("长".to_owned()), (1..=1_024).collect());
            if by_library {
                book.library().unwrap();
            }
            book.into_bytes().is_err()
        });
        assert!(own && library);
    }
}
