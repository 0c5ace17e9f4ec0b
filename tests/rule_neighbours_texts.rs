//! Sums, amounts and years in texts, and columns beside the points: what is wrong beside what looks alike and is right.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::tables::{MINISTRY, checked, edited, findings, outline};

const NOTHING: [&str; 0] = [];

fn found(changes: &[(&str, &str)]) -> Vec<String> {
    outline(&findings(&edited(MINISTRY, changes)))
}

fn goal(text: &str) -> Vec<String> {
    found(&[("B10", &format!("{text}，养护农村公路20公里"))])
}

#[test]
fn parts_that_do_not_make_the_sum_named_are_told() {
    for text in [
        "投入甲村100万元、乙村30万元，共计120万元",
        "投入资金120万元，其中县级100万元、乡级30万元",
        "投入资金120万元，包括甲村90万元、乙村20万元",
        "申请预算119.97万元（60万元+30万元+29.99万元）",
        "培训甲村100人、乙村80人，共200人",
    ] {
        assert_eq!(goal(text)[0], "C21 B10 warning", "{text}");
    }
}

#[test]
fn parts_that_make_the_sum_or_need_not_are_right() {
    for text in [
        "投入甲村100万元、乙村20万元，共计120万元",
        "投入120万元，甲村100万元、乙村20万元，共计120万元",
        // 其中 may leave parts out.
        "投入资金120万元，其中县级100万元、乡级10万元",
        "投入资金120万元，其中县级60万元、乡级50万元，带动社会投资300万元",
        "投入资金120万元，包括甲村100万元、乙村20万元",
        // Whoever is a woman may be a member too.
        "培训200人，其中女性120人、党员100人",
        "培训甲村约100人、乙村80人，共200人",
        "改造50户，培训100人，共举办5期",
        "投入甲村60.4万元、乙村59.5万元，共计119.9万元",
        // 33.3 three times is 100, each rounded.
        "培训三次33.3万字、33.3万字、33.4万字，共100万字",
    ] {
        assert_eq!(goal(text), NOTHING, "{text}");
    }
}

#[test]
fn yuan_for_ten_thousand_yuan_in_a_text_is_told() {
    for text in ["投入资金120元", "下达预算1200000万元", "全年支出资金114元"] {
        assert_eq!(goal(text), ["C22 B10 warning"], "{text}");
    }
    for text in [
        "投入资金120万元",
        "投入资金1200000元",
        "人均投入资金120元",
        "按每公里120元投入资金",
        "发放补助标准120元",
        "购买114元的材料",
        "投入资金约120元",
        // Another amount than any of the fund block.
        "投入资金208元",
    ] {
        assert_eq!(goal(text), NOTHING, "{text}");
    }
}

#[test]
fn an_earlier_year_in_a_name_is_for_a_person() {
    let listed = |changes: &[(&str, &str)]| -> Vec<String> {
        let checked = checked(&edited(MINISTRY, changes));
        assert_eq!(outline(&checked.discrepancies), NOTHING);
        let entries = checked.for_review.into_iter();
        entries.map(|entry| format!("{} {}", entry.code, entry.cell)).collect()
    };
    assert_eq!(listed(&[("D12", "2022年养护里程")]), ["D27 D12"]);
    assert_eq!(
        listed(&[("D12", "2022年养护里程"), ("D15", "2022年受益村庄")]),
        ["D27 D12"]
    );
    for name in [
        "2023年养护里程",
        "2021-2023年养护里程",
        "2022年、2023年养护里程",
        "较2022年增加的养护里程",
        "2022年结转养护里程",
        "2022年度考核养护里程",
        "按〔2022〕10号文养护里程",
        "2020年以来养护里程",
    ] {
        assert_eq!(listed(&[("D12", name)]), NOTHING, "{name}");
    }
}

/// The ministry's table with a column behind the reasons: its header, and what stands in the rows from 12 on.
fn with_column(header: &str, rows: &[&str]) -> String {
    let mut lines = Vec::new();
    for line in MINISTRY.lines().filter(|line| line.starts_with('|')) {
        let name = line.split('|').nth(1).unwrap().trim();
        let cell = match name.parse::<usize>() {
            Ok(11) => header,
            Ok(row @ (1..=4 | 9 | 10)) => ["<<"; 11][row],
            Ok(row @ 12..) => rows.get(row - 12).copied().unwrap_or(""),
            Ok(_) => "",
            Err(_) if name.is_empty() => "J",
            Err(_) => "---",
        };
        lines.push(format!("{line} {cell} |"));
    }
    lines.join("\n") + "\n"
}

#[test]
fn a_criterion_gives_the_full_mark_that_the_weight_is() {
    let first = |criterion: &str| outline(&findings(&with_column("评分标准", &[criterion])));
    for wrong in [
        "满分25分，每少1公里扣1分",
        "完成得25分，未完成的按比例得分",
        "完成得15分，否则不得分",
        "完成率≥90%得25分，80%以上得10分",
    ] {
        assert_eq!(first(wrong), ["A19 J12 warning"], "{wrong}");
    }
    for right in [
        "满分20分，每少1公里扣1分",
        "完成得20分，否则不得分",
        "①养护得12分；②验收得8分",
        "每养护1公里得1分，满分20分",
        "完成得20分，完成80%得16分，否则不得分",
        "按百分制打分，全部完成得100分",
        "符合计划得5分；符合规划得5分；符合标准得10分",
        "得分=完成值/指标值×20分",
    ] {
        assert_eq!(first(right), NOTHING, "{right}");
    }
    // A criterion for two rows gives the points of both.
    assert_eq!(
        outline(&findings(&with_column("评分标准", &["完成得40分", "^^"]))),
        NOTHING
    );
    // A column of another kind gives no points.
    assert_eq!(outline(&findings(&with_column("数据来源", &["完成得25分"]))), NOTHING);
}

#[test]
fn a_review_is_whole_and_seldom_above_the_units_own_score() {
    let with = |rows: &[&str]| outline(&findings(&with_column("复核得分", rows)));
    assert_eq!(with(&["20", "20", "10", "22.5", "10", "82.5"]), NOTHING);
    assert_eq!(with(&["20", "20", "", "22.5", "10", ""]), ["B23 J14 info"]);
    // Nobody has reviewed yet, or only one row was looked at.
    assert_eq!(with(&[]), NOTHING);
    assert_eq!(with(&["20"]), NOTHING);
    assert_eq!(with(&["20", "20", "10", "25", "10", "85"]), ["B24 J15 info"]);
    assert_eq!(with(&["21", "20", "10", "22.5", "10", "83.5"]), ["B24 J12"]);
}
