//! Links of a sheet's cells, as its part and the part of its relations hold them. They wait on disk where there are many.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use quick_xml::escape::escape;

use super::styles::MOST_LINKS;
use crate::disk::{Scratch, scratch};
use crate::grid::CellAddress;

/// Bytes in memory before a temporary file is made.
const IN_MEMORY: usize = 64 * 1024;
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
/// Before a link within the workbook, and before one to a file.
const WITHIN: &str = "internal:";
const FILE: &str = "file://";

/// Where a click leads, and what a person is told over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellLink {
    /// `internal:'评价表'!J6`, or `file://name.xlsx#'评价表'!J6`, its file as [`super::link::link_base`] gives it.
    pub target: String,
    /// What a person is told over the link.
    pub tip: Option<&'static str>,
}

impl CellLink {
    /// Returns a link without a word over it.
    pub const fn to(target: String) -> Self {
        Self { target, tip: None }
    }
}

/// The links of one sheet.
#[derive(Default)]
pub struct SheetLinks {
    count: usize,
    targets: usize,
    texts: Option<(BufWriter<Scratch>, BufWriter<Scratch>)>,
}

impl SheetLinks {
    /// Returns none.
    pub const fn new() -> Self {
        Self {
            count: 0,
            targets: 0,
            texts: None,
        }
    }

    /// Returns whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns whether one leads out of the workbook.
    pub const fn has_relations(&self) -> bool {
        self.targets > 0
    }

    /// Notes a link from a cell that shows a text. `false` when the sheet can hold no more, or no program would take
    /// the link.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, cell: CellAddress, link: &CellLink, shown: &str) -> io::Result<bool> {
        /// Longest link and shown text that Excel takes.
        const LONGEST: usize = 2_000;
        const LONGEST_SHOWN: usize = 255;
        let is_short = |text: &str, most: usize| text.len() <= most || text.encode_utf16().count() <= most;
        if self.count >= MOST_LINKS
            || shown.is_empty()
            || !is_short(&link.target, LONGEST)
            || !is_short(shown, LONGEST_SHOWN)
        {
            return Ok(false);
        }
        self.count += 1;
        let spool = || BufWriter::new(scratch(IN_MEMORY));
        let (elements, relations) = self.texts.get_or_insert_with(|| (spool(), spool()));
        write!(elements, "<hyperlink ref=\"{cell}\"")?;
        let place = match link.target.strip_prefix(WITHIN) {
            Some(place) => Some(place),
            None => {
                let target = link.target.strip_prefix(FILE).unwrap_or(&link.target);
                let (file, place) = target
                    .split_once('#')
                    .map_or((target, None), |(file, place)| (file, Some(place)));
                self.targets += 1;
                let number = self.targets;
                write!(elements, " r:id=\"rIdL{number}\"")?;
                write!(
                    relations,
                    "<Relationship Id=\"rIdL{number}\" Type=\"{RELATION}\" Target=\"{}\" TargetMode=\"External\"/>",
                    escape(file)
                )?;
                place
            }
        };
        if let Some(place) = place {
            write!(elements, " location=\"{}\"", escape(place))?;
        }
        if let Some(tip) = link.tip {
            write!(elements, " tooltip=\"{}\"", escape(tip))?;
        }
        if link.target.starts_with(WITHIN) {
            write!(elements, " display=\"{}\"", escape(shown))?;
        }
        elements.write_all(b"/>")?;
        Ok(true)
    }

    /// Returns the elements of the sheet's part, from the first on.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn elements(&mut self) -> io::Result<impl Read + '_> {
        from_start(self.texts.as_mut().map(|(elements, _)| elements))
    }

    /// Returns the relations that they need, from the first on.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn relations(&mut self) -> io::Result<impl Read + '_> {
        from_start(self.texts.as_mut().map(|(_, relations)| relations))
    }
}

fn from_start(written: Option<&mut BufWriter<Scratch>>) -> io::Result<Box<dyn Read + '_>> {
    let Some(written) = written else {
        return Ok(Box::new(io::empty()));
    };
    written.flush()?;
    let file = written.get_mut();
    file.seek(SeekFrom::Start(0))?;
    Ok(Box::new(file))
}
