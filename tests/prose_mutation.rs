//! Every figure of a county's report changed in turn: a change to what the table states too is found at its sentence,
//! any other gives nothing.
//!
//! The report is rebuilt in the outline of a published one; the original is tried too where `HEBIAO_REPORTS` names
//! its folder.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod support;

use hebiao::grid::{FileFormat, TextBlock, Workbook};
use hebiao::model::{Discrepancy, Severity};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, check_bytes, check_workbook};
use support::{markdown_table, tables::COUNTY};

const REPORT: &str = include_str!("prose/county_report.txt");

/// Words right before the figures that the table states too, blanks left out.
const STATED: [&str; 24] = [
    "专精特新方向）项目预算",
    "万元,实际到位",
    "万元,资金到位率",
    "方向）项目共使用",
    "结余资金",
    "万元,资金执行率",
    "项目过程、项目产出、项目效益",
    "可持续影响、服务对象满意度",
    "二级指标又下设",
    "项目评价得分",
    "该项目预算",
    "万元，到位资金",
    "万元，资金到位率",
    "该项目共使用",
    "万元，实际到位资金",
    "万元，预算执行率为",
    "根据目标完成情况扣",
    "该指标得分",
    "受益企业数量",
    "该项目在",
    "该项目在2023年",
    "该项目在2023年12月",
    "扶持资金成本为",
    "问卷调查，满意度为",
];

/// What follows a year that is the year of the project's name.
const YEAR_OF_NAME: &str = "年中小企业专项（专精特新方向）";

/// Words before figures that the report tells twice itself: one changed contradicts the other.
const TOLD_TWICE: [&str; 2] = ["第二年扶持资金", "投资同比增长"];

/// What is before and behind a figure of the text.
struct Figure {
    start: usize,
    end: usize,
}

fn figures(text: &str) -> Vec<Figure> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while digit(at) || (at > start && bytes.get(at) == Some(&b'.') && digit(at + 1)) {
            at += 1;
        }
        if at > start {
            found.push(Figure { start, end: at });
        }
        at += 1;
    }
    found
}

/// The figure with its last digit, or its first, made another.
fn changes(figure: &str) -> [String; 2] {
    let other = |digit: char| char::from_digit((digit.to_digit(10).unwrap() + 3) % 10, 10).unwrap();
    let (first, rest) = figure.split_at(1);
    let raised = char::from_digit(first.parse::<u32>().unwrap() % 9 + 1, 10).unwrap();
    let last = figure.chars().next_back().unwrap();
    [
        format!("{}{}", &figure[..figure.len() - 1], other(last)),
        format!("{raised}{rest}"),
    ]
}

fn is_stated(text: &str, figure: &Figure) -> bool {
    let line = text[..figure.start].rsplit('\n').next().unwrap();
    let before: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let before = before.replace('，', ",");
    let is_year = text[figure.end..].starts_with(YEAR_OF_NAME) && !before.ends_with("下达");
    let is_heading = before.is_empty() && !is_year;
    !is_heading
        && (is_year
            || STATED
                .iter()
                .any(|words| before.ends_with(&words.replace('，', ",")) && !text[figure.end..].starts_with('年'))
            || (before.ends_with("该项目在") && text[figure.end..].starts_with("年12月")))
}

fn is_told_twice(text: &str, figure: &Figure) -> bool {
    TOLD_TWICE.iter().any(|words| text[..figure.start].ends_with(words))
}

/// Tries every change; `check` gives the findings above info of a changed report.
fn try_all(text: &str, prose_end: usize, check: impl Fn(&str) -> Vec<Discrepancy>) -> (usize, usize) {
    let key = |finding: &Discrepancy| (finding.code.clone(), finding.cell, finding.declared.clone());
    let before: Vec<_> = check(text).iter().map(key).collect();
    let (mut stated, mut elsewhere) = (0, 0);
    let mut failures = Vec::new();
    for figure in figures(text).iter().filter(|figure| figure.end <= prose_end) {
        let written = &text[figure.start..figure.end];
        let paragraph = text[..figure.start].matches('\n').count() + 1;
        // One change is enough where none may be found.
        let tried = if is_stated(text, figure) { 2 } else { 1 };
        for changed in changes(written).into_iter().take(tried) {
            let report = format!("{}{changed}{}", &text[..figure.start], &text[figure.end..]);
            let new: Vec<Discrepancy> = check(&report)
                .into_iter()
                .filter(|finding| !before.contains(&key(finding)))
                .collect();
            let at_place = new.iter().any(|finding| {
                let quote = finding.quote.as_ref().unwrap();
                quote.paragraph == paragraph && quote.text.contains(&changed)
            });
            let is_right = if is_told_twice(text, figure) {
                new.iter().all(|finding| finding.code == "J10")
            } else if is_stated(text, figure) {
                stated += 1;
                at_place
            } else {
                elsewhere += 1;
                new.is_empty()
            };
            if !is_right {
                let line: String = text[..figure.start].rsplit('\n').next().unwrap().to_owned();
                let codes: Vec<&str> = new.iter().map(|finding| finding.code.as_str()).collect();
                failures.push(format!("{paragraph}: {line}【{written} => {changed}】: {codes:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} wrong\n{}", failures.len(), failures.join("\n"));
    (stated, elsewhere)
}

fn of_text(findings: impl IntoIterator<Item = Discrepancy>) -> Vec<Discrepancy> {
    findings
        .into_iter()
        .filter(|finding| finding.quote.is_some() && finding.severity > Severity::Info)
        .collect()
}

#[test]
fn every_change_to_a_figure_that_the_table_states_is_found_and_no_other() {
    let (stated, elsewhere) = try_all(REPORT, REPORT.len(), |report| {
        let mut workbook: Workbook = markdown_table::workbook(COUNTY);
        workbook.format = FileFormat::Docx;
        workbook.text = report
            .lines()
            .map(|line| TextBlock::Paragraph(line.to_owned()))
            .collect();
        let checked = check_workbook("报告.docx", workbook, &CheckOptions::new(Standard::ministry()));
        of_text(checked.report.tables.into_iter().flat_map(|table| table.discrepancies))
    });
    assert!(
        stated >= 60 && elsewhere >= 70,
        "{stated} stated, {elsewhere} elsewhere"
    );
}

#[test]
fn the_published_report_gives_the_same() {
    let Some(folder) = std::env::var_os("HEBIAO_REPORTS").map(std::path::PathBuf::from) else {
        return;
    };
    let Ok(text) = std::fs::read_to_string(folder.join("report.txt")) else {
        return;
    };
    let prose_end = text.find("\n附件\n").unwrap_or(text.len());
    let (stated, elsewhere) = try_all(&text, prose_end, |report| {
        let checked = check_bytes("report.txt", report.as_bytes(), Standard::ministry());
        of_text(checked.report.tables.into_iter().flat_map(|table| table.discrepancies))
    });
    assert!(
        stated >= 60 && elsewhere >= 60,
        "{stated} stated, {elsewhere} elsewhere"
    );
}
