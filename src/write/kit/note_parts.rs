//! Notes of a sheet as its two parts hold them: what they say, and the boxes that show it.

use std::fmt::Write;

use quick_xml::escape::partial_escape;

use super::frame::DECLARATION;
use super::sheet_setup::{NOTE_AUTHOR, SheetNote, SheetSetup};
use super::styles::BODY_FONT;
use crate::grid::CellAddress;

/// Boxes that share a block of numbers.
const BLOCK: usize = 1_024;
const LAST_COLUMN: u32 = 16_383;
const LAST_ROW: u32 = 1_048_575;

/// Returns the part with what a sheet's notes say.
pub fn texts_part(setup: &SheetSetup) -> String {
    let mut xml = format!(
        "{DECLARATION}<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors>\
         <author>Author</author><author>{NOTE_AUTHOR}</author></authors><commentList>"
    );
    let size = SheetNote::FONT_SIZE;
    for (place, note) in &setup.notes {
        let is_edge = |end: Option<char>| matches!(end, Some(' ' | '\t' | '\n'));
        let space = if is_edge(note.text.chars().next()) || is_edge(note.text.chars().next_back()) {
            " xml:space=\"preserve\""
        } else {
            ""
        };
        let _ = write!(
            xml,
            "<comment ref=\"{place}\" authorId=\"1\"><text><r><rPr><sz val=\"{size}\"/><color indexed=\"81\"/><rFont \
             val=\"{BODY_FONT}\"/><family val=\"2\"/></rPr><t{space}>{}</t></r></text></comment>",
            partial_escape(note.text.as_str())
        );
    }
    xml.push_str("</commentList></comments>");
    xml
}

/// Numbers of boxes that sheets so far have taken.
#[derive(Debug)]
pub struct BoxNumbers {
    block: usize,
    first: usize,
}

impl Default for BoxNumbers {
    fn default() -> Self {
        Self { block: 1, first: BLOCK }
    }
}

impl BoxNumbers {
    /// Returns the part with the boxes of a sheet's notes.
    pub fn boxes_part(&mut self, setup: &SheetSetup) -> String {
        let more = setup.notes.len() / BLOCK;
        let mut blocks = self.block.to_string();
        for further in 1..=more {
            let _ = write!(blocks, ",{}", self.block + further);
        }
        let mut xml = format!(
            "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
             xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
             data=\"{blocks}\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
             o:connecttype=\"rect\"/></v:shapetype>"
        );
        let mut tops = Tops::default();
        for (number, (place, note)) in (1..).zip(&setup.notes) {
            note_box(&mut xml, setup, &mut tops, self.first + number, number, *place, note);
        }
        xml.push_str("</xml>");
        self.block += 1 + more;
        self.first += BLOCK * (1 + more);
        xml
    }
}

/// Where rows begin, summed up once from the first to the last.
#[derive(Default)]
struct Tops {
    row: u32,
    pixels: u64,
}

impl Tops {
    fn of(&mut self, setup: &SheetSetup, row: u32) -> u64 {
        if row < self.row {
            *self = Self::default();
        }
        for above in self.row..row {
            self.pixels += u64::from(setup.row_pixels(above));
        }
        self.row = row;
        self.pixels
    }
}

/// A line that a box begins or ends at, and pixels behind it.
type Edge = (u32, u32);

/// Returns the row or column in which so many pixels behind the beginning of another end.
fn edge(mut at: u32, mut pixels: u32, size: impl Fn(u32) -> u32) -> Edge {
    loop {
        let here = size(at);
        if pixels < here {
            return (at, pixels);
        }
        pixels -= here;
        at += 1;
    }
}

fn note_box(
    xml: &mut String,
    setup: &SheetSetup,
    tops: &mut Tops,
    number: usize,
    index: usize,
    place: CellAddress,
    note: &SheetNote,
) {
    let column_pixels = |column: u32| setup.column_pixels(u16::try_from(column).unwrap_or(u16::MAX));
    let row_pixels = |row: u32| setup.row_pixels(row);
    // Beside the cell and a little above it; at a sheet's end before it.
    let (column, right) = match LAST_COLUMN.saturating_sub(place.column) {
        0..=2 => (place.column.saturating_sub(3), 49),
        _ => (place.column + 1, 15),
    };
    let (row, down) = match (place.row, LAST_ROW.saturating_sub(place.row)) {
        (0, _) => (0, 2),
        (row, 0) => (row.saturating_sub(4), 14),
        (row, 1 | 2) => (row.saturating_sub(4), 16),
        (row, _) => (row - 1, 10),
    };
    let left: u64 = (0..column).map(|column| u64::from(column_pixels(column))).sum::<u64>() + u64::from(right);
    let top = tops.of(setup, row) + u64::from(down);
    let (from_column, from_right) = edge(column, right, column_pixels);
    let (from_row, from_down) = edge(row, down, row_pixels);
    let (to_column, to_right) = edge(from_column, from_right + SheetNote::WIDTH, column_pixels);
    let (to_row, to_down) = edge(from_row, from_down + note.height, row_pixels);
    let points = |pixels: u64| pixels as f64 * 72.0 / 96.0;
    let (CellAddress { row, column }, width, height) = (place, u64::from(SheetNote::WIDTH), u64::from(note.height));
    let _ = write!(
        xml,
        "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:{}pt;\
         margin-top:{}pt;width:{}pt;height:{}pt;z-index:{index};visibility:hidden\" fillcolor=\"#ffffe1\" \
         o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path \
         o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>\
         </v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{from_column}, \
         {from_right}, {from_row}, {from_down}, {to_column}, {to_right}, {to_row}, {to_down}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        points(left),
        points(top),
        points(width),
        points(height),
    );
}
