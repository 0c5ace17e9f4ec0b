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
