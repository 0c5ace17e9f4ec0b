//! A sheet as a plan: which cells hold what, before anything is written. It knows no library.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::columns::{Column, across};
use super::places::Places;
use crate::grid::{CellAddress, CellRange};
use crate::model::{Field, FieldPath, Severity};
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;

/// What a cell is for; its look follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The table's title.
    Title,
    /// The year line.
    Year,
    /// A label or header of the form.
    Label,
    /// A declared text.
    Text,
    /// A declared short text or number, centred.
    Figure,
    /// A figure of ours.
    Rescored,
    /// A figure of ours that differs from the declared one.
    RescoredDiffers,
    /// 差异标记.
    Mark,
    /// The band over what this program adds.
    Band,
    /// A label under the band.
    AnnexLabel,
    /// A text under the band.
    AnnexText,
}

/// One cell, or one merged region with its content in the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedCell {
    /// The cells taken.
    pub range: CellRange,
    /// What stands there.
    pub content: CellContent,
    /// What it is for.
    pub role: Role,
    /// Font size in points, where the text needs another than its role's.
    pub font_size: Option<f64>,
}

/// What findings add to a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotation {
    /// The highest level, for the fill.
    pub severity: Option<Severity>,
    /// The note's paragraphs.
    pub notes: Vec<String>,
}

/// One sheet of the normalized workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetPlan {
    /// Cells in the order they are planned, and by their places once the plan is [settled](SheetPlan::settle); no two
    /// overlap.
    pub cells: Vec<PlannedCell>,
    /// First free row.
    pub next_row: u32,
    /// Row of the indicator header, repeated in print.
    pub header_row: u32,
    /// Rows of the total and the grade, below the indicators; of a form to fill in, with all that stands there.
    pub total_rows: Range<u32>,
    /// Where everything stands.
    pub places: Places,
    /// What findings add, by cell.
    pub annotations: BTreeMap<CellAddress, Annotation>,
    /// Field path, source cell and place of everything that was declared, in the order it was planned.
    pub declared: Vec<(FieldPath, CellAddress, CellAddress)>,
}

/// A declared field: its path, what the sheet shows of it, and where it stands here and in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceEntry<'a> {
    /// Path in the Evaluation.
    pub path: FieldPath,
    /// The cell here.
    pub place: CellAddress,
    /// The cell in the source.
    pub source: CellAddress,
    /// The text here.
    pub shown: Cow<'a, str>,
}

impl SheetPlan {
    /// Takes the next free row.
    pub fn take_row(&mut self) -> u32 {
        let row = self.next_row;
        self.next_row += 1;
        row
    }

    /// Puts content into a range.
    pub fn put(&mut self, range: CellRange, role: Role, content: CellContent) {
        self.cells.push(PlannedCell {
            range,
            content,
            role,
            font_size: None,
        });
    }

    /// Puts a fixed text into a range.
    pub fn put_label(&mut self, range: CellRange, role: Role, text: &str) {
        let content = if text.is_empty() {
            CellContent::Blank
        } else {
            CellContent::Text(text.to_owned())
        };
        self.put(range, role, content);
    }

    /// Puts a declared text, or leaves the cell blank, and remembers the place for the field path.
    pub fn put_text(&mut self, range: CellRange, role: Role, path: FieldPath, field: Option<&Field<String>>) {
        let content = match field {
            Some(field) => text_content(&field.value, field.cell),
            None => CellContent::Blank,
        };
        self.put_declared(range, role, path, field.map(|field| field.cell), content);
    }

    /// As [`SheetPlan::put_text`], but a text that is exactly a number or a percentage becomes a number.
    pub fn put_measure(&mut self, range: CellRange, path: FieldPath, field: Option<&Field<String>>) {
        let content = match field {
            Some(field) => match CellContent::number_like(&field.value) {
                CellContent::Text(text) => text_content(&text, field.cell),
                number => number,
            },
            None => CellContent::Blank,
        };
        self.put_declared(range, Role::Figure, path, field.map(|field| field.cell), content);
    }

    /// Puts a declared number, or leaves the cell blank.
    pub fn put_number(&mut self, range: CellRange, path: FieldPath, field: Option<&Field<Decimal>>) {
        let content = field.map_or(CellContent::Blank, |field| {
            CellContent::declared_number(field.value, &field.text)
        });
        self.put_declared(range, Role::Figure, path, field.map(|field| field.cell), content);
    }

    /// Puts a declared ratio, or leaves the cell blank.
    pub fn put_rate(&mut self, range: CellRange, path: FieldPath, field: Option<&Field<Decimal>>) {
        let content = field.map_or(CellContent::Blank, |field| {
            CellContent::declared_rate(field.value, &field.text)
        });
        self.put_declared(range, Role::Figure, path, field.map(|field| field.cell), content);
    }

    /// Puts what was declared and remembers its place by field path and by source cell.
    pub fn put_declared(
        &mut self,
        range: CellRange,
        role: Role,
        path: FieldPath,
        source: Option<CellAddress>,
        content: CellContent,
    ) {
        self.bind(path, source, range.first);
        self.put(range, role, content);
    }

    /// Puts the cells in the order of their places. Nothing is planned or annotated behind it.
    pub fn settle(&mut self) {
        self.cells.sort_by_key(|cell| cell.range.first);
    }

    /// Returns every declared field of a settled plan once, by its place; a name merged over rows is one field.
    pub fn sources<'a>(&'a self) -> Vec<SourceEntry<'a>> {
        let mut declared: Vec<_> = self.declared.iter().collect();
        declared.sort_by_key(|(_, source, place)| (*place, *source));
        declared.dedup_by_key(|(_, source, place)| (*place, *source));
        let mut cells = self.cells.iter().peekable();
        let entry = |(path, source, place): &'a (FieldPath, CellAddress, CellAddress)| {
            while cells.next_if(|cell| cell.range.first < *place).is_some() {}
            let cell = cells.peek().filter(|cell| cell.range.first == *place);
            SourceEntry {
                path: *path,
                place: *place,
                source: *source,
                shown: cell.map(|cell| cell.content.shown()).unwrap_or_default(),
            }
        };
        declared.into_iter().map(entry).collect()
    }

    /// Remembers a place that is already planned.
    pub fn bind(&mut self, path: FieldPath, source: Option<CellAddress>, place: CellAddress) {
        if let Some(source) = source {
            self.declared.push((path, source, place));
        }
        self.places.bind(path, source, place);
    }

    /// Puts the rescored score of a row, with its derivation where it differs from the declared one, and an empty mark.
    pub fn put_rescored(&mut self, row: u32, content: CellContent, derivation: Option<&str>) {
        let range = across(row, Column::Rescored, Column::Rescored);
        let role = if derivation.is_some() {
            Role::RescoredDiffers
        } else {
            Role::Rescored
        };
        self.put(range, role, content);
        if let Some(derivation) = derivation.filter(|text| !text.trim().is_empty()) {
            self.annotations
                .entry(range.first)
                .or_default()
                .notes
                .push(format!("复算依据：{derivation}"));
        }
        self.places.marks.insert(row, self.cells.len());
        self.put(across(row, Column::Mark, Column::Mark), Role::Mark, CellContent::Blank);
    }
}

/// Returns a declared text for a cell; blank where nothing can be seen in it.
pub fn text_content(text: &str, source: CellAddress) -> CellContent {
    if text.trim().is_empty() {
        CellContent::Blank
    } else {
        CellContent::Text(cell_text::for_cell(text, Some(source)))
    }
}
