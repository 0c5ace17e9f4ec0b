//! The discrepancy list: a row a finding, filterable, printable, linked into the normalized workbook.
#![allow(clippy::unwrap_used)]

mod write_support;

use calamine::Data;
use hebiao::report::*;
use hebiao::write::{DiscrepancyList, WriteError, discrepancy_list};
use write_support::*;

const HEADERS: [&str; 17] = [
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
    "状态",
    "单位说明",
    "处理意见",
    "源文件",
    "识别码",
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
    for (letter, header) in ('A'..='Q').zip(HEADERS) {
        assert_eq!(cells.get(&format!("{letter}1")), Some(&string(header)));
    }
    for (cell, value) in [
        ("A2", Data::Float(1.0)),
        ("B2", string("A01")),
        ("C2", string("总分与各项得分之和不符")),
        ("D2", string("错误")),
        ("E2", string("G30")),
        ("F2", string("总分得分")),
        ("G2", Data::Float(96.0)),
        ("H2", Data::Float(94.0)),
        ("I2", Data::Float(2.0)),
        ("K2", string("财预〔2020〕10号第十六条")),
        ("L2", string("按各项得分之和填写总分。")),
        ("M2", string("未说明")),
        ("P2", string("项目甲.xlsx")),
        ("Q2", string("sha256:0123456789abcdef")),
        ("A3", Data::Float(2.0)),
        ("B3", string("C02")),
        ("D3", string("预警")),
        ("F3", string("年度资金总额·执行率")),
        ("G3", Data::Float(0.9447)),
        ("D4", string("提示")),
        ("F4", string("年度指标值（三级指标：政策知晓度）")),
        ("G4", string("=基本达成")),
    ] {
        assert_eq!(cells.get(cell), Some(&value), "{cell}");
    }
    assert_eq!(cells.get("H4"), None, "what is not known stays empty");
    for cell in ["N2", "O2", "N4", "O4"] {
        assert_eq!(cells.get(cell), None, "{cell} is for people");
    }
    assert_eq!(cells.get("A5"), None, "and no other row");
}

#[test]
fn rows_stand_by_level_then_table_then_cell_then_code() {
    let of = |codes: [(&str, Severity, &str); 4]| {
        let findings = codes.map(|(code, severity, cell)| finding(code, severity, cell, None));
        table(small_evaluation(), findings.into())
    };
    let first = of([
        ("H01", Severity::Info, "A1"),
        ("B02", Severity::Error, "C10"),
        ("A09", Severity::Error, "D9"),
        ("A02", Severity::Error, "C9"),
    ]);
    let second = of([
        ("H01", Severity::Info, "A1"),
        ("C01", Severity::Warning, "B2"),
        ("A02", Severity::Warning, "B2"),
        ("A01", Severity::Error, "A1"),
    ]);
    let list = DiscrepancyList::of(&report(vec![first, second])).unwrap();
    let order: Vec<String> = list
        .findings
        .iter()
        .map(|row| format!("{} {} {} {}", row.number, row.table, row.code, row.cell))
        .collect();
    assert_eq!(
        order,
        [
            "1 0 A02 C9",
            "2 0 A09 D9",
            "3 0 B02 C10",
            "4 1 A01 A1",
            "5 1 A02 B2",
            "6 1 C01 B2",
            "7 0 H01 A1",
            "8 1 H01 A1",
        ]
    );
}

#[test]
fn the_list_filters_freezes_and_repeats_its_header() {
    let report = report(vec![table(small_evaluation(), findings())]);
    let parts = parts(&discrepancy_list(&report, "项目甲.规范表.xlsx").unwrap());
    let sheet = parts.get("xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains("<autoFilter ref=\"A1:Q4\"/>"));
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""));
    let book = parts.get("xl/workbook.xml").unwrap();
    assert!(book.contains("$1:$1"));
    assert!(book.contains("$A$1:$O$4"), "the source is not printed on every row");
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
        ("E2", "'评价表'!J14"),
        ("E3", "'评价表2'!J14"),
        ("E4", "'评价表'!J6"),
        ("E6", "'评价表'!F13"),
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
    assert_eq!(several.get("E2"), Some(&string("Sheet1!G30")));
    assert_eq!(several.get("E3"), Some(&string("'二 中心'!G30")));

    let mut skipping = report(vec![table(small_evaluation(), findings())]);
    skipping.skipped_sheets.push(SkippedSheet {
        sheet: "封面".to_owned(),
        reason: "没有评价表".to_owned(),
    });
    let bytes = discrepancy_list(&skipping, "x.xlsx").unwrap();
    assert_eq!(cells(&bytes, "差异清单").get("E2"), Some(&string("Sheet1!G30")));
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
