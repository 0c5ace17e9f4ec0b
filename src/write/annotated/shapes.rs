//! The drawing that holds the notes' frames (VML). Spreadsheets show no note without one.
//!
//! It may also hold form controls with HTML that is no XML, so it is walked leniently and only whole frames are touched.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::attributes::{attribute, bound_prefix};
use super::edits::Edits;
use super::fault::Fault;
use super::tags::{TagKind, Tags, slice};
use crate::grid::CellAddress;

const V: &str = "urn:schemas-microsoft-com:vml";
const O: &str = "urn:schemas-microsoft-com:office:office";
const X: &str = "urn:schemas-microsoft-com:office:excel";
const FRAME_TYPE: &str = "_x0000_t202";
/// The frames' type as written here, from behind its name on.
const OWN_TYPE: &str = "coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
const ID_START: &str = "_x0000_s";
/// Elements that draw something.
const DRAWN: [&str; 11] = [
    "shape",
    "rect",
    "roundrect",
    "oval",
    "line",
    "polyline",
    "arc",
    "curve",
    "image",
    "group",
    "diagram",
];

/// Where a note's frame lies: columns and rows with offsets in pixels, in the order that the drawing has them.
pub type Anchor = [u32; 8];

/// Returns the drawing without the frames of these cells' notes, and whether it still draws anything.
pub fn without_frames(source: &str, cells: &BTreeSet<CellAddress>) -> Result<(String, bool), Fault> {
    let mut edits = Edits::default();
    let mut draws = false;
    let mut type_start: Option<usize> = None;
    let mut type_range: Option<Range<usize>> = None;
    // Counted at the start tags: of a drawing that is no XML, not every shape ends.
    let mut shapes = 0_usize;
    let mut type_users = 0_usize;
    let mut shape: Option<Shape> = None;
    let mut frames: BTreeMap<CellAddress, (Range<usize>, bool)> = BTreeMap::new();
    let mut tags = Tags::lenient(source);
    while let Some(tag) = tags.next()? {
        let text = slice(source, tag.range.clone());
        match (tag.name, tag.kind) {
            ("shape", TagKind::Open) => {
                let uses_type = attribute(text, "type").is_some_and(|it| it.trim_start_matches('#') == FRAME_TYPE);
                shapes += 1;
                type_users += usize::from(uses_type);
                shape = Some(Shape {
                    start: tag.range.start,
                    uses_type,
                    ..Shape::default()
                });
            }
            ("shape", TagKind::Close) => {
                let Some(done) = shape.take() else { continue };
                // Of several frames of a cell, ours is the last; whoever put the others there left no note.
                if let Some(cell) = done.cell().filter(|cell| done.is_note && cells.contains(cell)) {
                    frames.insert(cell, (done.start..tag.range.end, done.uses_type));
                }
            }
            ("shapetype", TagKind::Open) if attribute(text, "id").as_deref() == Some(FRAME_TYPE) => {
                type_start = Some(tag.range.start);
            }
            ("shapetype", TagKind::Close) => {
                let range = type_start.take().map(|start| start..tag.range.end);
                let is_ours = |range: &Range<usize>| slice(source, range.clone()).ends_with(OWN_TYPE);
                type_range = range.filter(is_ours).or(type_range);
            }
            ("ClientData", TagKind::Open) => {
                if let Some(shape) = &mut shape {
                    shape.is_note = attribute(text, "ObjectType").as_deref() == Some("Note");
                }
            }
            ("Row" | "Column", TagKind::Open) => {
                let number = slice(source, tag.range.end..source.len());
                let number = number.split('<').next().and_then(|it| it.trim().parse().ok());
                if let Some(shape) = &mut shape {
                    match tag.name {
                        "Row" => shape.row = number,
                        _ => shape.column = number,
                    }
                }
            }
            (name, TagKind::Open | TagKind::Empty) if DRAWN.contains(&name) => draws = true,
            _ => {}
        }
    }
    draws |= shapes > frames.len();
    // A type that was written with frames stands right before one of them.
    let stood_with = |range: &Range<usize>| frames.values().any(|(frame, _)| frame.start == range.end);
    let users_gone = frames.values().filter(|(_, uses_type)| *uses_type).count();
    if let Some(range) = type_range.filter(|range| users_gone == type_users && stood_with(range)) {
        edits.remove(range);
    }
    for (range, _) in frames.into_values() {
        edits.remove(range);
    }
    Ok((edits.apply(source).ok_or(Fault::Broken)?, draws))
}

#[derive(Default)]
struct Shape {
    start: usize,
    uses_type: bool,
    is_note: bool,
    row: Option<u32>,
    column: Option<u32>,
}

impl Shape {
    fn cell(&self) -> Option<CellAddress> {
        Some(CellAddress::new(self.row?, self.column?))
    }
}

/// Returns the drawing with a hidden frame for each cell's note.
pub fn with_frames(source: &str, frames: &BTreeMap<CellAddress, Anchor>) -> Result<String, Fault> {
    let mut end = None;
    let mut root = None;
    let mut has_type = false;
    let mut last_id = 0;
    let mut tags = Tags::lenient(source);
    while let Some(tag) = tags.next()? {
        let text = slice(source, tag.range.clone());
        if root.is_none() {
            root = Some(tag.range.clone());
        }
        if tag.kind == TagKind::Close {
            end = Some(tag.range.start);
            continue;
        }
        let id = attribute(text, "id").unwrap_or_default();
        has_type |= tag.name == "shapetype" && id == FRAME_TYPE;
        let number = id.strip_prefix(ID_START).and_then(|it| it.parse::<u64>().ok());
        last_id = last_id.max(number.unwrap_or(0));
        if tag.name == "idmap" {
            let first = attribute(text, "data").and_then(|it| it.split(',').next()?.trim().parse::<u64>().ok());
            last_id = last_id.max(first.unwrap_or(0).saturating_mul(1024));
        }
    }
    let (Some(end), Some(root)) = (end, root) else {
        return Err(Fault::Broken);
    };
    let root = slice(source, root);
    let names = [("v", V), ("o", O), ("x", X)];
    let is_bound = |(name, uri): &(&str, &str)| bound_prefix(root, &[uri]).is_some_and(|it| it == format!("{name}:"));
    let unbound: String = names
        .iter()
        .filter(|pair| !is_bound(pair))
        .map(|(name, uri)| format!(" xmlns:{name}=\"{uri}\""))
        .collect();
    let mut added = String::new();
    if !has_type {
        added.push_str(&format!("<v:shapetype{unbound} id=\"{FRAME_TYPE}\" {OWN_TYPE}"));
    }
    for (cell, anchor) in frames {
        last_id = last_id.saturating_add(1);
        let anchor: Vec<String> = anchor.iter().map(u32::to_string).collect();
        added.push_str(&format!(
            "<v:shape{unbound} id=\"{ID_START}{last_id}\" type=\"#{FRAME_TYPE}\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:90pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            anchor.join(", "),
            cell.row,
            cell.column
        ));
    }
    let mut edits = Edits::default();
    edits.insert(end, added);
    edits.apply(source).ok_or(Fault::Broken)
}

/// Returns a drawing without frames; `block` keeps the numbers of frames on different sheets apart.
pub fn empty_part(block: usize) -> String {
    format!(
        "<xml xmlns:v=\"{V}\" xmlns:o=\"{O}\" xmlns:x=\"{X}\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout></xml>",
        block + 1
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(cell: &str) -> CellAddress {
        cell.parse().unwrap()
    }

    #[test]
    fn frames_come_and_go_and_the_drawing_is_what_it_was() {
        let control = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
            <v:shape id=\"_x0000_s1030\" type=\"#_x0000_t201\"><v:textbox><div><font>一<br></font></div></v:textbox>\
            <x:ClientData ObjectType=\"Checkbox\"><x:Row>1</x:Row></x:ClientData></v:shape></xml>";
        let frames: BTreeMap<CellAddress, Anchor> = [(at("B2"), [0; 8]), (at("C7"), [0; 8])].into_iter().collect();
        let with = with_frames(control, &frames).unwrap();
        assert!(with.contains("id=\"_x0000_s1031\"") && with.contains("id=\"_x0000_s1032\""));
        let (one, _) = without_frames(&with, &BTreeSet::from([at("B2")])).unwrap();
        assert!(one.contains("<x:Row>6</x:Row>") && one.contains("shapetype"));
        let (none, draws) = without_frames(&one, &BTreeSet::from([at("C7")])).unwrap();
        assert_eq!(none, control);
        assert!(draws);
        let own = with_frames(&empty_part(0), &frames).unwrap();
        let (none, draws) = without_frames(&own, &frames.keys().copied().collect()).unwrap();
        assert_eq!(none, empty_part(0));
        assert!(!draws);
    }

    #[test]
    fn a_frame_type_that_others_use_or_brought_stays() {
        let frames: BTreeMap<CellAddress, Anchor> = [(at("B2"), [0; 8])].into_iter().collect();
        let cells = frames.keys().copied().collect();
        let head = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">";
        let frame_type = format!("<v:shapetype id=\"{FRAME_TYPE}\" {OWN_TYPE}");
        let unfinished = "<v:shape id=\"_x0000_s1025\" type=\"#_x0000_t202\"><x:Clie=\"1\"/bag>";
        for (drawn, draws) in [("", false), ("<o:shapelayout/>", false), (unfinished, true)] {
            let source = format!("{head}{frame_type}{drawn}</xml>");
            let with = with_frames(&source, &frames).unwrap();
            let (without, still_draws) = without_frames(&with, &cells).unwrap();
            assert_eq!(still_draws, draws, "{drawn}");
            assert_eq!(with_frames(&without, &frames).unwrap(), with, "{drawn}");
        }
    }
}
