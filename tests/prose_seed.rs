//! A published county report beside its table: what the comparison must give, and what changing each figure does.
//!
//! The report is rebuilt here in the published report's outline; the original is tried too where
//! `HEBIAO_REPORTS` names its folder.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod support;

use hebiao::grid::{FileFormat, TextBlock, Workbook};
use hebiao::model::{Discrepancy, Severity};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, check_workbook};
use support::{markdown_table, tables::COUNTY};

const REPORT: &str = include_str!("prose/county_report.txt");

fn checked(report: &str) -> Vec<Discrepancy> {
    let mut workbook: Workbook = markdown_table::workbook(COUNTY);
    workbook.format = FileFormat::Docx;
    workbook.text = report
        .lines()
        .map(|line| TextBlock::Paragraph(line.to_owned()))
        .collect();
    let standard = Standard::ministry();
    let checked = check_workbook("报告.docx", workbook, &CheckOptions::new(standard));
    let table = checked.report.tables.into_iter().next().unwrap();
    table
        .discrepancies
        .into_iter()
        .filter(|finding| finding.quote.is_some())
        .collect()
}

fn outline(findings: &[Discrepancy]) -> Vec<String> {
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {} {}", finding.code, finding.severity.title(), finding.cell))
        .collect();
    lines.sort();
    lines
}

#[test]
fn the_report_gives_one_error_four_warnings_and_six_infos() {
    let findings = checked(REPORT);
    assert_eq!(
        outline(&findings),
        [
            "J01 错误 G30",
            "J06 预警 B13",
            "J07 预警 B13",
            "J08 提示 C2",
            "J08 提示 G15",
            "J08 预警 G15",
            "J09 提示 B10",
            "J10 预警 C2",
            "J12 提示 A1",
            "J16 提示 C2",
            "J18 提示 C2",
        ]
    );
    let quoted = |code: &str, severity: Severity| {
        let finding = findings
            .iter()
            .find(|finding| finding.code == code && finding.severity == severity)
            .unwrap();
        finding.quote.clone().unwrap().text
    };
    assert!(quoted("J01", Severity::Error).contains("评价得分96 分"));
    assert!(quoted("J06", Severity::Warning).contains("11个二级指标"));
    assert!(quoted("J10", Severity::Warning).contains("同比提升1.2%"));
}

#[test]
fn one_cause_is_one_finding() {
    let mut workbook = markdown_table::workbook(COUNTY);
    workbook.text = REPORT
        .lines()
        .map(|line| TextBlock::Paragraph(line.to_owned()))
        .collect();
    let standard = Standard::ministry();
    let checked = check_workbook("报告.docx", workbook, &CheckOptions::new(standard));
    let codes: Vec<&str> = checked.report.tables[0]
        .discrepancies
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert!(codes.contains(&"J01") && !codes.contains(&"A01"), "{codes:?}");
    let total = checked.report.tables[0]
        .discrepancies
        .iter()
        .find(|finding| finding.code == "J01")
        .unwrap();
    assert!(
        total.message.contains("A01") && total.suggestion.contains("94"),
        "{total:#?}"
    );
    assert_eq!(
        (total.declared.as_deref(), total.expected.as_deref()),
        (Some("96"), Some("94"))
    );
}

#[test]
fn words_that_say_about_are_never_an_error() {
    for (exact, about) in [
        ("项目预算208万元", "项目预算约218万元"),
        ("项目共使用208万元", "项目共使用近218万元"),
        ("评价得分96 分", "评价得分约97分"),
        ("满意度为100%", "满意度为98%左右"),
    ] {
        assert!(REPORT.contains(exact), "{exact}");
        let findings = checked(&REPORT.replacen(exact, about, 1));
        let about_it: Vec<&Discrepancy> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error && finding.code != "J01")
            .collect();
        assert!(about_it.is_empty(), "{about}: {about_it:#?}");
    }
}

#[test]
fn the_published_report_itself_gives_the_same() {
    let Some(folder) = std::env::var_os("HEBIAO_REPORTS").map(std::path::PathBuf::from) else {
        return;
    };
    for name in ["report.docx", "report.txt"] {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            continue;
        };
        let checked = hebiao::check_bytes(name, &bytes, Standard::ministry());
        let findings: Vec<&Discrepancy> = checked.report.tables[0]
            .discrepancies
            .iter()
            .filter(|finding| finding.quote.is_some())
            .collect();
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        assert_eq!(
            (count(Severity::Error), count(Severity::Warning), count(Severity::Info)),
            (1, 4, 6),
            "{name}"
        );
    }
}
