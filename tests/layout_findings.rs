//! Layouts that are seldom seen, filled in rightly: what is read in its place gives no finding, and a fault its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::layout;
use support::markdown_table;
use support::tables::{edited, findings, outline};

macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("layout_catalogue/", $name, ".md")))),*]
    };
}

const YEARS: [(&str, &str); 7] = pages![
    "years_beside_a_plain_result",
    "target_years_beside_a_plain_result",
    "target_years_other_than_that_of_table",
    "years_below_targets_and_results",
    "whole_year_in_each_header",
    "years_in_brackets_of_headers",
    "target_of_the_year_beside_that_of_all",
];

const SUMS: [(&str, &str); 10] = pages![
    "sum_below_each_level",
    "total_in_head_counts_the_execution",
    "execution_points_named_as_indicator",
    "basic_points_before_the_total",
    "sum_and_execution_before_the_total",
    "review_row_below_total_in_head",
    "scoring_groups_in_rows_over_levels",
    "indicator_named_like_the_total_without_values",
    "names_merged_from_beside_the_block",
    "total_and_grade_in_one_row",
];

const LEVELS: &str = include_str!("layout_catalogue/level_in_one_row_is_an_indicator.md");

fn found(table: &str) -> Vec<String> {
    outline(&findings(table))
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn columns_of_other_years_are_not_scored() {
    for (name, page) in YEARS {
        assert_eq!(found(page), nothing(), "{name}");
    }
    let page = include_str!("layout_catalogue/target_years_without_year_of_table.md");
    assert_eq!(found(page), ["H01 A1 info"]);
}

#[test]
fn sums_are_no_indicators_and_end_no_table() {
    for (name, page) in SUMS {
        assert_eq!(found(page), nothing(), "{name}");
    }
}

#[test]
fn signs_of_targets_and_results_are_no_values() {
    let page = include_str!("layout_catalogue/sign_and_value_below_target_and_result.md");
    assert_eq!(found(page), nothing());
    assert_eq!(found(&edited(page, &[("H5", "90")])), ["B02 K5"]);
}

#[test]
fn group_rows_are_no_indicators() {
    let page = include_str!("layout_catalogue/group_rows_beside_a_column_of_levels.md");
    assert_eq!(found(page), nothing());
    // Their points are those of the rows below: else the row is one of its own.
    assert!(found(&edited(page, &[("F9", "40")])).contains(&"D01 D9".to_owned()));
}

#[test]
fn a_sum_of_one_level_is_checked_as_such() {
    let page = include_str!("layout_catalogue/sum_below_each_level.md");
    assert_eq!(found(&edited(page, &[("G9", "29")])), ["A07 G9"]);
    // Another weight than that of its rows makes it no total either.
    for cell in ["F7", "F9", "F11"] {
        assert_eq!(found(&edited(page, &[(cell, "45")])), [format!("A07 {cell}")]);
    }
}

#[test]
fn one_figure_over_weight_and_score_is_the_total() {
    let with = |label, points| edited(LEVELS, &[("A8", label), ("F8", points), ("G8", "<<"), ("H8", "<<")]);
    for label in ["自评得分", "总分", "合计"] {
        let workbook = markdown_table::workbook(&with(label, "100"));
        let recognition = layout::read_tables(&workbook);
        let total = recognition.tables[0].evaluation.total.as_ref().unwrap();
        assert!(total.weight.is_none() && total.score.is_some(), "{label}");
        assert_eq!(found(&with(label, "100")), nothing(), "{label}");
        assert_eq!(found(&with(label, "98")), ["A01 F8"], "{label}");
    }
    // A weight beside an empty score is a weight.
    assert_eq!(found(&edited(LEVELS, &[("G8", "")])), ["A11 G8 warning"]);
}

const PLAIN: &str = "\
|   | A | B | C | D | E | F | G | H | I |
|---|---|---|---|---|---|---|---|---|---|
| 1 | 项目支出绩效自评表 | << | << | << | << | << | << | << | << |
| 2 | （2024年度） | << | << | << | << | << | << | << | << |
| 3 | 项目名称 | 技能培训 | << | << | << | 主管部门 | 县人社局 | << | << |
| 4 | 项目资金（万元） | << | 年初预算数 | 全年预算数 | 调整后预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| 5 | 年度资金总额 | << | 100 | 100 |  | 100 | 10 | 100% | 10 |
| 6 | 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
| 7 | ^^ | 产出指标 | 数量指标 | 培训人数 | ≥100人 | 100人 | 25 | 25 |  |
| 8 | ^^ | ^^ | 质量指标 | 培训合格率 | ≥90% | 95% | 25 | 25 |  |
| 9 | ^^ | 效益指标 | 社会效益指标 | 新增就业人数 | ≥50人 | 50人 | 30 | 30 |  |
| 10 | ^^ | 满意度指标 | 服务对象满意度 | 学员满意度 | ≥90% | 95% | 10 | 10 |  |
| 11 | 总分 | << | << | << | << | << | 100 | 100 |  |
";

#[test]
fn a_budget_that_nobody_filled_in_drives_out_none() {
    assert_eq!(found(PLAIN), nothing());
    assert_eq!(found(&edited(PLAIN, &[("C5", "125"), ("D5", "125")])), ["C02 H5"]);
    for blank in ["—", "0"] {
        assert_eq!(found(&edited(PLAIN, &[("E5", blank)])), nothing(), "{blank}");
    }
    // Filled in, it is the one.
    assert_eq!(found(&edited(PLAIN, &[("C5", "125"), ("E5", "125")])), ["C02 H5"]);
}

#[test]
fn the_title_of_the_block_is_no_target() {
    for (title, year) in [
        ("绩效指标", "（2024年度）"),
        ("年度绩效指标", "（2025年度）"),
        ("绩效目标", "（2025年度）"),
    ] {
        let table = edited(
            PLAIN,
            &[
                ("A2", year),
                ("A6", title),
                ("E6", "年度指标值（2024年）"),
                ("F7", "80人"),
            ],
        );
        assert_eq!(found(&table), ["B02 H7", "E01 H7"], "{title}");
    }
}

#[test]
fn a_total_among_the_names_is_the_total_whatever_stands_beside_it() {
    for (target, actual) in [("", ""), ("100分", "100分"), ("优", "优"), ("4项", "4项")] {
        let table = PLAIN.replace(
            "| 11 | 总分 | << | << | << | << | << | 100 | 100 |  |",
            &format!("| 11 | ^^ |  |  | 总分 | {target} | {actual} | 100 | 98 |  |"),
        );
        assert_eq!(found(&table), ["A01 H11"], "{target}");
    }
}

#[test]
fn a_level_whose_points_the_total_counts_is_an_indicator() {
    let table = edited(
        PLAIN,
        &[
            ("D9", ""),
            ("C9", ""),
            ("E9", ""),
            ("F9", ""),
            ("G9", "20"),
            ("H9", "20"),
            ("B10", ""),
            ("G10", "20"),
            ("H10", "20"),
        ],
    );
    assert!(found(&table).contains(&"D01 E9".to_owned()), "{:?}", found(&table));
}

#[test]
fn a_sum_of_weights_merged_over_both_columns_is_no_score() {
    let table = PLAIN.replace(
        "| 11 | 总分 | << | << | << | << | << | 100 | 100 |  |",
        "| 11 | 合计 | << | << | << | << | << | 100 | << |  |\n| 12 | 自评得分 | << | << | << | << | << | 98 | << |  |",
    );
    assert_eq!(found(&table), ["A11 H11 warning"]);
}
