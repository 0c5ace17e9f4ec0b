//! The little of WordprocessingML that a printed notice needs: paragraphs, tables whose heading row comes again on each
//! page, upright and sideways pages with their number. It knows nothing of notices.
//!
//! Written by hand because a docx library writes identifiers and dates of its own, so that the same notice would have
//! other bytes each time, and knows no heading rows.

use std::fmt::Write as _;
use std::io::{self, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::disk::{Scratch, scratch};
use crate::write::WriteError;
use crate::write::kit::html_text::escape;
use crate::write::kit::{cell_text, styles};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The part that people read.
const DOCUMENT: &str = "word/document.xml";
/// A4 in twentieths of a point.
const SHORT_SIDE: u32 = 11906;
const LONG_SIDE: u32 = 16838;
const MARGIN: u32 = 1134;
/// Width between the margins, in twentieths of a point.
pub const UPRIGHT_WIDTH: u32 = SHORT_SIDE - 2 * MARGIN;
/// The same on a page turned sideways.
pub const SIDEWAYS_WIDTH: u32 = LONG_SIDE - 2 * MARGIN;

/// Typefaces of official documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typeface {
    /// 宋体: titles and tables.
    Song,
    /// 仿宋: running text.
    FangSong,
    /// 黑体: headings.
    Hei,
}

impl Typeface {
    const fn name(self) -> &'static str {
        match self {
            Self::Song => "宋体",
            Self::FangSong => "仿宋",
            Self::Hei => "黑体",
        }
    }
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left margin.
    Left,
    /// In the middle.
    Centre,
    /// At the right margin.
    Right,
}

impl Align {
    const fn value(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Centre => "center",
            Self::Right => "right",
        }
    }
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy)]
pub struct ParagraphStyle {
    /// Typeface.
    pub typeface: Typeface,
    /// Size in half points.
    pub half_points: u32,
    /// Whether it is bold.
    pub bold: bool,
    /// Where it stands.
    pub align: Align,
    /// Whether its first line stands two characters in.
    pub indented: bool,
    /// Whether it stays on the page of what follows.
    pub with_next: bool,
}

/// What a table row is.
#[derive(Debug, Clone)]
pub enum Row {
    /// One cell a column.
    Cells(Vec<(String, Align)>),
    /// One cell over all columns, kept with the row that follows.
    Band(String),
}

/// How the pages up to here are turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Upright.
    Upright,
    /// Sideways.
    Sideways,
}

/// Bytes of text that go to disk at once, and bytes that never do.
const PIECE: usize = 64 * 1024;

/// A document's content as it grows, all but the last of it on disk.
#[derive(Debug)]
pub struct Body {
    xml: String,
    written: Scratch,
}

impl Default for Body {
    fn default() -> Self {
        Self {
            xml: String::new(),
            written: scratch(PIECE),
        }
    }
}

impl Body {
    /// Adds a paragraph; line ends in the text begin new lines of it.
    pub fn paragraph(&mut self, text: &str, look: ParagraphStyle) {
        self.xml.push_str(&paragraph(text, look));
    }

    /// Adds a table with the heading row on each page; widths in twentieths of a point.
    ///
    /// # Errors
    /// That of a row, or when the temporary file cannot be written.
    pub fn table(
        &mut self,
        columns: &[(&str, u32)],
        rows: impl Iterator<Item = io::Result<Row>>,
        half_points: u32,
    ) -> io::Result<()> {
        let look = |align, bold| ParagraphStyle {
            typeface: Typeface::Song,
            half_points,
            bold,
            align,
            indented: false,
            with_next: false,
        };
        let Self { xml, written } = self;
        let total: u32 = columns.iter().map(|(_, width)| width).sum();
        let _ = write!(
            xml,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>"
        );
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(
                xml,
                "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
            );
        }
        xml.push_str(
            "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/>\
             <w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
        );
        for (_, width) in columns {
            let _ = write!(xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        xml.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (name, width) in columns {
            cell(xml, *width, 1, &paragraph(name, look(Align::Centre, true)));
        }
        xml.push_str("</w:tr>");
        for row in rows {
            xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            match row? {
                Row::Cells(cells) => {
                    for ((text, align), (_, width)) in cells.iter().zip(columns) {
                        cell(xml, *width, 1, &paragraph(text, look(*align, false)));
                    }
                }
                Row::Band(text) => {
                    let band = ParagraphStyle {
                        with_next: true,
                        ..look(Align::Left, true)
                    };
                    cell(xml, total, columns.len(), &paragraph(&text, band));
                }
            }
            xml.push_str("</w:tr>");
            if xml.len() >= PIECE {
                written.write_all(xml.as_bytes())?;
                xml.clear();
            }
        }
        xml.push_str("</w:tbl>");
        Ok(())
    }

    /// Ends the pages so far, turned so; what follows begins a new one.
    pub fn end_pages(&mut self, page: Page) {
        let _ = write!(self.xml, "<w:p><w:pPr>{}</w:pPr></w:p>", section(page));
    }

    /// Writes the whole document, its last pages turned so: a docx package with fixed dates.
    ///
    /// # Errors
    /// When the output takes no more, or the temporary file cannot be read back.
    pub fn write_docx(mut self, last: Page, title: &str, output: impl Write + Seek) -> Result<(), WriteError> {
        let head = format!("{DECLARATION}<w:document xmlns:w=\"{NAMESPACE}\" xmlns:r=\"{RELATIONS}\"><w:body>");
        let tail = format!("{}{}</w:body></w:document>", self.xml, section(last));
        self.written.seek(SeekFrom::Start(0)).map_err(WriteError::internal)?;
        let parts = [
            ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
            ("_rels/.rels", PACKAGE_RELATIONS.to_owned()),
            ("docProps/core.xml", core_properties(title)),
            (DOCUMENT, head),
            ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
            ("word/styles.xml", STYLES.to_owned()),
            ("word/footer1.xml", footer()),
        ];
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .system(System::Unix);
        let mut package = ZipWriter::new(output);
        for (name, content) in parts {
            package.start_file(name, options).map_err(WriteError::internal)?;
            package.write_all(content.as_bytes()).map_err(WriteError::internal)?;
            if name == DOCUMENT {
                io::copy(&mut self.written, &mut package).map_err(WriteError::internal)?;
                package.write_all(tail.as_bytes()).map_err(WriteError::internal)?;
            }
        }
        let mut output = package.finish().map_err(WriteError::internal)?;
        output.flush().map_err(WriteError::internal)
    }
}

fn paragraph(text: &str, look: ParagraphStyle) -> String {
    let mut xml = String::from("<w:p><w:pPr>");
    if look.with_next {
        xml.push_str("<w:keepNext/>");
    }
    if look.indented {
        // Two characters: in characters for Word and WPS, in twentieths of a point for programs that know no others.
        let _ = write!(
            xml,
            "<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>",
            look.half_points * 20
        );
    }
    let _ = write!(xml, "<w:jc w:val=\"{}\"/></w:pPr>", look.align.value());
    let mut run = String::from("<w:r><w:rPr>");
    let name = look.typeface.name();
    let _ = write!(
        run,
        "<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:hint=\"eastAsia\"/>"
    );
    if look.bold {
        run.push_str("<w:b/>");
    }
    let _ = write!(
        run,
        "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr>",
        look.half_points
    );
    let text = cell_text::clean(text);
    for (index, line) in text.split('\n').enumerate() {
        let line_end = if index == 0 { "" } else { "<w:br/>" };
        let _ = write!(
            run,
            "{line_end}<w:t xml:space=\"preserve\">{}</w:t>",
            escape(&line.replace('\t', " "))
        );
    }
    run.push_str("</w:r>");
    xml.push_str(&run);
    xml.push_str("</w:p>");
    xml
}

fn cell(xml: &mut String, width: u32, columns: usize, content: &str) {
    let _ = write!(xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if columns > 1 {
        let _ = write!(xml, "<w:gridSpan w:val=\"{columns}\"/>");
    }
    let _ = write!(xml, "<w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>");
}

fn section(page: Page) -> String {
    let size = match page {
        Page::Upright => format!("<w:pgSz w:w=\"{SHORT_SIDE}\" w:h=\"{LONG_SIDE}\"/>"),
        Page::Sideways => format!("<w:pgSz w:w=\"{LONG_SIDE}\" w:h=\"{SHORT_SIDE}\" w:orient=\"landscape\"/>"),
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>{size}<w:pgMar w:top=\"{MARGIN}\" \
         w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"567\" w:footer=\"567\" \
         w:gutter=\"0\"/></w:sectPr>"
    )
}

fn footer() -> String {
    let field = |name: &str| format!("<w:fldSimple w:instr=\"{name}\"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let text = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{NAMESPACE}\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}{}{}{}{}</w:p></w:ftr>",
        text("第 "),
        field("PAGE"),
        text(" 页，共 "),
        field("NUMPAGES"),
        text(" 页")
    )
}

fn core_properties(title: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>",
        escape(&cell_text::clean(title)),
        escape(&styles::tool_name())
    )
}

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/footer1.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" \
Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" \
Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
Target=\"docProps/core.xml\"/>\
</Relationships>";

const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" \
Target=\"footer1.xml\"/>\
</Relationships>";

const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\" w:cs=\"宋体\"/><w:sz w:val=\"21\"/>\
<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>\
<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
