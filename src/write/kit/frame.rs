//! Parts of the library's package that are filled here: where a sheet's rows, regions and links belong.

use std::fmt::Write;
use std::io;

use super::book::SheetContent;
use crate::grid::CellRange;

/// The first line of a part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The part with names of sheets and cells.
pub const WORKBOOK: &str = "xl/workbook.xml";
/// The part with the texts of all sheets.
pub const TEXTS: &str = "xl/sharedStrings.xml";
/// What the names of charts begin with.
pub const CHARTS: &str = "xl/charts/chart";
const SHEETS: &str = "xl/worksheets/sheet";
const RELATIONS: &str = "xl/worksheets/_rels/sheet";
const RELATIONS_HEAD: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
const RELATIONS_END: &str = "</Relationships>";
/// What may follow merged regions in a sheet, and what may follow links.
const BEHIND_MERGES: [&str; 3] = ["<phoneticPr", "<conditionalFormatting", "<dataValidations"];
const BEHIND_LINKS: [&str; 7] = [
    "<printOptions",
    "<pageMargins",
    "<pageSetup",
    "<headerFooter",
    "<rowBreaks",
    "<colBreaks",
    "</worksheet>",
];

/// Returns the position of the sheet that a part holds.
pub fn sheet_of(part: &str) -> Option<usize> {
    number(part.strip_prefix(SHEETS)?.strip_suffix(".xml")?)
}

/// Returns the position of the sheet whose relations a part holds.
pub fn sheet_of_relations(part: &str) -> Option<usize> {
    number(part.strip_prefix(RELATIONS)?.strip_suffix(".xml.rels")?)
}

/// Returns the part with the sheet at a position.
pub fn part_of(sheet: usize) -> String {
    format!("{SHEETS}{}.xml", sheet + 1)
}

/// Returns the part with the relations of the sheet at a position.
pub fn relations_of(sheet: usize) -> String {
    format!("{RELATIONS}{}.xml.rels", sheet + 1)
}

fn number(digits: &str) -> Option<usize> {
    digits.parse::<usize>().ok()?.checked_sub(1)
}

/// Returns the part with names of cells, some of them hidden.
pub fn with_names_hidden(known: &str, hidden: &[&str]) -> String {
    hidden.iter().fold(known.to_owned(), |text, name| {
        let name = format!("<definedName name=\"{name}\"");
        text.replace(&name, &format!("{name} hidden=\"1\""))
    })
}

/// Returns a chart whose categories are all named where it is said that their names stand level: programs leave out every
/// other one where they judge that there is no room, and the library cannot say otherwise.
pub fn with_all_labels(known: &str) -> String {
    const END: &str = "</c:catAx>";
    let Some((axis, rest)) = known.split_once(END).filter(|(axis, _)| axis.contains("rot=\"0\"")) else {
        return known.to_owned();
    };
    format!("{axis}<c:tickLblSkip val=\"1\"/>{END}{rest}")
}

/// Returns what stands before and behind more relations; `known` is the part so far, perhaps nothing.
pub fn around_relations(known: &str) -> (Vec<u8>, &'static [u8]) {
    let known = known.strip_suffix(RELATIONS_END).unwrap_or(known);
    let head = if known.is_empty() {
        [DECLARATION, RELATIONS_HEAD].concat()
    } else {
        known.to_owned()
    };
    (head.into_bytes(), RELATIONS_END.as_bytes())
}

/// Returns what stands in a sheet's part between its rows and its links, and what ends the links; `before_merges` and
/// `behind_merges` stand around the merged regions.
pub fn around_links(content: &SheetContent, before_merges: &str, behind_merges: &str) -> (String, String) {
    let mut between = format!("</sheetData>{before_merges}");
    if !content.merges.is_empty() {
        let _ = write!(between, "<mergeCells count=\"{}\">", content.merges.len());
        for CellRange { first, last } in &content.merges {
            let (first, last) = (first.text(), last.text());
            between.extend(["<mergeCell ref=\"", &first, ":", &last, "\"/>"]);
        }
        between.push_str("</mergeCells>");
    }
    between.push_str(behind_merges);
    let (open, close) = if content.links.is_empty() {
        ("", "")
    } else {
        ("<hyperlinks>", "</hyperlinks>")
    };
    between.push_str(open);
    (between, close.to_owned())
}

/// What stands in a sheet's part around its rows and links.
pub struct SheetFrame {
    /// Up to the first row.
    pub before: Vec<u8>,
    /// From the last row to the first link.
    pub between: Vec<u8>,
    /// From the last link on.
    pub after: Vec<u8>,
}

impl SheetFrame {
    /// Returns the frame of a content: `known` is the part as the library wrote it.
    ///
    /// # Errors
    /// When the part is not as the library writes parts.
    pub fn of(known: &str, content: &SheetContent) -> io::Result<Self> {
        let odd = || io::Error::from(io::ErrorKind::InvalidData);
        let (head, rest) = known.split_once("<sheetData").ok_or_else(odd)?;
        let rest = match rest.strip_prefix("/>") {
            Some(rest) => rest,
            None => rest.split_once("</sheetData>").ok_or_else(odd)?.1,
        };
        let (front, size) = head.split_once("<dimension ref=\"").ok_or_else(odd)?;
        let (size, views) = size.split_once('"').ok_or_else(odd)?;
        let size = content
            .extent
            .map_or_else(|| size.to_owned(), |extent| extent.to_string());
        let before = [front, "<dimension ref=\"", &size, "\"", views, "<sheetData>"].concat();
        let place = |tags: &[&str]| tags.iter().filter_map(|tag| rest.find(tag)).min();
        let links_at = place(&BEHIND_LINKS).ok_or_else(odd)?;
        let merges_at = place(&BEHIND_MERGES).map_or(links_at, |at| at.min(links_at));
        let part = |from: usize, to: usize| rest.get(from..to).unwrap_or_default();
        let (between, mut after) = around_links(content, part(0, merges_at), part(merges_at, links_at));
        after.push_str(part(links_at, rest.len()));
        Ok(Self {
            before: before.into_bytes(),
            between: between.into_bytes(),
            after: after.into_bytes(),
        })
    }
}
