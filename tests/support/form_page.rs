//! A form's page taken apart: its sheets as a workbook, and the reading that is expected of it.
//!
//! A page is plain text with one pipe table a sheet (see [`super::markdown_table`]), each after a line `工作表：名称`
//! where there are several, and one block fenced as `expected`. `<br>` in a cell is a line break.
//!
//! The expected reading is one line a record, `field cell value`, fields divided by ` | `:
//!
//! ```text
//! table Sheet1 A1:I17 project_self_evaluation
//! title A1 项目支出绩效自评表
//! fund total | label B6 年度资金总额 | annual_budget E6 120 | execution_rate H6 0.95
//! indicator | level1 B12 产出指标 | level3 D12 养护里程 | target E12 ≥20公里 | weight G12 20
//! coverage 76 = 60 bound + 16 decorative + 0 unread
//! ```
//!
//! A level is named where its cell changes (`level2 -` where it ends); what a line does not name is absent.

use std::fmt::Write as _;

use hebiao::grid::{CellValue, FileFormat, Sheet, Workbook};
use hebiao::internals::plain;
use hebiao::layout::{Recognition, read_tables};
use hebiao::model::{Evaluation, Field, LabelledField, TableReading};
use rust_decimal::Decimal;

use super::markdown_table;

/// One file of `tests/layout_catalogue/`.
pub struct FormPage {
    pub name: String,
    pub workbook: Workbook,
    pub expected: String,
}

/// Every page, by name.
pub fn pages() -> Vec<FormPage> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout_catalogue");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            parse(name, &std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn parse(name: String, text: &str) -> FormPage {
    let (tables, rest) = text.split_once("```expected").unwrap_or((text, ""));
    let expected = rest.split("```").next().unwrap_or_default().trim().to_owned();
    let mut parts: Vec<(String, String)> = vec![("Sheet1".to_owned(), String::new())];
    for line in tables.lines() {
        match line.strip_prefix("工作表：") {
            Some(sheet) => parts.push((sheet.trim().to_owned(), String::new())),
            None => {
                let part = parts.last_mut().unwrap();
                part.1.push_str(line);
                part.1.push('\n');
            }
        }
    }
    let sheets = parts
        .iter()
        .filter(|(_, text)| text.lines().any(|line| line.starts_with('|')))
        .map(|(sheet, text)| named_sheet(sheet, text))
        .collect();
    FormPage {
        name,
        workbook: Workbook {
            format: FileFormat::Xlsx,
            sheets,
            losses: Vec::new(),
            text: Vec::new(),
        },
        expected,
    }
}

fn named_sheet(name: &str, text: &str) -> Sheet {
    let read = markdown_table::workbook(text).sheets.remove(0);
    let mut cells = read.cells().to_vec();
    for cell in &mut cells {
        if let CellValue::Text(text) = &cell.value
            && text.contains("<br>")
        {
            let broken = text.replace("<br>", "\n");
            cell.shown_otherwise = None;
            cell.value = CellValue::Text(broken);
        }
    }
    let mut sheet = Sheet::new(name, cells, read.merges().to_vec());
    sheet.hidden_rows = read.hidden_rows;
    sheet.hidden_columns = read.hidden_columns;
    sheet
}

/// Everything read from a workbook, in the notation of the pages.
pub fn outline(workbook: &Workbook) -> String {
    let Recognition { tables, skipped } = read_tables(workbook);
    let mut out = String::new();
    for table in &tables {
        let _ = writeln!(out, "table {} {} {}", table.sheet, table.range, kind(table));
        for part in &table.continued {
            let _ = writeln!(out, "continued {} {}", part.sheet, part.range);
        }
        if let Some(sheet) = &table.other_part {
            let _ = writeln!(out, "perhaps {sheet}");
        }
        evaluation(&mut out, &table.evaluation);
        for guess in &table.guesses {
            let _ = writeln!(out, "guess {} {}", guess.cell, guess.message);
        }
        let coverage = &table.coverage;
        let _ = writeln!(
            out,
            "coverage {} = {} bound + {} decorative + {} unread",
            coverage.filled,
            coverage.bound,
            coverage.decorative,
            coverage.unread.len()
        );
        for unread in &coverage.unread {
            let _ = writeln!(out, "unread {} {}", unread.cell, one_line(&unread.text));
        }
    }
    for skipped in &skipped {
        let _ = writeln!(out, "skipped {} {}", skipped.sheet, skipped.reason);
    }
    out.trim().to_owned()
}

fn kind(table: &TableReading) -> String {
    serde_json::to_value(table.kind).unwrap().as_str().unwrap().to_owned()
}

fn evaluation(out: &mut String, evaluation: &Evaluation) {
    let Evaluation {
        title,
        year,
        project_name,
        department,
        implementing_unit,
        money_unit,
        funds,
        goals,
        indicators,
        subtotals,
        total,
        grade,
        signatures,
        notes,
        extra,
    } = evaluation;
    for (name, field) in [
        ("title", title),
        ("project_name", project_name),
        ("department", department),
        ("implementing_unit", implementing_unit),
    ] {
        if let Some(field) = field {
            let _ = writeln!(out, "{name} {}", text(field));
        }
        if name == "title"
            && let Some(year) = year
        {
            let _ = writeln!(out, "year {} {}", year.cell, year.value);
        }
    }
    if let Some(unit) = money_unit {
        let _ = writeln!(out, "money_unit {}", unit.title());
    }
    for fund in funds {
        let source = serde_json::to_value(fund.source).unwrap();
        let mut line = Line::new(&format!("fund {}", source.as_str().unwrap()));
        line.text("label", &fund.label);
        line.number("initial_budget", &fund.initial_budget);
        line.number("annual_budget", &fund.annual_budget);
        line.number("executed", &fund.executed);
        line.number("weight", &fund.weight);
        line.number("execution_rate", &fund.execution_rate);
        line.number("score", &fund.score);
        line.text("reason", &fund.reason);
        line.end(out);
    }
    for goal in goals {
        let mut line = Line::new("goal");
        line.text("expected", &goal.expected);
        line.text("actual", &goal.actual);
        line.end(out);
    }
    let mut levels = [None, None];
    for row in indicators {
        let mut line = Line::new("indicator");
        for (index, name, level, weight) in [
            (0, "level1", &row.level1, &row.level1_weight),
            (1, "level2", &row.level2, &row.level2_weight),
        ] {
            let place = level.as_ref().map(|field| field.cell);
            if place != levels[index] {
                match level {
                    Some(field) => line.parts.push(format!("{name} {}", text(field))),
                    None => line.parts.push(format!("{name} -")),
                }
                line.number(&format!("{name}_weight"), weight);
            }
            levels[index] = place;
        }
        line.text("level3", &row.level3);
        line.text("operator", &row.operator);
        line.text("target", &row.target);
        line.text("measure_unit", &row.measure_unit);
        line.text("actual", &row.actual);
        line.number("weight", &row.weight);
        line.number("score", &row.score);
        line.number("review_score", &row.review_score);
        line.text("reason", &row.reason);
        line.labelled(&row.extra);
        line.end(out);
    }
    for subtotal in subtotals {
        let mut line = Line::new(&format!("subtotal {}", text(&subtotal.label)));
        line.number("weight", &subtotal.weight);
        line.number("score", &subtotal.score);
        line.end(out);
    }
    if let Some(total) = total {
        let mut line = Line::new("total");
        line.number("weight", &total.weight);
        line.number("score", &total.score);
        line.end(out);
    }
    if let Some(grade) = grade {
        let _ = writeln!(out, "grade {} {}", grade.cell, grade.value.title());
    }
    for signature in signatures {
        let value = signature.value.as_ref().map_or("-".to_owned(), text);
        let _ = writeln!(out, "signature {} {value}", one_line(&signature.label));
    }
    for note in notes {
        let _ = writeln!(out, "note {}", text(note));
    }
    for field in extra {
        let _ = writeln!(out, "extra {} {}", one_line(&field.label), text(&field.value));
    }
}

struct Line {
    parts: Vec<String>,
}

impl Line {
    fn new(head: &str) -> Self {
        Self {
            parts: vec![head.to_owned()],
        }
    }

    fn text(&mut self, name: &str, field: &Option<Field<String>>) {
        if let Some(field) = field {
            self.parts.push(format!("{name} {}", text(field)));
        }
    }

    fn number(&mut self, name: &str, field: &Option<Field<Decimal>>) {
        if let Some(field) = field {
            self.parts.push(format!("{name} {} {}", field.cell, plain(field.value)));
        }
    }

    fn labelled(&mut self, fields: &[LabelledField]) {
        for field in fields {
            self.parts
                .push(format!("extra {} {}", one_line(&field.label), text(&field.value)));
        }
    }

    fn end(self, out: &mut String) {
        let _ = writeln!(out, "{}", self.parts.join(" | "));
    }
}

fn text(field: &Field<String>) -> String {
    format!("{} {}", field.cell, one_line(&field.value))
}

fn one_line(text: &str) -> String {
    text.replace('\n', "<br>")
}
