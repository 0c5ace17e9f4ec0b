//! The discrepancy list: a row a finding, filterable, printable, linked into the normalized workbook.
#![allow(clippy::unwrap_used)]

mod write_support;

use calamine::Data;
use hebiao::report::*;
use hebiao::write::{WriteError, discrepancy_list};
use write_support::*;

const HEADERS: [&str; 12] = [
    "序号",
    "编号",
    "规则",
    "级别",
    "单元格",
    "字段",
    "申报值",
    "应为",
    "差额",
    "说明",
    "依据",
    "修改建议",
];

fn findings() -> Vec<Discrepancy> {
    let mut worded = finding("D14", Severity::Info, "D15", Some("indicators[2].target"));
    worded.declared = Some("=基本达成".to_owned());
    worded.expected = None;
    worded.difference = None;
    let mut rate = finding("C02", Severity::Warning, "G5", Some("funds[0].execution_rate"));
    rate.declared = Some("94.47%".to_owned());
    vec![
        rate,
        worded,
        finding("A01", Severity::Error, "G30", Some("total.score")),
    ]
}

#[test]
fn each_finding_is_a_row_under_the_fixed_headers() {
    let report = report(vec![table(small_evaluation(), findings())]);
    let bytes = discrepancy_list(&report, "项目甲.规范表.xlsx").unwrap();
    assert_inert(&bytes);
    assert_eq!(sheet_names(&bytes), ["差异清单"]);
    let cells = cells(&bytes, "差异清单");
    for (letter, header) in ('A'..='L').zip(HEADERS) {
        assert_eq!(cells.get(&format!("{letter}1")), Some(&string(header)));
    }
    for (cell, value) in [
        ("A2", Data::Float(1.0)),
        ("B2", string("C02")),
        ("D2", string("预警")),
        ("F2", string("年度资金总额·执行率")),
        ("G2", Data::Float(0.9447)),
        ("A3", Data::Float(2.0)),
        ("D3", string("提示")),
        ("F3", string("年度指标值（三级指标：政策知晓度）")),
        ("G3", string("=基本达成")),
        ("B4", string("A01")),
        ("C4", string("总分与各项得分之和不符")),
        ("D4", string("错误")),
        ("E4", string("G30")),
        ("F4", string("总分得分")),
        ("G4", Data::Float(96.0)),
        ("H4", Data::Float(94.0)),
        ("I4", Data::Float(2.0)),
        ("K4", string("财预〔2020〕10号第十六条")),
        ("L4", string("按各项得分之和填写总分。")),
    ] {
        assert_eq!(cells.get(cell), Some(&value), "{cell}");
    }
    assert_eq!(cells.get("H3"), None, "what is not known stays empty");
    assert_eq!(cells.get("A5"), None, "and no other row");
}

#[test]
fn the_list_filters_freezes_and_repeats_its_header() {
    let report = report(vec![table(small_evaluation(), findings())]);
    let parts = parts(&discrepancy_list(&report, "项目甲.规范表.xlsx").unwrap());
    let sheet = parts.get("xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains("<autoFilter ref=\"A1:L4\"/>"));
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""));
    assert!(parts.get("xl/workbook.xml").unwrap().contains("$1:$1"));
}

#[test]
fn each_cell_links_to_the_normalized_workbook_and_nowhere_else() {
    let report = report(vec![
        table(small_evaluation(), findings()),
        table(small_evaluation(), findings()),
    ]);
    let parts = parts(&discrepancy_list(&report, "甲 #1（2）100%.规范表.xlsx").unwrap());
    let relations = parts.get("xl/worksheets/_rels/sheet1.xml.rels").unwrap();
    let targets: Vec<&str> = relations
        .split("Target=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(targets.len(), 6);
    assert!(
        targets
            .iter()
            .all(|target| *target == "甲%20%231（2）100%25.规范表.xlsx"),
        "{targets:?}"
    );
    let sheet = parts.get("xl/worksheets/sheet1.xml").unwrap();
    for (cell, location) in [
        ("E2", "'评价表'!J6"),
        ("E3", "'评价表'!F13"),
        ("E4", "'评价表'!J14"),
        ("E7", "'评价表2'!J14"),
    ] {
        let hyperlink = sheet
            .split("<hyperlink ")
            .find(|part| part.starts_with(&format!("ref=\"{cell}\"")))
            .unwrap();
        assert!(hyperlink.contains(&format!("location=\"{location}\"")), "{hyperlink}");
    }
    for (name, content) in &parts {
        assert!(
            name == "xl/worksheets/_rels/sheet1.xml.rels" || !content.contains("TargetMode=\"External\""),
            "{name}"
        );
    }
}

#[test]
fn the_sheet_is_named_where_there_are_several() {
    let mut second = table(small_evaluation(), findings());
    second.sheet = "二 中心".to_owned();
    let bytes = discrepancy_list(&report(vec![table(small_evaluation(), findings()), second]), "x.xlsx").unwrap();
    let several = cells(&bytes, "差异清单");
    assert_eq!(several.get("E4"), Some(&string("Sheet1!G30")));
    assert_eq!(several.get("E7"), Some(&string("'二 中心'!G30")));

    let mut skipping = report(vec![table(small_evaluation(), findings())]);
    skipping.skipped_sheets.push(SkippedSheet {
        sheet: "封面".to_owned(),
        reason: "没有评价表".to_owned(),
    });
    let bytes = discrepancy_list(&skipping, "x.xlsx").unwrap();
    assert_eq!(cells(&bytes, "差异清单").get("E4"), Some(&string("Sheet1!G30")));
}

#[test]
fn a_clean_table_says_so() {
    let bytes = discrepancy_list(&report(vec![table(small_evaluation(), vec![])]), "x.xlsx").unwrap();
    assert_inert(&bytes);
    let cells = cells(&bytes, "差异清单");
    assert_eq!(cells.get("A2"), Some(&string("未发现差异")));
    assert_eq!(cells.len(), HEADERS.len() + 1);
}

#[test]
fn equal_reports_give_equal_bytes() {
    let report = report(vec![table(small_evaluation(), findings())]);
    assert_eq!(
        discrepancy_list(&report, "x.xlsx").unwrap(),
        discrepancy_list(&report, "x.xlsx").unwrap()
    );
}

#[test]
fn odd_texts_and_names_never_stop_the_list() {
    let mut odd = finding("R04", Severity::Warning, "XFD1048576", Some("nonsense[7].path"));
    odd.message = format!("坏\u{0}字符{}", "长".repeat(40_000));
    odd.declared = Some("1234567890123456789".to_owned());
    let odd_report = report(vec![table(small_evaluation(), vec![odd])]);
    for name in ["", "a:b?.xlsx", "#.xlsx", "..", &"名".repeat(3_000)] {
        let bytes = discrepancy_list(&odd_report, name).unwrap();
        assert_inert(&bytes);
        let cells = cells(&bytes, "差异清单");
        assert_eq!(cells.get("E2"), Some(&string("XFD1048576")));
        assert_eq!(cells.get("F2"), Some(&string("其他内容")));
        assert_eq!(cells.get("G2"), Some(&string("1234567890123456789")));
    }
    assert!(matches!(
        discrepancy_list(&report(vec![]), "x.xlsx"),
        Err(WriteError::NoTable)
    ));
}
