//! Reports made in code, and eyes for the workbooks written from them.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use hebiao::grid::{CellAddress, CellRange, FileFormat};
pub use hebiao::model::*;
use hebiao::report::*;
use rust_decimal::Decimal;

pub fn at(cell: &str) -> CellAddress {
    cell.parse().unwrap()
}

pub fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn text(value: &str, cell: &str) -> Option<Field<String>> {
    Some(Field::new(value.to_owned(), value, at(cell)))
}

pub fn figure(value: &str, cell: &str) -> Option<Field<Decimal>> {
    Some(Field::new(number(value), value, at(cell)))
}

pub fn shown(value: &str, text: &str, cell: &str) -> Option<Field<Decimal>> {
    Some(Field::new(number(value), text, at(cell)))
}

/// An indicator in a source row (columns A–H of the ministry's form), names without weights.
pub fn indicator(row: u32, names: [&str; 3], target: &str, actual: &str, weight: &str, score: &str) -> Indicator {
    let [level1, level2, level3] = names;
    Indicator {
        level1: text(level1, &format!("A{row}")),
        level2: text(level2, &format!("B{row}")),
        level3: text(level3, &format!("C{row}")),
        target: text(target, &format!("D{row}")),
        actual: text(actual, &format!("E{row}")),
        weight: figure(weight, &format!("F{row}")),
        score: figure(score, &format!("G{row}")),
        ..Indicator::default()
    }
}

pub fn fund(source: FundSource, row: u32, label: &str, figures: [&str; 3]) -> FundRow {
    FundRow {
        label: text(label, &format!("B{row}")),
        initial_budget: figure(figures[0], &format!("C{row}")),
        annual_budget: figure(figures[1], &format!("D{row}")),
        executed: figure(figures[2], &format!("E{row}")),
        ..FundRow::new(source)
    }
}

/// A rescoring that gives every indicator its declared score.
pub fn agreeing(evaluation: &Evaluation) -> Rescoring {
    let items = evaluation
        .indicators
        .iter()
        .enumerate()
        .map(|(index, indicator)| RescoringItem {
            cell: indicator.score.as_ref().map_or(at("G1"), |score| score.cell),
            indicator: indicator
                .level3
                .as_ref()
                .map(|name| name.value.clone())
                .unwrap_or_default(),
            weight: indicator.weight.as_ref().map(|weight| weight.value),
            declared: indicator.score.as_ref().map(|score| score.value),
            expected_min: indicator.score.as_ref().map(|score| score.value),
            expected_max: indicator.score.as_ref().map(|score| score.value),
            rescored: indicator.score.as_ref().map(|score| score.value),
            method: RescoringMethod::Full,
            trace: String::new(),
            basis: String::new(),
            row: Some(RescoredRow::Indicator(index)),
        });
    let sum = evaluation
        .indicators
        .iter()
        .filter_map(|row| row.score.as_ref())
        .map(|score| score.value)
        .sum();
    Rescoring {
        standard: "财预〔2020〕10号".to_owned(),
        standard_picked: None,
        execution_score: ExecutionScorePlace::Outside,
        declared_total: evaluation
            .total
            .as_ref()
            .and_then(|total| total.score.as_ref())
            .map(|score| score.value),
        sum_of_scores: Some(sum),
        rescored_total: Some(sum),
        declared_grade: evaluation.grade.as_ref().map(|grade| grade.value),
        rescored_grade: None,
        undecided: 0,
        grade_is_open: false,
        items: items.collect(),
    }
}

pub fn finding(code: &str, severity: Severity, cell: &str, field: Option<&str>) -> Discrepancy {
    Discrepancy {
        code: code.to_owned(),
        rule: "total-score-mismatch".to_owned(),
        title: "总分与各项得分之和不符".to_owned(),
        severity,
        cell: at(cell),
        related: vec![],
        each_cell: false,
        field: field.map(str::to_owned),
        declared: Some("96".to_owned()),
        expected: Some("94".to_owned()),
        difference: Some("2".to_owned()),
        message: format!(
            "总分应等于各项得分之和。{cell} 申报 96，各项得分之和为 94，相差 2。请核对各项得分后改正总分。"
        ),
        basis: "财预〔2020〕10号第十六条".to_owned(),
        suggestion: "按各项得分之和填写总分。".to_owned(),
        explanation: Explanation::default(),
        quote: None,
    }
}

pub fn table(evaluation: Evaluation, discrepancies: Vec<Discrepancy>) -> TableReport {
    let rescoring = agreeing(&evaluation);
    TableReport {
        range: CellRange::new(at("A1"), at("H40")),
        discrepancies,
        ..TableReport::of_evaluation("Sheet1", TableKind::ProjectSelfEvaluation, evaluation, rescoring)
    }
}

pub fn report(tables: Vec<TableReport>) -> FileReport {
    let findings = tables.iter().any(|table| !table.discrepancies.is_empty());
    FileReport {
        file: "/data/2023/项目甲.xlsx".to_owned(),
        format: Some(FileFormat::Xlsx),
        sha256: Some("0123456789abcdef".repeat(4)),
        status: if findings {
            FileStatus::Findings
        } else {
            FileStatus::Clean
        },
        error: None,
        tables,
        skipped_sheets: vec![],
        losses: Vec::new(),
        report_text: None,
        more_report_texts: Vec::new(),
        reading_confirmed: None,
    }
}

/// A complete small table: two fund rows, one goal, three indicators under two 一级, total 17, grade 良.
pub fn small_evaluation() -> Evaluation {
    let mut indicators = vec![
        indicator(
            13,
            ["产出指标", "数量指标", "受益企业数量"],
            "≥12家",
            "12家",
            "10",
            "10",
        ),
        indicator(14, ["产出指标", "质量指标", "验收合格率"], "95%", "76%", "5", "4"),
        indicator(
            15,
            ["效益指标", "社会效益指标", "政策知晓度"],
            "全部符合",
            "基本符合",
            "5",
            "3",
        ),
    ];
    for row in indicators.iter_mut().take(2) {
        row.level1 = Some(Field::new("产出指标".to_owned(), "产出指标（15分）", at("A13")));
        row.level1_weight = shown("15", "产出指标（15分）", "A13");
    }
    if let Some(row) = indicators.get_mut(1) {
        row.reason = text("抽检批次不足，已安排补检。", "H14");
    }
    let mut total = fund(FundSource::Total, 5, "年度资金总额", ["208", "208", "196.50"]);
    total.weight = figure("10", "F5");
    total.execution_rate = shown("0.9447", "94.47%", "G5");
    total.score = shown("9.45", "9.45分", "H5");
    Evaluation {
        title: text("项目支出绩效自评表", "A1"),
        year: Some(Field::new(2023, "（2023年度）", at("A2"))),
        project_name: text("中小企业专项", "C3"),
        department: text("某县工信局", "C4"),
        implementing_unit: text("某县工信局", "G4"),
        money_unit: Some(MoneyUnit::TenThousandYuan),
        funds: vec![
            total,
            fund(FundSource::Fiscal, 6, "其中：当年财政拨款", ["208", "208", "196.50"]),
        ],
        goals: vec![Goal {
            expected: text("优化发展环境。", "B10"),
            actual: text("已完成。", "E10"),
        }],
        indicators,
        subtotals: vec![],
        total: Some(Total {
            weight: figure("20", "F30"),
            score: figure("19", "G30"),
        }),
        grade: Some(Field::new(Grade::Good, "优□良☑中□差□", at("C31"))),
        signatures: vec![Signature {
            label: "填报人：".to_owned(),
            value: text("张三", "B33"),
        }],
        notes: vec![Field::new(
            "注：得分保留两位小数。".to_owned(),
            "注：得分保留两位小数。",
            at("A34"),
        )],
        extra: Vec::new(),
    }
}

/// Name → content of every part of the file.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut content = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut content).unwrap();
            (name, String::from_utf8(content).unwrap())
        })
        .collect()
}

/// The filled cells of a sheet, by A1 address.
pub fn cells(bytes: &[u8], sheet: &str) -> BTreeMap<String, Data> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let (row0, column0) = range.start().unwrap_or_default();
    range
        .used_cells()
        .map(|(row, column, data)| {
            (
                CellAddress::new(row as u32 + row0, column as u32 + column0).to_string(),
                data.clone(),
            )
        })
        .collect()
}

pub fn sheet_names(bytes: &[u8]) -> Vec<String> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap().sheet_names()
}

/// The address of the first cell with this text.
pub fn find(cells: &BTreeMap<String, Data>, wanted: &str) -> String {
    let mut found: Vec<CellAddress> = cells
        .iter()
        .filter(|(_, data)| **data == Data::String(wanted.to_owned()))
        .map(|(cell, _)| at(cell))
        .collect();
    found.sort();
    found
        .first()
        .unwrap_or_else(|| panic!("no cell with {wanted}"))
        .to_string()
}

pub fn string(value: &str) -> Data {
    Data::String(value.to_owned())
}

/// Facts that every output must have: no formula, no external part, values only.
pub fn assert_inert(bytes: &[u8]) {
    for (name, content) in parts(bytes) {
        assert!(
            !name.contains("externalLink") && !name.contains("calcChain") && !name.contains("vbaProject"),
            "{name}"
        );
        if name.starts_with("xl/worksheets/sheet") {
            assert!(
                !content.contains("<f>") && !content.contains("<f "),
                "{name} has a formula"
            );
            assert!(
                content.contains("paperSize=\"9\"") && content.contains("orientation=\"landscape\""),
                "{name}"
            );
            assert!(
                // Too wide for one page, it goes over several, its keys on each.
                content.contains("fitToHeight=\"0\"")
                    || content.contains("scale=\"80\"") && content.contains("<colBreaks"),
                "{name}"
            );
        }
        if name == "xl/workbook.xml" {
            assert!(!content.contains("externalReference"));
        }
    }
}
