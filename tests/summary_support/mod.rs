//! Reports made from small tables in markdown, one row an indicator: what a rule's page shows.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use hebiao::grid::{CellAddress, CellRange, FileFormat};
use hebiao::model::{
    Discrepancy, Evaluation, ExecutionScorePlace, Explanation, Field, FundRow, FundSource, Goal, Grade, Indicator,
    MoneyUnit, Rescoring, Severity, TableKind,
};
use hebiao::report::{FileReport, FileStatus, TableReport};
use hebiao::summary::{Previous, Roster, Summary, SummaryBuilder, SummaryOptions};
use rust_decimal::Decimal;

/// A row of a markdown table by its headers.
pub type Row = BTreeMap<String, String>;

/// Every markdown table of a text.
pub fn tables(text: &str) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    for line in text.lines() {
        let line = line.trim();
        if let Some(inner) = line.strip_prefix('|') {
            let cells: Vec<String> = inner
                .trim_end_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect();
            if !cells
                .iter()
                .all(|cell| cell.chars().all(|c| c == '-') && !cell.is_empty())
            {
                tables.last_mut().unwrap().push(cells);
            }
        } else if !tables.last().unwrap().is_empty() {
            tables.push(Vec::new());
        }
    }
    tables
        .into_iter()
        .filter(|table| !table.is_empty())
        .map(|table| {
            let headers = &table[0];
            let row = |cells: &Vec<String>| {
                let pairs = headers.iter().cloned().zip(cells.iter().cloned());
                pairs.filter(|(_, cell)| !cell.is_empty()).collect()
            };
            table[1..].iter().map(row).collect()
        })
        .collect()
}

fn field<T>(value: T, text: &str, row: u32, column: u32) -> Option<Field<T>> {
    Some(Field::new(value, text, CellAddress::new(row, column)))
}

fn number(row: &Row, header: &str) -> Option<Decimal> {
    row.get(header).map(|text| text.parse().unwrap())
}

/// The file that a row belongs to.
fn file_of(row: &Row) -> String {
    let part = |header: &str| row.get(header).cloned().unwrap_or_default();
    row.get("文件")
        .cloned()
        .unwrap_or_else(|| format!("{}/{}{}.xlsx", part("单位"), part("年度"), part("项目")))
}

/// The reports that rows make, one a file, by path.
pub fn reports(rows: &[Row]) -> Vec<FileReport> {
    let mut files: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        files.entry(file_of(row)).or_default().push(row);
    }
    files.into_iter().map(|(file, rows)| report(&file, &rows)).collect()
}

fn report(file: &str, rows: &[&Row]) -> FileReport {
    let table = table(rows);
    let status = if table.discrepancies.is_empty() {
        FileStatus::Clean
    } else {
        FileStatus::Findings
    };
    FileReport {
        file: file.to_owned(),
        format: Some(FileFormat::Xlsx),
        sha256: Some(format!("{:0>64}", hex(file))),
        status,
        error: None,
        tables: vec![table],
        skipped_sheets: Vec::new(),
        losses: Vec::new(),
        report_text: None,
        more_report_texts: Vec::new(),
        reading_confirmed: None,
    }
}

fn hex(text: &str) -> String {
    text.bytes().rev().take(31).map(|byte| format!("{byte:02x}")).collect()
}

fn table(rows: &[&Row]) -> TableReport {
    let first = rows[0];
    let text = |row: &Row, header: &str, at: u32, column: u32| {
        row.get(header).and_then(|text| field(text.clone(), text, at, column))
    };
    let amount =
        |header: &str, column: u32| number(first, header).and_then(|value| field(value, &value.to_string(), 5, column));
    let mut funds = Vec::new();
    if ["年初预算", "全年预算", "执行数"]
        .iter()
        .any(|header| first.contains_key(*header))
    {
        funds.push(FundRow {
            initial_budget: amount("年初预算", 3),
            annual_budget: amount("全年预算", 4),
            executed: amount("执行数", 5),
            ..FundRow::new(FundSource::Total)
        });
    }
    if first.contains_key("结转") {
        funds.push(FundRow {
            annual_budget: amount("结转", 4),
            ..FundRow::new(FundSource::Carryover)
        });
    }
    let indicators: Vec<Indicator> = (11_u32..)
        .zip(rows)
        .filter(|(_, row)| row.contains_key("三级指标"))
        .map(|(at, row)| {
            let points = |header: &str, column: u32| {
                number(row, header).and_then(|value| field(value, &value.to_string(), at, column))
            };
            Indicator {
                level1: field("产出指标".to_owned(), "产出指标", at, 1),
                level2: text(row, "二级指标", at, 2),
                level3: text(row, "三级指标", at, 3),
                target: text(row, "指标值", at, 4),
                measure_unit: text(row, "计量单位", at, 9),
                actual: text(row, "完成值", at, 5),
                weight: points("分值", 6),
                score: points("得分", 7),
                review_score: points("复核得分", 10),
                reason: text(row, "原因", at, 8),
                ..Indicator::default()
            }
        })
        .collect();
    let year: i32 = first.get("年度").map_or(2023, |year| year.parse().unwrap());
    let money_unit = match first.get("金额单位").map(String::as_str) {
        None | Some("万元") => Some(MoneyUnit::TenThousandYuan),
        Some("元") => Some(MoneyUnit::Yuan),
        Some("亿元") => Some(MoneyUnit::HundredMillionYuan),
        Some(_) => None,
    };
    let evaluation = Evaluation {
        year: field(year, &year.to_string(), 1, 0),
        project_name: text(first, "项目", 2, 1),
        department: text(first, "主管部门", 3, 1),
        implementing_unit: text(first, "单位", 3, 4),
        money_unit,
        funds,
        goals: vec![Goal {
            expected: text(first, "目标", 9, 1),
            actual: None,
        }],
        indicators,
        ..Evaluation::default()
    };
    let score = number(first, "总分");
    let rescored = number(first, "复算").or(score);
    let grade = |score: Option<Decimal>| {
        Some(match score? {
            score if score >= Decimal::from(90) => Grade::Excellent,
            score if score >= Decimal::from(80) => Grade::Good,
            score if score >= Decimal::from(60) => Grade::Fair,
            _ => Grade::Poor,
        })
    };
    let kind = match first.get("类型").map(String::as_str) {
        None => TableKind::ProjectSelfEvaluation,
        Some("部门评价") => TableKind::DepartmentEvaluation,
        Some("整体") => TableKind::OverallSelfEvaluation,
        Some(other) => panic!("no kind {other}"),
    };
    let errors = first.get("错误").map_or(0, |errors| errors.parse().unwrap());
    let rescoring = Rescoring {
        standard: "ministry-2020".to_owned(),
        standard_picked: None,
        execution_score: ExecutionScorePlace::Absent,
        declared_total: score,
        sum_of_scores: score,
        rescored_total: rescored,
        declared_grade: None,
        rescored_grade: grade(rescored),
        undecided: 0,
        grade_is_open: false,
        items: Vec::new(),
    };
    TableReport {
        range: CellRange::new(CellAddress::new(0, 0), CellAddress::new(20, 9)),
        discrepancies: (0..errors).map(finding).collect(),
        ..TableReport::of_evaluation("Sheet1", kind, evaluation, rescoring)
    }
}

fn finding(number: u32) -> Discrepancy {
    Discrepancy {
        code: "A01".to_owned(),
        rule: "total-score-mismatch".to_owned(),
        title: "总分与各项得分之和不符".to_owned(),
        severity: Severity::Error,
        cell: CellAddress::new(number, 6),
        related: Vec::new(),
        each_cell: false,
        field: Some("total.score".to_owned()),
        declared: Some("=96".to_owned()),
        expected: Some("94".to_owned()),
        difference: Some("2".to_owned()),
        message: "总分应等于各项得分之和；填 96，合计 94。".to_owned(),
        basis: "财预〔2020〕10号".to_owned(),
        suggestion: "改为 94。".to_owned(),
        explanation: Explanation::default(),
        quote: None,
    }
}

/// A roster of rows, as a separated file would give it.
pub fn roster(rows: &[Row]) -> Roster {
    let headers = [
        "主管部门",
        "单位",
        "项目名称",
        "预算数（万元）",
        "年度",
        "自评得分",
        "自评等次",
    ];
    let headers: Vec<&str> = headers
        .into_iter()
        .filter(|header| rows.iter().any(|row| row.contains_key(*header)))
        .collect();
    let mut text = headers.join(",") + "\n";
    for row in rows {
        let cells: Vec<&str> = headers
            .iter()
            .map(|header| row.get(*header).map_or("", String::as_str))
            .collect();
        text.push_str(&(cells.join(",") + "\n"));
    }
    roster_of(&text)
}

/// A roster of separated values.
pub fn roster_of(text: &str) -> Roster {
    let bytes = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
    Roster::read("名单.csv", &bytes, hebiao::read::read_workbook).unwrap()
}

/// The summary of rows; rows of a year before the latest are last year's.
pub fn summary(rows: &[Row], listed: Option<&[Row]>) -> Summary {
    let year = |row: &Row| row.get("年度").map_or(2023, |year| year.parse::<i32>().unwrap());
    let latest = rows.iter().map(year).max().unwrap_or(2023);
    let (this, last): (Vec<Row>, Vec<Row>) = rows.iter().cloned().partition(|row| year(row) == latest);
    let previous = (!last.is_empty()).then(|| Previous::from_reports(reports(&last).into_iter().map(Ok)).unwrap());
    let mut options = SummaryOptions::default();
    options.roster = listed.map(roster);
    options.previous = previous;
    summary_of(&reports(&this), options)
}

/// The summary of reports.
pub fn summary_of(reports: &[FileReport], options: SummaryOptions) -> Summary {
    let mut builder = SummaryBuilder::new(options);
    for report in reports {
        builder.add(report).unwrap();
    }
    builder.finish().unwrap()
}

/// The first table of a text.
pub fn rows(text: &str) -> Vec<Row> {
    tables(text).into_iter().next().unwrap_or_default()
}
