//! `summarize` and `check --resume` over folders with reports in prose: one beside its table misses nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{Folder, Table, hebiao, ministry, names};

/// A report of the sample's project, with another total than the table's 98.76 where asked for.
fn report(total: &str) -> String {
    format!(
        "示例县就业服务中心职业技能提升培训项目2023年度绩效自评报告\n一、基本情况\n\
         2023年职业技能提升培训项目预算126.5万元，实际支出121.44万元，预算执行率96%。\n二、自评结论\n\
         职业技能提升培训项目自评得分{total}分，自评等级为“优”。\n"
    )
}

fn batch(total: &str) -> Folder {
    let folder = Folder::new();
    let table: Table = ministry::table();
    folder.table("县/自评表.xlsx", &table);
    folder.file("县/自评报告.txt", report(total).as_bytes());
    folder
}

#[test]
fn a_report_beside_its_table_is_no_unread_file_of_a_summary_and_gets_no_letter() {
    let folder = batch("98.76");
    let county = folder.word("县");
    let run = hebiao(&[
        "summarize",
        &county,
        "--format",
        "json",
        "--notices",
        &folder.word("通知"),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let summary = run.json();
    assert_eq!(summary["failed"], serde_json::json!([]));
    assert_eq!(names(&folder.path("通知")), Vec::<String>::new());
    assert!(!run.stderr.contains("这是一份文字报告"), "{}", run.stderr);
    // Result lines of check say the same.
    let lines = folder.word("结果.ndjson");
    hebiao(&["check", &county, "--format", "ndjson", "-o", &lines]);
    let again = hebiao(&["summarize", "--from", &lines, "--format", "json"]);
    assert_eq!((again.code, again.stdout), (0, run.stdout));
}

#[test]
fn a_report_without_its_table_is_an_unread_file() {
    let folder = batch("98.76");
    folder.file(
        "县/别的报告.txt",
        report("90").replace("职业技能提升培训", "农村公路养护").as_bytes(),
    );
    let run = hebiao(&["summarize", &folder.word("县"), "--format", "json"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    let failed = run.json()["failed"].clone();
    assert_eq!(failed.as_array().unwrap().len(), 1);
    assert!(failed[0]["file"].as_str().unwrap().ends_with("别的报告.txt"));
    assert!(run.stderr.contains("别的报告.txt：这是一份文字报告"), "{}", run.stderr);
}

#[test]
fn going_on_with_results_knows_a_report_that_was_compared() {
    let folder = batch("98.76");
    let lines = folder.word("结果.ndjson");
    let words = ["check", &folder.word("县"), "--format", "ndjson", "-o", &lines];
    let first = hebiao(&words);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let again = hebiao(&[&words[..], &["--resume"]].concat());
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stderr.contains("其中 2 个文件上次核对过"), "{}", again.stderr);
}

#[test]
fn what_a_report_says_otherwise_stands_in_a_column_of_its_own() {
    let folder = batch("97");
    let county = folder.word("县");
    let run = hebiao(&["summarize", &county, "--format", "json"]);
    let findings = run.json()["discrepancies"].clone();
    let of_report = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "J01");
    let of_report = of_report.unwrap_or_else(|| panic!("{findings:#}"));
    assert_eq!(of_report["quote"]["paragraph"], 5);
    let output = folder.word("汇总.xlsx");
    let run = hebiao(&["summarize", &county, "-o", &output, "--notices", &folder.word("通知")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let quoted = "“职业技能提升培训项目自评得分97分，自评等级为“优”。”（第 5 段，二、自评结论）";
    let texts = texts(&std::fs::read(&output).unwrap());
    assert!(texts.contains("报告原文") && texts.contains(quoted), "{texts}");
    assert!(!texts.contains("（报告“"), "the message repeats it: {texts}");
    let letters = names(&folder.path("通知"));
    let letter = letters.iter().find(|name| name.ends_with(".docx")).unwrap();
    let text = part(
        &std::fs::read(folder.path("通知").join(letter)).unwrap(),
        "word/document.xml",
    );
    assert!(text.contains("报告原文") && text.contains(quoted), "{text}");
}

#[test]
fn a_copy_handed_back_gets_the_names_of_its_original() {
    let folder = Folder::new();
    folder.table("一/表.批注副本.批注副本.xlsx", &ministry::table());
    let out = folder.word("出");
    let run = hebiao(&[
        "convert",
        "--annotate",
        "--list",
        "none",
        "-o",
        &out,
        &folder.word("一/表.批注副本.批注副本.xlsx"),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(names(&folder.path("出")), ["表.批注副本.xlsx", "表.规范表.xlsx"]);
}

/// A text part of a package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut package.by_name(name).unwrap(), &mut text).unwrap();
    text
}

/// All texts of a workbook, wherever its writer puts them.
fn texts(bytes: &[u8]) -> String {
    let package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    let parts = names.iter().filter(|name| name.ends_with(".xml"));
    parts.map(|name| part(bytes, name)).collect()
}
