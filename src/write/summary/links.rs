//! Links of long lists. The library keeps each link in memory until the workbook is saved, more than a kilobyte each;
//! here they wait on disk and are put into the finished package, where the library would have written them.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use rust_xlsxwriter::utility::row_col_to_cell;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::disk::{Scratch, package as package_file, scratch};
use crate::write::WriteError;
use crate::write::kit::package::note_one_system;
use crate::write::kit::styles::MOST_LINKS;

const TIP: &str = "打开这个文件";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
const RELATIONS_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
/// What may follow links in a sheet, the first of it first.
const FOLLOWING: [&str; 4] = ["<printOptions", "<pageMargins", "<pageSetup", "</worksheet>"];
/// Bytes in memory before a temporary file is made.
const IN_MEMORY: usize = 64 * 1024;

/// The links of a workbook's sheets, by the sheets' positions.
#[derive(Default)]
pub struct Links(BTreeMap<usize, OfSheet>);

struct OfSheet {
    count: usize,
    elements: BufWriter<Scratch>,
    relations: BufWriter<Scratch>,
}

impl Links {
    /// Notes a link from a cell to a target as [`crate::write::kit::link::link_base`] gives it. `false` when the sheet can
    /// hold no more.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, sheet: usize, (row, column): (u32, u16), target: &str) -> Result<bool, WriteError> {
        let spool = || BufWriter::new(scratch(IN_MEMORY));
        let links = self.0.entry(sheet).or_insert_with(|| OfSheet {
            count: 0,
            elements: spool(),
            relations: spool(),
        });
        if links.count == MOST_LINKS {
            return Ok(false);
        }
        links.count += 1;
        let number = links.count;
        let cell = row_col_to_cell(row, column);
        let target = target.strip_prefix("file://").unwrap_or(target);
        let target = quick_xml::escape::escape(target);
        write!(
            links.elements,
            "<hyperlink ref=\"{cell}\" r:id=\"rId{number}\" tooltip=\"{TIP}\"/>"
        )
        .and_then(|()| {
            write!(
                links.relations,
                "<Relationship Id=\"rId{number}\" Type=\"{RELATION}\" Target=\"{target}\" TargetMode=\"External\"/>"
            )
        })
        .map_err(WriteError::internal)?;
        Ok(true)
    }

    /// Copies a package, with the links in it.
    ///
    /// # Errors
    /// When the output takes no more, or the package cannot be read.
    pub fn put_into(mut self, package: impl Read + Seek, output: impl Write) -> Result<(), WriteError> {
        self.copy(package, output).map_err(WriteError::internal)
    }

    fn copy(&mut self, package: impl Read + Seek, mut output: impl Write) -> io::Result<()> {
        let mut package = ZipArchive::new(BufReader::new(package)).map_err(io::Error::other)?;
        // An archive is written with looks back, which not every output allows.
        let mut whole = ZipWriter::new(BufWriter::new(package_file()?));
        for index in 0..package.len() {
            let part = package.by_index_raw(index).map_err(io::Error::other)?;
            let name = String::from_utf8_lossy(part.name_raw()).into_owned();
            let Some((sheet, links)) = number_of(&name).and_then(|sheet| self.0.remove_entry(&sheet)) else {
                whole.raw_copy_file(part).map_err(io::Error::other)?;
                continue;
            };
            drop(part);
            let part = package.by_index(index).map_err(io::Error::other)?;
            let options = SimpleFileOptions::default().large_file(part.size() > u64::from(u32::MAX / 2));
            whole.start_file(name, options).map_err(io::Error::other)?;
            let (mut elements, mut relations) = (read_back(links.elements)?, read_back(links.relations)?);
            with_links(BufReader::new(part), &mut elements, &mut whole)?;
            let name = format!("xl/worksheets/_rels/sheet{}.xml.rels", sheet + 1);
            let options = SimpleFileOptions::default();
            whole.start_file(name, options).map_err(io::Error::other)?;
            whole.write_all(RELATIONS_HEAD.as_bytes())?;
            io::copy(&mut relations, &mut whole)?;
            whole.write_all(b"</Relationships>")?;
        }
        let mut whole = whole.finish().map_err(io::Error::other)?;
        whole.flush()?;
        let mut whole = whole.into_inner().map_err(|error| error.into_error())?;
        note_one_system(&mut whole)?;
        whole.seek(SeekFrom::Start(0))?;
        io::copy(&mut whole, &mut output)?;
        output.flush()
    }
}

/// Returns the position of the sheet that a part holds.
fn number_of(part: &str) -> Option<usize> {
    let number = part.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?;
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn read_back(written: BufWriter<Scratch>) -> io::Result<BufReader<Scratch>> {
    let mut file = written.into_inner().map_err(|error| error.into_error())?;
    file.seek(SeekFrom::Start(0))?;
    Ok(BufReader::new(file))
}

/// Copies a sheet with its links in their place, behind the cells.
fn with_links(mut sheet: impl BufRead, links: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    const END_OF_CELLS: &[u8] = b"</sheetData>";
    let mut tag = Vec::new();
    loop {
        tag.clear();
        // A sign of this kind stands only at a tag's end: in texts it is escaped.
        if sheet.read_until(b'>', &mut tag)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        output.write_all(&tag)?;
        if tag.ends_with(END_OF_CELLS) {
            break;
        }
    }
    let mut rest = String::new();
    sheet.read_to_string(&mut rest)?;
    let place = FOLLOWING.iter().find_map(|tag| rest.find(tag)).unwrap_or(rest.len());
    let (before, after) = rest.split_at_checked(place).unwrap_or((&rest, ""));
    output.write_all(before.as_bytes())?;
    output.write_all(b"<hyperlinks>")?;
    io::copy(links, output)?;
    output.write_all(b"</hyperlinks>")?;
    output.write_all(after.as_bytes())
}
