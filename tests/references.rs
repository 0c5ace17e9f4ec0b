//! What tables are held against from outside: approved targets (G15) and payments (C16), each wrong and right, and what
//! is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;
mod support;

use common::{Folder, hebiao};
use support::markdown_table;
use support::tables::{MINISTRY, findings, outline};

/// Targets of the ministry's form, approved as they are reported.
const APPROVED: &str = "\
| | A | B | C | D | E |
|---|---|---|---|---|---|
| 1 | 项目支出绩效目标表 | << | << | << | << |
| 2 | 项目名称 | 农村公路养护 | << | 实施单位 | 县公路站 |
| 3 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 |
";

/// The indicators of [`MINISTRY`], each a row of targets, with some replaced.
fn approved(changes: &[(&str, &str)]) -> String {
    let workbook = markdown_table::workbook(MINISTRY);
    let reading = hebiao::layout::read_tables(&workbook).tables.remove(0);
    let evaluation = &reading.evaluation;
    let head = APPROVED
        .replace("农村公路养护", &evaluation.project_name.as_ref().unwrap().value)
        .replace("县公路站", &evaluation.implementing_unit.as_ref().unwrap().value);
    let mut text = head;
    for (at, row) in evaluation.indicators.iter().enumerate() {
        let cell = |field: &Option<hebiao::model::Field<String>>| {
            field.as_ref().map(|field| field.text.clone()).unwrap_or_default()
        };
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            at + 4,
            cell(&row.level1),
            cell(&row.level2),
            cell(&row.level3),
            cell(&row.target),
            row.weight
                .as_ref()
                .map(|weight| weight.text.clone())
                .unwrap_or_default()
        ));
    }
    for (from, to) in changes {
        assert!(text.contains(from), "{from} is in\n{text}");
        text = text.replace(from, to);
    }
    text
}

fn against_targets(table: &str, targets: &str) -> Vec<String> {
    outline(&findings(&format!("{table}\n批复的绩效目标表：\n\n{targets}")))
}

fn against_payments(table: &str, payments: &str) -> Vec<String> {
    outline(&findings(&format!("{table}\n支付明细：\n\n{payments}")))
}

/// A row of the ministry's form, by its 三级指标.
fn first_row() -> (String, String, String) {
    let workbook = markdown_table::workbook(MINISTRY);
    let reading = hebiao::layout::read_tables(&workbook).tables.remove(0);
    let row = &reading.evaluation.indicators[0];
    let text = |field: &Option<hebiao::model::Field<String>>| field.as_ref().unwrap().text.clone();
    let cell = row.target.as_ref().unwrap().cell.to_string();
    (text(&row.level3), text(&row.target), cell)
}

#[test]
fn the_approved_indicators_give_no_finding() {
    assert_eq!(against_targets(MINISTRY, &approved(&[])), [""; 0]);
}

#[test]
fn another_target_is_a_finding_and_the_same_written_otherwise_is_none() {
    let (_, target, cell) = first_row();
    let digits: String = target.chars().filter(char::is_ascii_digit).collect();
    let other = target.replace(&digits, &format!("{digits}0"));
    let changed = against_targets(MINISTRY, &approved(&[(&target, &other)]));
    assert_eq!(changed, [format!("G15 {cell}")]);
    let spaced = format!("{} ", target.replace('≥', "不少于"));
    assert_eq!(against_targets(MINISTRY, &approved(&[(&target, &spaced)])), [""; 0]);
}

#[test]
fn indicators_that_are_missing_added_or_renamed_are_findings() {
    let (name, ..) = first_row();
    let rows = approved(&[]).lines().count() - 1;
    let with_one_more = format!(
        "{}| {rows} | 产出指标 | 数量指标 | 新建桥梁座数 | ≥2座 | 5 |\n",
        approved(&[])
    );
    let found = against_targets(MINISTRY, &with_one_more);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("G15 "), "{found:?}");
    let without_it = approved(&[]).replace(&format!("| {name} |"), "| — |");
    let found = against_targets(MINISTRY, &without_it);
    assert_eq!(found.len(), 1, "{found:?}");
    let renamed = approved(&[(&format!("| {name} |"), &format!("| 本年度{name}总量 |"))]);
    let found = against_targets(MINISTRY, &renamed);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with(" warning"), "{found:?}");
}

#[test]
fn a_unit_in_a_column_of_its_own_is_the_same_target_also_under_another_name() {
    let table = MINISTRY;
    let workbook = markdown_table::workbook(table);
    let reading = hebiao::layout::read_tables(&workbook).tables.remove(0);
    let text = |field: &Option<hebiao::model::Field<String>>| {
        field.as_ref().map(|field| field.text.clone()).unwrap_or_default()
    };
    let mut targets = APPROVED
        .replace("| 指标值 |", "| 指标性质 | 指标值 | 度量单位 |")
        .replace("农村公路养护", &text(&reading.evaluation.project_name))
        .replace("县公路站", &text(&reading.evaluation.implementing_unit));
    for (at, row) in reading.evaluation.indicators.iter().enumerate() {
        let target = text(&row.target);
        let digits: String = target.chars().filter(char::is_ascii_digit).collect();
        let (sign, value, unit) = match target.split_once(&digits) {
            Some((sign @ ("≥" | "≤" | "＝"), unit)) => (sign, digits.as_str(), unit),
            _ => ("", target.as_str(), ""),
        };
        let name = if at == 0 {
            "道路维护公里数".to_owned()
        } else {
            text(&row.level3)
        };
        let weight = row
            .weight
            .as_ref()
            .map(|weight| weight.text.clone())
            .unwrap_or_default();
        targets.push_str(&format!(
            "| {} | {} | {} | {name} | {sign} | {value} | {unit} | {weight} |\n",
            at + 4,
            text(&row.level1),
            text(&row.level2)
        ));
    }
    let same = targets.replace("道路维护公里数", &first_row().0);
    assert_eq!(against_targets(table, &same), [""; 0]);
    let like = targets.replace("道路维护公里数", &format!("{}数", first_row().0));
    let found = against_targets(table, &like);
    assert!(
        found.len() <= 1 && found.iter().all(|found| found.ends_with(" warning")),
        "{found:?}"
    );
}

#[test]
fn targets_of_another_project_unit_or_year_are_not_compared() {
    let (_, target, _) = first_row();
    let changed = approved(&[(&target, "≥9999公里")]);
    let unit = |text: &str| text.replace("| 实施单位 |", "| 实施单位 | 县水利站 | 原单位 |");
    assert_eq!(against_targets(MINISTRY, &unit(&changed)), [""; 0]);
    let project = changed.replace("项目名称 | ", "项目名称 | 另一个");
    assert_eq!(against_targets(MINISTRY, &project), [""; 0]);
    let year = changed.replace("项目支出绩效目标表", "2011年度项目支出绩效目标表");
    assert_eq!(against_targets(MINISTRY, &year), [""; 0]);
}

/// Payments of the ministry's form: one line of this amount, with this unit.
fn payments(amount: &str, unit: &str) -> String {
    let workbook = markdown_table::workbook(MINISTRY);
    let reading = hebiao::layout::read_tables(&workbook).tables.remove(0);
    let project = &reading.evaluation.project_name.as_ref().unwrap().value;
    let own = &reading.evaluation.implementing_unit.as_ref().unwrap().value;
    format!(
        "| | A | B | C |\n|---|---|---|---|\n| 1 | 项目名称 | 预算单位 | 支付金额（{unit}） |\n\
         | 2 | {project} | {own} | {amount} |\n| 3 | 合计 |  | 1 |\n"
    )
}

fn executed() -> (rust_decimal::Decimal, String) {
    let workbook = markdown_table::workbook(MINISTRY);
    let reading = hebiao::layout::read_tables(&workbook).tables.remove(0);
    let field = reading.evaluation.funds[0].executed.clone().unwrap();
    (field.value, field.cell.to_string())
}

#[test]
fn payments_are_compared_in_whatever_unit_and_at_the_tables_precision() {
    let (executed, cell) = executed();
    let yuan = executed * rust_decimal::Decimal::from(10_000);
    assert_eq!(against_payments(MINISTRY, &payments(&yuan.to_string(), "元")), [""; 0]);
    assert_eq!(
        against_payments(MINISTRY, &payments(&executed.to_string(), "万元")),
        [""; 0]
    );
    let other = yuan + rust_decimal::Decimal::from(20_000);
    assert_eq!(
        against_payments(MINISTRY, &payments(&other.to_string(), "元")),
        [format!("C16 {cell}")]
    );
    let of_another = payments(&other.to_string(), "元").replace("| 2 | ", "| 2 | 另一个");
    assert_eq!(against_payments(MINISTRY, &of_another), [""; 0]);
}

#[test]
fn what_is_no_list_of_targets_or_payments_is_refused_with_a_sentence() {
    let folder = Folder::new();
    let seed = common::SEED;
    let list = folder.file("名单.csv", "项目名称,单位\n甲,乙\n".as_bytes());
    let no_unit = folder.file("支付.csv", "项目名称,支付金额\n甲,100\n".as_bytes());
    let no_number = folder.file("明细.csv", "项目名称,支付金额（元）\n甲,一百\n".as_bytes());
    for (option, file, expected) in [
        ("--targets", seed, "不是批复的绩效目标表"),
        ("--targets", &list, "没有读到绩效目标表"),
        ("--payments", seed, "没有找到表头"),
        ("--payments", &list, "没有找到表头"),
        ("--payments", &no_unit, "没有注明单位"),
        ("--payments", &no_number, "第 2 行“甲”的金额“一百”不是数字"),
        ("--payments", "没有的.xlsx", "找不到"),
    ] {
        let run = hebiao(&["check", seed, option, file]);
        assert_eq!(run.code, 2, "{option} {file}: {}", run.stderr);
        assert!(run.stderr.contains(expected), "{option} {file}: {}", run.stderr);
    }
}

#[test]
fn a_folder_of_targets_and_a_settings_file_name_them_too() {
    let folder = Folder::new();
    folder.file(
        "目标/公路.csv",
        "项目支出绩效目标表,,,,\n项目名称,无此项目,,,\n一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,里程,≥20公里,50\n"
            .as_bytes(),
    );
    let seed = std::fs::read(common::CLEAN).unwrap();
    folder.file("报送/自评表.xlsx", &seed);
    let run = hebiao(&["check", &folder.word("报送"), "--targets", &folder.word("目标")]);
    assert!(says(&run.stdout, "目标表中没有这个项目"), "{}", run.stdout);
    folder.file("报送/hebiao.toml", "targets = [\"../目标\"]\n".as_bytes());
    let run = hebiao(&["check", &folder.word("报送")]);
    assert!(says(&run.stdout, "目标表中没有这个项目"), "{}", run.stdout);
    let empty = folder.file("空/说明.txt", b"x");
    let parent = std::path::Path::new(&empty)
        .parent()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let run = hebiao(&["check", &folder.word("报送/自评表.xlsx"), "--targets", &parent]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

/// Whether a text that was wrapped holds these words.
fn says(text: &str, words: &str) -> bool {
    text.split_whitespace().collect::<String>().contains(words)
}
