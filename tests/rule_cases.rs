//! One thing broken at a time in a sound table: the right finding, at the right cell, and no other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::tables::{COUNTY, MINISTRY, county_put_right, edited, findings, outline};

/// What is broken, the cells changed, and every finding that follows.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

fn each(table: &str, cases: &[Case]) {
    let mut failures = Vec::new();
    for (what, changes, expected) in cases {
        let found = findings(&edited(table, changes));
        if outline(&found) != *expected {
            let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
            failures.push(format!(
                "{what}\n  expected {expected:?}\n  found    {:?}\n  {}",
                outline(&found),
                messages.join("\n  ")
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_countys_table_as_published_gives_its_findings_and_no_other() {
    let found = findings(COUNTY);
    assert_eq!(
        outline(&found),
        [
            "H01 A1 info",
            "A03 F5 info",
            "A04 F6 warning",
            "G13 C20 info",
            "D14 D25 info",
            "D13 C26 warning",
            "D19 D27 info",
            "H11 D27 info",
            "D14 D28 info",
            "D20 E29 info",
            "G14 F29 info",
            "A01 G30"
        ]
    );
}

#[test]
fn the_total_of_the_countys_table_is_explained_by_a_forgotten_deduction() {
    let found = findings(COUNTY);
    let total = found.iter().find(|found| found.code == "A01").unwrap();
    assert_eq!(
        (
            total.declared.as_deref(),
            total.expected.as_deref(),
            total.difference.as_deref()
        ),
        (Some("96"), Some("94"), Some("2"))
    );
    assert_eq!(
        total.message,
        "总分应等于各项得分之和；17 项指标得分相加为 94（满分 100，扣 3 处各 2 分：G15、G22、G25），G30 填的是 96，多 2。\
         资金行的得分无论怎样计入都得不出 96（加上资金行得分 10 分（H5）为 104，资金各行得分（H5、H6）都加上为 114）。\
         只有漏扣 G15、G22、G25 中的一处（2 分），才是 96。"
    );
}

#[test]
fn sound_tables_give_no_finding() {
    each(&county_put_right(), &[("the county's table put right", &[], &[])]);
    each(MINISTRY, &[("the ministry's form", &[], &[])]);
}

#[test]
fn a_broken_total_is_one_finding() {
    each(
        &county_put_right(),
        &[
            ("one point too many", &[("G30", "95")], &["A01 G30"]),
            ("all weights for scores", &[("G30", "100")], &["A01 G30"]),
            ("a total in another grade", &[("G30", "89")], &["A01 G30"]),
            ("total weight", &[("F30", "99")], &["A02 F30"]),
        ],
    );
    each(
        MINISTRY,
        &[
            ("the execution points left out", &[("H17", "82.5")], &["A01 H17"]),
            ("a total left blank", &[("H17", "")], &["A11 H17 warning"]),
            (
                "a total weight without the fund block's points, under a score with them",
                &[("G17", "90")],
                &["A02 G17"],
            ),
        ],
    );
}

#[test]
fn a_form_without_a_project_name_is_one_finding_at_its_title() {
    each(
        MINISTRY,
        &[(
            "neither label nor value",
            &[("A3", ""), ("B3", "")],
            &["H01 A1 warning"],
        )],
    );
}

#[test]
fn a_table_without_an_indicator_read_is_one_warning_at_what_was_not_read() {
    each(
        MINISTRY,
        &[(
            "the label of another row before all indicators",
            &[("B12", "自评等级"), ("A17", "")],
            &["R04 D12 warning"],
        )],
    );
}

#[test]
fn a_broken_weight_is_one_finding_at_the_level_that_declares_it() {
    each(
        &county_put_right(),
        &[
            ("a weight below its score", &[("F13", "2")], &["A05 A13"]),
            ("a weight above its full score", &[("F13", "5")], &["A05 A13"]),
            ("a weight whose row stays sound", &[("F15", "4")], &["A05 A13"]),
            ("a quantitative row's weight", &[("F29", "16")], &["A05 A28"]),
            ("a level's own weight", &[("A13", "项目决策（25分）")], &["A05 A13"]),
            (
                "a row's weight and score together",
                &[("F13", "5"), ("G13", "5"), ("G30", "96")],
                &["A05 A13"],
            ),
        ],
    );
}

#[test]
fn a_weight_too_high_by_the_fund_points_does_not_move_them_out_of_the_hundred() {
    let weights = [
        ("B12", "产出指标（50分）"),
        ("B15", "效益指标（30分）"),
        ("B16", "满意度指标（10分）"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [weights.as_slice(), more].concat();
    assert_eq!(outline(&findings(&edited(MINISTRY, &with(&[])))), [""; 0]);
    assert_eq!(
        outline(&findings(&edited(MINISTRY, &with(&[("G12", "30")])))),
        ["A05 B12"]
    );
}

#[test]
fn a_broken_weight_without_levels_is_one_finding_at_the_total() {
    each(
        MINISTRY,
        &[
            ("a weight above its full score", &[("G12", "25")], &["A02 G17"]),
            ("a weight below its score", &[("G16", "8")], &["A02 G17"]),
            (
                "weights that the total follows",
                &[("G12", "25"), ("G17", "105")],
                &["A17 G17"],
            ),
            ("no printed total weight", &[("G12", "25"), ("G17", "")], &["A17 G11"]),
        ],
    );
}

#[test]
fn a_broken_score_is_one_finding_and_the_total_follows_it() {
    each(
        &county_put_right(),
        &[
            ("above its weight", &[("G13", "4")], &["A09 G13"]),
            ("above its weight, summed", &[("G13", "4"), ("G30", "95")], &["A09 G13"]),
            ("below its band", &[("G13", "2")], &["B11 G13"]),
            ("negative", &[("G15", "-2")], &["A10 G15"]),
            ("blank", &[("G13", "")], &["A11 G13"]),
            ("less than full without need", &[("G24", "6")], &["B02 G24"]),
            ("in its band without a reason", &[("H15", "")], &["E01 G15"]),
            ("in its band with 无 for a reason", &[("H15", "无")], &["E01 G15"]),
            ("cost at its limit, not full", &[("G27", "7")], &["B04 G27"]),
            (
                "above its weight and the total beyond all reason",
                &[("G13", "4"), ("G30", "80")],
                &["A09 G13", "A01 G30"],
            ),
        ],
    );
    each(
        MINISTRY,
        &[
            ("execution rounded up", &[("I6", "10"), ("H17", "92.5")], &["B08 I6"]),
            ("execution above its weight", &[("I6", "11")], &["A09 I6"]),
            ("execution blank", &[("I6", "")], &["A11 I6"]),
            ("percentage taken for the rate", &[("H16", "9.3")], &["B16 H16"]),
        ],
    );
}

#[test]
fn a_broken_fund_block_is_one_finding() {
    each(
        MINISTRY,
        &[
            ("the total's executed", &[("F6", "110")], &["C01 F6"]),
            ("a part's executed", &[("F7", "90")], &["C01 F6"]),
            ("the total's budget", &[("E6", "130")], &["C01 E6"]),
            ("the fund row's weight", &[("G6", "8")], &["A02 G17"]),
            ("the initial budget", &[("D6", "90")], &["C01 D6"]),
            ("the total's amount blank", &[("F6", "")], &["C01 F6"]),
            ("the total's rate", &[("H6", "100%")], &["C02 H6"]),
            (
                "the total's rate, and its score by it",
                &[("H6", "100%"), ("I6", "10"), ("H17", "92.5")],
                &["C02 H6"],
            ),
            (
                "a rate at its printed precision",
                &[("F7", "93.8"), ("F8", "20.2"), ("H8", "101%")],
                &["C05 F8 warning"],
            ),
            (
                "the other fund row repeats the points",
                &[("G8", "10"), ("I8", "10")],
                &["A04 G8 warning"],
            ),
        ],
    );
    each(
        &edited(
            MINISTRY,
            &[
                ("B7", "资金来源：（1）财政拨款"),
                ("D7", "100"),
                ("E7", "120"),
                ("F7", "114"),
                ("H7", "95%"),
                ("B8", "资金结构：（1）项目支出"),
                ("D8", "100"),
                ("E8", "120"),
                ("F8", "114"),
                ("H8", "95%"),
            ],
        ),
        &[
            ("the money divided by source and by kind of spending", &[], &[]),
            ("an amount of the second breakdown", &[("D8", "110")], &["C01 D6"]),
        ],
    );
    each(
        &county_put_right(),
        &[
            ("the total's executed", &[("E5", "200")], &["C01 E5"]),
            ("the rate", &[("G5", "90%")], &["C02 G5"]),
            (
                "executed above the budget everywhere",
                &[
                    ("E5", "210"),
                    ("E6", "210"),
                    ("G5", "101%"),
                    ("G6", "101%"),
                    ("E20", "101%"),
                ],
                &["C05 E5 warning"],
            ),
            ("the indicator's rate", &[("E20", "90%")], &["G21 E20"]),
            (
                "the indicator's rate, and its score by it",
                &[("E20", "90%"), ("G20", "2.7"), ("H20", "原因：结余"), ("G30", "93.7")],
                &["G21 E20"],
            ),
        ],
    );
}

#[test]
fn an_amount_in_another_unit_is_one_finding() {
    each(
        MINISTRY,
        &[
            ("one part in yuan", &[("D7", "1000000")], &["C11 D7"]),
            (
                "executed in yuan, under a rate that says otherwise",
                &[("F6", "1140000"), ("F7", "940000"), ("F8", "200000")],
                &["C11 F6"],
            ),
            ("the total alone in yuan", &[("E6", "1200000")], &["C11 E6"]),
            (
                "a whole column in yuan",
                &[("D6", "1200000"), ("D7", "1000000"), ("D8", "200000")],
                &["C11 D6"],
            ),
            (
                "a whole column in 亿元, where one row lacks its third amount",
                &[("F6", "0.0114"), ("F7", "0.0094"), ("F8", "0.002")],
                &["C11 F6"],
            ),
        ],
    );
}

#[test]
fn a_rate_on_the_initial_budget_is_one_finding_with_the_score_that_follows() {
    each(
        MINISTRY,
        &[
            (
                "rate and score on the initial budget",
                &[
                    ("F6", "96"),
                    ("F7", "76"),
                    ("H6", "96%"),
                    ("H7", "76%"),
                    ("I6", "9.6"),
                    ("H17", "92.1"),
                ],
                &["C03 H6"],
            ),
            (
                "the score by the annual budget",
                &[
                    ("F6", "96"),
                    ("F7", "76"),
                    ("H6", "96%"),
                    ("H7", "76%"),
                    ("I6", "8"),
                    ("H17", "90.5"),
                ],
                &["C03 H6"],
            ),
        ],
    );
}

#[test]
fn a_budget_of_nothing_is_one_finding() {
    each(
        MINISTRY,
        &[
            (
                "points without any money",
                &[
                    ("D6", "0"),
                    ("E6", "0"),
                    ("F6", "0"),
                    ("H6", ""),
                    ("I6", "10"),
                    ("D7", "0"),
                    ("E7", "0"),
                    ("F7", "0"),
                    ("H7", ""),
                    ("D8", "0"),
                    ("E8", "0"),
                    ("F8", "0"),
                    ("H8", ""),
                    ("H17", "92.5"),
                ],
                &["C07 I6 warning"],
            ),
            (
                "money spent of no budget",
                &[
                    ("E6", "0"),
                    ("E7", "0"),
                    ("E8", "0"),
                    ("H6", ""),
                    ("H7", ""),
                    ("H8", ""),
                ],
                &["C07 E6"],
            ),
        ],
    );
}

#[test]
fn amounts_in_the_goals_are_compared_at_the_decimals_they_show() {
    each(
        MINISTRY,
        &[
            ("the same", &[("F10", "支出114万元")], &[]),
            ("in yuan", &[("F10", "支出1140000元")], &[]),
            ("another amount", &[("F10", "其中机械费50万元、人工64万元")], &[]),
            ("a rough one", &[("F10", "支出约113.9万元")], &[]),
            ("no money", &[("F10", "惠及113.9万人，栽树113.9万株")], &[]),
            (
                "a slip",
                &[
                    ("F7", "94.2"),
                    ("H7", "94.2%"),
                    ("F8", "19.8"),
                    ("H8", "99%"),
                    ("B10", "投入119.8万元养护农村公路20公里"),
                ],
                &["C12 B10 info"],
            ),
            (
                "a slip in yuan",
                &[
                    ("F7", "94.2"),
                    ("H7", "94.2%"),
                    ("F8", "19.8"),
                    ("H8", "99%"),
                    ("F10", "支出1,138,900元"),
                ],
                &["C12 F10 info"],
            ),
            (
                "the same in whole 万元, as the fund block is written",
                &[("B10", "投入119.8万元养护农村公路20公里"), ("F10", "支出1,139,900元")],
                &[],
            ),
        ],
    );
}

#[test]
fn things_that_may_fall_below_zero_may() {
    each(
        MINISTRY,
        &[
            ("a count", &[("F15", "-6个")], &["B07 F15 warning"]),
            (
                "a change",
                &[
                    ("D15", "产值增幅"),
                    ("E15", "≥8%"),
                    ("F15", "-6%"),
                    ("H15", "0"),
                    ("H17", "69.5"),
                ],
                &[],
            ),
        ],
    );
}

#[test]
fn a_broken_subtotal_is_one_finding_and_a_total_that_carries_it_on_none() {
    let page = hebiao::rules::find("A07").unwrap().page;
    let sound = support::rule_page::section(page, "正确示例").unwrap();
    each(
        sound,
        &[
            ("sound", &[], &[]),
            ("its score", &[("H15", "48")], &["A07 H15"]),
            ("its weight", &[("G15", "40")], &["A07 G15"]),
            (
                "its score, and the total made of it",
                &[("H15", "48"), ("H20", "90")],
                &["A07 H15"],
            ),
            (
                "a total of its own mind",
                &[("H15", "48"), ("H20", "95")],
                &["A07 H15", "A01 H20"],
            ),
            ("with the points for spending", &[("H15", "59.5")], &[]),
            ("counted from the top", &[("H17", "72.5"), ("G17", "80")], &[]),
            ("a row's score is wrong", &[("H12", "19")], &["B02 H12"]),
            ("named after its level", &[("B15", "产出指标得分")], &[]),
            (
                "named after its level, and wrong",
                &[("B15", "产出指标得分"), ("H15", "48")],
                &["A07 H15"],
            ),
            (
                "the points of the execution again",
                &[("B19", "预算执行率得分"), ("H19", "9.5")],
                &[],
            ),
            (
                "other points of the execution than the funds have",
                &[("B19", "预算执行率得分"), ("H19", "9")],
                &["A07 H19"],
            ),
        ],
    );
}

#[test]
fn missing_values_are_found_once() {
    each(
        &county_put_right(),
        &[
            ("a target", &[("D13", "")], &["D01 D13"]),
            ("a target that is a placeholder", &[("D13", "/")], &["D01 D13"]),
            ("an actual", &[("E13", "")], &["B21 G13"]),
            (
                "those of the spending, which the funds tell",
                &[("C13", "县级资金执行率"), ("D13", ""), ("E13", "")],
                &[],
            ),
            ("actual and score", &[("E13", ""), ("G13", "")], &["D02 E13"]),
            ("words for a count", &[("E24", "完成")], &["B20 E24"]),
            ("the project's name", &[("C2", "")], &["H01 A2 warning"]),
            ("the unit", &[("G3", "")], &["H01 F3 warning"]),
        ],
    );
}

#[test]
fn grades_are_judged_by_the_recomputed_total() {
    each(
        &county_put_right(),
        &[
            ("a lower grade", &[("C31", "优□良☑中□差□")], &["F01 C31"]),
            ("no grade", &[("C31", "优□良□中□差□")], &["F04 C31"]),
            ("two grades", &[("C31", "优☑良☑中□差□")], &["F04 C31"]),
            (
                "a wrong total and the grade of the right one",
                &[("G30", "84")],
                &["A01 G30"],
            ),
        ],
    );
}

#[test]
fn reading_faults_silence_what_sums_over_them() {
    each(
        &county_put_right(),
        &[
            ("an error value for a score", &[("G13", "#REF!")], &["R01 G13"]),
            (
                "an error value for a score, and the total's",
                &[("G13", "#REF!"), ("G30", "#REF!")],
                &["R01 G13"],
            ),
            ("an error value for a merged level", &[("B15", "#N/A")], &["R01 B15"]),
            ("an error value for the project's name", &[("C2", "#N/A")], &["R01 C2"]),
            ("an error value for a weight", &[("F13", "#VALUE!")], &["R01 F13"]),
            ("an error value for an actual", &[("E13", "#N/A")], &["R01 E13"]),
            (
                "a total formula never calculated",
                &[("G30", "{=SUM(G13:G29)}")],
                &["R02 G30"],
            ),
            ("a score kept as text", &[("G13", "'3")], &["A14 G13 info"]),
        ],
    );
}

#[test]
fn wording_that_means_something_else_is_left_alone() {
    each(
        MINISTRY,
        &[
            (
                "a scoring rule quoted in the reason",
                &[("I15", "原因：每少一个村扣3.75分，两个村改线；措施：明年补齐")],
                &[],
            ),
            (
                "a deduction and its parts",
                &[("I15", "原因：共扣7.5分，其中东村扣3.75分、西村扣3.75分；措施：明年补齐")],
                &[],
            ),
            ("complaints that are dealt with", &[("D16", "投诉处理率")], &[]),
            (
                "a deadline of a project over several years",
                &[("E14", "2024年6月30日前")],
                &[],
            ),
            (
                "a cost saved",
                &[
                    ("C14", "成本指标"),
                    ("D14", "养护成本节约额"),
                    ("E14", "≥5万元"),
                    ("F14", "6万元"),
                ],
                &[],
            ),
            (
                "what was left from the year before",
                &[("I12", "上年未完成的2公里已并入本年")],
                &[],
            ),
            (
                "a numbered list",
                &[("F10", "1）养护农村公路20公里；2）年底前完工")],
                &[],
            ),
            (
                "a reason that refers to the one above",
                &[("F16", "81%"), ("H16", "9"), ("I16", "同上"), ("H17", "91")],
                &[],
            ),
        ],
    );
}

#[test]
fn wording_against_figures_is_one_finding() {
    each(
        MINISTRY,
        &[
            (
                "a deduction admitted and not made",
                &[("I12", "原因：2公里未完成，扣2分；措施：补齐")],
                &["E12 H12"],
            ),
            ("errors wanted", &[("D13", "差错率")], &["D09 E13 warning"]),
            (
                "a limit that is none, and overspent",
                &[
                    ("C14", "成本指标"),
                    ("D14", "每公里养护成本"),
                    ("E14", "≥5万元"),
                    ("F14", "8万元"),
                ],
                &["D08 E14 warning"],
            ),
            (
                "more than everybody is content",
                &[("F16", "130%")],
                &["D06 F16 warning"],
            ),
            ("last year's deadline", &[("E14", "2022年底前")], &["D11 E14"]),
            ("a phrase for a reason", &[("I15", "客观原因")], &["E06 I15 info"]),
            ("no reason", &[("I15", "无")], &["E01 H15"]),
        ],
    );
}

#[test]
fn targets_that_measure_nothing_are_one_finding_each() {
    each(
        MINISTRY,
        &[
            (
                "no units in two rows",
                &[("E12", "≥20"), ("F12", "20"), ("E15", "≥8"), ("F15", "6")],
                &["D04 E12 info"],
            ),
            (
                "no sign in one rate of two",
                &[("E13", "≥95"), ("F13", "100")],
                &["H12 E13 info", "H12 F13 info"],
            ),
            (
                "no sign in any rate",
                &[("E13", "≥95"), ("F13", "100"), ("E16", "≥90"), ("F16", "93")],
                &["D04 E13 info"],
            ),
            ("a unit on one side", &[("F12", "20")], &[]),
            (
                "a unit in the name",
                &[("D12", "养护里程（公里）"), ("E12", "≥20"), ("F12", "20")],
                &[],
            ),
            (
                "a counter in the name",
                &[("D15", "受益户数"), ("E15", "≥8"), ("F15", "6")],
                &[],
            ),
            ("an index", &[("D12", "路况指数"), ("E12", "≥90"), ("F12", "92")], &[]),
            (
                "nothing at all",
                &[("D12", "安全事故"), ("E12", "0"), ("F12", "0")],
                &[],
            ),
            (
                "signs in two actuals",
                &[("F12", "≥20公里"), ("F16", "90%以上")],
                &["D07 F12 info"],
            ),
            ("a deadline in an actual", &[("F14", "12月底前")], &[]),
            (
                "a limit of time kept throughout",
                &[("D14", "抢修时间"), ("E14", "24小时内"), ("F14", "24小时内")],
                &[],
            ),
            ("an equals sign", &[("F12", "=20公里")], &[]),
        ],
    );
    let met = |changes: &[(&'static str, &'static str)]| {
        let all = [
            ("E13", "100%"),
            ("E14", "12月10日"),
            ("F15", "8个"),
            ("E15", "8个"),
            ("H15", "30"),
            ("I15", ""),
            ("E16", "93%"),
            ("E12", "20公里"),
            ("H17", "99.5"),
        ];
        outline(&findings(&edited(MINISTRY, &[all.as_slice(), changes].concat())))
    };
    assert_eq!(met(&[]), ["D16 F16 info"]);
    assert_eq!(met(&[("E16", "100%"), ("F16", "100%")]), [""; 0], "all wholly met");
    assert_eq!(met(&[("F12", "21公里")]), [""; 0], "one row differs");
}

#[test]
fn words_for_what_could_be_counted_are_one_finding() {
    let full = |more: &[(&'static str, &'static str)]| {
        let all = [("H15", "30"), ("I15", ""), ("H17", "99.5")];
        outline(&findings(&edited(MINISTRY, &[more, all.as_slice()].concat())))
    };
    for (name, target, actual, expected) in [
        ("村民人均收入", "稳步提高", "稳步提高", vec!["D15 E15 info"]),
        ("村民人均收入", "较上年提高", "较上年提高", vec![]),
        ("村民人均收入", "增长5%", "增长6%", vec![]),
        ("村民出行条件", "明显改善", "明显改善", vec![]),
        ("村民人均收入", "基本实现增长", "基本实现增长", vec!["D14 E15 info"]),
        ("促进沿线村庄发展", "≥95%", "95%", vec!["D18 E15 info"]),
        ("促进沿线村庄发展", "95%", "96%", vec!["D18 E15 info"]),
        ("提高通行速度", "≥20%", "21%", vec![]),
        ("提升通行效率", "≥90%", "91%", vec!["D18 E15 info"]),
        ("提升道路完好率", "≥95%", "96%", vec![]),
        ("促进沿线村庄发展", "≥95%", "问卷调查96%", vec![]),
    ] {
        assert_eq!(
            full(&[("D15", name), ("E15", target), ("F15", actual)]),
            expected,
            "{name} {target}"
        );
    }
    each(
        MINISTRY,
        &[
            (
                "words under 数量",
                &[("E12", "完成养护"), ("F12", "完成养护")],
                &["D17 E12 info"],
            ),
            (
                "an answer under 数量",
                &[("E12", "是"), ("F12", "是")],
                &["D17 E12 info"],
            ),
            (
                "a numeral under 数量",
                &[("E12", "养护二十公里"), ("F12", "养护二十公里")],
                &[],
            ),
            ("words under 质量", &[("E13", "全部合格"), ("F13", "全部合格")], &[]),
        ],
    );
}

#[test]
fn outputs_and_costs_that_the_form_asks_for_are_missed_once() {
    let cost = [
        ("C14", "成本指标"),
        ("D14", "每公里造价"),
        ("E14", "≤6万元"),
        ("F14", "5.7万元"),
    ];
    each(
        MINISTRY,
        &[
            (
                "no quality",
                &[
                    ("C13", "时效指标"),
                    ("D13", "开工时间"),
                    ("E13", "3月底前"),
                    ("F13", "3月20日"),
                ],
                &["G06 C11 info"],
            ),
            ("no quantity", &[("C12", "质量指标")], &["G06 C11 info"]),
            ("a purchase without a cost", &[("B3", "养护设备购置")], &["G07 B3 info"]),
            ("a subsidy for a purchase", &[("B3", "养护设备购置补贴")], &[]),
            ("a service", &[("B3", "政府购买养护服务")], &[]),
        ],
    );
    let with = |more: &[(&'static str, &'static str)]| outline(&findings(&edited(MINISTRY, &[&cost, more].concat())));
    assert_eq!(with(&[("B3", "养护设备购置")]), [""; 0]);
    assert_eq!(
        outline(&findings(&edited(
            MINISTRY,
            &[
                ("B3", "养护设备购置"),
                ("D13", "购置总额"),
                ("E13", "≤110万元"),
                ("F13", "108万元"),
            ]
        ))),
        [""; 0],
        "a limit of money is a cost by any name"
    );
}

#[test]
fn spending_is_weighed_once() {
    each(
        &county_put_right(),
        &[
            ("the rate as an indicator alone", &[], &[]),
            (
                "beside a cost that is the budget",
                &[("D27", "≤208万元")],
                &["G13 C20 info", "D19 D27 info"],
            ),
        ],
    );
}

#[test]
fn totals_of_two_grades_are_named_in_the_one_finding() {
    let message = |total: &str| {
        let found = findings(&edited(&county_put_right(), &[("G30", total)]));
        assert_eq!(outline(&found), ["A01 G30"], "{total}");
        found[0].message.clone()
    };
    assert!(message("89").ends_with("两个总分不在同一等次：89 为“良”，94 为“优”，应优先核对。"));
    assert!(!message("95").contains("等次"));
}

#[test]
fn a_target_exceeded_several_times_is_one_finding_when_its_reason_blames_it() {
    let exceeded = |more: &[(&'static str, &'static str)]| {
        let all = [("F15", "20个"), ("H15", "30"), ("H17", "99.5")];
        outline(&findings(&edited(MINISTRY, &[all.as_slice(), more].concat())))
    };
    assert_eq!(exceeded(&[("I15", "年初指标值偏低")]), ["D21 F15 info"]);
    assert_eq!(exceeded(&[("I15", "")]), ["B18 F15 warning"], "unexplained");
    assert_eq!(exceeded(&[("I15", "上级新增任务")]), [""; 0], "another reason");
    assert_eq!(
        exceeded(&[("I15", "工程报价较低，按计划外增加")]),
        [""; 0],
        "low prices are no low target"
    );
    assert_eq!(
        exceeded(&[("I15", "指标值偏低"), ("F15", "12个")]),
        [""; 0],
        "half as much again"
    );
    assert_eq!(
        exceeded(&[("I15", "指标值偏低"), ("E15", "≥1个"), ("F15", "2个")]),
        [""; 0],
        "one more of one"
    );
    assert_eq!(
        exceeded(&[("I11", ""), ("I15", "")]),
        ["D21 F15 info"],
        "a form without a column for reasons"
    );
}

#[test]
fn quantity_and_quality_that_contradict_each_other_are_one_finding() {
    const ZERO: &[(&str, &str)] = &[
        ("F13", "0%"),
        ("H13", "0"),
        ("I13", "原因：全部返工；措施：重做"),
        ("H17", "72"),
    ];
    each(
        MINISTRY,
        &[
            ("nothing up to standard", ZERO, &["D22 F13 info"]),
            (
                "less than the whole of both",
                &[
                    ("F12", "10公里"),
                    ("H12", "10"),
                    ("I12", "原因：雨季停工；措施：补做"),
                    ("F13", "0%"),
                    ("H13", "0"),
                    ("I13", "原因：全部返工；措施：重做"),
                    ("H17", "62"),
                ],
                &[],
            ),
            (
                "none of what is bad",
                &[("D13", "返工率"), ("E13", "≤1%"), ("F13", "0%")],
                &[],
            ),
        ],
    );
}

#[test]
fn an_indicator_in_the_wrong_place_is_one_finding() {
    each(
        MINISTRY,
        &[
            (
                "money as a quantity",
                &[("D12", "发放补贴"), ("E12", "≥100万元"), ("F12", "100万元")],
                &["G05 D12 info"],
            ),
            (
                "payments as a quantity",
                &[("D12", "补助资金拨付率"), ("E12", "100%"), ("F12", "100%")],
                &["G05 D12 info"],
            ),
            (
                "a deadline as a quality",
                &[
                    ("D13", "完工时间"),
                    ("E13", "11月底前"),
                    ("F13", "11月20日"),
                    ("D14", "资料归档时间"),
                ],
                &["G05 D13 info"],
            ),
            (
                "loans as a quantity",
                &[("D12", "贴息贷款规模"), ("E12", "≥100万元"), ("F12", "100万元")],
                &[],
            ),
            (
                "earnings as a quantity",
                &[("D12", "带动村集体收入"), ("E12", "≥100万元"), ("F12", "100万元")],
                &["G05 D12 info"],
            ),
            ("completion as a quality", &[("D13", "任务完成率")], &["G05 D13 info"]),
            ("mending as a quality", &[("D13", "问题整改完成率")], &[]),
            (
                "a share as a quantity",
                &[("D12", "管护覆盖率"), ("E12", "≥90%"), ("F12", "92%")],
                &[],
            ),
            (
                "a duration as a quantity",
                &[("D12", "巡查天数"), ("E12", "≥200天"), ("F12", "210天")],
                &[],
            ),
            (
                "one result as output and benefit",
                &[
                    ("D12", "受益村庄数量"),
                    ("E12", "≥8个"),
                    ("F12", "8个"),
                    ("F15", "8个"),
                    ("H15", "30"),
                    ("I15", ""),
                    ("H17", "99.5"),
                ],
                &["G11 D15 info"],
            ),
            (
                "rates that agree by chance",
                &[
                    ("D12", "道路养护"),
                    ("E12", "100%"),
                    ("F12", "100%"),
                    ("D15", "受益道路养护"),
                    ("E15", "100%"),
                    ("F15", "100%"),
                    ("H15", "30"),
                    ("I15", ""),
                    ("H17", "99.5"),
                ],
                &[],
            ),
            (
                "another number of the same",
                &[("D12", "受益村庄数量"), ("E12", "≥10个"), ("F12", "10个")],
                &[],
            ),
        ],
    );
}

#[test]
fn people_of_another_project_are_one_finding() {
    let disabled = |more: &[(&'static str, &'static str)]| {
        outline(&findings(&edited(
            MINISTRY,
            &[&[("B3", "残疾人出行道路改造")], more].concat(),
        )))
    };
    assert_eq!(disabled(&[("D16", "老年人满意度")]), ["G12 D16 info"]);
    assert_eq!(disabled(&[("D16", "残疾人满意度")]), [""; 0]);
    assert_eq!(disabled(&[("D16", "村民满意度")]), [""; 0]);
    assert_eq!(
        disabled(&[("D16", "老年人满意度"), ("D15", "受益养老院")]),
        [""; 0],
        "two of a kind"
    );
    assert_eq!(
        disabled(&[("D16", "老年人满意度"), ("F10", "养护农村公路20公里，方便老人出行")]),
        [""; 0],
        "told in the goals"
    );
    assert_eq!(disabled(&[("D16", "残疾老人满意度")]), [""; 0], "some of its own");
    assert_eq!(
        outline(&findings(&edited(MINISTRY, &[("D16", "老年人满意度")]))),
        [""; 0],
        "a project for everybody"
    );
}

#[test]
fn money_that_the_text_tells_of_is_missed_once() {
    let same = [("D6", "120"), ("D7", "100"), ("D8", "20")];
    let told = |text: &'static str| {
        outline(&findings(&edited(
            MINISTRY,
            &[same.as_slice(), &[("F10", text)]].concat(),
        )))
    };
    assert_eq!(told("年中追加20万元，养护公路20公里"), ["C13 D6 info"]);
    assert_eq!(told("年中未追加预算，养护公路20公里"), [""; 0]);
    assert_eq!(told("养护公路20公里"), [""; 0]);
    let empty = [
        ("E6", "100"),
        ("E8", ""),
        ("F6", "95"),
        ("F7", "95"),
        ("F8", ""),
        ("D8", ""),
        ("H7", "95%"),
        ("H8", ""),
    ];
    let carried = |text: &'static str| {
        outline(&findings(&edited(
            MINISTRY,
            &[empty.as_slice(), &[("F10", text)]].concat(),
        )))
    };
    assert_eq!(carried("上年结转资金20万元，养护公路20公里"), ["C14 E8 info"]);
    assert_eq!(carried("无上年结转，养护公路20公里，支出95万元"), [""; 0]);
    assert_eq!(carried("上年结转0万元"), [""; 0]);
}

#[test]
fn results_that_cost_nothing_are_one_finding() {
    let little = [
        ("F6", "0.12"),
        ("F7", "0.12"),
        ("F8", "0"),
        ("H6", "0.1%"),
        ("H7", "0.12%"),
        ("H8", "0%"),
        ("I6", "0.01"),
        ("H17", "82.51"),
    ];
    let with = |more: &[(&'static str, &'static str)]| {
        outline(&findings(&edited(MINISTRY, &[little.as_slice(), more].concat())))
    };
    assert_eq!(with(&[]), ["C18 F6 warning"]);
    assert_eq!(
        with(&[
            ("F12", "10公里"),
            ("H12", "10"),
            ("I12", "原因：停工；措施：补做"),
            ("H17", "72.51")
        ]),
        ["C17 F6 info"],
        "not all was delivered"
    );
    assert_eq!(
        with(&[
            ("F6", "0"),
            ("F7", "0"),
            ("H6", "0%"),
            ("H7", "0%"),
            ("I6", "0"),
            ("H17", "82.5")
        ]),
        ["C20 F6 warning"],
        "nothing was paid at all"
    );
    assert_eq!(
        with(&[
            ("F6", "6"),
            ("F7", "6"),
            ("H6", "5%"),
            ("H7", "6%"),
            ("I6", "0.5"),
            ("H17", "83")
        ]),
        ["C17 F6 info"],
        "little, but not nothing"
    );
}

#[test]
fn an_adjustment_beside_the_budgets_is_added_up() {
    let column = [
        ("C5", "年初预算数"),
        ("D5", "年中调整数"),
        ("C6", "100"),
        ("D6", "20"),
        ("C7", "100"),
        ("D7", "0"),
        ("C8", "0"),
        ("D8", "20"),
    ];
    let with = |more: &[(&'static str, &'static str)]| {
        outline(&findings(&edited(MINISTRY, &[column.as_slice(), more].concat())))
    };
    assert_eq!(with(&[]), [""; 0]);
    assert_eq!(with(&[("D6", "15")]), ["C08 E6"]);
    assert_eq!(
        with(&[("D6", "15"), ("D8", "15")]),
        ["C08 E6"],
        "the total because of the part"
    );
    assert_eq!(with(&[("D8", "15")]), ["C08 E8"], "the part alone");
    assert_eq!(with(&[("D6", "20万元")]), [""; 0]);
    assert_eq!(with(&[("D6", ""), ("D7", ""), ("D8", "")]), [""; 0]);
    assert_eq!(with(&[("D5", "调整金额（B）")]), [""; 0]);
    assert_eq!(
        with(&[("C6", "140"), ("C7", "140"), ("D6", "-20"), ("D7", "-40"), ("D8", "20")]),
        [""; 0],
        "a cut"
    );
}

#[test]
fn a_standard_of_ones_own_moves_the_limits() {
    let under = |standard: &str, changes: &[(&'static str, &'static str)]| {
        let table = edited(MINISTRY, changes);
        let own = format!("{table}\n```toml\nextends = \"ministry-2020\"\nname = \"own\"\n{standard}\n```\n");
        outline(&findings(&own))
    };
    let exceeded = [("F15", "20个"), ("H15", "30"), ("I15", "指标值偏低"), ("H17", "99.5")];
    assert_eq!(
        under("[over_achievement]\nset_too_low = 2", &exceeded),
        ["D21 F15 info"]
    );
    assert_eq!(under("[over_achievement]\nset_too_low = 3", &exceeded), [""; 0]);
    let unspent = [
        ("F6", "6"),
        ("F7", "6"),
        ("F8", "0"),
        ("H6", "5%"),
        ("H7", "6%"),
        ("H8", "0%"),
        ("I6", "0.5"),
        ("H17", "83"),
    ];
    assert_eq!(under("[execution]\nhardly_spent = 0.1", &unspent), ["C18 F6 warning"]);
    assert_eq!(under("indicators_at_most = 4", &[]), ["G09 D11 info"]);
    assert_eq!(under("indicators_at_least = 6", &[]), ["G09 D11 info"]);
    assert_eq!(under("[severity]\nG09 = \"off\"\n", &[]), [""; 0]);
}

#[test]
fn a_form_that_was_not_filled_in_is_one_finding() {
    let blank: Vec<(&str, &str)> = ["12", "13", "14", "15", "16"]
        .iter()
        .flat_map(|row| [("F", row), ("H", row), ("I", row)])
        .map(|(column, row)| (&*Box::leak(format!("{column}{row}").into_boxed_str()), ""))
        .chain([
            ("I6", ""),
            ("H17", ""),
            ("H6", ""),
            ("F6", ""),
            ("F7", ""),
            ("H7", ""),
            ("F8", ""),
            ("H8", ""),
        ])
        .collect();
    assert_eq!(outline(&findings(&edited(MINISTRY, &blank))), ["D23 F11"]);
}

/// What people and broken files leave in cells.
const ODDITIES: [&str; 22] = [
    "",
    "/",
    "……",
    "0",
    "-5",
    "99999999999999999999999999",
    "-99999999999999999999999999",
    "0.0000000000000000000001",
    "100%",
    "999999999%",
    "#REF!",
    "{=A1}",
    "'12",
    "完成",
    "基本完成",
    "≥99999999999999999999999999%",
    "≤0",
    "无",
    "2023年12月31日",
    "优☑良☑中□差□",
    "（20分）",
    "1/3",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    #[test]
    fn no_content_makes_the_rules_panic_or_lose_their_order(
        use_county in proptest::bool::ANY,
        changes in proptest::collection::vec((0..8_u8, 1..33_usize, 0..ODDITIES.len()), 1..6),
    ) {
        let table = if use_county { COUNTY } else { MINISTRY };
        let cells: Vec<(String, &str)> = changes
            .iter()
            .map(|&(column, row, odd)| (column, if use_county { row } else { row.min(17) }, odd))
            .map(|(column, row, odd)| (format!("{}{row}", char::from(b'A' + column)), ODDITIES[odd]))
            .filter(|(cell, _)| !is_merged_away(table, cell))
            .collect();
        let changes: Vec<(&str, &str)> = cells.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
        let table = edited(table, &changes);
        let workbook = support::markdown_table::workbook(&table);
        for reading in &hebiao::layout::read_tables(&workbook).tables {
            let standard = hebiao::standard::Standard::ministry();
            let rescoring = hebiao::rescore::rescore(&reading.evaluation, &reading.places, standard);
            let found = hebiao::rules::check(reading, workbook.format, &rescoring, standard);
            let places: Vec<_> = found.iter().map(|found| (found.cell, found.code.clone())).collect();
            let mut sorted = places.clone();
            sorted.sort();
            sorted.dedup();
            proptest::prop_assert_eq!(places, sorted);
        }
    }
}

fn is_merged_away(table: &str, cell: &str) -> bool {
    let line = table
        .lines()
        .find(|line| line.starts_with(&format!("| {} ", &cell[1..])))
        .unwrap();
    let column = usize::from(cell.as_bytes()[0] - b'A') + 2;
    matches!(line.split('|').nth(column).unwrap().trim(), "<<" | "^^")
}

/// The ministry's form without points, as that of 转移支付 is: neither 分值 nor 得分.
fn without_points(changes: &[(&str, &str)]) -> Vec<String> {
    let mut all: Vec<(String, &str)> = Vec::new();
    for row in 12..=17 {
        all.extend([(format!("G{row}"), ""), (format!("H{row}"), "")]);
    }
    all.extend(["G5", "I5", "G6", "I6", "G7", "I7", "G8", "I8"].map(|cell| (cell.to_owned(), "")));
    all.extend([
        ("G11".to_owned(), "备注"),
        ("H11".to_owned(), "数据来源"),
        ("A17".to_owned(), "说明"),
    ]);
    let mut all: Vec<(&str, &str)> = all.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
    all.extend(changes);
    outline(&findings(&edited(MINISTRY, &all)))
}

#[test]
fn what_holds_without_points_holds_for_every_named_indicator() {
    assert_eq!(without_points(&[]), [""; 0]);
    assert_eq!(without_points(&[("I15", "")]), ["E01 F15"]);
    assert_eq!(without_points(&[("F12", "")]), ["D02 F12"]);
    assert_eq!(without_points(&[("E12", "")]), ["D01 E12"]);
    assert_eq!(
        without_points(&[("E12", "养护20公里"), ("F12", "养护18公里")]),
        ["E01 F12"]
    );
    assert_eq!(
        without_points(&[("F14", "次年1月10日")]),
        [""; 0],
        "no date that can be placed"
    );
    assert_eq!(without_points(&[("F10", "完成")]), ["H03 F10 info"]);
}

#[test]
fn what_is_not_met_in_words_is_seen_only_where_one_figure_falls_short() {
    let pair = |target: &'static str, actual: &'static str| {
        outline(&findings(&edited(MINISTRY, &[("E12", target), ("F12", actual)])))
            .into_iter()
            .filter(|found| found.starts_with("D24"))
            .count()
    };
    for (target, actual) in [
        ("养护20公里", "养护18公里"),
        ("培训5期200人次", "培训5期150人次"),
        ("完成率95%以上", "完成率90%左右"),
        ("新建泵站3座", "全年新建泵站2座"),
    ] {
        assert_eq!(pair(target, actual), 1, "{target} / {actual}");
    }
    for (target, actual) in [
        ("养护20公里", "养护20公里"),
        ("养护20公里", "养护21公里"),
        ("养护20公里", "全年养护20公里，其中重点路段8公里"),
        ("培训200人次", "举办培训班5期"),
        ("控制在20公里以内", "养护18公里"),
        ("投诉不超过5次", "投诉3次"),
        ("养护20公里", "养护18余公里"),
        ("第3期工程", "第2期工程"),
        ("覆盖率95%以上", "受益群众90%为农户"),
        ("每村不少于2次", "每村1次"),
    ] {
        assert_eq!(pair(target, actual), 0, "{target} / {actual}");
    }
    // Late within the year, and a grade lower.
    assert_eq!(
        outline(&findings(&edited(
            MINISTRY,
            &[("E14", "2023年6月底前"), ("F14", "2023年9月20日")]
        ))),
        ["D24 F14 warning"]
    );
    assert_eq!(
        outline(&findings(&edited(
            MINISTRY,
            &[("E14", "2023年6月底前"), ("F14", "2023年6月20日")]
        ))),
        [""; 0]
    );
}

#[test]
fn a_form_counts_as_filled_in_with_one_result_or_one_reason() {
    let rows = ["12", "13", "14", "15", "16"];
    let all = |actual: &'static str, score: &'static str, reason: &'static str, more: &[(&str, &str)]| {
        let mut cells: Vec<(String, &str)> = Vec::new();
        for row in rows {
            cells.extend([
                (format!("F{row}"), actual),
                (format!("H{row}"), score),
                (format!("I{row}"), reason),
            ]);
        }
        cells.push(("H17".to_owned(), score));
        let mut changes: Vec<(&str, &str)> = cells.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
        changes.extend(more);
        outline(&findings(&edited(MINISTRY, &changes)))
    };
    assert_eq!(all("", "", "", &[]), ["D23 F11"]);
    assert_eq!(all("0", "0", "", &[]), ["D23 F11"]);
    assert_eq!(all("", "0", "", &[]), ["D23 F11"]);
    assert_eq!(all("……", "", "", &[]), ["D23 F11"]);
    let is_blank = |found: Vec<String>| found.iter().any(|found| found.starts_with("D23"));
    assert!(!is_blank(all("", "", "", &[("F12", "20公里")])));
    assert!(!is_blank(all("", "", "", &[("H12", "20")])));
    assert!(!is_blank(all("0", "0", "原因：项目没有实施；措施：明年实施", &[])));
}

#[test]
fn spending_that_is_missing_or_nothing_is_said_once() {
    let of = |changes: &[(&str, &str)]| outline(&findings(&edited(MINISTRY, changes)));
    let blank = [("F6", ""), ("F7", ""), ("F8", ""), ("H7", ""), ("H8", "")];
    assert_eq!(of(&blank), ["C19 F6 warning"]);
    let nothing = [
        ("D6", "0"),
        ("D7", "0"),
        ("E6", "0"),
        ("E7", "0"),
        ("E8", "0"),
        ("F6", "0"),
        ("F7", "0"),
        ("F8", "0"),
    ];
    let rate = [
        nothing.as_slice(),
        &[("H6", "100%"), ("H7", "—"), ("H8", "—"), ("I6", ""), ("H17", "82.5")],
    ]
    .concat();
    assert!(of(&rate).contains(&"C07 H6 warning".to_owned()), "{:?}", of(&rate));
    let dash = [
        nothing.as_slice(),
        &[("H6", "—"), ("H7", "—"), ("H8", "—"), ("I6", ""), ("H17", "82.5")],
    ]
    .concat();
    assert!(!of(&dash).iter().any(|found| found.starts_with('C')), "{:?}", of(&dash));
}

#[test]
fn a_scored_table_without_a_total_row_is_a_warning() {
    let gone = [("A17", "备注"), ("G17", ""), ("H17", "")];
    assert_eq!(outline(&findings(&edited(MINISTRY, &gone))), ["A18 H11 warning"]);
}

#[test]
fn a_grade_is_held_against_the_printed_total_where_points_give_none() {
    let of = |grade: &'static str| {
        let county = county_put_right();
        let mut changes: Vec<(String, &str)> = (13..=29).map(|row| (format!("F{row}"), "")).collect();
        changes.extend((13..=29).map(|row| (format!("G{row}"), "")));
        changes.push(("F30".to_owned(), ""));
        let mut changes: Vec<(&str, &str)> = changes.iter().map(|(cell, text)| (cell.as_str(), *text)).collect();
        changes.push(("C31", grade));
        let found = outline(&findings(&edited(&county, &changes)));
        found
            .into_iter()
            .filter(|found| found.starts_with('F'))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("优☑良□        中□差□"), [""; 0]);
    assert_eq!(of("优□良☑        中□差□"), ["F01 C31"]);
}

#[test]
fn a_stated_percentage_is_held_against_the_points_taken_off() {
    let of = |reason: &'static str| {
        let found = findings(&edited(MINISTRY, &[("I15", reason)]));
        outline(&found)
            .into_iter()
            .filter(|found| found.starts_with("E12"))
            .count()
    };
    // 7.5 of 30 were taken off: 25 %.
    assert_eq!(of("原因：道路改线，扣30%；措施：明年补齐"), 1);
    assert_eq!(of("原因：道路改线，扣25%；措施：明年补齐"), 0);
    assert_eq!(of("原因：每少一个村扣30%；措施：明年补齐"), 0);
    assert_eq!(of("原因：道路改线，扣30%的人工费；措施：明年补齐"), 0);
}
