//! What is right and what is wrong beside it: a rule must tell the two apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::grid::CellAddress;
use hebiao::layout;
use hebiao::model::{Discrepancy, Rescoring};
use hebiao::rescore::rescore;
use hebiao::standard::Standard;
use support::tables::{MINISTRY, county_put_right, edited, findings, outline};

fn found(table: &str, changes: &[(&str, &str)]) -> Vec<String> {
    outline(&findings(&edited(table, changes)))
}

fn nothing() -> Vec<String> {
    Vec::new()
}

/// The findings of these rules alone.
fn of<'a>(codes: &[&str], found: &'a [Discrepancy]) -> Vec<&'a Discrepancy> {
    found
        .iter()
        .filter(|finding| codes.contains(&finding.code.as_str()))
        .collect()
}

fn rescored(table: &str) -> Rescoring {
    let workbook = support::markdown_table::workbook(table);
    let recognition = layout::read_tables(&workbook);
    let reading = &recognition.tables[0];
    rescore(&reading.evaluation, &reading.places, Standard::ministry())
}

#[test]
fn a_score_rounded_or_cut_as_its_column_is_written_is_right() {
    // 30 × 6 ÷ 11 = 16.363…, in a column of one decimal.
    let with = |score, total| found(MINISTRY, &[("E15", "≥11个"), ("H15", score), ("H17", total)]);
    assert_eq!(with("16.4", "85.9"), nothing());
    assert_eq!(with("16.5", "86"), ["B02 H15"]);
    // Another score with two decimals shows that the column has them.
    let exact = [("E15", "≥11个"), ("H15", "16.4"), ("I6", "9.45"), ("H17", "85.85")];
    assert!(found(MINISTRY, &exact).contains(&"B02 H15".to_owned()));
}

#[test]
fn in_a_column_of_whole_numbers_full_marks_are_no_rounding() {
    // 10 × 85% ÷ 90% = 9.44.
    let with = |score, total| {
        let changes = [
            ("F16", "85%"),
            ("H15", "22"),
            ("I6", "9"),
            ("H16", score),
            ("H17", total),
        ];
        of(&["B02"], &findings(&edited(MINISTRY, &changes))).len()
    };
    assert_eq!(with("9", "90"), 0);
    assert_eq!(with("10", "91"), 1);
}

#[test]
fn controlling_an_illness_is_no_limit_and_a_cost_kept_in_bounds_is() {
    let with = |name, target, actual| {
        let changes = [
            ("D15", name),
            ("E15", target),
            ("F15", actual),
            ("H15", "30"),
            ("H17", "99.5"),
            ("I15", ""),
        ];
        let found = findings(&edited(MINISTRY, &changes));
        of(&["B02", "B04"], &found).len()
    };
    assert_eq!(with("高血压随访控制人数", "600人", "610人"), 0);
    assert_eq!(with("高血压随访控制人数", "600人", "300人"), 1);
    assert_eq!(with("会议费用控制", "60万元", "30万元"), 0);
    assert_eq!(with("会议费用控制", "60万元", "90万元"), 1);
}

#[test]
fn a_name_with_its_target_in_it_is_a_name() {
    assert_eq!(found(MINISTRY, &[("D13", "验收合格率100%")]), nothing());
    assert!(found(MINISTRY, &[("D13", "100%")]).contains(&"D13 D13 warning".to_owned()));
    assert!(found(MINISTRY, &[("D13", "不低于100%")]).contains(&"D13 D13 warning".to_owned()));
}

#[test]
fn figures_without_a_common_unit_and_far_apart_are_not_scored() {
    let with = |target, actual, score| {
        let changes = [("D15", "受益情况"), ("E15", target), ("F15", actual), ("H15", score)];
        findings(&edited(MINISTRY, &changes))
    };
    let far = with("550", "20", "30");
    assert_eq!(of(&["B02"], &far).len(), 0);
    let asked = of(&["D04"], &far);
    assert_eq!(outline(&[asked[0].clone()]), ["D04 E15 warning"]);
    // Near each other they are of one kind; with units they are scored.
    assert_eq!(of(&["B02"], &with("550", "500", "20")).len(), 1);
    assert_eq!(of(&["B02"], &with("550户", "20户", "30")).len(), 1);
}

#[test]
fn no_target_is_asked_where_the_form_has_none() {
    let table = county_put_right();
    let dashes: Vec<(String, &str)> = (13..=23).map(|row| (format!("D{row}"), "—")).collect();
    let all: Vec<(&str, &str)> = dashes.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
    assert_eq!(of(&["D01"], &findings(&edited(&table, &all))).len(), 0);
    // One dash among targets, and a dash among the results, wait for a target.
    assert_eq!(of(&["D01"], &findings(&edited(&table, &all[..1]))).len(), 1);
    assert_eq!(of(&["D01"], &findings(&edited(&table, &[("D28", "—")]))).len(), 1);
}

#[test]
fn a_document_number_is_no_broken_word() {
    let goal = |text| found(MINISTRY, &[("B10", text)]);
    assert_eq!(goal("按县财〔2022〕10号 文件养护农村公路20公里"), nothing());
    assert_eq!(goal("按县财文件养护农村公 路20公里"), ["H09 B10 info"]);
}

#[test]
fn bands_of_whole_numbers_meet() {
    let page = hebiao::rules::find("F05").unwrap().page;
    let right = support::rule_page::section(page, "正确示例").unwrap();
    let with = |bands| found(right, &[("A18", bands)]);
    assert_eq!(with("90-100分为优、80-89分为良、60-79分为中、60分以下为差"), nothing());
    assert_eq!(
        with("90-100分为优、80-88分为良、60-79分为中、60分以下为差"),
        ["F05 A18 info"]
    );
}

#[test]
fn what_is_still_wrong_after_the_correction_is_said_at_once() {
    // 22.5 is due; 26 is not, and points are lost either way.
    let with = |reason| found(MINISTRY, &[("H15", "26"), ("I15", reason)]);
    assert_eq!(with(""), ["B02 H15", "E01 H15"]);
    assert_eq!(with("原因：两个村道路改线；措施：明年补齐"), ["B02 H15"]);
    // Full marks are due: after the correction nothing is lost.
    assert_eq!(found(MINISTRY, &[("H12", "15"), ("H17", "92")]), ["B02 H12"]);
}

#[test]
fn an_execution_score_counts_where_the_printed_total_counts_it() {
    let mut changes: Vec<(String, &str)> = [5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17]
        .into_iter()
        .map(|row| (format!("G{row}"), ""))
        .collect();
    let judged = |changes: &[(String, &str)]| {
        let changes: Vec<(&str, &str)> = changes.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
        let found = findings(&edited(MINISTRY, &changes));
        of(&["A01", "A02", "A17", "F01"], &found).len()
    };
    assert_eq!(judged(&changes), 0);
    changes.push(("H17".to_owned(), "95"));
    assert_eq!(judged(&changes), 1);
}

#[test]
fn findings_of_one_advice_in_series_are_one() {
    let two = [("D25", "基本达成"), ("D28", "基本完成")];
    let three = [("D22", "基本达成"), ("D25", "基本达成"), ("D28", "基本完成")];
    let hedged = |changes: &[(&str, &str)]| {
        let found = findings(&edited(&county_put_right(), changes));
        let found: Vec<Discrepancy> = of(&["D14"], &found).into_iter().cloned().collect();
        found
    };
    assert_eq!(hedged(&two).len(), 2);
    let series = hedged(&three);
    assert_eq!(series.len(), 1, "{series:?}");
    let cells: Vec<String> = series[0].cells().map(|cell: CellAddress| cell.to_string()).collect();
    assert_eq!(cells, ["D22", "D25", "D28"]);
    assert!(
        series[0].message.ends_with("同样的还有 2 处：D25、D28。"),
        "{}",
        series[0].message
    );
}

#[test]
fn a_total_that_rows_cannot_decide_is_not_certain() {
    let certain = rescored(MINISTRY);
    assert_eq!(
        (certain.rescored_total_text().as_str(), certain.rescored_grade_text()),
        ("92", "优")
    );
    // The 30 points of a row with several values could make it another grade.
    let open = rescored(&edited(MINISTRY, &[("E15", "培训3期，150人次")]));
    assert_eq!(
        (open.rescored_total_text().as_str(), open.rescored_grade_text()),
        ("92（1 项按申报计）", "待定")
    );
    assert_eq!((open.rescored_grade, open.grade_is_open), (None, true));
}
