//! The discrepancy list: a row a finding, filterable, printable, linked into the normalized workbook.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod write_support;

use calamine::Data;
use hebiao::report::*;
use hebiao::write::{DiscrepancyList, ListFormat, TextEncoding, WriteError, discrepancy_list};
use write_support::*;

const HEADERS: [&str; 17] = [
    "序号",
    "编号",
    "规则",
    "级别",
    "单元格",
    "字段",
    "申报值",
    "复算值",
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

/// On a sheet, what a page has no room for stands last.
const SHEET_HEADERS: [&str; 17] = [
    "序号",
    "编号",
    "规则",
    "级别",
    "单元格",
    "字段",
    "申报值",
    "复算值",
    "说明",
    "修改建议",
    "单位说明",
    "处理意见",
    "差额",
    "状态",
    "依据",
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
    for (letter, header) in ('A'..='Q').zip(SHEET_HEADERS) {
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
        ("M2", Data::Float(2.0)),
        ("O2", string("财预〔2020〕10号第十六条")),
        ("J2", string("按各项得分之和填写总分。")),
        ("N2", string("未说明")),
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
    for cell in ["K2", "L2", "K4", "L4"] {
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
    // Three findings; behind an empty row the heading, four colours and the one basis.
    assert!(
        book.contains("$A$1:$L$11"),
        "what a page has no room for is not printed"
    );
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
    // All lead into one file, so they share its relation.
    assert_eq!(targets.len(), 1);
    assert!(
        targets
            .iter()
            .all(|target| *target == "甲%20%231（2）100%25.规范表.xlsx"),
        "{targets:?}"
    );
    let sheet = parts.get("xl/worksheets/sheet1.xml").unwrap();
    assert_eq!(sheet.matches("<hyperlink ").count(), 6);
    assert_eq!(sheet.matches(" r:id=\"rIdL1\"").count(), 6);
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
        let hyperlink = hyperlink.replace("&apos;", "'");
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
fn a_cell_that_cannot_be_a_link_does_not_look_like_one() {
    let report = report(vec![table(small_evaluation(), findings())]);
    let [linked, unlinked] = ["甲.xlsx", ""].map(|name| discrepancy_list(&report, name).unwrap());
    let style_of_cell = |bytes: &[u8]| {
        let parts = parts(bytes);
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        let style = sheet.split("<c r=\"E2\" s=\"").nth(1).unwrap();
        let style: usize = style.split('"').next().unwrap().parse().unwrap();
        let styles = parts["xl/styles.xml"].split("<cellXfs").nth(1).unwrap();
        let font = styles.split("<xf ").nth(style + 1).unwrap();
        let font = font.split("fontId=\"").nth(1).unwrap().split('"').next().unwrap();
        let fonts = parts["xl/styles.xml"]
            .split("<font>")
            .nth(font.parse::<usize>().unwrap() + 1);
        (sheet.matches("<hyperlink ").count(), fonts.unwrap().contains("<u/>"))
    };
    assert_eq!(style_of_cell(&linked), (3, true));
    assert_eq!(style_of_cell(&unlinked), (0, false));
    assert_eq!(cells(&linked, "差异清单"), cells(&unlinked, "差异清单"));
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

/// Characters that a column has room for, by its letter.
fn room_of(bytes: &[u8], letter: char) -> f64 {
    let parts = parts(bytes);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    let number = |tag: &str, name: &str| -> f64 {
        let value = tag.split(&format!("{name}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse().unwrap()
    };
    let at = f64::from(u32::from(letter) - u32::from('A') + 1);
    let mut columns = sheet.split("<col ").skip(1);
    let column = columns.find(|tag| (number(tag, "min")..=number(tag, "max")).contains(&at));
    (number(column.unwrap(), "width") * 7.0 - 6.0) * 3.0 / 20.0
}

#[test]
fn a_cell_with_its_sheet_and_an_amount_stand_whole_on_their_lines() {
    let mut amount = finding("C01", Severity::Error, "G9", Some("funds[0].executed"));
    (amount.declared, amount.expected) = (Some("123456789.12".to_owned()), Some("118518517.56".to_owned()));
    amount.difference = Some("4938271.56".to_owned());
    let mut first = table(small_evaluation(), vec![amount]);
    first.sheet = "项目支出绩效自评表".to_owned();
    let bytes = discrepancy_list(&report(vec![first, table(small_evaluation(), vec![])]), "x.xlsx").unwrap();
    for (letter, needed) in [('E', 21.0), ('G', 13.0), ('H', 13.0), ('M', 11.0)] {
        assert!(
            room_of(&bytes, letter) >= needed,
            "{letter} {}",
            room_of(&bytes, letter)
        );
    }
    let sheet = &parts(&bytes)["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("fitToHeight=\"0\"") && sheet.matches("<hyperlink ").count() == 1);
}

#[test]
fn a_place_too_long_for_a_line_is_shown_whole_and_is_no_link() {
    let mut first = table(small_evaluation(), findings());
    first.sheet = "二〇二三年度县级预算部门项目支出绩效自评表（最终修改版）".to_owned();
    let second = table(small_evaluation(), findings());
    let bytes = discrepancy_list(&report(vec![first, second]), "x.xlsx").unwrap();
    let sheet = &parts(&bytes)["xl/worksheets/sheet1.xml"];
    assert_eq!(sheet.matches("<hyperlink ").count(), 3, "those of the other sheet");
    let place = "'二〇二三年度县级预算部门项目支出绩效自评表（最终修改版）'!G30";
    assert_eq!(cells(&bytes, "差异清单").get("E2"), Some(&string(place)));
}

#[test]
fn what_a_person_has_to_decide_stands_below_the_findings_and_is_none_of_them() {
    let entry = ForReview {
        code: "E09".to_owned(),
        title: "原因与得分矛盾".to_owned(),
        cell: at("H14"),
        field: Some("indicators[1].reason".to_owned()),
        message: "哪一处不实须由人判断。".to_owned(),
    };
    let line = "E09 原因与得分矛盾（H14）：哪一处不实须由人判断。";
    for findings in [findings(), vec![]] {
        let count = findings.len();
        let mut table = table(small_evaluation(), findings);
        table.for_review = vec![entry.clone()];
        let report = report(vec![table]);
        let cells = cells(&discrepancy_list(&report, "x.xlsx").unwrap(), "差异清单");
        let heading = at(&find(&cells, "需人工判断（规则判断不了，请人看；不计入差异处数）"));
        assert_eq!(at(&find(&cells, line)).row, heading.row + 1);
        assert!(heading.row as usize > count.max(1) + 1);
        for format in [ListFormat::Html, ListFormat::Markdown] {
            let text = written(&report, format);
            assert!(
                text.contains("哪一处不实须由人判断。") && text.contains("需人工判断"),
                "{text}"
            );
        }
        let list = DiscrepancyList::of(&report).unwrap();
        assert_eq!(list.findings.len(), count);
    }
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
    // Sheets of other formats have names of any length.
    let mut long = odd_report.tables[0].clone();
    long.sheet = "长'名".repeat(20_000);
    let several = report(vec![long, odd_report.tables[0].clone()]);
    let bytes = discrepancy_list(&several, "x.xlsx").unwrap();
    assert!(cells(&bytes, "差异清单").contains_key("E2"));
    assert!(matches!(
        discrepancy_list(&report(vec![]), "x.xlsx"),
        Err(WriteError::NoTable)
    ));
}

/// Texts that other programs like to take for something else.
const HOSTILE: [&str; 10] = [
    "=HYPERLINK(\"http://x\")",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "甲|乙\n丙",
    "引\"号\",逗号",
    "<script>alert(1)</script><img src=x>&amp;",
    "[链接](http://x) **粗** `码`",
    "'撇号",
];

fn hostile_report() -> FileReport {
    let findings = (0..).zip(HOSTILE).map(|(row, text)| {
        let mut finding = finding("D14", Severity::Warning, &format!("C{}", row + 1), None);
        finding.declared = Some(text.to_owned());
        finding.message = text.to_owned();
        finding.explanation.unit = Some(text.to_owned());
        finding
    });
    report(vec![table(small_evaluation(), findings.collect())])
}

fn written(report: &FileReport, format: ListFormat) -> String {
    String::from_utf8(format.write(report, "项目甲.规范表.xlsx", TextEncoding::Utf8).unwrap()).unwrap()
}

fn csv_records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn csv_has_the_same_rows_after_a_byte_order_mark() {
    let report = report(vec![table(small_evaluation(), findings())]);
    let text = written(&report, ListFormat::Csv);
    let text = text.strip_prefix('\u{feff}').unwrap();
    assert!(text.ends_with("\r\n"));
    let records = csv_records(text);
    assert_eq!(records.len(), 4);
    assert_eq!(records[0], HEADERS);
    assert_eq!(
        records[1],
        [
            "1",
            "A01",
            "总分与各项得分之和不符",
            "错误",
            "G30",
            "总分得分",
            "96",
            "94",
            "2",
            "总分应等于各项得分之和。G30 申报 96，各项得分之和为 94，相差 2。请核对各项得分后改正总分。",
            "财预〔2020〕10号第十六条",
            "按各项得分之和填写总分。",
            "未说明",
            "",
            "",
            "项目甲.xlsx",
            "sha256:0123456789abcdef",
        ]
    );
    assert_eq!(records[2][6], "94.47%");
    assert_eq!(records[3][6], "'=基本达成");
}

#[test]
fn csv_in_gb18030_holds_every_character() {
    let mut odd = hostile_report();
    odd.tables[0].discrepancies[0].message = "绩效𠮷€😀é".to_owned();
    let utf8 = written(&odd, ListFormat::Csv);
    let bytes = ListFormat::Csv.write(&odd, "x.xlsx", TextEncoding::Gb18030).unwrap();
    assert!(bytes.starts_with(&[0xD0, 0xF2, 0xBA, 0xC5]), "序号, without a mark");
    let (text, _, damaged) = encoding_rs::GB18030.decode(&bytes);
    assert!(!damaged);
    assert_eq!(text, utf8.trim_start_matches('\u{feff}'));
}

#[test]
fn no_csv_field_begins_like_a_formula_but_numbers_stay_numbers() {
    let mut report = hostile_report();
    report.tables[0].discrepancies[9].declared = Some("-12.5".to_owned());
    let records = csv_records(written(&report, ListFormat::Csv).trim_start_matches('\u{feff}'));
    assert_eq!(records.len(), 11);
    for field in records.iter().flatten().filter(|field| *field != "-12.5") {
        let first = field.trim_start().chars().next().unwrap_or(' ');
        assert!(!"=+-@".contains(first) && !field.starts_with('\t'), "{field}");
    }
    assert_eq!(records[1][9], "'=HYPERLINK(\"http://x\")");
    assert_eq!(records[6][9], "甲|乙\n丙");
    assert_eq!(records[10][6], "-12.5");
}

#[test]
fn json_has_the_columns_as_keys_and_the_totals() {
    let mut all = findings();
    all[2].explanation.unit = Some("已更正".to_owned());
    let report = report(vec![table(small_evaluation(), all)]);
    let json: serde_json::Value = serde_json::from_str(&written(&report, ListFormat::Json)).unwrap();
    let expected = serde_json::json!({
        "list_version": 1,
        "tool": {"name": "hebiao", "version": env!("CARGO_PKG_VERSION")},
        "file": "项目甲.xlsx",
        "sha256": "0123456789abcdef".repeat(4),
        "standards": ["财预〔2020〕10号"],
        "totals": {
            "errors": {"found": 1, "explained": 1},
            "warnings": {"found": 1, "explained": 0},
            "infos": {"found": 1, "explained": 0},
        },
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(json.get(key), Some(value), "{key}");
    }
    let rows = json["findings"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(
        rows[0],
        serde_json::json!({
            "number": 1, "code": "A01", "title": "总分与各项得分之和不符", "severity": "error", "sheet": "Sheet1",
            "cell": "G30", "field": "total.score", "field_title": "总分得分", "declared": "96", "expected": "94",
            "difference": "2",
            "message": "总分应等于各项得分之和。G30 申报 96，各项得分之和为 94，相差 2。请核对各项得分后改正总分。",
            "basis": "财预〔2020〕10号第十六条", "suggestion": "按各项得分之和填写总分。", "status": "explained",
            "unit_explanation": "已更正", "reviewer_opinion": null,
        })
    );
    assert_eq!(rows[1]["status"], "open");
    assert!(rows[2]["expected"].is_null());
}

#[test]
fn markdown_is_a_table_and_nothing_from_the_source_is_markup() {
    let text = written(&hostile_report(), ListFormat::Markdown);
    assert!(text.starts_with("# 差异清单\n\n- 源文件：项目甲.xlsx\n- 源文件 SHA-256：0123456789abcdef"));
    assert!(
        text.contains("- 合计：错误 0 项，预警 10 项（其中已说明 10 项），提示 0 项\n"),
        "{text}"
    );
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 12, "header, rule and ten findings, each on one line");
    for row in &rows {
        let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, 16, "{row}");
    }
    assert!(rows[7].contains("| 甲\\|乙<br>丙 |"), "{}", rows[7]);
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("[链接]("));
    let clean = report(vec![table(small_evaluation(), vec![])]);
    assert!(written(&clean, ListFormat::Markdown).ends_with("\n未发现差异。\n"));
}

#[test]
fn html_is_one_page_that_loads_and_runs_nothing() {
    let page = written(&hostile_report(), ListFormat::Html);
    assert!(page.starts_with("<!DOCTYPE html>"));
    for part in [
        "项目甲.xlsx",
        &"0123456789abcdef".repeat(4),
        "财预〔2020〕10号",
        "预警 10 项（其中已说明 10 项）",
        "@media print",
        "default-src 'none'",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<td class=\"warning\">预警</td>",
        "<td class=\"explained\">已说明</td>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<script", "<img", "src=\"", "href=", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!(page.matches("<tr>").count(), 11);
    let clean = report(vec![table(small_evaluation(), vec![])]);
    assert!(written(&clean, ListFormat::Html).contains("未发现差异"));
    let open = report(vec![table(small_evaluation(), findings())]);
    assert_eq!(
        written(&open, ListFormat::Html)
            .matches("<td class=\"fill-in\"></td>")
            .count(),
        6
    );
}

#[test]
fn what_people_wrote_stands_in_the_list_and_is_marked() {
    let mut all = findings();
    all[0].explanation.reviewer = Some("不同意".to_owned());
    all[2].explanation.unit = Some("=已更正".to_owned());
    let bytes = discrepancy_list(&report(vec![table(small_evaluation(), all)]), "x.xlsx").unwrap();
    assert_inert(&bytes);
    let cells = cells(&bytes, "差异清单");
    for (cell, text) in [
        ("N2", "已说明"),
        ("K2", "=已更正"),
        ("N3", "未说明"),
        ("L3", "不同意"),
        ("N4", "未说明"),
    ] {
        assert_eq!(cells.get(cell), Some(&string(text)), "{cell}");
    }
    assert_eq!((cells.get("L2"), cells.get("K3")), (None, None));
}

#[test]
fn no_format_writes_a_list_of_nothing() {
    for format in [
        ListFormat::Xlsx,
        ListFormat::Csv,
        ListFormat::Json,
        ListFormat::Markdown,
        ListFormat::Html,
    ] {
        let made = format.write(&report(vec![]), "x.xlsx", TextEncoding::Utf8);
        assert!(matches!(made, Err(WriteError::NoTable)));
        let report = hostile_report();
        let make = || format.write(&report, "x.xlsx", TextEncoding::Utf8).unwrap();
        assert_eq!(make(), make(), "equal reports give equal bytes");
    }
}
