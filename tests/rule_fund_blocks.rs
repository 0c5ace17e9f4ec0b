//! Fund blocks and headings as forms have them: which rows make the total, which budget counts, what is evaluated.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::tables::{MINISTRY, edited, findings, outline};

/// The ministry's form with these rows in place of its fund block's.
fn with_rows(rows: &[(&str, u32)]) -> String {
    let block = rows.iter().enumerate().map(|(at, (name, amount))| {
        let points = if at == 0 { "10 | 100% | 10" } else { "— | — | —" };
        format!("| ^^ | {name} | << | {amount} | {amount} | {amount} | {points} |")
    });
    let (head, rest) = MINISTRY.split_once("\n| 6   |").unwrap();
    let (_, rest) = rest.split_once("\n| 9   |").unwrap();
    let rest = format!("| 9   |{rest}").replace("| 92     |", "| 92.5   |");
    let lines = block.chain(rest.lines().map(|line| {
        let (_, cells) = line[1..].split_once('|').unwrap();
        format!("|{cells}")
    }));
    let numbered = lines.enumerate().map(|(at, line)| format!("\n| {} {line}", at + 6));
    head.to_owned() + &numbered.collect::<String>()
}

fn found(rows: &[(&str, u32)]) -> Vec<String> {
    outline(&findings(&with_rows(rows)))
}

const NOTHING: [&str; 0] = [];
const TOTAL: [&str; 3] = ["C01 D6", "C01 E6", "C01 F6"];

#[test]
fn parts_of_a_part_are_not_added_to_the_total() {
    for parts in [
        &[
            ("其中：财政拨款", 150),
            ("其中：中央资金", 100),
            ("省级资金", 30),
            ("市县资金", 20),
            ("其他资金", 50),
        ][..],
        &[
            ("1.财政拨款", 150),
            ("2.其他资金", 50),
            ("其中：单位自筹", 30),
            ("社会捐赠", 20),
        ],
        // Not of its kind by name: it makes the whole of the part.
        &[
            ("财政拨款", 150),
            ("其中：中央资金", 100),
            ("单位配套资金", 50),
            ("其他资金", 50),
        ],
        &[
            ("财政拨款", 150),
            ("其中：基本支出", 100),
            ("项目支出", 50),
            ("其他资金", 50),
        ],
    ] {
        assert_eq!(found(&[&[("年度资金总额", 200)], parts].concat()), NOTHING, "{parts:?}");
        assert_eq!(found(&[&[("年度资金总额", 190)], parts].concat()), TOTAL, "{parts:?}");
    }
    // What the budget does not pay stands beside it, whatever is below 其中.
    let beside = [("财政拨款", 100), ("其中：中央补助", 60), ("其他资金", 20)];
    assert_eq!(found(&[&[("年度资金总额", 100)], &beside[..]].concat()), TOTAL);
    assert_eq!(found(&[&[("年度资金总额", 120)], &beside[..]].concat()), NOTHING);
}

#[test]
fn a_second_breakdown_makes_the_same_total() {
    let sources = [("财政拨款", 150), ("其他资金", 50)];
    for kinds in [
        [("其中：基本支出", 120), ("项目支出", 80)],
        [("其中：人员经费", 120), ("项目支出", 80)],
        [("材料费", 120), ("人工费", 80)],
    ] {
        let block = |total| [&[("年度资金总额", total)], &sources[..], &kinds].concat();
        assert_eq!(found(&block(200)), NOTHING, "{kinds:?}");
        assert_eq!(found(&block(190)), TOTAL, "{kinds:?}");
    }
    // Both are parts of the whole, although each would be all of it.
    for other in ["上年结转", "村集体投入"] {
        assert_eq!(
            found(&[("年度资金总额", 100), ("财政拨款", 100), (other, 100)]),
            TOTAL,
            "{other}"
        );
    }
}

#[test]
fn a_numbering_that_begins_in_the_middle_goes_on_with_the_one_above() {
    let sources = |last| [("1.中央资金", 100), ("（2）省级资金", 60), ("（3）县级资金", last)];
    assert_eq!(found(&[&[("年度资金总额", 200)], &sources(40)[..]].concat()), NOTHING);
    let wrong = findings(&with_rows(&[&[("年度资金总额", 200)], &sources(60)[..]].concat()));
    assert_eq!(outline(&wrong), TOTAL);
    assert!(wrong[0].message.contains("D7 100 + D8 60 + D9 60 合计 220"));
    // Begun with its first number it divides the row above.
    let divided = [
        ("1.财政拨款", 150),
        ("（1）中央资金", 100),
        ("（2）省级资金", 50),
        ("2.其他资金", 50),
    ];
    assert_eq!(found(&[&[("年度资金总额", 200)], &divided[..]].concat()), NOTHING);
    assert_eq!(found(&[&[("年度资金总额", 220)], &divided[..]].concat()), TOTAL);
}

#[test]
fn of_several_budgets_the_one_of_the_whole_year_is_held_against_what_was_spent() {
    for [one, other, spent] in [
        ["年度预算安排", "全年预算数", "全年执行数"],
        ["本年预算数", "调整后预算数", "执行数"],
        ["当年预算", "变更后预算", "预算执行数"],
        ["年初预算", "年终预算", "实际执行"],
        ["2022年预算数", "2023年预算数", "2023年执行数"],
        ["2024年预算数", "2023年预算数", "2023年执行数"],
    ] {
        let heads = [("D5", one), ("E5", other), ("F5", spent)];
        assert_eq!(outline(&findings(&edited(MINISTRY, &heads))), NOTHING, "{heads:?}");
    }
    // Heads of another year only are those of what is evaluated.
    let heads = [
        ("D5", "2022年预算数"),
        ("E5", "2022年预算安排数"),
        ("F5", "2022年执行数"),
    ];
    let found = outline(&findings(&edited(MINISTRY, &heads)));
    assert!(found.contains(&"C02 H6".to_owned()), "{found:?}");
}

#[test]
fn a_project_is_named_by_its_label_by_what_is_evaluated_or_by_the_title() {
    let named = |title, label| {
        let cells = [("A1", title), ("A3", label)];
        outline(&findings(&edited(MINISTRY, &cells)))
    };
    assert_eq!(named("项目支出绩效自评表", "评价对象"), NOTHING);
    assert_eq!(named("农村公路养护项目支出绩效自评表", "所在地"), ["R04 A3 info"]);
    let unnamed = named("项目支出绩效自评表", "所在地");
    assert_eq!(unnamed, ["H01 A1 warning", "R04 A3 info"]);
}
