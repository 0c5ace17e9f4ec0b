//! How a file was read, as text.

use hebiao::model::continued_text;

use super::findings::confirmed;
use super::inspect::{BindingEntry, FileInspection, TableInspection};
use super::inspect_titles::header_title;
use super::text::{bold, one_line, wrap};

/// Everything that `inspect` says about one file.
pub fn file_text(file: &FileInspection, width: usize) -> String {
    let mut text = format!("{}\n", bold(&one_line(&file.file)));
    if let Some(confirmation) = &file.reading_confirmed {
        text.push_str(&wrap(&format!("双读核对：{}", confirmed(confirmation)), 2, width));
    }
    for table in &file.tables {
        text.push_str(&table_text(table, width));
    }
    let skipped = file
        .skipped_sheets
        .iter()
        .map(|sheet| format!("工作表“{}”：{}", sheet.sheet, sheet.reason));
    text.push_str(&list("没有评价表的工作表", skipped, width));
    let losses = file.losses.iter().map(|loss| {
        let sheet = loss
            .sheet
            .as_ref()
            .map(|sheet| format!("工作表“{sheet}” "))
            .unwrap_or_default();
        let cell = loss.cell.map(|cell| format!("{cell} ")).unwrap_or_default();
        format!("{sheet}{cell}{}", loss.message)
    });
    text.push_str(&list("读取时须留意", losses, width));
    text.push('\n');
    text
}

fn table_text(table: &TableInspection, width: usize) -> String {
    let coverage = &table.coverage;
    let mut text = format!(
        "  工作表“{}” {}{}\n",
        one_line(&table.sheet),
        table.range,
        one_line(&continued_text(&table.continued))
    );
    text.push_str(&wrap(
        &format!(
            "表式：{}（{}），评价类型：{}，把握 {}%（{}% 以上才审核）",
            table.form_title,
            table.form,
            table.kind.title(),
            table.confidence,
            table.least_confidence
        ),
        2,
        width,
    ));
    text.push_str(&wrap(
        &format!(
            "格子：{} 个有字，其中字段 {} 个、标题和标签 {} 个、未读 {} 个",
            coverage.filled,
            coverage.bound,
            coverage.decorative,
            coverage.unread.len()
        ),
        2,
        width,
    ));
    text.push_str(&list("认出表式的理由", table.reasons.iter().cloned(), width));
    text.push_str(&list("没有见到的", table.missing.iter().cloned(), width));
    let columns = table.columns.iter().map(|column| {
        let title = column.field.as_deref().map(header_title);
        match title.filter(|title| *title == column.header && *title == column.meaning) {
            Some(title) => format!("{} {title}", column.cell),
            None => format!("{} {}（读作：{}）", column.cell, column.header, column.meaning),
        }
    });
    text.push_str(&list("栏目（表头格、表头、读作什么）", columns, width));
    text.push_str(&list(
        "字段（所见文字、单元格）",
        fields(&table.bindings).into_iter(),
        width,
    ));
    let guesses = table
        .guesses
        .iter()
        .map(|guess| format!("{} {}", guess.cell, guess.message));
    let directions = table.directions.iter().map(|assumed| {
        let cells: Vec<String> = assumed.cells.iter().map(ToString::to_string).collect();
        format!("{} {}", cells.join("、"), assumed.message)
    });
    text.push_str(&list("读取时的推定", guesses.chain(directions), width));
    let formulas = table
        .formulas
        .iter()
        .map(|entry| format!("{} “={}”：{}", entry.cell, entry.formula, entry.message));
    text.push_str(&list("公式", formulas, width));
    let unread = coverage
        .unread
        .iter()
        .map(|cell| format!("{}“{}”", cell.cell, cell.text));
    text.push_str(&list("未读的格子", unread, width));
    text
}

/// Returns a heading and its lines; nothing where there are none.
fn list(heading: &str, lines: impl Iterator<Item = String>, width: usize) -> String {
    let lines: String = lines.map(|line| wrap(&one_line(&line), 4, width)).collect();
    if lines.is_empty() {
        lines
    } else {
        format!("  {}\n{lines}", bold(heading))
    }
}

/// Returns the fields a line each, those of one row of a block on one line.
fn fields(bindings: &[BindingEntry]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut row: Option<&str> = None;
    for binding in bindings {
        let value = format!("{} {} {}", binding.title, one_line(&binding.text), binding.cell);
        match (&binding.row, lines.last_mut()) {
            (Some(of), Some(line)) if row == Some(of) => line.push_str(&format!("；{value}")),
            (Some(of), _) => lines.push(format!("{of} {value}")),
            (None, _) => lines.push(value),
        }
        row = binding.row.as_deref();
    }
    lines
}
