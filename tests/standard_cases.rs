//! What each built-in standard makes of a sound table with one thing changed: its own rule, and its neighbours.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::path::Path;

use hebiao::model::TableKind;
use hebiao::read::{Limits, read_workbook};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, check_bytes_with};
use support::tables::{MINISTRY, edited, findings, outline};

/// The ministry's form with some cells replaced, judged by a standard.
fn by(standard: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let table = format!("评价标准：{standard}\n\n{}", edited(MINISTRY, changes));
    outline(&findings(&table))
}

/// What is changed, the cells, and the findings.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

fn each(standard: &str, cases: &[Case<'_>]) {
    for (what, changes, expected) in cases {
        assert_eq!(by(standard, changes), *expected, "{standard}: {what}");
    }
}

/// 114 of 120 executed is 95 %.
const SEVEN: [(&str, &str); 2] = [("I6", "7"), ("H17", "89.5")];

#[test]
fn jiangxi_scores_the_execution_rate_by_its_steps() {
    let rate = |executed: &'static str, rate: &'static str, score: &'static str, total: &'static str| {
        [
            ("F6", executed),
            ("F7", "94"),
            ("F8", "20"),
            ("H6", rate),
            ("I6", score),
            ("H17", total),
        ]
    };
    each("jiangxi", &[("95 % earns 7", &SEVEN, &[])]);
    for (changes, expected) in [
        (rate("114", "95%", "9.5", "92"), vec!["B08 I6"]),
        (rate("114", "95%", "10", "92.5"), vec!["B08 I6"]),
    ] {
        assert_eq!(by("jiangxi", &changes), expected);
    }
    let whole = [
        ("F6", "120"),
        ("F7", "100"),
        ("H6", "100%"),
        ("H7", "100%"),
        ("I6", "10"),
        ("H17", "92.5"),
    ];
    each("jiangxi", &[("all of it earns 10", &whole, &[])]);
}

#[test]
fn a_score_by_the_steps_of_another_standard_is_a_warning_that_names_it() {
    assert_eq!(by("ministry-2020", &SEVEN), ["B08 I6 warning"]);
    let found = findings(&edited(MINISTRY, &SEVEN));
    assert!(found[0].message.contains("（jiangxi）"), "{}", found[0].message);
    assert!(
        found[0].suggestion.contains("--standard jiangxi"),
        "{}",
        found[0].suggestion
    );
    // 8 is nobody's.
    assert_eq!(by("ministry-2020", &[("I6", "8"), ("H17", "90.5")]), ["B08 I6"]);
    let nobodys = findings(&edited(MINISTRY, &[("I6", "8"), ("H17", "90.5")]));
    assert!(!nobodys[0].message.contains("相符"), "{}", nobodys[0].message);
}

#[test]
fn the_rules_of_2018_give_the_second_tier_half_of_the_points_and_inverse_scores_by_ratio() {
    let partly = [
        ("E15", "建成便民服务"),
        ("F15", "部分达成"),
        ("H15", "16"),
        ("H17", "85.5"),
    ];
    assert_eq!(by("ministry-2020", &partly), ["B11 H15"]);
    each("ministry-2018", &[("half of 30 and one", &partly, &[])]);
    let below = [
        ("E15", "建成便民服务"),
        ("F15", "部分达成"),
        ("H15", "14"),
        ("H17", "83.5"),
    ];
    each("ministry-2018", &[("less than half", &below, &["B11 H15"])]);
}

#[test]
fn core_2021_has_a_pass_mark_and_steps_for_satisfaction() {
    let levels = Standard::named("core-2021").unwrap();
    assert_eq!(levels.quantitative().pass_mark.unwrap().to_string(), "0.6");
    // 6 of 8 is 75 %: 30 × (75 − 60) ÷ 40 = 11.25.
    let marked = [("I6", "7"), ("H15", "11.25"), ("H17", "78.25")];
    let found = by("core-2021", &marked);
    assert!(!found.iter().any(|found| found.starts_with('B')), "{found:?}");
    let in_proportion = [("I6", "7"), ("H15", "22.5"), ("H17", "89.5")];
    assert!(by("core-2021", &in_proportion).contains(&"B02 H15".to_owned()));
    // Satisfaction of 85 % earns 8 of 10 whatever the target; in proportion it would be 9.44.
    let eight = [
        ("I6", "7"),
        ("H15", "11.25"),
        ("F16", "85%"),
        ("H16", "8"),
        ("I16", "原因：宣传不够；措施：多走访"),
        ("H17", "76.25"),
    ];
    let found = by("core-2021", &eight);
    assert!(!found.iter().any(|found| found.starts_with('B')), "{found:?}");
    let nine = [
        ("I6", "7"),
        ("H15", "11.25"),
        ("F16", "85%"),
        ("H16", "9.44"),
        ("I16", "原因：宣传不够；措施：多走访"),
        ("H17", "77.69"),
    ];
    assert!(by("core-2021", &nine).contains(&"B02 H16".to_owned()));
}

#[test]
fn zhejiang_allows_more_than_the_budget_and_nothing_of_nothing() {
    let more = [
        ("F6", "126"),
        ("F7", "106"),
        ("H6", "105%"),
        ("H7", "106%"),
        ("I6", "10"),
        ("H17", "92.5"),
    ];
    each("zhejiang", &[("more than the budget", &more, &[])]);
    assert_eq!(by("ministry-2020", &more), ["C05 F6 warning"]);
    let mut over = more;
    over[4] = ("I6", "10.5");
    over[5] = ("H17", "93");
    assert!(!by("zhejiang", &over).is_empty(), "the score never exceeds the points");
}

#[test]
fn zhejiang_counts_what_stands_under_other_spending() {
    // 114 and 6 of 120.
    let with_other = [
        ("D5", "执行数（其他）"),
        ("D6", "6"),
        ("D7", "6"),
        ("D8", "0"),
        ("H6", "100%"),
        ("H7", "100%"),
        ("I6", "10"),
        ("H17", "92.5"),
    ];
    each("zhejiang", &[("counted", &with_other, &[])]);
    let mut less = with_other;
    less[4] = ("H6", "99%");
    less[6] = ("I6", "9.9");
    less[7] = ("H17", "92.4");
    assert_eq!(by("zhejiang", &less), ["C02 H6"], "a rate that is not that of the sum");
    let mut more = with_other;
    more[4] = ("H6", "105%");
    assert_eq!(
        by("zhejiang", &more),
        ["C02 H6"],
        "the column says how much more was spent"
    );
}

#[test]
fn shanxi_gives_a_default_cost_row_at_most_five_points() {
    let cost = |score: &'static str, total: &'static str| {
        [
            ("C14", "成本指标"),
            ("D14", "项目成本"),
            ("E14", "预算内"),
            ("F14", "预算内"),
            ("H14", score),
            ("H17", total),
        ]
    };
    assert_eq!(by("shanxi", &cost("10", "92")), ["G19 D14"]);
    assert_eq!(by("ministry-2020", &cost("10", "92")), ["G19 D14 info"]);
}

#[test]
fn guangxi_takes_off_what_its_column_says() {
    let table =
        edited(MINISTRY, &[("H12", "18"), ("H17", "90"), ("I12", "2")]).replace("偏差原因分析及改进措施", "扣减分");
    let of = |standard: &str| {
        let found = findings(&format!("评价标准：{standard}\n\n{table}"));
        outline(&found)
            .into_iter()
            .filter(|found| found.starts_with('B'))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("guangxi"), Vec::<String>::new());
    assert_eq!(of("ministry-2020"), ["B02 H12"]);
}

#[test]
fn hunan_takes_points_off_by_the_name_of_the_rate() {
    let of = |actual: &'static str, score: &'static str| {
        let changes = [
            ("D12", "在职人员控制率"),
            ("E12", "≤100%"),
            ("F12", actual),
            ("H12", score),
            ("I12", "原因：借调人员未清退；措施：年内清退"),
        ];
        let found = by("hunan-overall", &changes);
        found
            .into_iter()
            .filter(|found| found.starts_with('B'))
            .collect::<Vec<_>>()
    };
    // 20 points: 2 for each point of percent.
    assert_eq!(of("98%", "20"), Vec::<String>::new());
    assert_eq!(of("103%", "14"), Vec::<String>::new());
    assert_eq!(of("103%", "19"), ["B04 H12"]);
    // A point that is only begun may count or not.
    assert_eq!(of("102.5%", "15"), Vec::<String>::new());
    assert_eq!(of("102.5%", "16.5"), ["B04 H12"]);
}

#[test]
fn a_standard_is_picked_by_kind_or_year_only_where_none_is_named() {
    let why = |name: &str, kind, year| Standard::named(name).unwrap().why_picked(kind, year);
    let project = TableKind::ProjectSelfEvaluation;
    assert_eq!(
        why("ministry-2018", project, Some(2019)).as_deref(),
        Some("年度是 2019 年")
    );
    assert_eq!(why("ministry-2018", project, Some(2020)), None);
    assert_eq!(why("ministry-2018", project, None), None);
    assert_eq!(why("department-2020", project, Some(2023)), None);
    assert!(why("department-2020", TableKind::DepartmentEvaluation, None).is_some());
    assert_eq!(why("jiangxi", project, Some(2018)), None);
    let picked = Standard::picked_by_table();
    let names: Vec<&str> = picked.iter().map(|standard| standard.name()).collect();
    assert_eq!(names, ["department-2020", "ministry-2018", "overall-2020"]);

    let ministry = Standard::ministry();
    let bytes = std::fs::read(Path::new("samples/部门评价表-信丰.xlsx")).unwrap();
    let workbook = || read_workbook(&bytes, None, &Limits::default()).unwrap();
    assert_eq!(workbook().sheets.len(), 1);
    let named = CheckOptions::new(ministry);
    let of = |options: &CheckOptions<'_>| {
        let report = check_bytes_with("表.xlsx", &bytes, options).report;
        let rescoring = &report.tables[0].rescoring;
        (rescoring.standard.clone(), rescoring.standard_picked.clone())
    };
    assert_eq!(of(&named), ("ministry-2020".to_owned(), None));
    let mut by_table = CheckOptions::new(ministry);
    by_table.picked = &picked;
    let (name, because) = of(&by_table);
    assert_eq!(name, "department-2020");
    assert!(because.unwrap().contains("部门（财政）评价表"));
}
