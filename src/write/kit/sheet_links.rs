//! Links of a sheet's cells, as its part and the part of its relations hold them. They wait on disk where there are many.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::sheet_xml::{push_attribute, push_number};
use super::styles::MOST_LINKS;
use crate::disk::{Scratch, scratch};
use crate::grid::CellAddress;

/// Bytes in memory before a temporary file is made.
const IN_MEMORY: usize = 64 * 1024;
const RELATION: &[u8] = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
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

/// The links of one sheet. Neighbours that lead into one file share its relation.
#[derive(Default)]
pub struct SheetLinks {
    count: usize,
    targets: u64,
    /// The file that the last relation leads to.
    last_file: String,
    elements: Waiting,
    relations: Waiting,
}

impl SheetLinks {
    /// Returns none.
    pub const fn new() -> Self {
        Self {
            count: 0,
            targets: 0,
            last_file: String::new(),
            elements: Waiting::new(),
            relations: Waiting::new(),
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

    /// Returns how many bytes their elements take, of those in memory.
    pub const fn bytes_at_hand(&self) -> usize {
        self.elements.at_hand.len()
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
        let place = match link.target.strip_prefix(WITHIN) {
            Some(place) => Some(place),
            None => {
                let target = link.target.strip_prefix(FILE).unwrap_or(&link.target);
                let (file, place) = target
                    .split_once('#')
                    .map_or((target, None), |(file, place)| (file, Some(place)));
                self.relate(file)?;
                place
            }
        };
        let xml = &mut self.elements.at_hand;
        xml.extend_from_slice(b"<hyperlink ref=\"");
        cell.push_to(xml);
        // In this order neighbours are most alike.
        if let Some(place) = place {
            xml.extend_from_slice(b"\" location=\"");
            push_attribute(xml, place);
        }
        if !link.target.starts_with(WITHIN) {
            xml.extend_from_slice(b"\" r:id=\"rIdL");
            push_number(xml, self.targets);
        }
        if let Some(tip) = link.tip {
            xml.extend_from_slice(b"\" tooltip=\"");
            push_attribute(xml, tip);
        }
        xml.extend_from_slice(b"\"/>");
        self.elements.pause()?;
        Ok(true)
    }

    /// Makes the last relation lead to a file.
    fn relate(&mut self, file: &str) -> io::Result<()> {
        if self.targets > 0 && self.last_file == file {
            return Ok(());
        }
        self.targets += 1;
        file.clone_into(&mut self.last_file);
        let xml = &mut self.relations.at_hand;
        xml.extend_from_slice(b"<Relationship Id=\"rIdL");
        push_number(xml, self.targets);
        xml.extend_from_slice(b"\" Type=\"");
        xml.extend_from_slice(RELATION);
        xml.extend_from_slice(b"\" Target=\"");
        push_attribute(xml, file);
        xml.extend_from_slice(b"\" TargetMode=\"External\"/>");
        self.relations.pause()
    }

    /// Returns the elements of the sheet's part, from the first on.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn elements(&mut self) -> io::Result<impl Read + '_> {
        self.elements.reader()
    }

    /// Returns the relations that they need, from the first on.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn relations(&mut self) -> io::Result<impl Read + '_> {
        self.relations.reader()
    }
}

/// Bytes that wait.
#[derive(Default)]
struct Waiting {
    at_hand: Vec<u8>,
    /// Those before, where there were many.
    before: Option<Scratch>,
}

impl Waiting {
    const fn new() -> Self {
        Self {
            at_hand: Vec::new(),
            before: None,
        }
    }

    /// Puts many bytes on disk.
    fn pause(&mut self) -> io::Result<()> {
        if self.at_hand.len() >= IN_MEMORY {
            let file = self.before.get_or_insert_with(|| scratch(0));
            file.write_all(&self.at_hand)?;
            self.at_hand.clear();
        }
        Ok(())
    }

    fn reader(&mut self) -> io::Result<impl Read + '_> {
        let before: Box<dyn Read + '_> = match &mut self.before {
            Some(file) => {
                file.seek(SeekFrom::Start(0))?;
                Box::new(file)
            }
            None => Box::new(io::empty()),
        };
        Ok(before.chain(self.at_hand.as_slice()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(mut read: impl Read) -> String {
        let mut text = String::new();
        read.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn neighbours_that_lead_into_one_file_share_its_relation() {
        let mut links = SheetLinks::new();
        for (row, target) in [
            "internal:'甲'!A1",
            "file://a&b.xlsx#'\"'!B2",
            "file://a&b.xlsx#'乙'!C3",
            "file://c.xlsx",
            "file://a&b.xlsx",
        ]
        .into_iter()
        .enumerate()
        {
            let cell = CellAddress::new(u32::try_from(row).unwrap(), 26);
            assert!(links.add(cell, &CellLink::to(target.to_owned()), "丙").unwrap());
        }
        assert_eq!(
            text(links.elements().unwrap()),
            "<hyperlink ref=\"AA1\" location=\"'甲'!A1\"/><hyperlink ref=\"AA2\" location=\"'&quot;'!B2\" \
             r:id=\"rIdL1\"/><hyperlink ref=\"AA3\" location=\"'乙'!C3\" r:id=\"rIdL1\"/><hyperlink ref=\"AA4\" r:id=\"rIdL2\"/><hyperlink ref=\"AA5\" r:id=\"rIdL3\"/>"
        );
        let relations = text(links.relations().unwrap());
        let targets: Vec<&str> = relations
            .split(" Target=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(targets, ["a&amp;b.xlsx", "c.xlsx", "a&amp;b.xlsx"]);
    }

    #[test]
    fn many_links_wait_on_disk_in_their_order() {
        let mut links = SheetLinks::new();
        for row in 0..5_000 {
            let link = CellLink::to(format!("file://{row}.xlsx#'甲'!A1"));
            assert!(links.add(CellAddress::new(row, 0), &link, "甲").unwrap());
        }
        assert!(links.elements.before.is_some() && links.relations.before.is_some());
        let elements = text(links.elements().unwrap());
        let places: Vec<&str> = elements.split("r:id=\"rIdL").skip(1).collect();
        assert!(
            places.len() == 5_000
                && places
                    .iter()
                    .zip(1..)
                    .all(|(place, row)| place.starts_with(&format!("{row}\"")))
        );
        assert_eq!(text(links.relations().unwrap()).matches("External").count(), 5_000);
    }
}
