//! `legacyDrawing`, the element by which a sheet names its notes' drawing: where it goes and what it says.

use super::attributes::bound_prefix;
use super::fault::Fault;
use super::relations::RELATIONSHIP_NAMESPACES;
use super::sheet_walk::root_prefix;
use super::sheet_work::Variant;
use super::tags::{TagKind, Tags, slice};

/// What stands in a sheet part before `legacyDrawing`, in the order of the format.
const BEFORE_DRAWING: [&str; 30] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
];

/// Returns where `legacyDrawing` goes in a sheet without one.
pub fn drawing_position(sheet: &str) -> Result<usize, Fault> {
    let mut tags = Tags::new(sheet);
    let mut at = None;
    while let Some(tag) = tags.next()? {
        let ends = matches!(tag.kind, TagKind::Close | TagKind::Empty);
        if tag.depth == 1 && ends && BEFORE_DRAWING.contains(&tag.name) {
            at = Some(tag.range.end);
        }
    }
    at.ok_or(Fault::Broken)
}

/// Returns the element for a sheet without one.
pub fn drawing_element(sheet: &str, variant: Variant, id: &str) -> Result<String, Fault> {
    let root = Tags::new(sheet).next()?.ok_or(Fault::Broken)?;
    let prefix = root_prefix(sheet)?;
    let attribute = match bound_prefix(slice(sheet, root.range), &RELATIONSHIP_NAMESPACES) {
        Some(prefix) => format!("{prefix}id"),
        None => format!("xmlns:r=\"{}\" r:id", variant.relationship_namespace),
    };
    Ok(format!("<{prefix}legacyDrawing {attribute}=\"{id}\"/>"))
}
