//! What a summary says, and that neither the order of the reports nor how they were split changes a byte of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;
mod summary_support;

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use common::{CLEAN, Folder, SEED, hebiao};
use hebiao::model::Grade;
use hebiao::report::{FileError, FileReport};
use hebiao::summary::{AmountGap, Previous, RosterStanding, Summary, SummaryBuilder, SummaryOptions};
use hebiao::write::{summary_csv, summary_json, summary_ndjson, summary_workbook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use summary_support::{reports, roster_of, rows, summary_of};

const COUNTY: &str = "
| 单位 | 主管部门 | 项目 | 年初预算 | 全年预算 | 执行数 | 金额单位 | 总分 | 复算 | 错误 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 县水利局 | 县水利局 | 渠道整治 | 100 | 120 | 90 | 万元 | 95 | 88.5 | 1 | 新修渠道 | ≥3公里 | 2公里 | 20 | 18 |
| 县水利局 | 县水利局 | =水库加固 | 30 | 30 | 30 | 万元 | 92.5 | 92.5 | | 加固水库 | 2座 | 2座 | 20 | 20 |
| 县公路站 | 县交通运输局 | 公路养护 | 1265000 | 1265000 | 1214400.5 | 元 | 79 | 79 | 2 | 养护里程 | ≥20公里 | 21公里 | 20 | 20 |
| 县交投 | 县交通运输局 | 大桥建设 | 0.5 | 0.5 | 0.25 | 亿元 | 55 | 61 | | 完成投资 | ≥3000万元 | 2500万元 | 20 | 10 |
| 县实验小学 | 县教育局 | 校舍维修 | 77 | 77 | 77 | 不明 | 88 | 88 | | 维修校舍 | 3栋 | 3栋 | 20 | 20 |
";

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn county() -> Vec<FileReport> {
    let mut all = reports(&rows(COUNTY));
    let error = FileError {
        code: "password_protected".to_owned(),
        message: "文件有打开密码，读不了；请取消密码后另存。".to_owned(),
    };
    all.push(FileReport::unreadable("县卫健局/加密.xlsx", error));
    all
}

fn options() -> SummaryOptions {
    let mut options = SummaryOptions::default();
    options.roster = Some(roster_of(
        "主管部门,单位,项目名称,预算数（万元）\n县水利局,县水利局,渠道整治,100\n县教育局,县实验小学,校舍维修,77\n县民政局,县民政局,养老服务,50\n",
    ));
    options
}

/// Every output of a summary.
fn outputs(summary: &Summary) -> [Vec<u8>; 4] {
    let link = |path: &str| Some(path.to_owned());
    let (mut workbook, mut csv, mut json, mut lines) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    summary_workbook(summary, &link, &mut workbook).unwrap();
    summary_csv(summary, &mut csv).unwrap();
    summary_json(summary, &mut json).unwrap();
    summary_ndjson(summary, &mut lines).unwrap();
    [workbook, csv, json, lines]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reports_and_repeats_change_no_byte(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        again in prop::collection::vec(0_usize..6, 0..4),
    ) {
        let all = county();
        let mixed: Vec<FileReport> = order.iter().chain(&again).map(|index| all[*index].clone()).collect();
        prop_assert!(outputs(&summary_of(&mixed, options())) == outputs(&summary_of(&all, options())));
    }
}

#[test]
fn a_file_that_failed_in_one_run_and_was_read_in_another_has_not_failed() {
    let all = reports(&rows(COUNTY));
    let error = FileError {
        code: "read_failed".to_owned(),
        message: "读取时出错。".to_owned(),
    };
    let failed = FileReport::unreadable(&all[0].file, error);
    for reports in [vec![failed.clone(), all[0].clone()], vec![all[0].clone(), failed]] {
        let summary = summary_of(&reports, SummaryOptions::default());
        assert_eq!((summary.tables.len(), summary.failed.len()), (1, 0));
    }
}

#[test]
fn amounts_are_added_in_one_unit_and_rates_come_from_sums() {
    let summary = summary_of(&county(), SummaryOptions::default());
    let all = &summary.overview.all;
    // 120 + 30 + 126.5 + 5000 and 90 + 30 + 121.44005 + 2500; the table without a unit stays out.
    assert_eq!(all.amounts.annual_budget, decimal("5276.5"));
    assert_eq!(all.amounts.executed, decimal("2741.44005"));
    assert_eq!(all.amounts.execution_rate, Some(decimal("0.519557")));
    assert_eq!((all.amounts.tables, all.amounts.without_unit), (4, 1));
    let school = summary
        .tables
        .rows()
        .map(Result::unwrap)
        .find(|row| row.unit.as_deref() == Some("县实验小学"))
        .unwrap();
    assert_eq!(
        (school.annual_budget, school.amount_gap),
        (None, Some(AmountGap::NoUnit))
    );
    assert_eq!(
        school.amounts_as_written.as_deref(),
        Some("年初预算数 77，全年预算数 77，全年执行数 77")
    );
}

#[test]
fn means_are_simple_and_by_amount_before_and_after_rescoring() {
    let summary = summary_of(&county(), SummaryOptions::default());
    let all = &summary.overview.all;
    // (95 + 92.5 + 79 + 55 + 88) ÷ 5
    assert_eq!(all.declared.mean, Some(decimal("81.9")));
    // (95 × 120 + 92.5 × 30 + 79 × 126.5 + 55 × 5000) ÷ 5276.5
    assert_eq!(all.declared.weighted_mean, Some(decimal("56.698285")));
    assert_eq!((all.declared.scored, all.declared.weighted), (5, 4));
    assert_eq!(all.rescored.mean, Some(decimal("81.8")));
    let counts = |scoring: &hebiao::summary::Scoring| {
        scoring
            .grades
            .iter()
            .map(|share| (share.grade, share.tables))
            .collect::<Vec<_>>()
    };
    let of = |excellent, good, fair, poor| {
        vec![
            (Some(Grade::Excellent), excellent),
            (Some(Grade::Good), good),
            (Some(Grade::Fair), fair),
            (Some(Grade::Poor), poor),
            (None, 0),
        ]
    };
    assert_eq!(counts(&all.declared), of(2, 1, 1, 1));
    assert_eq!(counts(&all.rescored), of(1, 2, 2, 0));
    let names: Vec<Option<&str>> = summary
        .departments
        .iter()
        .map(|group| group.department.as_deref())
        .collect();
    assert_eq!(names, [Some("县交通运输局"), Some("县教育局"), Some("县水利局")]);
    assert_eq!(summary.departments[0].amounts.annual_budget, decimal("5126.5"));
}

#[test]
fn kinds_are_summed_apart() {
    let table = "
| 类型 | 单位 | 主管部门 | 项目 | 全年预算 | 执行数 | 总分 |
|---|---|---|---|---|---|---|
| 整体 | 县水利局 | 县水利局 | | 500 | 480 | 93 |
| 部门评价 | 县水利局 | 县水利局 | 渠道整治 | 120 | 110 | 91 |
";
    let summary = summary_of(&reports(&rows(table)), SummaryOptions::default());
    let budgets: Vec<Decimal> = summary
        .overview
        .kinds
        .iter()
        .map(|group| group.amounts.annual_budget)
        .collect();
    assert_eq!(budgets, [decimal("120"), decimal("500")]);
    assert_eq!((summary.departments.len(), summary.department_kinds.len()), (1, 2));
}

#[test]
fn a_roster_is_matched_by_name_with_tolerance_and_leaves_the_doubtful_to_a_person() {
    let table = "
| 单位 | 主管部门 | 项目 | 总分 |
|---|---|---|---|
| 县水利局 | 县水利局 | 渠道 整治（一期） | 90 |
| 某县公路站 | 县交通运输局 | 2023年度农村公路日常养护与灾毁修复项目 | 90 |
| 县教育局 | 县教育局 | 校舍维修改造二期工程 | 90 |
| 县民政局 | 县民政局 | 养老服务体系建设 | 90 |
| 县林业局 | 县林业局 | 名单外的项目 | 90 |
";
    let listed = roster_of(
        "2023年项目名单,,,\n主管部门,预算单位,项目名称,预算金额(元)\n\
         县水利局,县水利局,渠道整治(一期),1000000\n\
         县交通运输局,县公路站,2023年度农村公路日常养护和灾毁修复项目,2000000\n\
         县教育局,县教育局,校舍维修改造一期工程,500000\n\
         县卫健局,县卫健局,养老服务体系建设,300000\n\
         县文旅局,县文旅局,博物馆免费开放,200000\n\
         合计,,,4000000\n",
    );
    let mut options = SummaryOptions::default();
    options.roster = Some(listed);
    let summary = summary_of(&reports(&rows(table)), options);
    let outcome = summary.roster.as_ref().unwrap();
    let standings: Vec<RosterStanding> = outcome.rows.iter().map(|row| row.standing).collect();
    use RosterStanding::{Missing, Received, Unsure};
    assert_eq!(standings, [Received, Received, Unsure, Unsure, Missing]);
    let doubts: Vec<&str> = outcome.unsure.iter().map(|pair| pair.why.as_str()).collect();
    assert_eq!(doubts, ["名称相近，其中的数字不同", "名称相同，单位不同"]);
    let unlisted: Vec<&str> = outcome.unlisted.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(unlisted, ["县林业局“名单外的项目”"]);
    let findings = summary.findings.to_vec().unwrap();
    let codes: Vec<(&str, &str)> = findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.unit.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(codes, [("K05", ""), ("K06", "县林业局"), ("K06", "县民政局")]);
    let total = outcome.coverage.last().unwrap();
    assert_eq!((total.due, total.received, total.unsure, total.missing), (5, 2, 2, 1));
    assert_eq!(total.count_rate, Some(decimal("0.4")));
    // 100 + 200 of 400, from yuan.
    assert_eq!(
        (total.received_amount, total.due_amount),
        (decimal("300"), decimal("400"))
    );
    assert_eq!(total.amount_rate, Some(decimal("0.75")));
}

#[test]
fn a_roster_of_units_and_one_without_an_amounts_unit() {
    let table = "
| 单位 | 主管部门 | 项目 | 总分 |
|---|---|---|---|
| 县水利局 | 县水利局 | 渠道整治 | 90 |
";
    let mut options = SummaryOptions::default();
    options.roster = Some(roster_of("单位名称,金额\n县水利局,5\n县教育局,6\n"));
    let outcome = summary_of(&reports(&rows(table)), options).roster.unwrap();
    let standings: Vec<RosterStanding> = outcome.rows.iter().map(|row| row.standing).collect();
    assert_eq!(standings, [RosterStanding::Received, RosterStanding::Missing]);
    assert!(outcome.amount_note.unwrap().contains("没有注明单位"));
    assert_eq!(outcome.coverage.last().unwrap().amount_rate, None);
}

#[test]
fn a_long_roster_of_like_names_takes_no_square_of_its_length() {
    // Twelve million pairs would take minutes here.
    let name = |index: usize, end: &str| format!("第{index}村道路硬化与排水沟渠建设{end}");
    let mut table = "| 单位 | 项目 | 总分 |\n|---|---|---|\n".to_owned();
    let mut listed = "单位,项目名称\n".to_owned();
    for index in 0..3500 {
        table.push_str(&format!("| 单位{index} | {} | 90 |\n", name(index, "工程")));
        listed.push_str(&format!("单位{index},{}\n", name(index, "项目")));
    }
    let mut options = SummaryOptions::default();
    options.roster = Some(roster_of(&listed));
    let outcome = summary_of(&reports(&rows(&table)), options).roster.unwrap();
    assert_eq!(outcome.rows.len(), 3500);
}

#[test]
fn copies_of_one_file_are_named_and_still_counted() {
    let mut all = reports(&rows(COUNTY));
    let mut copy = all[0].clone();
    copy.file = "另存/副本.xlsx".to_owned();
    all.push(copy);
    let summary = summary_of(&all, SummaryOptions::default());
    let findings = summary.findings.to_vec().unwrap();
    let twice: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.code == "K04")
        .map(|finding| finding.measure.as_deref().unwrap())
        .collect();
    assert_eq!(twice, ["文件内容完全相同"]);
    assert_eq!(summary.overview.all.tables, 6);
}

#[test]
fn last_year_comes_from_results_or_from_its_workbook() {
    let year = |year: &str, target: &str| {
        format!(
            "| 单位 | 项目 | 年度 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |\n|---|---|---|---|---|---|---|---|\n| 县水利局 | 渠道整治 | {year} | 新修渠道 | {target} | 10公里 | 20 | 20 |\n"
        )
    };
    let last = reports(&rows(&year("2022", "≥10公里")));
    let [workbook, ..] = outputs(&summary_of(&last, SummaryOptions::default()));
    let this = reports(&rows(&year("2023", "≥6公里")));
    for previous in [
        Previous::from_reports(last.into_iter().map(Ok)).unwrap(),
        Previous::from_workbook("上年.xlsx", &workbook).unwrap(),
    ] {
        let mut options = SummaryOptions::default();
        options.previous = Some(previous);
        let summary = summary_of(&this, options);
        let findings = summary.findings.to_vec().unwrap();
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!((codes, summary.compared_years), (vec!["L01"], Some(1)));
    }
}

/// The parts of a package by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..package.len())
        .map(|index| {
            let mut part = package.by_index(index).unwrap();
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            (
                part.name().unwrap().into_owned(),
                String::from_utf8_lossy(&text).into_owned(),
            )
        })
        .collect()
}

#[test]
fn the_workbook_has_its_sheets_charts_and_frozen_filtered_lists_and_no_formula() {
    let [bytes, ..] = outputs(&summary_of(&county(), options()));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(
        workbook.sheet_names(),
        [
            "总览",
            "项目汇总",
            "部门汇总",
            "等次分布表",
            "差异清单",
            "指标明细",
            "未能读取",
            "未报名单",
            "覆盖情况",
            "疑似重复",
            "跨单位核查",
            "跨年核查"
        ]
    );
    let parts = parts(&bytes);
    let count = |prefix: &str| parts.iter().filter(|(name, _)| name.starts_with(prefix)).count();
    assert_eq!((count("xl/charts/chart"), count("xl/worksheets/sheet")), (3, 12));
    for (name, text) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name} has a formula");
        assert!(text.contains("state=\"frozen\""), "{name} is not frozen");
        assert!(
            text.contains("orientation=\"landscape\"") && text.contains("paperSize=\"9\""),
            "{name}"
        );
        assert_eq!(text.contains("<autoFilter"), !name.ends_with("/sheet1.xml"), "{name}");
    }
    let tables = workbook.worksheet_range("项目汇总").unwrap();
    let column = |header: &str| {
        tables
            .headers()
            .unwrap()
            .iter()
            .position(|title| title == header)
            .unwrap()
    };
    let names: Vec<String> = tables
        .rows()
        .skip(1)
        .map(|row| row[column("项目名称")].to_string())
        .collect();
    assert!(names.contains(&"=水库加固".to_owned()), "{names:?}");
    let rate = tables.rows().nth(1).map(|row| row[column("执行率")].clone()).unwrap();
    assert!(matches!(rate, Data::Float(_)), "{rate:?}");
    let findings = workbook.worksheet_range("差异清单").unwrap();
    assert_eq!(findings.rows().count(), 1 + 3);
    let failed = workbook.worksheet_range("未能读取").unwrap();
    let row: Vec<String> = failed.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(row[1], "县卫健局/加密.xlsx");
    assert!(row[4].contains("取消密码"), "{row:?}");
}

#[test]
fn separated_values_guard_what_looks_like_a_formula() {
    let [_, csv, json, lines] = outputs(&summary_of(&county(), options()));
    assert!(csv.starts_with(b"\xEF\xBB\xBF"));
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains(",'=水库加固,") && csv.lines().count() == 1 + 5, "{csv}");
    assert_eq!(String::from_utf8(lines).unwrap().lines().count(), 5);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(
        json["overview"]["all"]["amounts"]["annual_budget"].to_string(),
        "5276.5"
    );
    assert_eq!(json["discrepancies"].as_array().unwrap().len(), 3);
    assert_eq!(json["indicators"].as_array().unwrap().len(), 5);
}

#[test]
fn the_document_holds_to_its_schema() {
    let [_, _, json, _] = outputs(&summary_of(&county(), options()));
    let document: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let schema = hebiao(&["schema", "summary"]).json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&document)
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn nothing_at_all_is_a_summary_too() {
    let summary = SummaryBuilder::new(SummaryOptions::default()).finish().unwrap();
    let [workbook, ..] = outputs(&summary);
    assert!(Xlsx::new(Cursor::new(workbook)).is_ok());
}

#[test]
fn the_command_writes_the_same_bytes_from_files_and_from_their_results_in_any_order() {
    let folder = Folder::new();
    let seed = folder.file("报送/甲/表.xlsx", &std::fs::read(SEED).unwrap());
    let clean = folder.file("报送/乙/表.xlsx", &std::fs::read(CLEAN).unwrap());
    let broken = folder.file("报送/丙/坏.xlsx", b"PK\x03\x04 broken");
    let all = std::path::Path::new(&seed)
        .ancestors()
        .nth(2)
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let out = |name: &str| {
        std::path::Path::new(&all)
            .with_file_name(name)
            .to_str()
            .unwrap()
            .to_owned()
    };
    let direct = hebiao(&["summarize", &all, "-o", &out("汇总.xlsx")]);
    assert_eq!(direct.code, 3, "{}", direct.stderr);
    assert!(
        direct.stdout.contains("文件 3 个，评价表 2 张，未能读取 1 个"),
        "{}",
        direct.stdout
    );

    let lines = |files: &[&str]| hebiao(&[&["check", "--format", "ndjson"], files].concat()).stdout;
    folder.file("二.ndjson", lines(&[&broken, &seed]).as_bytes());
    folder.file("一.ndjson", lines(&[&clean]).as_bytes());
    let from = hebiao(&[
        "summarize",
        "--from",
        &out("二.ndjson"),
        &out("一.ndjson"),
        "-o",
        &out("结果.xlsx"),
    ]);
    assert_eq!(from.code, 3, "{}", from.stderr);
    assert!(std::fs::read(out("汇总.xlsx")).unwrap() == std::fs::read(out("结果.xlsx")).unwrap());

    let again = hebiao(&["summarize", &all, "-o", &out("汇总.xlsx")]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("--force"), "{}", again.stderr);
    assert_eq!(
        hebiao(&["summarize", &seed, "-o", &out("汇总.xlsx"), "--force"]).code,
        0
    );
    assert_eq!(
        hebiao(&["summarize", &seed, "--format", "csv", "--fail-on", "error"]).code,
        1
    );
}

#[test]
fn a_broken_line_is_a_row_and_the_others_are_summed_up() {
    let folder = Folder::new();
    let line = hebiao(&["check", "--format", "ndjson", SEED]).stdout;
    let results = folder.file("结果.ndjson", format!("{line}{}", &line[..200]).as_bytes());
    let run = hebiao(&["summarize", "--from", &results, "--format", "json"]);
    assert_eq!(run.code, 3);
    let json = run.json();
    assert_eq!(json["tables"].as_array().unwrap().len(), 1);
    assert!(
        json["failed"][0]["file"]
            .as_str()
            .unwrap()
            .ends_with("结果.ndjson 第 2 行"),
        "{}",
        json["failed"]
    );
}

#[test]
fn the_command_reads_a_roster_and_says_what_is_wrong_with_one() {
    let folder = Folder::new();
    let good = folder.file(
        "名单.csv",
        "项目名称,单位\n职业技能提升培训项目,示例县就业服务中心\n别的项目,别的单位\n".as_bytes(),
    );
    let run = hebiao(&["summarize", CLEAN, "--format", "json", "--roster", &good]);
    let standings: Vec<String> = run.json()["roster"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["standing"].to_string())
        .collect();
    assert_eq!(standings, ["\"received\"", "\"missing\""]);
    let bad = folder.file("别的.csv", "甲,乙\n1,2\n".as_bytes());
    let run = hebiao(&["summarize", CLEAN, "--format", "json", "--roster", &bad]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("没有找到表头"), "{}", run.stderr);
    assert_eq!(hebiao(&["summarize", "-o", "x.xlsx"]).code, 2);
    assert_eq!(hebiao(&["summarize", CLEAN]).code, 2);
}

#[test]
fn a_summary_among_the_tables_is_no_evaluation() {
    let folder = Folder::new();
    let [bytes, ..] = outputs(&summary_of(&county(), options()));
    let path = folder.file("汇总.xlsx", &bytes);
    let file = hebiao(&["check", "--format", "json", &path]).file();
    assert_eq!(file["status"], "unrecognized", "{}", file["tables"][0]["sheet"]);
}

#[test]
fn a_units_table_is_never_replaced_by_the_summary_and_an_earlier_summary_is() {
    let folder = Folder::new();
    let table = std::fs::read(CLEAN).unwrap();
    let path = folder.file("报送/甲.xlsx", &table);
    let all = folder.word("报送");
    let refused = hebiao(&["summarize", &all, "-o", &path, "--force"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("没有覆盖"), "{}", refused.stderr);
    assert!(std::fs::read(&path).unwrap() == table, "untouched");
    for name in ["汇总.xlsx", "汇总.csv"] {
        let summary = folder.word(&format!("报送/{name}"));
        for _ in 0..2 {
            let run = hebiao(&["summarize", &all, "-o", &summary, "--force"]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            assert!(run.stdout.contains("文件 1 个，评价表 1 张"), "{}", run.stdout);
        }
        std::fs::remove_file(&summary).unwrap();
    }
}

#[test]
fn what_is_no_result_is_refused_before_anything_is_written() {
    let folder = Folder::new();
    let table = folder.file("报送/甲.xlsx", &std::fs::read(CLEAN).unwrap());
    let output = folder.word("汇总.xlsx");
    for (given, fact) in [(folder.word("报送"), "是文件夹"), (table, "是表格文件")] {
        let run = hebiao(&["summarize", "--from", &given, "-o", &output]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(
            run.stderr.contains(fact) && run.stderr.contains("不用 --from"),
            "{}",
            run.stderr
        );
        assert!(!folder.path("汇总.xlsx").exists());
    }
}

#[test]
fn a_workbook_named_without_a_folder_links_to_the_tables_beside_it() {
    let folder = Folder::new();
    folder.file("报送/甲.xlsx", &std::fs::read(CLEAN).unwrap());
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_hebiao"))
        .args(["summarize", "报送", "-o", "汇总.xlsx"])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert!(run.status.success());
    let parts = parts(&std::fs::read(folder.path("汇总.xlsx")).unwrap());
    let part = |name: &str| {
        parts
            .iter()
            .find(|(part, _)| part == name)
            .map(|(_, text)| text.as_str())
    };
    let relations = part("xl/worksheets/_rels/sheet2.xml.rels").unwrap();
    assert!(
        relations.contains("Target=\"报送/甲.xlsx\" TargetMode=\"External\""),
        "{relations}"
    );
    let sheet = part("xl/worksheets/sheet2.xml").unwrap();
    let (_, links) = sheet.split_once("</sheetData>").unwrap();
    assert!(links.contains("<hyperlinks><hyperlink ref=\"Z2\" r:id=\"rIdL1\""));
    // Texts stand in their cells, in a small summary as in a large one.
    assert!(sheet.contains("<is><t>报送/甲.xlsx</t></is>"));
}

/// The rows of a sheet, each as its cells read one behind the other.
fn lines_of(workbook: &[u8], sheet: &str) -> Vec<String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let line = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    range.rows().map(line).collect()
}

#[test]
fn a_rate_is_of_the_tables_that_give_both_of_its_parts_and_its_row_says_so() {
    let table = "
| 单位 | 主管部门 | 项目 | 全年预算 | 执行数 | 总分 |
|---|---|---|---|---|---|
| 县水利局 | 县水利局 | 渠道整治 | 100 | 90 | 91 |
| 县水利局 | 县水利局 | 水库加固 | | 150 | 92 |
| 县教育局 | 县教育局 | 校舍维修 | 100 | 80 | 92 |
";
    let [workbook, ..] = outputs(&summary_of(&reports(&rows(table)), SummaryOptions::default()));
    let departments = lines_of(&workbook, "部门汇总");
    let of = |name: &str| departments.iter().find(|line| line.starts_with(name)).unwrap();
    let (water, school) = (of("县水利局"), of("县教育局"));
    assert!(
        water.contains("|0.9|") && water.ends_with("不是两个合计数相除的 240%"),
        "{water}"
    );
    assert!(water.contains("都填了的 1 张表"), "{water}");
    assert!(school.contains("|0.8|") && school.ends_with('|'), "{school}");
    assert!(departments[0].ends_with("|备注"), "{departments:?}");
    // Where nothing is to be remarked there is no column for it.
    let [workbook, ..] = outputs(&summary_of(&county(), SummaryOptions::default()));
    let header = lines_of(&workbook, "部门汇总").remove(0);
    assert!(header.ends_with("|金额未计入的表"), "{header}");
}

#[test]
fn a_grade_that_no_table_prints_is_told_to_be_that_of_its_score() {
    let [workbook, ..] = outputs(&summary_of(&county(), SummaryOptions::default()));
    let page = lines_of(&workbook, "总览").join("\n");
    assert!(page.contains("有 5 张表没有填评价等次，自评等次按自评得分"), "{page}");
    let tables = lines_of(&workbook, "项目汇总");
    assert!(
        tables[0].contains("|自评等次|") && tables[0].contains("|复算等次|"),
        "{}",
        tables[0]
    );
    assert!(
        tables[1].contains("没有填等次，自评等次按自评得分划分"),
        "{}",
        tables[1]
    );
    let mut printed = county();
    for report in &mut printed {
        for table in &mut report.tables {
            table.rescoring.declared_grade = Some(Grade::Good);
        }
    }
    let [workbook, ..] = outputs(&summary_of(&printed, SummaryOptions::default()));
    let all = [lines_of(&workbook, "总览"), lines_of(&workbook, "项目汇总")]
        .concat()
        .join("\n");
    assert!(!all.contains("没有填"), "{all}");
}

#[test]
fn a_grade_that_is_open_is_told_from_one_that_is_missing() {
    let mut reports = county();
    for report in reports.iter_mut().take(2) {
        let rescoring = &mut report.tables[0].rescoring;
        (rescoring.rescored_grade, rescoring.grade_is_open, rescoring.undecided) = (None, true, 1);
    }
    let summary = summary_of(&reports, SummaryOptions::default());
    let rescored = &summary.overview.all.rescored;
    assert_eq!((rescored.grades[4].tables, rescored.open.tables), (2, 2));
    let [workbook, ..] = outputs(&summary);
    let page = lines_of(&workbook, "总览");
    let row = page.iter().position(|line| line.starts_with("无等次|0|")).unwrap();
    assert!(page[row + 1].starts_with("其中待定|0|"), "{page:?}");
    assert!(
        page.join("\n").contains("复算“无等次”中有 2 张表的等次待定"),
        "{page:?}"
    );
    let [workbook, ..] = outputs(&summary_of(&county(), SummaryOptions::default()));
    assert!(!lines_of(&workbook, "总览").join("\n").contains("待定"));
}

#[test]
fn budgets_that_nobody_stated_are_no_zeros_among_the_grades() {
    let table = "
| 单位 | 主管部门 | 项目 | 全年预算 | 执行数 | 总分 |
|---|---|---|---|---|---|
| 县水利局 | 县水利局 | 渠道整治 | | | 91 |
| 县教育局 | 县教育局 | 校舍维修 | 100 | 80 | 92 |
";
    let [workbook, ..] = outputs(&summary_of(&reports(&rows(table)), SummaryOptions::default()));
    let grades = lines_of(&workbook, "等次分布表");
    let of = |name: &str| grades.iter().find(|line| line.starts_with(name)).unwrap();
    assert!(
        of("县水利局").starts_with("县水利局|自评|1|—|1|1|—|0|0|—|"),
        "{grades:?}"
    );
    assert!(
        of("县教育局").starts_with("县教育局|自评|1|100|1|1|100|0|0|0|"),
        "{grades:?}"
    );
}

#[test]
fn figures_of_the_list_of_findings_are_numbers_where_they_show_the_same() {
    let mut all = county();
    all[0].tables[0].discrepancies = ["98", "95.88%", "007", "1/3", "-0.5"]
        .into_iter()
        .map(|text| hebiao::model::Discrepancy {
            declared: Some(text.to_owned()),
            ..county()
                .into_iter()
                .flat_map(|report| report.tables)
                .find_map(|table| table.discrepancies.into_iter().next())
                .unwrap()
        })
        .collect();
    let file = all[0].file.clone();
    let [workbook, ..] = outputs(&summary_of(&all, SummaryOptions::default()));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let list = workbook.worksheet_range("差异清单").unwrap();
    let of_file = list.rows().filter(|row| row[18].to_string() == file);
    let declared: Vec<Data> = of_file.map(|row| row[10].clone()).collect();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(
        declared,
        [
            Data::Float(98.0),
            text("95.88%"),
            text("007"),
            text("1/3"),
            Data::Float(-0.5)
        ]
    );
}

#[test]
fn a_limit_that_was_raised_is_loosened_and_not_lowered() {
    let year = |year: &str, target: &str| {
        format!(
            "| 单位 | 项目 | 年度 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |\n|---|---|---|---|---|---|---|---|\n| 县水利局 | 渠道整治 | {year} | 返工率 | {target} | 3% | 20 | 20 |\n"
        )
    };
    let mut options = SummaryOptions::default();
    let last = reports(&rows(&year("2022", "≤5%")));
    options.previous = Some(Previous::from_reports(last.into_iter().map(Ok)).unwrap());
    let summary = summary_of(&reports(&rows(&year("2023", "≤8%"))), options);
    let findings = summary.findings.to_vec().unwrap();
    let [finding] = findings.as_slice() else {
        panic!("{findings:?}")
    };
    assert_eq!(finding.code, "L01");
    assert!(
        finding.message.ends_with("今年指标值 ≤8%，比上年指标值 ≤5% 放宽。"),
        "{}",
        finding.message
    );
    assert!(
        finding.suggestion.contains("没有理由的应收紧"),
        "{}",
        finding.suggestion
    );
    assert!(!format!("{}{}", finding.message, finding.suggestion).contains("低"));
}

#[test]
fn results_of_the_same_year_are_not_said_to_be_missing() {
    let mut options = SummaryOptions::default();
    options.previous = Some(Previous::from_reports(county().into_iter().map(Ok)).unwrap());
    let [workbook, ..] = outputs(&summary_of(&county(), options));
    let years = lines_of(&workbook, "跨年核查");
    assert!(years[1].contains("年度与这次的相同或者更晚"), "{years:?}");
}

#[test]
fn each_bar_of_a_chart_has_its_name() {
    let charts = |reports: &[FileReport]| {
        let [bytes, ..] = outputs(&summary_of(reports, options()));
        let parts = parts(&bytes).into_iter();
        let charts = parts.filter(|(name, _)| name.starts_with("xl/charts/chart"));
        charts.map(|(_, text)| text).collect::<Vec<String>>()
    };
    let has_all = |chart: &String| chart.contains("<c:tickLblSkip val=\"1\"/></c:catAx>");
    let [grades, problems, departments] = charts(&county()).try_into().unwrap();
    assert!(has_all(&problems) && has_all(&departments) && !has_all(&grades));
    // The code's column, beside the rule's title.
    assert!(problems.contains("<c:f>总览!$D$"), "{problems}");
    // The bars keep their room where a name would take it.
    let mut long = county();
    for table in long.iter_mut().flat_map(|report| &mut report.tables) {
        table.evaluation.department.as_mut().unwrap().value = "某街道办事处综合行政执法队".to_owned();
    }
    let [_, _, departments] = charts(&long).try_into().unwrap();
    assert!(has_all(&departments) && departments.contains("<c:manualLayout>"));
}
