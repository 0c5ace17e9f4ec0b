//! One sheet of the unit: its part, its notes and their drawing, cleaned of earlier marks and marked anew.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::attributes::relationship_id;
use super::edits::Edits;
use super::fault::Fault;
use super::geometry::Geometry;
use super::memory::{Memory, Stood};
use super::note_block;
use super::own_parts::{Added, OwnParts};
use super::parts::Parts;
use super::relations::Relations;
use super::sheet_drawing::{drawing_element, drawing_position, with_relationship};
use super::styles::Styles;
use super::tags::{TagKind, Tags, slice};
use super::{content_types, note_writing, notes, shapes, sheet_rows, sheet_sites};
use crate::grid::{CellAddress, CellRange};
use crate::model::{Discrepancy, Severity};

/// The variant of the format that a file keeps to.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// Its main namespace.
    pub namespace: &'static str,
    /// Its namespace of relationships' types.
    pub relationship_namespace: &'static str,
}

/// The element that names the notes' drawing, and the drawing's part where there is one.
type NamedDrawing = (Range<usize>, Option<String>);

/// A sheet of the unit.
pub struct SheetWork {
    part: String,
    /// Its place among the tabs.
    index: usize,
    relations: Relations,
}

impl SheetWork {
    /// Returns the sheet with this part.
    pub fn of(parts: &mut Parts, part: &str, index: usize) -> Result<Self, Fault> {
        Ok(Self {
            part: part.to_owned(),
            index,
            relations: Relations::of(parts, part)?,
        })
    }

    fn notes_part(&self) -> Option<String> {
        self.relations.target_of("comments").map(str::to_owned)
    }

    /// Takes the notes of an earlier run out; whether there were any.
    pub fn clean_notes(&mut self, parts: &mut Parts, own: &OwnParts) -> Result<bool, Fault> {
        let Some(part) = self.notes_part() else {
            return Ok(false);
        };
        let Some(source) = parts.text(&part)? else {
            return Ok(false);
        };
        let Some(cleaned) = notes::without_blocks(&source)? else {
            return Ok(false);
        };
        if cleaned.left > 0 || !own.drop(parts, &mut self.relations, &part)? {
            parts.set(&part, cleaned.text)?;
        }
        if !cleaned.gone.is_empty() {
            self.clean_drawing(parts, own, &cleaned.gone)?;
        }
        Ok(true)
    }

    fn clean_drawing(&mut self, parts: &mut Parts, own: &OwnParts, gone: &BTreeSet<CellAddress>) -> Result<(), Fault> {
        let sheet = parts.text(&self.part)?.ok_or(Fault::Broken)?;
        let Some((range, Some(drawing))) = self.drawing(&sheet)? else {
            return Ok(());
        };
        let Some(source) = parts.text(&drawing)? else {
            return Ok(());
        };
        let (text, draws) = shapes::without_frames(&source, gone)?;
        if draws || !own.drop(parts, &mut self.relations, &drawing)? {
            return parts.set(&drawing, text);
        }
        // One that pointed at a missing drawing stays.
        if self.drawing(&sheet)?.is_some_and(|(_, drawing)| drawing.is_some()) {
            return Ok(());
        }
        let mut edits = Edits::default();
        edits.remove(range);
        let sheet = edits.apply(&sheet).ok_or(Fault::Broken)?;
        parts.set(&self.part, sheet)
    }

    /// Takes the fills of an earlier run away; gives the highest format number then in use.
    pub fn clean_fills(&self, parts: &mut Parts, marks: &BTreeMap<u32, (u32, Stood)>) -> Result<u32, Fault> {
        let Some(source) = parts.text(&self.part)? else {
            return Ok(0);
        };
        let (text, highest) = sheet_rows::without_marks(&source, marks)?;
        if text != source {
            parts.set(&self.part, text)?;
        }
        Ok(highest)
    }

    /// Fills the cells of findings and puts notes on them.
    pub fn mark(
        &mut self,
        parts: &mut Parts,
        styles: &mut Styles,
        memory: &mut Memory,
        own: &mut OwnParts,
        variant: Variant,
        findings: &[&Discrepancy],
    ) -> Result<(), Fault> {
        let source = parts.text(&self.part)?.ok_or(Fault::Broken)?;
        let merges = sheet_rows::merges(&source)?;
        let by_cell = by_anchor(findings, merges);
        let cells: BTreeSet<CellAddress> = by_cell.keys().copied().collect();
        let sites = sheet_sites::locate(&source, &cells)?;
        let mut formats = BTreeMap::new();
        for (cell, site) in &sites {
            let severity = by_cell
                .get(cell)
                .and_then(|list| list.iter().map(|it| it.severity).max());
            let severity = severity.unwrap_or(Severity::Info);
            if let Some(format) = styles.mark(memory, site.base, site.stood, severity)? {
                formats.insert(*cell, format);
            }
        }
        let geometry = Geometry::of(&source)?;
        let marked = sheet_sites::with_formats(&source, &sites, &formats)?;
        parts.set(&self.part, marked)?;
        self.put_notes(parts, own, variant, &by_cell, &geometry)
    }

    fn put_notes(
        &mut self,
        parts: &mut Parts,
        own: &mut OwnParts,
        variant: Variant,
        by_cell: &BTreeMap<CellAddress, Vec<&Discrepancy>>,
        geometry: &Geometry,
    ) -> Result<(), Fault> {
        let part = self.notes_part();
        let present = match &part {
            Some(part) => parts.text(part)?,
            None => None,
        };
        let existing = match &present {
            Some(text) => notes::read(text)?,
            None => BTreeMap::new(),
        };
        let mut blocks = BTreeMap::new();
        let mut frames = BTreeMap::new();
        for (cell, findings) in by_cell {
            let note = existing.get(cell);
            // Excel writes the stand-in of a conversation anew; only the list carries these findings.
            if note.is_some_and(|note| note.is_conversation) {
                continue;
            }
            let Some(block) = note_block::block(findings, note.map(|note| note.text.as_str())) else {
                continue;
            };
            if note.is_none() {
                frames.insert(*cell, geometry.frame(*cell, &block));
            }
            blocks.insert(*cell, block);
        }
        if blocks.is_empty() {
            return Ok(());
        }
        let is_new = present.is_none();
        let source = present.unwrap_or_else(|| note_writing::empty_part(variant.namespace));
        let relationship = part.is_none();
        let part = match part {
            Some(part) => part,
            None => {
                let part = parts.free_name(super::relations::folder_of(&self.part), "comments", ".xml")?;
                self.relations
                    .add(parts, variant.relationship_namespace, "comments", &part)?;
                part
            }
        };
        if is_new {
            let place = content_types::Place::First;
            let declaration = content_types::declare(parts, &part, content_types::COMMENTS, place)?;
            own.note(
                &part,
                Added {
                    relationship,
                    declaration,
                },
            );
        }
        parts.set(&part, note_writing::with_blocks(&source, &blocks)?)?;
        if frames.is_empty() {
            return Ok(());
        }
        self.put_frames(parts, own, variant, &frames)
    }

    fn put_frames(
        &mut self,
        parts: &mut Parts,
        own: &mut OwnParts,
        variant: Variant,
        frames: &BTreeMap<CellAddress, shapes::Anchor>,
    ) -> Result<(), Fault> {
        let sheet = parts.text(&self.part)?.ok_or(Fault::Broken)?;
        let place = self.drawing(&sheet)?;
        if let Some((_, Some(drawing))) = &place
            && let Some(source) = parts.text(drawing)?
        {
            return parts.set(drawing, shapes::with_frames(&source, frames)?);
        }
        // One that is named and missing is made where it should be.
        let missing = place.as_ref().and_then(|(_, drawing)| drawing.clone());
        let missing = missing.filter(|drawing| content_types::is_drawing(drawing));
        let relationship = missing.is_none();
        let drawing = match missing {
            Some(missing) => missing,
            None => {
                let start = "drawings/vmlDrawing";
                parts.free_name(super::relations::folder_of(&self.part), start, ".vml")?
            }
        };
        let declaration = content_types::declare_ending(parts, content_types::VML, content_types::VML_DRAWING)?;
        own.note(
            &drawing,
            Added {
                relationship,
                declaration,
            },
        );
        parts.set(&drawing, shapes::with_frames(&shapes::empty_part(self.index), frames)?)?;
        if !relationship {
            return Ok(());
        }
        let id = self
            .relations
            .add(parts, variant.relationship_namespace, "vmlDrawing", &drawing)?;
        let mut edits = Edits::default();
        match place {
            Some((range, _)) => edits.replace(range.clone(), with_relationship(slice(&sheet, range), &id)),
            None => edits.insert(drawing_position(&sheet)?, drawing_element(&sheet, variant, &id)?),
        }
        let sheet = edits.apply(&sheet).ok_or(Fault::Broken)?;
        parts.set(&self.part, sheet)
    }

    fn drawing(&self, sheet: &str) -> Result<Option<NamedDrawing>, Fault> {
        let mut tags = Tags::new(sheet);
        let mut start = None;
        while let Some(tag) = tags.next()? {
            if tag.depth != 1 || tag.name != "legacyDrawing" {
                continue;
            }
            match (tag.kind, start) {
                (TagKind::Open, _) => start = Some(tag.range.clone()),
                (TagKind::Empty, _) => return Ok(Some(self.named_drawing(sheet, tag.range.clone(), tag.range))),
                (TagKind::Close, Some(open)) => {
                    let whole = open.start..tag.range.end;
                    return Ok(Some(self.named_drawing(sheet, open, whole)));
                }
                (TagKind::Close, None) => return Ok(None),
            }
        }
        Ok(None)
    }

    fn named_drawing(&self, sheet: &str, tag: Range<usize>, whole: Range<usize>) -> NamedDrawing {
        let relation = relationship_id(slice(sheet, tag)).and_then(|id| self.relations.by_id(&id).cloned());
        (whole, relation.map(|it| it.target))
    }
}

/// Returns findings by the cell that shows them: a covered cell of a merged region is shown by the region's first
/// one.
fn by_anchor<'a>(
    findings: &[&'a Discrepancy],
    mut merges: Vec<CellRange>,
) -> BTreeMap<CellAddress, Vec<&'a Discrepancy>> {
    // Regions do not overlap in any file that a spreadsheet opens; of those that do, the first one counts.
    let wanted: BTreeSet<CellAddress> = findings.iter().flat_map(|finding| finding.cells()).collect();
    let mut anchors: BTreeMap<CellAddress, CellAddress> = BTreeMap::new();
    merges.sort();
    for merge in merges {
        let last = CellAddress::new(merge.last.row, u32::MAX);
        for cell in wanted.range(merge.first..=last).filter(|cell| merge.contains(**cell)) {
            anchors.entry(*cell).or_insert(merge.first);
        }
    }
    let mut by_cell: BTreeMap<CellAddress, Vec<&Discrepancy>> = BTreeMap::new();
    for finding in findings {
        let shown: BTreeSet<CellAddress> = finding
            .cells()
            .map(|cell| anchors.get(&cell).copied().unwrap_or(cell))
            .collect();
        for cell in shown {
            by_cell.entry(cell).or_default().push(finding);
        }
    }
    by_cell
}
