//! Two whole tables to break on purpose, and what the rules say of them.

use hebiao::EvidenceFiles;
use hebiao::grid::TextBlock;
use hebiao::internals::{CheckedTable, ReportPart, Source, check_table};
use hebiao::layout::{self, FormLibrary};
use hebiao::model::{Discrepancy, Severity};
use hebiao::prose::ReportText;
use hebiao::reference::References;
use hebiao::rescore::rescore;
use hebiao::standard::Standard;

use super::markdown_table;

/// A county's evaluation table as published: three deductions of 2, and a total that forgets one of them.
pub const COUNTY: &str = include_str!("county_table.md");
/// The ministry's form, small and without a fault.
pub const MINISTRY: &str = include_str!("ministry_table.md");

/// The county's table with its faults put right, so that one thing at a time can be broken.
pub fn county_put_right() -> String {
    edited(
        COUNTY,
        &[
            ("A1", "2023年度中小企业专项绩效评价表"),
            ("F5", "—"),
            ("H5", "—"),
            ("F6", "—"),
            ("H6", "—"),
            ("D25", "全部达成"),
            ("C24", "扶持企业数量"),
            ("C26", "完成时间"),
            ("D27", "≤210万元"),
            ("E27", "208万元"),
            ("D28", "全部完成"),
            ("F28", "20"),
            ("G28", "20"),
            ("F29", "10"),
            ("G29", "10"),
            ("G30", "94"),
        ],
    )
}

/// A table with some cells replaced: `("G30", "94")`.
pub fn edited(table: &str, changes: &[(&str, &str)]) -> String {
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    for (cell, text) in changes {
        let column = usize::from(cell.as_bytes()[0] - b'A') + 2;
        let row = format!("| {} ", &cell[1..]);
        let line = lines
            .iter_mut()
            .find(|line| line.starts_with(&row))
            .expect("the row exists");
        let mut fields: Vec<String> = line.split('|').map(str::to_owned).collect();
        fields[column] = format!(" {text} ");
        *line = fields.join("|");
    }
    lines.join("\n") + "\n"
}

/// Every finding in a table, by the ministry's standard, the one that the text names (`评价标准：hubei`), or the one
/// that it holds, fenced as `toml`; with the report fenced as `报告`, and the names of files of evidence fenced as `佐证`.
pub fn findings(table: &str) -> Vec<Discrepancy> {
    checked(table).discrepancies
}

/// [`findings`], with what is listed for a person.
pub fn checked(table: &str) -> CheckedTable {
    let (table, targets) = parted(table, "批复的绩效目标表：");
    let (table, payments) = parted(table, "支付明细：");
    let mut references = References::default();
    if let Some(targets) = targets {
        let targets = markdown_table::workbook(targets);
        references
            .add_targets("目标表.xlsx", &targets, FormLibrary::builtin())
            .expect("approved targets");
    }
    if let Some(payments) = payments {
        let payments = markdown_table::workbook(payments);
        references.add_payments("支付明细.xlsx", &payments).expect("payments");
    }
    let workbook = markdown_table::workbook(table);
    let recognition = layout::read_tables(&workbook);
    assert!(
        (1..=workbook.sheets.len()).contains(&recognition.tables.len()),
        "one table a sheet is seen; skipped: {:?}",
        recognition.skipped
    );
    let reading = &recognition.tables[0];
    let named = table.lines().find_map(|line| line.strip_prefix("评价标准："));
    let own = table
        .split_once("```toml\n")
        .and_then(|(_, rest)| rest.split("```").next());
    let standard = match (own, named) {
        (Some(own), _) => Standard::from_toml(own).expect("a sound standard"),
        (None, Some(name)) => Standard::named(name).expect("a built-in standard"),
        (None, None) => Standard::ministry().clone(),
    };
    let rescoring = rescore(&reading.evaluation, &reading.places, &standard);
    let text = table
        .split_once("```报告\n")
        .and_then(|(_, rest)| rest.split("```").next());
    let text = text.map(report_text);
    let part = text.as_ref().map(ReportPart::whole);
    let files = table
        .split_once("```佐证\n")
        .and_then(|(_, rest)| rest.split("```").next());
    let evidence = files.map(|files| EvidenceFiles::new("佐证", files.lines().map(str::to_owned)));
    let references = references.of(&reading.evaluation, reading.kind);
    let source = Source {
        format: workbook.format,
        file: None,
        tables: 1,
        report: part.as_ref(),
        evidence: evidence.as_ref(),
        references: Some(&references),
    };
    check_table(reading, &source, &rescoring, &standard)
}

/// A text and what stands in it below a line of its own.
fn parted<'t>(text: &'t str, line: &str) -> (&'t str, Option<&'t str>) {
    match text.split_once(&format!("\n{line}\n")) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// A report of these lines, one paragraph each.
pub fn report_text(lines: &str) -> ReportText {
    let blocks: Vec<TextBlock> = lines
        .lines()
        .map(|line| TextBlock::Paragraph(line.to_owned()))
        .collect();
    ReportText::new("报告.docx", &blocks)
}

/// Findings as `A01 G30`, information marked as `A03 F5 info` and warnings as `A04 F6 warning`.
pub fn outline(findings: &[Discrepancy]) -> Vec<String> {
    findings
        .iter()
        .map(|found| match found.severity {
            Severity::Error => format!("{} {}", found.code, found.cell),
            Severity::Warning => format!("{} {} warning", found.code, found.cell),
            Severity::Info => format!("{} {} info", found.code, found.cell),
        })
        .collect()
}
