//! Rules on names, wording and form: what gives a finding in a sound table, and what looks like a fault and is none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::internals::{CheckedTable, Source, check_table};
use hebiao::layout::read_tables;
use hebiao::report::TableReport;
use hebiao::rescore::rescore;
use hebiao::standard::Standard;
use support::markdown_table;
use support::tables::{COUNTY, MINISTRY, county_put_right, edited, findings, outline};

fn found(table: &str, changes: &[(&str, &str)]) -> Vec<String> {
    outline(&findings(&edited(table, changes)))
}

/// The ministry's form with further rows of `label | value`, each pair over the whole width.
fn closed_by(lines: &[(&str, &str)]) -> String {
    let rows = lines.iter().enumerate().map(|(index, (label, value))| {
        let rest = " << |".repeat(7);
        format!("| {} | {label} | {value} |{rest}\n", index + 18)
    });
    MINISTRY.trim_end().to_owned() + "\n" + &rows.collect::<String>()
}

/// The ministry's form with a row of four labels and values below it.
fn signed(row: [&str; 4]) -> String {
    let [one, two, three, four] = row;
    format!(
        "{}\n| 18 | {one} | {two} | << | << | << | {three} | {four} | << | << |\n",
        MINISTRY.trim_end()
    )
}

fn checked(table: &str, sheet: &str, file: Option<&str>) -> CheckedTable {
    checked_among(1, table, sheet, file)
}

/// The same, where the file holds so many tables.
fn checked_among(tables: usize, table: &str, sheet: &str, file: Option<&str>) -> CheckedTable {
    let mut workbook = markdown_table::workbook(table);
    workbook.sheets[0].name = sheet.to_owned();
    let reading = read_tables(&workbook).tables.remove(0);
    let standard = Standard::ministry();
    let rescoring = rescore(&reading.evaluation, &reading.places, standard);
    let source = Source {
        format: workbook.format,
        file,
        tables,
        report: None,
        evidence: None,
        references: None,
    };
    check_table(&reading, &source, &rescoring, standard)
}

const NONE: [&str; 0] = [];

#[test]
fn a_sheet_or_file_named_after_another_project() {
    let of = |sheet, file| outline(&checked(MINISTRY, sheet, file).discrepancies);
    assert_eq!(of("校舍维修改造", None), ["H02 B3 info"]);
    let file = Some("2023/校舍维修改造自评表.xlsx");
    assert_eq!(of("Sheet1", file), ["H02 B3 info"]);
    // A file of several tables is named after what they have in common.
    assert_eq!(outline(&checked_among(2, MINISTRY, "Sheet1", file).discrepancies), NONE);
}

#[test]
fn what_the_program_adds_to_a_copy_s_name_says_nothing() {
    let of = |file: &str| checked(MINISTRY, "Sheet1", Some(file)).discrepancies;
    for name in ["县公路站（盖章）", "养护", "校舍维修改造"] {
        let plain = of(&format!("{name}.xlsx"));
        for added in [".批注副本", ".规范表", ".规范表.批注副本"] {
            let copy = of(&format!("{name}{added}.xlsx"));
            assert_eq!(outline(&copy), outline(&plain), "{name}{added}");
        }
    }
}

#[test]
fn names_of_forms_units_and_the_project_itself_are_no_other_project() {
    for sheet in [
        "Sheet1",
        "附件1",
        "自评表",
        "项目支出绩效自评表",
        "县公路站",
        "县交通运输局项目",
        "农村公路养护项目",
        "公路养护",
        "养护",
        "专项资金",
        "2023年度一般公共预算项目支出绩效自评汇总表",
        "某县卫生健康局专项经费",
    ] {
        let file = format!("C:\\自评\\{sheet}.xlsx");
        assert_eq!(
            outline(&checked(MINISTRY, sheet, Some(&file)).discrepancies),
            NONE,
            "{sheet}"
        );
    }
}

#[test]
fn a_title_naming_the_unit_is_no_other_project() {
    assert_eq!(
        found(MINISTRY, &[("A1", "县交通运输局2023年度项目支出绩效自评表")]),
        NONE
    );
}

#[test]
fn a_goal_longer_than_the_system_takes() {
    let long = "养护农村公路，".repeat(300);
    assert_eq!(found(MINISTRY, &[("B10", &long)]), ["H04 B10 info"]);
    let fits = "养护农村公路，".repeat(280);
    assert_eq!(found(MINISTRY, &[("B10", &fits)]), NONE);
}

#[test]
fn an_answer_as_long_as_its_label_allows() {
    let fits = "好".repeat(30);
    let long = "好".repeat(31);
    let table = |text: &str| outline(&findings(&closed_by(&[("自评结论（30字以内）", text)])));
    assert_eq!(table(&fits), NONE);
    assert_eq!(table(&long), ["H04 B18 info"]);
}

#[test]
fn one_text_in_two_widths() {
    for text in [
        "原因:两个村道路改线；措施：明年补齐",
        "原因：两个村道路改线,材料不足；措施：明年，补齐",
        "原因：两个村（共3个)道路改线；措施：明年补齐",
        "原因：２个村道路改线；措施：2024年补齐",
    ] {
        assert_eq!(found(MINISTRY, &[("I15", text)]), ["H08 I15 info"], "{text}");
    }
}

#[test]
fn figures_times_and_lists_keep_their_half_width_marks() {
    for text in [
        "原因：两个村道路改线，占1,000米，9:30开工；措施：明年补齐",
        "原因：1)两个村改线；2)材料不足。措施：明年（2024年）补齐",
        "原因：两个村道路改线(S214)；措施：明年补齐",
    ] {
        assert_eq!(found(MINISTRY, &[("I15", text)]), NONE, "{text}");
    }
}

#[test]
fn blanks_inside_words_are_one_finding_at_the_first() {
    let table = county_put_right();
    assert_eq!(found(&table, &[("A24", "项目产出 （30分）")]), ["H09 A24 info"]);
    let both = [("A24", "项目产出 （30分）"), ("E10", "资金到位，提质增 效，下拨及时")];
    let found = findings(&edited(&table, &both));
    assert_eq!(outline(&found), ["H09 E10 info"]);
    assert_eq!(found[0].related.len(), 1);
}

#[test]
fn a_label_with_a_broken_word() {
    assert_eq!(found(MINISTRY, &[("A4", "主管部 门")]), ["H09 A4 info"]);
}

#[test]
fn blanks_for_alignment_and_between_items_break_no_word() {
    for (cell, text) in [
        ("A17", "总  分"),
        ("A17", "总 分"),
        ("H11", "得　　分"),
        ("A3", "项 目 名 称"),
        ("A5", "项目资金 （万元）"),
        ("B10", "一 养护公路20公里 二 完工验收"),
        ("B10", "目标1 养护公路20公里 目标2 年底完工"),
        ("B10", "养护公路20公里  含 边沟清理"),
        ("I15", "原因：两个村道路改线 措施：明年补齐"),
    ] {
        assert_eq!(found(MINISTRY, &[(cell, text)]), NONE, "{text}");
    }
}

#[test]
fn rates_with_and_without_their_sign() {
    assert_eq!(found(MINISTRY, &[("F16", "93")]), ["H12 F16 info"]);
    assert_eq!(
        found(MINISTRY, &[("H7", "0.94")]),
        ["H12 H7 info"],
        "execution rates of the fund block"
    );
    // All of them bare is one way of writing; that none has a unit is another matter.
    assert_eq!(
        found(MINISTRY, &[("E13", "95"), ("F13", "100"), ("E16", "90"), ("F16", "93")]),
        ["D04 E13 info"]
    );
}

#[test]
fn personal_numbers_are_named_but_never_repeated() {
    let identity = "11010519491231002X";
    let table = closed_by(&[("填报人", &format!("张三 {identity}"))]);
    let found = findings(&table);
    assert_eq!(outline(&found), ["H13 B18 info"]);
    assert!(!format!("{found:?}").contains(identity));
    assert!(found[0].message.contains("110*************2X"), "{}", found[0].message);

    let account = closed_by(&[("备注", "补助发放至张三账号6222021234567890128")]);
    let found = findings(&account);
    assert_eq!(outline(&found), ["H13 B18 info"]);
    assert!(!format!("{found:?}").contains("6222021234567890128"));
}

#[test]
fn a_mobile_number_matters_in_a_published_table_only() {
    let table = closed_by(&[("联系电话", "138-0000-1234")]);
    assert_eq!(outline(&findings(&table)), NONE);
    assert_eq!(found(&table, &[("A1", "项目支出绩效自评表（公开）")]), ["H13 B18 info"]);
    assert_eq!(
        outline(&checked(&table, "公开14表", None).discrepancies),
        ["H13 B18 info"]
    );
}

#[test]
fn codes_amounts_and_office_phones_are_nobodys_numbers() {
    for value in [
        "0797-3300000",
        "13800001234.56",
        "13800001234元",
        "项目编码 11010519491231002X",
        "51000021R000000019951",
        "110105194912310021",
        "20231231",
    ] {
        let table = closed_by(&[("备注", value)]);
        let table = edited(&table, &[("A1", "项目支出绩效自评表（公开）")]);
        assert_eq!(outline(&findings(&table)), NONE, "{value}");
    }
}

#[test]
fn an_empty_signature_line() {
    assert_eq!(
        outline(&findings(&signed(["填报人", "", "联系电话", "0797-3300000"]))),
        ["H14 A18 info"]
    );
    assert_eq!(
        outline(&findings(&signed(["填报人：张三", "", "填报日期：", ""]))),
        ["H14 F18 info"]
    );
    assert_eq!(
        outline(&findings(&signed(["填报人", "张三", "填报日期", "    年  月  日"]))),
        ["H14 F18 info"]
    );
    // Two lines are one finding.
    let both = findings(&signed(["填报人", "", "联系电话", ""]));
    assert_eq!(outline(&both), ["H14 A18 info"]);
    assert_eq!(both[0].declared.as_deref(), Some("填报人、联系电话"));
}

#[test]
fn what_is_signed_on_paper_may_stay_empty() {
    for row in [
        ["填报人", "张三", "单位盖章", ""],
        ["单位负责人签字", "", "填报人", "张三"],
        ["单位负责人", "", "审核人", ""],
    ] {
        assert_eq!(outline(&findings(&signed(row))), NONE, "{row:?}");
    }
}

#[test]
fn years_that_do_not_fit() {
    assert_eq!(
        found(MINISTRY, &[("A1", "2022年度项目支出绩效自评表")]),
        ["H16 A1 info"]
    );
    let late = closed_by(&[("填报日期", "2025年3月1日")]);
    assert_eq!(outline(&findings(&late)), ["H16 B18 info"]);
    assert_eq!(
        found(MINISTRY, &[("B10", "按县财〔2026〕12号文件养护农村公路20公里")]),
        ["H16 B10 info"]
    );
}

#[test]
fn years_that_fit() {
    let sound = closed_by(&[("填报日期", "2024年3月1日")]);
    assert_eq!(outline(&findings(&sound)), NONE);
    for (cell, text) in [
        ("A1", "2024年项目支出绩效自评表"),
        ("A1", "2021-2023年度项目支出绩效自评表"),
        ("B10", "按县财〔2021〕12号文件养护农村公路20公里"),
        ("B10", "按财预〔2020〕10号、县财〔2024〕3号养护农村公路20公里"),
    ] {
        assert_eq!(found(MINISTRY, &[(cell, text)]), NONE, "{text}");
    }
    assert!(!outline(&findings(COUNTY)).iter().any(|found| found.starts_with("H16")));
}

/// What is listed for a person, as `E09 H25`.
fn for_review(table: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let entries = support::tables::checked(&edited(table, changes)).for_review;
    entries
        .iter()
        .map(|entry| format!("{} {}", entry.code, entry.cell))
        .collect()
}

#[test]
fn a_reason_of_another_matter_is_left_to_a_person_and_is_no_finding() {
    let canteen = [("I15", "原因：食堂菜品口味单一；措施：更换厨师")];
    assert_eq!(for_review(MINISTRY, &canteen), ["E08 I15"]);
    assert_eq!(found(MINISTRY, &canteen), NONE);
}

#[test]
fn reasons_that_may_belong_to_anything_are_not_listed() {
    for reason in [
        "原因：两个村道路改线；措施：明年补齐",
        "原因：征地进展缓慢；措施：加快办理",
        "原因：连续降雨；措施：择机补做",
        "原因：人手紧张；措施：增聘两名临时工",
        "原因：样本只有6份，答复偏少；措施：扩大发放范围",
        "村民外出",
    ] {
        assert_eq!(for_review(MINISTRY, &[("I15", reason)]), NONE, "{reason}");
    }
}

#[test]
fn a_reason_against_another_full_score_is_left_to_a_person() {
    assert_eq!(for_review(COUNTY, &[]), ["E09 H25"]);
    // 资金到位率 and its kin below their weights go with the reason.
    let short = [("G17", "2"), ("G18", "1"), ("G19", "2")];
    assert_eq!(for_review(COUNTY, &short), NONE);
    assert_eq!(
        for_review(COUNTY, &[("H25", "原因：企业申报材料不全；措施：加强辅导")]),
        NONE
    );
}

#[test]
fn a_standard_makes_a_finding_of_what_is_left_to_a_person_or_drops_it() {
    let with = |level: &str| {
        let standard = format!(
            "{COUNTY}\n```toml\nextends = \"ministry-2020\"\nname = \"own\"\ntitle = \"本县\"\ndocument = \"本县\"\nyear = 2023\n\
             [severity]\nE09 = \"{level}\"\n```\n"
        );
        support::tables::checked(&standard)
    };
    let raised = with("warning");
    assert!(outline(&raised.discrepancies).contains(&"E09 H25 warning".to_owned()));
    assert!(raised.for_review.is_empty());
    let dropped = with("off");
    assert!(
        !outline(&dropped.discrepancies)
            .iter()
            .any(|found| found.starts_with("E09"))
    );
    assert!(dropped.for_review.is_empty());
}

/// The ministry's form with one village less: 88.25 points, and further lines.
fn below_ninety(lines: &[(&str, &str)]) -> String {
    edited(&closed_by(lines), &[("F15", "5个"), ("H15", "18.75"), ("H17", "88.25")])
}

#[test]
fn problems_left_out_below_ninety_points() {
    let of = |lines: &[(&str, &str)]| outline(&findings(&below_ninety(lines)));
    assert_eq!(of(&[("存在问题", ""), ("改进措施", "明年补齐")]), ["E11 A18 info"]);
    assert_eq!(of(&[("存在问题", "无"), ("改进措施", "无")]), ["E11 B18 info"]);
    assert_eq!(of(&[("存在问题", "两个村改线"), ("改进措施", "明年补齐")]), NONE);
    assert_eq!(of(&[("备注", "")]), NONE);
    assert_eq!(of(&[]), NONE);
    // At 92 points nothing is asked for.
    assert_eq!(outline(&findings(&closed_by(&[("存在问题", "无")]))), NONE);
}

#[test]
fn a_count_that_the_rows_do_not_bear_out() {
    for text in ["本表设置一级指标3个、三级指标8个", "共设8个三级指标", "设置一级指标5个"]
    {
        assert_eq!(
            outline(&findings(&closed_by(&[("备注", text)]))),
            ["G16 B18 info"],
            "{text}"
        );
    }
}

#[test]
fn counts_of_a_part_or_with_the_execution_rate() {
    for text in [
        "本表设置一级指标3个、二级指标5个、三级指标5个",
        "加上预算执行率，共6个三级指标",
        "其中产出指标设三级指标3个",
        "三级指标4个完成，1个未完成",
        "完成三级指标4个",
        "三级指标见附件2，共20页",
    ] {
        assert_eq!(outline(&findings(&closed_by(&[("备注", text)]))), NONE, "{text}");
    }
}

#[test]
fn levels_merged_or_ordered_wrongly() {
    let again = [
        ("B16", "产出指标"),
        ("C16", "时效指标"),
        ("D16", "移交时间"),
        ("E16", "12月31日前"),
        ("F16", "12月20日"),
    ];
    assert_eq!(found(MINISTRY, &again), ["G17 B16 info"]);
    let blank_above = [("B12", ""), ("B13", ""), ("B14", "产出指标")];
    assert!(found(MINISTRY, &blank_above).contains(&"G17 B12 info".to_owned()));
}

#[test]
fn one_level2_merged_over_two_level1() {
    assert!(found(MINISTRY, &[("C15", "^^")]).contains(&"G17 C14 info".to_owned()));
}

#[test]
fn a_form_with_one_block_for_each_goal_repeats_its_levels() {
    let rows: Vec<(&str, &str)> = vec![
        ("B12", "产出指标"),
        ("B13", "效益指标"),
        ("B14", "产出指标"),
        ("B15", "效益指标"),
    ];
    assert!(!found(MINISTRY, &rows).iter().any(|found| found.starts_with("G17")));
}

#[test]
fn a_cost_indicator_that_is_only_the_templates_row() {
    let row = |name, target, actual| [("C14", "成本指标"), ("D14", name), ("E14", target), ("F14", actual)];
    for (name, target, actual) in [
        ("成本指标", "控制在预算内", "控制在预算内"),
        ("经济成本指标", "≤100%", "95%"),
        ("养护成本", "不超过预算", "不超过预算"),
    ] {
        assert_eq!(
            found(MINISTRY, &row(name, target, actual)),
            ["G19 D14 info"],
            "{name} {target}"
        );
    }
    for (name, target, actual) in [
        ("每公里养护成本", "≤6万元", "5.7万元"),
        ("成本指标", "≤6万元/公里", "5.7万元/公里"),
        ("养护成本节约率", "≥5%", "5%"),
    ] {
        assert_eq!(found(MINISTRY, &row(name, target, actual)), NONE, "{name} {target}");
    }
}

/// The table checked, reported, and the report checked again.
fn checked_again(table: &str) -> (CheckedTable, CheckedTable) {
    let workbook = markdown_table::workbook(table);
    let reading = read_tables(&workbook).tables.remove(0);
    let standard = Standard::ministry();
    let rescoring = rescore(&reading.evaluation, &reading.places, standard);
    let source = Source {
        format: workbook.format,
        file: None,
        tables: 1,
        report: None,
        evidence: None,
        references: None,
    };
    let first = check_table(&reading, &source, &rescoring, standard);
    let report = TableReport {
        discrepancies: first.discrepancies.clone(),
        for_review: first.for_review.clone(),
        checks_not_run: first.not_run,
        ..TableReport::new(&reading, rescoring.clone())
    };
    let again = check_table(&report.reading(), &source, &rescoring, standard);
    (first, again)
}

#[test]
fn a_report_checked_again_tells_the_same() {
    for table in [
        signed(["填报人", "", "联系电话", ""]),
        signed(["填报人", "张三", "填报日期", "  年  月  日"]),
        below_ninety(&[("存在问题", "无"), ("改进措施", "无")]),
        below_ninety(&[("存在问题", ""), ("改进措施", "明年补齐")]),
        closed_by(&[("备注", "本表设置三级指标8个")]),
        edited(MINISTRY, &[("A1", "2022年度项目支出绩效自评表")]),
        edited(COUNTY, &[("A24", "项目产出 （30分）")]),
    ] {
        let (first, again) = checked_again(&table);
        assert_eq!(outline(&first.discrepancies), outline(&again.discrepancies));
        assert_eq!(first.for_review, again.for_review);
    }
}
