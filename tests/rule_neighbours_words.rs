//! Targets without a sign, and results in words: what is wrong beside what is right and looks alike.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::tables::{MINISTRY, edited, findings, outline};

fn found(changes: &[(&str, &str)]) -> Vec<String> {
    outline(&findings(&edited(MINISTRY, changes)))
}

/// The row of the quality with another name, target and result, at full marks.
fn quality(name: &str, target: &str, actual: &str) -> Vec<String> {
    found(&[("D13", name), ("E13", target), ("F13", actual)])
}

const NOTHING: [&str; 0] = [];

#[test]
fn less_of_what_nobody_wants_is_no_shortfall_without_a_sign() {
    for (name, target, actual) in [
        ("产品不合格率", "2%", "1%"),
        ("城镇登记失业率", "4.5%", "4.1%"),
        ("数据错误率", "1%", "0.5%"),
        ("信访件数", "10件", "6件"),
        ("安全隐患数量", "10处", "7处"),
        ("资产负债率", "60%", "50%"),
        ("物资丢失率", "1%", "0"),
        ("万元产值能耗", "5吨", "4.8吨"),
        // Nobody can tell by the name.
        ("基尼系数", "40%", "38%"),
        ("碳化指数", "35", "31"),
    ] {
        assert_eq!(quality(name, target, actual), NOTHING, "{name}");
    }
    // Over a limit that the name tells of.
    for (name, target, actual) in [("城镇登记失业率", "4.5%", "5.4%"), ("产品不合格率", "2%", "3%")] {
        assert_eq!(quality(name, target, actual), ["B04 H13", "E01 H13"], "{name}");
    }
}

#[test]
fn dates_in_figures_are_dates_where_a_time_is_asked_for() {
    let time = |target, actual| {
        let mut found = found(&[
            ("C13", "时效指标"),
            ("D13", "完成时间"),
            ("E13", target),
            ("F13", actual),
        ]);
        // The table has no quality any more.
        assert!(found.iter().any(|finding| finding == "G06 C11 info"));
        found.retain(|finding| finding != "G06 C11 info");
        found
    };
    for (target, actual) in [
        ("2023.12", "2023.9"),
        ("2023.12", "2023.10"),
        ("≤2023.12", "2023.12"),
        ("202312", "202309"),
        ("20231231", "20231130"),
        ("20231231前", "2023年11月"),
        ("2023.12前", "2023.11.15"),
        ("12.31前", "11.30"),
        ("2023", "2023"),
        // October without its nought, or January.
        ("2023.9", "2023.1"),
        ("9.15前", "9.3"),
        // Days of the year, or days: nobody can tell.
        ("12.31", "9.30"),
        ("9.30", "12.31"),
    ] {
        assert_eq!(time(target, actual), NOTHING, "{target} {actual}");
    }
    for (target, actual) in [("2023.9", "2023.12"), ("20230930", "20231015"), ("9.30前", "10.15")] {
        assert_eq!(time(target, actual), ["D24 F13 warning"], "{target} {actual}");
    }
    assert_eq!(time("2023.12", "2024.2"), ["D10 F13"]);
    // Numbers of things that look the same, or that are counted within a time.
    for (name, target, actual) in [
        ("服务群众人次", "≥2023", "1820"),
        ("服务群众人次", "≥202312", "182080"),
        ("期限内办结件数", "120", "108"),
    ] {
        assert_eq!(quality(name, target, actual), ["B02 H13", "E01 H13"], "{name} {target}");
    }
}

#[test]
fn points_taken_off_stand_where_nobody_can_tell_the_direction() {
    let with = |score, total, reason| {
        found(&[
            ("D13", "碳化指数"),
            ("E13", "35"),
            ("F13", "38"),
            ("H13", score),
            ("H17", total),
            ("I13", reason),
        ])
    };
    assert_eq!(with("20", "92", ""), NOTHING);
    assert_eq!(with("18", "90", "原因：气候干燥；措施：加强养护"), NOTHING);
    assert_eq!(with("18", "90", ""), ["E01 H13"]);
    // Seconds are a time, of which less is better for a response.
    assert_eq!(quality("系统响应时间", "3秒", "2.8秒"), NOTHING);
    assert_eq!(quality("系统响应时间", "1分钟", "90秒"), ["B04 H13", "E01 H13"]);
}

#[test]
fn less_of_what_is_wanted_is_a_shortfall_without_a_sign() {
    for name in ["验收合格率", "设备完好率", "群众知晓率", "绿化覆盖率"] {
        assert_eq!(quality(name, "95%", "90%"), ["B02 H13", "E01 H13"], "{name}");
    }
    // A whole is no limit, whatever it is of.
    assert_eq!(quality("砌筑平直", "100%", "90%"), ["B02 H13", "E01 H13"]);
    // What is counted as a quantity is wanted, whatever it is called.
    let quantity = |name| found(&[("D12", name), ("E12", "20公里"), ("F12", "10公里")]);
    assert_eq!(quantity("管网铺排"), ["B02 H12", "E01 H12"]);
}

#[test]
fn what_is_done_about_harm_is_not_harm() {
    for name in ["投诉处置率", "隐患排查率", "故障率下降幅度"] {
        assert_eq!(quality(name, "95%", "98%"), NOTHING, "{name}");
    }
    assert_eq!(quality("排查安全隐患数", "50处", "62处"), NOTHING);
    // What training costs is not what is done about it.
    assert_eq!(quality("人均培训成本", "300元", "360元"), ["B04 H13", "E01 H13"]);
    // No complaint is no share of the satisfied.
    assert_eq!(found(&[("F16", "未收到投诉")]), ["D20 F16 info"]);
}

#[test]
fn a_target_of_the_next_year_may_be_met_in_it() {
    let late = "2024年2月10日";
    for target in ["次年2月底前", "下一年度2月底前", "2023-2024学年", "2023年冬至2024年春"] {
        assert_eq!(found(&[("E14", target), ("F14", late)]), NOTHING, "{target}");
    }
    assert_eq!(found(&[("E14", "按时完成"), ("F14", late)]), ["D10 F14"]);
    let agreed = "原因：雨季；经县政府批复同意延期至2024年2月；措施：抓紧施工";
    assert_eq!(found(&[("E14", "按时完成"), ("F14", late), ("I14", agreed)]), NOTHING);
}

#[test]
fn about_so_much_is_met_by_nearly_so_much() {
    let with = |target, actual| found(&[("E12", target), ("F12", actual)]);
    for (target, actual) in [
        ("养护约120公里", "养护118公里"),
        ("养护120公里左右", "养护115公里"),
        ("据实养护，预计120公里", "养护100公里"),
        ("养护120公里±5%", "养护118公里"),
        ("养护1000公里", "养护1 050公里"),
    ] {
        assert!(
            !with(target, actual).iter().any(|found| found.starts_with("D24")),
            "{target} {actual}"
        );
    }
    assert_eq!(with("养护约120公里", "养护60公里"), ["D24 F12 warning"]);
}

#[test]
fn a_name_with_basic_in_it_leaves_nothing_out() {
    assert_eq!(quality("参保情况", "全部覆盖", "基本医疗保险全部覆盖"), NOTHING);
    assert_eq!(quality("设施使用", "长期发挥作用", "正在持续发挥作用"), NOTHING);
}

#[test]
fn an_actual_that_denies_its_target_is_no_full_score() {
    for (target, actual) in [
        ("制度完善", "制度不完善"),
        ("群众满意", "群众不满意"),
        ("完善", "不完善"),
        ("有效提升", "未有效提升"),
        ("建立制度", "暂未建立"),
        ("按计划完成", "进度滞后"),
        ("显著提高", "有待提高"),
        ("明显改善", "部分改善"),
        ("持续提升", "有所下降"),
        ("逐步提高", "与上年持平"),
        ("较上年增长5%", "较上年下降2%"),
    ] {
        let found = quality("工作效果", target, actual);
        let is_denial_inside = target == "制度完善" || target == "群众满意";
        if is_denial_inside {
            // A sentence is left to a person.
            assert_eq!(found, NOTHING, "{target} {actual}");
        } else {
            assert_eq!(found, ["D24 F13 warning"], "{target} {actual}");
        }
    }
    for (target, actual) in [
        ("有效提升", "有效提升"),
        ("保持稳定或提高", "与上年持平"),
        ("不断提高", "不断提高"),
        ("投诉下降", "有所下降"),
        ("较上年增长5%", "较上年增长6%"),
    ] {
        assert_eq!(quality("工作效果", target, actual), NOTHING, "{target} {actual}");
    }
    // Words like those of a failure, beside what was reached.
    for (target, actual) in [
        ("平稳运行", "正在平稳运行"),
        ("持续推进", "正在推进中"),
        ("开工建设", "正在建设"),
        ("明显改善", "基本通车，出行条件明显改善"),
        ("全部达标", "部分村庄整治后全部达标"),
        ("全面实现", "基本均衡发展全面实现"),
        ("稳步提升", "持平略增"),
        ("提升", "减少审批环节3个，提升明显"),
        ("改善", "下降3微克"),
        ("按时完成", "未出现进度滞后"),
        ("按时发放", "未按时发放0次"),
        ("按批复工期", "经批复延期至8月"),
        ("运行良好", "尚未发现故障"),
        ("落实待遇", "有待遇落实台账"),
        ("补发到位", "尚未领取的已全部补发"),
    ] {
        assert_eq!(quality("工作效果", target, actual), NOTHING, "{target} {actual}");
    }
    assert_eq!(
        quality("验收情况", "通过验收", "未通过验收"),
        ["D22 F13 info", "B11 H13", "E01 H13"]
    );
}

#[test]
fn a_remark_behind_the_figure_hides_no_miss() {
    for (target, actual) in [
        ("≤8000元", "8500元，材料涨价"),
        ("≥8座", "6座；另外的还在建设"),
        ("≥8座", "6座/8座"),
    ] {
        assert_eq!(
            quality("单位造价", target, actual),
            ["D24 F13 warning"],
            "{target} {actual}"
        );
    }
    for (target, actual) in [
        ("≤8000元", "7800元，材料降价"),
        ("≥8座", "8座/8座"),
        ("≥8座", "9座/8座"),
        ("≥8座", "6座，扩建两座"),
        ("≥45%", "44%/45%"),
        ("≤500元", "520元，含税"),
        ("≥95%", "93%（整改后96%）"),
        ("≥95%", "96%（雨天较多）"),
    ] {
        assert_eq!(quality("单位造价", target, actual), NOTHING, "{target} {actual}");
    }
}

#[test]
fn a_total_that_is_the_full_mark_is_no_figure_to_change() {
    let found = findings(&edited(MINISTRY, &[("G13", "25"), ("H13", "25"), ("H17", "97")]));
    assert_eq!(outline(&found), ["A02 G17"]);
    assert_eq!(found[0].suggestion, "满分是 100，核对各项分值，共调减 5。");
}

#[test]
fn all_of_them_is_a_whole_in_words() {
    for actual in ["全部合格", "均通过验收", "都合格"] {
        assert_eq!(quality("验收合格率", "100%", actual), NOTHING, "{actual}");
    }
    for (name, target, actual) in [("投诉率", "≤1%", "均无投诉"), ("漏报率", "0%", "全部上报，无漏报")]
    {
        assert_eq!(quality(name, target, actual), NOTHING, "{name}");
    }
    for actual in ["合格", "均未验收", "未全部合格"] {
        let found = quality("验收合格率", "100%", actual);
        assert!(found.contains(&"B20 F13".to_owned()), "{actual} {found:?}");
    }
}

#[test]
fn one_work_measured_in_several_ways_is_no_repetition() {
    let names = [
        ("D12", "农村公路养护"),
        ("D13", "农村公路养护"),
        ("D14", "农村公路养护"),
    ];
    assert_eq!(found(&names), NOTHING);
    let same_targets = [&names[..], &[("E13", "≥20公里"), ("F13", "20公里")]].concat();
    assert!(found(&same_targets).contains(&"G10 D13 warning".to_owned()));
}

#[test]
fn a_reason_over_several_rows_accuses_none_of_them() {
    let reason = "原因：养护里程未完成，系征地困难；措施：加快征地";
    assert_eq!(found(&[("I13", reason)]), ["E04 H13 info"]);
    assert_eq!(found(&[("I12", reason), ("I13", "^^"), ("I14", "^^")]), NOTHING);
}

#[test]
fn a_sum_in_the_other_unit_is_said_to_be_so() {
    let in_yuan = [
        ("D7", "1000000"),
        ("E7", "1200000"),
        ("F7", "1140000"),
        ("H7", "95%"),
        ("E8", "0"),
        ("F8", "0"),
        ("H8", ""),
    ];
    let found = findings(&edited(MINISTRY, &in_yuan));
    assert_eq!(outline(&found), ["C01 D6", "C01 E6", "C01 F6"]);
    for finding in &found {
        assert!(finding.message.ends_with("相差一万倍，像是一处按元、一处按万元填的。"));
    }
    let found = findings(&edited(MINISTRY, &[("D7", "90")]));
    assert_eq!(outline(&found), ["C01 D6"]);
    assert!(!found[0].message.contains("一万倍"));
}

#[test]
fn nothing_in_other_words_is_zero() {
    for (name, target, actual) in [
        ("群众投诉", "0件", "未收到投诉"),
        ("人员伤亡数", "0人", "无人员伤亡"),
        ("安全事故", "0起", "均未发生"),
        ("安全事故", "0起", "零"),
        ("安全事故", "0", "零发生"),
        ("疫情病例", "0例", "无病例"),
    ] {
        assert_eq!(quality(name, target, actual), NOTHING, "{name} {actual}");
    }
    assert_eq!(quality("安全事故", "0起", "1起"), ["B04 H13", "E01 H13"]);
}

#[test]
fn a_deduction_is_stated_at_the_places_that_it_is_written_with() {
    let with = |reason: &str| {
        let reason = format!("原因：征地困难，{reason}；措施：明年补齐");
        found(&[
            ("E15", "≥9个"),
            ("F15", "8个"),
            ("H15", "26.67"),
            ("H17", "96.17"),
            ("I15", &reason),
        ])
    };
    assert_eq!(with("扣3.3分"), NOTHING);
    assert_eq!(with("扣3.33分"), NOTHING);
    assert_eq!(with("扣3.4分"), ["E12 H15"]);
}

#[test]
fn points_taken_off_beside_the_words_of_the_target_stand_with_a_reason() {
    let with = |reason: &str| {
        found(&[
            ("D13", "制度建设"),
            ("E13", "不断健全"),
            ("F13", "不断健全"),
            ("H13", "14"),
            ("H17", "86"),
            ("I13", reason),
        ])
    };
    assert_eq!(with("原因：两项制度还在征求意见；措施：年内印发"), NOTHING);
    assert_eq!(with(""), ["B11 H13"]);
}

#[test]
fn one_unit_may_be_written_in_two_ways() {
    for (target, actual) in [
        ("≤1.2万元/公里", "1.15万元/km"),
        ("≤1.2万元/公里", "1.15万元/千米"),
        ("≤24h", "20小时"),
        ("≤60分钟", "50min"),
        ("≤10公顷", "9.5hm²"),
        ("≤10公顷", "9.5hm2"),
        ("≤300元/人·天", "290元/人天"),
        ("≤300元/平方米", "290元/平米"),
        ("≤300元/平方米", "290元/㎡"),
        ("≤300元/吨", "290元/t"),
        ("≤0.6元/度", "0.5元/千瓦时"),
        ("≤4次/人/年", "4次/人·年"),
        ("≤900元/月·人", "880元/人·月"),
        ("≤3万元/公顷", "1800元/亩"),
        ("≤300元/吨", "0.3元/公斤"),
        ("≤10升", "9.5升"),
        ("≤30天", "28日历天"),
        ("≤120公里", "118.5（公里）"),
        ("≤120（公里）", "118.5公里"),
    ] {
        assert_eq!(quality("单位成本", target, actual), NOTHING, "{target} {actual}");
    }
    assert_eq!(quality("单位成本", "≤300元/平方米", "290元/人"), ["D03 F13 warning"]);
}
