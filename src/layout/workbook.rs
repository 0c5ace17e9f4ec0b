//! Reads the evaluation tables of a workbook, sheet by sheet or, where one form goes on over several, those together.

use super::formulas::formulas;
use super::library::FormLibrary;
use super::mark::FormMark;
use super::parts::{joined, stretches};
use super::recognise::{SheetReading, Wanted, read_panel, read_sheet};
use super::view::{SheetSlots, SheetView};
use crate::grid::{Sheet, Visibility, Workbook};
use crate::model::{Bindings, BoundCell, CellFactAt, SkippedSheet, TableReading};

/// What a workbook holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recognition {
    /// Evaluation tables, by sheet, then from top to bottom.
    pub tables: Vec<TableReading>,
    /// Sheets without an evaluation table.
    pub skipped: Vec<SkippedSheet>,
}

/// Reads every evaluation table of a workbook, hidden sheets included.
///
/// ```
/// use hebiao::grid::{Cell, CellValue, FileFormat, Sheet, Workbook};
///
/// let rows = [["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"], ["产出指标", "培训人数", "≥10人", "12人", "100", "100"]];
/// let cells = rows.iter().enumerate().flat_map(|(row, texts)| {
///     texts.iter().enumerate().map(move |(column, text)| Cell {
///         address: hebiao::grid::CellAddress::new(row as u32, column as u32),
///         value: CellValue::Text((*text).to_owned()),
///         shown_otherwise: None,
///         shown_unsure: false,
///         formula: None,
///         number_format: None,
///     })
/// });
/// let sheet = Sheet::new("自评表", cells.collect(), Vec::new());
/// let workbook = Workbook { format: FileFormat::Csv, sheets: vec![sheet], losses: Vec::new(), text: Vec::new() };
/// let recognition = hebiao::layout::read_tables(&workbook);
/// assert_eq!(recognition.tables[0].evaluation.indicators.len(), 1);
/// ```
pub fn read_tables(workbook: &Workbook) -> Recognition {
    read_tables_with(workbook, FormLibrary::builtin())
}

/// [`read_tables`] by the forms and wordings of a library, e.g. one that a user has added to.
pub fn read_tables_with(workbook: &Workbook, library: &FormLibrary) -> Recognition {
    let mut recognition = Recognition::default();
    for (sheet, found) in read_workbook(workbook, library, Wanted::Evaluations) {
        let hidden = sheet.visibility != Visibility::Visible;
        let mark = sheet.form_mark.as_deref().and_then(FormMark::parse);
        let is_instructions = found.tables.is_empty() && mark.is_some_and(|mark| mark.is_instructions());
        recognition.tables.extend(found.tables);
        recognition
            .skipped
            .extend(found.skipped.into_iter().map(|reason| SkippedSheet {
                sheet: sheet.name.clone(),
                reason: if is_instructions {
                    "空白表附带的填表说明，没有要核对的内容".to_owned()
                } else if hidden {
                    format!("隐藏的工作表；{reason}")
                } else {
                    reason
                },
            }));
    }
    recognition
}

/// Reads every table of indicators with targets, evaluated or only planned: what a blank form can be made from.
///
/// Sheets without one are left out without a word; no table is turned down for being of another kind.
pub fn read_target_tables(workbook: &Workbook, library: &FormLibrary) -> Vec<TableReading> {
    let found = read_workbook(workbook, library, Wanted::Targets);
    found.into_iter().flat_map(|(_, found)| found.tables).collect()
}

/// Returns what each sheet gives, in order; sheets of one form give what they hold together, under the first of them.
fn read_workbook<'w>(workbook: &'w Workbook, library: &FormLibrary, wanted: Wanted) -> Vec<(&'w Sheet, SheetReading)> {
    let vocabulary = library.vocabulary();
    let slots: Vec<SheetSlots> = workbook.sheets.iter().map(SheetSlots::new).collect();
    let views: Vec<SheetView<'_>> = workbook
        .sheets
        .iter()
        .zip(&slots)
        .map(|(sheet, slots)| SheetView::new(sheet, slots, vocabulary))
        .collect();
    let mut found = Vec::with_capacity(views.len());
    for stretch in stretches(&views, vocabulary) {
        let parts: Vec<(&'w Sheet, &SheetView<'_>)> = stretch
            .sheets
            .iter()
            .filter_map(|at| workbook.sheets.get(*at).zip(views.get(*at)))
            .collect();
        let perhaps = stretch.perhaps.and_then(|at| Some(&workbook.sheets.get(at)?.name));
        if let Some(mut whole) = read_together(&parts, library, wanted) {
            let tables = whole.tables.iter_mut();
            tables.for_each(|table| table.other_part = perhaps.cloned());
            found.extend(parts.first().map(|(sheet, _)| (*sheet, whole)));
            continue;
        }
        for (sheet, view) in &parts {
            let mut single = read_sheet(view, library, wanted);
            // Parts that do not make one table may each lack something.
            let beside = parts
                .iter()
                .map(|(other, _)| &other.name)
                .find(|name| **name != sheet.name);
            for table in &mut single.tables {
                table.other_part = perhaps.or(beside).cloned();
            }
            found.push((*sheet, single));
        }
    }
    found
}

/// Several sheets read as one table, each cell at its place among the parts; `None` where they do not make one.
fn read_together(parts: &[(&Sheet, &SheetView<'_>)], library: &FormLibrary, wanted: Wanted) -> Option<SheetReading> {
    if parts.len() < 2 {
        return None;
    }
    let sheets: Vec<&Sheet> = parts.iter().map(|(sheet, _)| *sheet).collect();
    let sheet = joined(&sheets);
    let slots = SheetSlots::new(&sheet);
    let view = SheetView::new(&sheet, &slots, library.vocabulary());
    let mut found = read_panel(&view, library, wanted);
    let [table] = found.tables.as_mut_slice() else {
        return None;
    };
    if !found.skipped.is_empty() || table.continued.len() + 1 != parts.len() {
        return None;
    }
    // A formula speaks of the cells of its own sheet.
    let of_part = |(part, sheet): (u32, &&Sheet)| {
        let own = table.bindings.iter().filter(|binding| binding.cell.part() == part);
        let own: Bindings = own
            .map(|binding| BoundCell {
                cell: binding.cell.on_its_sheet(),
                ..binding
            })
            .collect();
        let facts = table.facts.iter().filter(|fact| fact.cell.part() == part);
        let facts: Vec<CellFactAt> = facts
            .cloned()
            .map(|mut fact| {
                fact.cell = fact.cell.on_its_sheet();
                fact
            })
            .collect();
        formulas(sheet, &own, &facts).into_iter().map(move |mut formula| {
            formula.cell = formula.cell.in_part(part);
            let ranges = formula.summed.iter_mut().flatten();
            ranges.for_each(|range| *range = range.in_part(part));
            formula
        })
    };
    table.formulas = (0_u32..).zip(&sheets).flat_map(of_part).collect();
    for (part, sheet) in table.continued.iter_mut().zip(sheets.iter().skip(1)) {
        part.sheet.clone_from(&sheet.name);
    }
    Some(found)
}
