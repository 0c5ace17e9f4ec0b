//! Targets and results that are wrong, each beside what is right and looks alike.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::tables::{MINISTRY, edited, findings, outline};

fn found(changes: &[(&str, &str)]) -> Vec<String> {
    outline(&findings(&edited(MINISTRY, changes)))
}

/// Cells of the columns 分值, which the form without weights leaves out.
fn without_weights<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let blank = ["G5", "G6", "G7", "G8", "G11", "G12", "G13", "G14", "G15", "G16", "G17"];
    blank
        .map(|cell| (cell, ""))
        .into_iter()
        .chain(changes.iter().copied())
        .collect()
}

/// The form without any points.
fn without_points<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let scores = ["H11", "H12", "H13", "H14", "H15", "H16", "H17", "I5", "I6", "I7", "I8"];
    let blank = scores.map(|cell| (cell, ""));
    without_weights(&blank)
        .into_iter()
        .chain(changes.iter().copied())
        .collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_target_of_signs_gaps_and_a_unit_is_missing() {
    for target in [
        "≥**公里",
        "≥××公里",
        "____公里",
        "≥ 公里",
        "不少于XX公里",
        "≥、≤、=",
        "定量",
    ] {
        assert_eq!(found(&[("E12", target)]), ["D01 E12"], "{target}");
    }
    for target in ["≥20公里", "20公里", "不少于20公里"] {
        assert_eq!(found(&[("E12", target)]), NOTHING, "{target}");
    }
    // A veiled name is no missing figure.
    assert_eq!(found(&[("E13", "XX村道路验收合格")]), ["H06 E13 info"]);
}

#[test]
fn a_hint_of_the_form_is_no_target() {
    for target in ["如：≥95%", "≥95%（示例）"] {
        assert_eq!(found(&[("E13", target)]), ["H05 E13 info"], "{target}");
    }
    assert_eq!(found(&[("E13", "≥95%")]), NOTHING);
    assert_eq!(found(&[("E14", "如期在12月31日前完成")]), NOTHING);
}

#[test]
fn answers_to_choose_from_are_no_target() {
    for target in ["是/否", "达成/部分达成/未达成", "好、较好、一般"] {
        assert_eq!(found(&[("E13", target), ("F13", "好")]), ["D26 E13 info"], "{target}");
    }
    assert_eq!(found(&[("E13", "有台账、有验收"), ("F13", "有台账、有验收")]), NOTHING);
}

#[test]
fn a_count_to_be_reached_has_no_limit() {
    let with = |name, target, actual| found(&[("D12", name), ("E12", target), ("F12", actual)]);
    assert_eq!(with("培训人数", "≤50人", "40人"), ["D09 E12 info"]);
    assert_eq!(with("培训人数", "≥50人", "50人"), NOTHING);
    // Rightly kept within bounds.
    for name in [
        "安全事故起数",
        "培训会议次数",
        "编外聘用人数",
        "服务投诉次数",
        "车辆维修服务次数",
    ] {
        assert_eq!(with(name, "≤3次", "2次"), NOTHING, "{name}");
    }
}

#[test]
fn money_is_no_quantity_and_receivers_are() {
    let with = |name, target| found(&[("D12", name), ("E12", target), ("F12", target)]);
    for (name, target) in [
        ("资金到位金额", "100万元"),
        ("支付工程款", "100万元"),
        ("拨付补助资金", "100万元"),
        ("补贴拨付率", "100%"),
    ] {
        assert_eq!(with(name, target), ["G05 D12 info"], "{name}");
    }
    for (name, target) in [
        ("资金拨付企业数", "30家"),
        ("招商引资到位资金", "100万元"),
        ("发放小额贷款", "100万元"),
    ] {
        assert_eq!(with(name, target), NOTHING, "{name}");
    }
}

#[test]
fn less_than_the_target_in_words_is_no_full_score() {
    let with = |target, actual| found(&[("E12", target), ("F12", actual)]);
    for (target, actual) in [
        ("养护100公里", "养护90公里"),
        ("养护100KM", "养护90公里"),
        ("养护一百公里", "养护九十公里"),
        ("养护公路三条", "养护公路两条"),
        ("培训5期200人次", "培训5期150人次"),
        ("养护道路100公里、桥梁5座", "养护道路100公里、桥梁4座"),
    ] {
        assert_eq!(with(target, actual), ["D24 F12 warning"], "{target} {actual}");
    }
    for (target, actual) in [
        ("养护100km", "养护100公里"),
        ("养护一百公里", "养护100公里"),
        ("养护公路三条", "养护公路三条，其中一条改线"),
        ("一次性养护20公里", "养护20公里"),
        ("培训5期200人次", "培训5期210人次"),
    ] {
        assert!(
            !with(target, actual).iter().any(|found| found.starts_with("D24")),
            "{target} {actual}"
        );
    }
}

#[test]
fn an_actual_that_leaves_something_out_is_no_full_score() {
    let with = |target, actual| found(&[("E13", target), ("F13", actual)]);
    for (target, actual) in [("全部合格", "基本合格"), ("完成验收", "正在验收")] {
        assert_eq!(with(target, actual), ["D24 F13 warning"], "{target} {actual}");
    }
    for (target, actual) in [
        ("全部合格", "全部合格"),
        ("不发生质量事故", "未发生"),
        ("完成验收", "已验收"),
    ] {
        assert_eq!(with(target, actual), NOTHING, "{target} {actual}");
    }
}

#[test]
fn late_in_words_or_by_date_is_no_full_score() {
    let with = |target, actual| found(&[("E14", target), ("F14", actual)]);
    assert_eq!(with("6月底前", "9月20日"), ["D24 F14 warning"]);
    assert_eq!(with("按时完成", "延期完成"), ["D24 F14 warning"]);
    assert_eq!(with("6月底前", "6月20日"), NOTHING);
    assert_eq!(with("按时完成", "按时完成"), NOTHING);
    assert_eq!(with("按时完成", "无延期完成情况"), NOTHING);
}

#[test]
fn a_rate_for_a_person_and_month_is_decidable() {
    let with = |actual, score, total, reason| {
        let row = [
            ("D15", "人均补助标准"),
            ("E15", ">=530元/人*月"),
            ("F15", actual),
            ("H15", score),
        ];
        let rest = [("H17", total), ("I15", reason)];
        found(&[&row[..], &rest[..]].concat())
    };
    assert_eq!(with("530元/人*月", "30", "99.5", ""), NOTHING);
    assert_eq!(with("530元/人·月", "30", "99.5", ""), NOTHING);
    assert_eq!(with("477元/人*月", "30", "99.5", ""), ["B02 H15", "E01 H15"]);
    assert_eq!(with("477元/人*月", "27", "96.5", "原因：名额不足；措施：增加"), NOTHING);
}

#[test]
fn a_stated_percentage_is_held_against_the_deduction_in_any_phrase() {
    let with = |reason: &str| {
        let reason = format!("原因：两个村道路改线，{reason}；措施：明年补齐");
        found(&[("I15", &reason)])
    };
    for wrong in ["扣30%", "扣减30%", "扣30%的分", "扣除分值的30%", "扣分30%", "扣分：9分"] {
        assert_eq!(with(wrong), ["E12 H15"], "{wrong}");
    }
    for right in [
        "扣25%",
        "扣减25%",
        "扣25%的分",
        "扣除分值的25%",
        "扣分25%",
        "扣7.5分",
        "酌情扣30%",
        "每个村扣10%",
        "工程款扣30%的质保金",
        "扣分按标准",
    ] {
        assert_eq!(with(right), NOTHING, "{right}");
    }
}

#[test]
fn without_weights_a_percentage_of_whole_points_shows() {
    let with = |target, actual, score, total| {
        found(&without_weights(&[
            ("E16", target),
            ("F16", actual),
            ("H16", score),
            ("H17", total),
        ]))
    };
    assert_eq!(with("≥93%", "93%", "9.3", "91.3"), ["B16 H16 warning"]);
    assert_eq!(with("≥98%", "98%", "19.6", "101.6"), ["B16 H16 warning"]);
    assert_eq!(with("≥93%", "93%", "10", "92"), NOTHING);
    // The weight itself may be 9.5; a target that is not met is another matter.
    assert_eq!(with("≥95%", "95%", "9.5", "91.5"), NOTHING);
    assert_eq!(with("≥95%", "93%", "9.3", "91.3"), NOTHING);
}

#[test]
fn all_spent_is_worth_the_full_points_without_weights_too() {
    let with = |score, total| {
        let spent = [("F6", "120"), ("F7", "100"), ("H6", "100%"), ("H7", "100%")];
        found(&without_weights(
            &[&spent[..], &[("I6", score), ("H17", total)]].concat(),
        ))
    };
    assert_eq!(with("9", "91.5"), ["B08 I6 warning"]);
    assert_eq!(with("10", "92.5"), NOTHING);
    // Five or eight may be the full mark.
    assert_eq!(with("5", "87.5"), NOTHING);
    assert_eq!(with("8", "90.5"), NOTHING);
    // 20 × 95% is right in Hubei, and its standard is named.
    assert_eq!(
        found(&without_weights(&[("I6", "19"), ("H17", "101.5")])),
        ["G22 I6 info", "A12 H17"]
    );
    assert_eq!(found(&without_weights(&[("I6", "9.5"), ("H17", "92")])), NOTHING);
}

#[test]
fn a_total_of_zero_is_decided_by_its_rows() {
    let zeros = [("D6", "0"), ("E6", "0"), ("F6", "0")];
    let sums = ["C01 D6", "C01 E6", "C01 F6"];
    assert_eq!(found(&zeros), sums);
    let scored = [&zeros[..], &[("H6", "0%"), ("I6", "0"), ("H17", "82.5")]].concat();
    assert_eq!(found(&scored), [&sums[..], &["B08 I6"]].concat());
}

#[test]
fn a_result_of_next_year_wants_a_reason_where_there_are_no_points() {
    let with = |target, actual, reason| found(&without_points(&[("E14", target), ("F14", actual), ("I14", reason)]));
    let other = found(&without_points(&[]));
    let beyond =
        |found: Vec<String>| -> Vec<String> { found.into_iter().filter(|found| !other.contains(found)).collect() };
    assert_eq!(beyond(with("按合同", "2024年1月5日", "")), ["D10 F14 warning"]);
    assert_eq!(
        beyond(with("按合同", "2024年1月5日", "原因：雨季；措施：抓紧")),
        NOTHING
    );
    assert_eq!(beyond(with("按合同", "2023年11月5日", "")), NOTHING);
    assert_eq!(beyond(with("12月31日前", "2024年1月5日", "")), ["E01 F14"]);
}

#[test]
fn a_claim_that_all_is_done_tells_nothing() {
    for claim in ["完成年度目标。", "已全部完成年度绩效目标", "全部完成"] {
        assert_eq!(found(&[("F10", claim)]), ["H03 F10 info"], "{claim}");
    }
    assert_eq!(found(&[("F10", "完成20公里养护")]), NOTHING);
    assert_eq!(found(&[("F10", "按计划完成农村公路养护工作")]), NOTHING);
}
