//! 修改通知: a letter to each unit that has something to send back, ready to print, the same bytes each time.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod write_support;

use std::io::{Cursor, Read};

use hebiao::grid::Workbook;
use hebiao::model::Evaluation;
use hebiao::read::{Limits, read_workbook};
use hebiao::report::*;
use hebiao::summary::CrossFinding;
use hebiao::write::{
    NOTICE_SUFFIX, NoticeContents, NoticeGroups, NoticeTable, NoticeUnit, UNNAMED_UNIT, WriteError, notice,
};
use write_support::*;

fn of_unit(file: &str, unit: Option<&str>, department: Option<&str>, findings: Vec<Discrepancy>) -> FileReport {
    let evaluation = Evaluation {
        implementing_unit: unit.and_then(|name| text(name, "G4")),
        department: department.and_then(|name| text(name, "C4")),
        ..small_evaluation()
    };
    FileReport {
        file: file.to_owned(),
        ..report(vec![table(evaluation, findings)])
    }
}

fn error() -> Discrepancy {
    finding("A01", Severity::Error, "G30", Some("total.score"))
}

fn warning() -> Discrepancy {
    finding("C02", Severity::Warning, "G5", Some("funds[0].execution_rate"))
}

fn info() -> Discrepancy {
    finding("D14", Severity::Info, "D15", Some("indicators[2].target"))
}

fn units(reports: &[FileReport]) -> Vec<NoticeUnit> {
    let mut groups = NoticeGroups::default();
    for (position, report) in reports.iter().enumerate() {
        groups.add(position, report);
    }
    groups.into_units().unwrap().units
}

fn names(units: &[NoticeUnit]) -> Vec<&str> {
    units.iter().map(|unit| unit.name.as_str()).collect()
}

fn tables(unit: &NoticeUnit, reports: &[FileReport]) -> Vec<NoticeTable> {
    let of = |position: &usize| unit.tables_of(&reports[*position]);
    unit.positions.iter().flat_map(of).collect()
}

fn contents(tables: Vec<NoticeTable>) -> NoticeContents {
    let mut contents = NoticeContents::default();
    for table in &tables {
        contents.add_table(table).unwrap();
    }
    contents
}

/// The document as the reader of docx tables sees it.
fn read(docx: &[u8]) -> Workbook {
    read_workbook(docx, Some("通知.docx"), &Limits::default()).unwrap()
}

/// The lines of the only table with a 序号 on a page, what stands around it left out at the front.
fn lines(workbook: &Workbook, sheet: usize) -> Vec<String> {
    let mut rows: std::collections::BTreeMap<u32, Vec<String>> = std::collections::BTreeMap::new();
    for cell in workbook.sheets[sheet].cells() {
        rows.entry(cell.address.row).or_default().push(cell.shown().to_owned());
    }
    let rows = rows.into_values().map(|cells| cells.join("|"));
    let table = rows.skip_while(|row| !row.starts_with("序号|"));
    table.take_while(|row| !row.starts_with("单位（盖章）")).collect()
}

fn part(docx: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut content = String::new();
    package.by_name(name).unwrap().read_to_string(&mut content).unwrap();
    content
}

#[test]
fn a_letter_goes_to_the_implementing_unit_else_to_the_department_else_to_nobody_named() {
    let reports = [
        of_unit("1.xlsx", Some("甲单位"), Some("主管局"), vec![error()]),
        of_unit("2.xlsx", None, Some("主管局"), vec![error()]),
        of_unit("3.xlsx", Some("  "), Some("无"), vec![warning()]),
    ];
    let units = units(&reports);
    // By pinyin, and who names nobody last.
    assert_eq!(names(&units), ["甲单位", "主管局", UNNAMED_UNIT]);
    assert_eq!(units[0].file_name, format!("甲单位{NOTICE_SUFFIX}"));
    assert_eq!(units[2].positions, [2]);
}

#[test]
fn letters_come_in_the_roster_s_order_and_the_others_behind_by_pinyin() {
    let mut groups = NoticeGroups::default();
    groups.know("县水利局");
    groups.know("219-县教育局");
    for (position, unit) in ["县财政局", "县教育局", "县公路站", "县水利局"].into_iter().enumerate() {
        groups.add(
            position,
            &of_unit(&format!("{unit}.xlsx"), Some(unit), None, vec![error()]),
        );
    }
    assert_eq!(
        names(&groups.into_units().unwrap().units),
        ["县水利局", "县教育局", "县财政局", "县公路站"]
    );
}

#[test]
fn one_unit_however_its_name_is_spelled_gets_one_letter_under_the_common_spelling() {
    let reports = [
        of_unit("1.xlsx", Some("甲 单位（本级）"), None, vec![error()]),
        of_unit("2.xlsx", Some("甲单位(本级)"), None, vec![]),
        of_unit("3.xlsx", Some("甲单位(本级)"), None, vec![]),
    ];
    let units = units(&reports);
    assert_eq!(names(&units), ["甲单位(本级)"]);
    assert_eq!(units[0].positions, [0, 1, 2]);
    assert_eq!(
        tables(&units[0], &reports).len(),
        3,
        "tables without findings are named too"
    );
}

#[test]
fn a_unit_without_errors_and_warnings_gets_no_letter() {
    let reports = [
        of_unit("1.xlsx", Some("甲单位"), None, vec![]),
        of_unit("2.xlsx", Some("乙单位"), None, vec![info()]),
        of_unit("3.xlsx", Some("丙单位"), None, vec![warning()]),
    ];
    assert_eq!(names(&units(&reports)), ["丙单位"]);
}

#[test]
fn letters_of_units_whose_names_become_the_same_file_name_are_kept_apart() {
    let reports = [
        of_unit("1.xlsx", Some("甲/局"), None, vec![error()]),
        of_unit("2.xlsx", Some("甲*局乙"), None, vec![error()]),
        of_unit("3.xlsx", Some("局？１"), None, vec![error()]),
    ];
    let mut long = reports.to_vec();
    long.push(of_unit("4.xlsx", Some(&"长".repeat(80)), None, vec![error()]));
    long.push(of_unit("5.xlsx", Some(&"长".repeat(81)), None, vec![error()]));
    let files: Vec<String> = units(&long).into_iter().map(|unit| unit.file_name).collect();
    let distinct: std::collections::BTreeSet<&String> = files.iter().collect();
    assert_eq!(distinct.len(), 5, "{files:?}");
    assert!(files.contains(&"甲_局.修改通知.docx".to_owned()), "{files:?}");
    assert!(
        files.iter().any(|name| name.ends_with(" (2).修改通知.docx")),
        "{files:?}"
    );
}

#[test]
fn the_order_of_the_reports_changes_nothing() {
    let one = of_unit("1.xlsx", Some("甲单位"), None, vec![error()]);
    let other = of_unit("2.xlsx", Some("甲 单位"), None, vec![error()]);
    let there = [one.clone(), other.clone()];
    let back = [other, one];
    assert_eq!(names(&units(&there)), names(&units(&back)));
}

#[test]
fn errors_come_first_then_warnings_and_remarks_are_counted() {
    let reports = [of_unit(
        "目录/表一.xlsx",
        Some("甲单位"),
        None,
        vec![warning(), info(), error()],
    )];
    let units = units(&reports);
    let docx = notice(&units[0].name, &contents(tables(&units[0], &reports))).unwrap();
    let workbook = read(&docx);
    let results = lines(&workbook, 0);
    assert_eq!(
        results[0],
        "序号|项目名称|文件|自评总分|复算总分|自评等次|复算等次|错误|预警|提示"
    );
    assert!(
        results[1].contains("|表一.xlsx|") && results[1].ends_with("|1|1|1"),
        "{results:?}"
    );
    assert!(!results[1].contains("目录"), "folders stay out");
    let list = lines(&workbook, 1);
    assert_eq!(list[0], "序号|级别|单元格|问题|申报值|复算值|依据|修改要求|单位说明");
    assert!(list[2].starts_with("1|错误|G30|总分与各项得分之和不符"), "{list:?}");
    assert!(list[3].starts_with("2|预警|G5|"), "{list:?}");
    assert_eq!(list.len(), 4, "a remark has no row: {list:?}");
}

#[test]
fn a_unit_that_has_explained_a_finding_sees_its_words_again() {
    let mut explained = warning();
    explained.explanation.unit = Some("年中追加".to_owned());
    let reports = [of_unit("1.xlsx", Some("甲单位"), None, vec![explained, error()])];
    let list = lines(
        &read(&notice("甲单位", &contents(tables(&units(&reports)[0], &reports))).unwrap()),
        1,
    );
    assert!(list[3].ends_with("|年中追加"), "{list:?}");
    assert!(!list[2].contains("年中追加"), "{list:?}");
}

#[test]
fn what_a_person_decides_is_left_blank_and_the_table_heads_come_again_on_each_page() {
    let reports = [of_unit("1.xlsx", Some("甲单位"), None, vec![error()])];
    let docx = notice("甲单位", &contents(tables(&units(&reports)[0], &reports))).unwrap();
    let document = part(&docx, "word/document.xml");
    for text in [
        "绩效评价表修改通知",
        "甲单位：",
        "请于＿＿＿＿年＿＿月＿＿日前",
        "（发文单位盖章）",
        "单位（盖章）：＿＿",
        "负责人（签字）：＿＿",
        "报送日期：＿＿＿＿年",
    ] {
        assert!(document.contains(text), "{text}");
    }
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2);
    assert_eq!(document.matches("w:orient=\"landscape\"").count(), 1);
}

#[test]
fn a_hostile_text_stays_text() {
    let mut hostile = error();
    hostile.message = "a<w:br/>&\u{1}\u{202e}\"b\"\r\n第二行".to_owned();
    let reports = [of_unit("<1>.xlsx", Some("甲<单位>&"), None, vec![hostile])];
    let docx = notice("甲<单位>&", &contents(tables(&units(&reports)[0], &reports))).unwrap();
    let list = lines(&read(&docx), 1);
    assert!(list[2].contains("a<w:br/>& \"b\"\n第二行"), "{list:?}");
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let reports = [of_unit("1.xlsx", Some("甲单位"), None, vec![error(), warning()])];
    let write = || notice("甲单位", &contents(tables(&units(&reports)[0], &reports))).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn there_is_no_letter_about_nothing() {
    assert!(matches!(
        notice("甲单位", &contents(Vec::new())),
        Err(WriteError::NoTable)
    ));
}

#[test]
fn a_finding_between_tables_goes_to_every_unit_of_this_year_that_it_concerns() {
    let reports = [
        of_unit("甲/1.xlsx", Some("甲单位"), None, vec![]),
        of_unit("乙/1.xlsx", Some("乙单位"), None, vec![]),
    ];
    let mut groups = NoticeGroups::default();
    for (position, report) in reports.iter().enumerate() {
        groups.add(position, report);
    }
    let cross = |code: &str, severity| CrossFinding {
        code: code.to_owned(),
        rule: String::new(),
        title: String::new(),
        severity,
        department: None,
        unit: Some("甲单位".to_owned()),
        project: None,
        file: Some("甲/1.xlsx".to_owned()),
        sheet: None,
        cell: None,
        related: vec!["乙/1.xlsx".to_owned()],
        measure: None,
        message: "说明".to_owned(),
        suggestion: "核对".to_owned(),
        unit_suggestion: None,
    };
    // Shared texts concern both; last year's file of the same name is nobody's; reviewers look after themselves;
    // remarks are sent to nobody.
    groups.add_cross(0, &cross("K03", Severity::Warning));
    groups.add_cross(1, &cross("L02", Severity::Warning));
    groups.add_cross(2, &cross("K12", Severity::Warning));
    groups.add_cross(3, &cross("K07", Severity::Info));
    let units = groups.into_units().unwrap();
    let concerned: Vec<(&str, &[usize])> = units
        .units
        .iter()
        .map(|unit| (unit.name.as_str(), unit.cross.as_slice()))
        .collect();
    assert_eq!(concerned, [("甲单位", [0, 1].as_slice()), ("乙单位", [0].as_slice())]);
}

#[test]
fn a_letter_asks_the_unit_for_what_it_can_do_itself() {
    let cross = |suggestion: &str, unit: Option<&str>| CrossFinding {
        code: "K05".to_owned(),
        rule: String::new(),
        title: "名单中的项目没有报送".to_owned(),
        severity: Severity::Error,
        department: None,
        unit: Some("甲单位".to_owned()),
        project: None,
        file: None,
        sheet: None,
        cell: None,
        related: Vec::new(),
        measure: None,
        message: "说明".to_owned(),
        suggestion: suggestion.to_owned(),
        unit_suggestion: unit.map(str::to_owned),
    };
    let findings = [
        cross("请催报；全部未报项目见“未报名单”。", Some("请补报：道路。")),
        cross("请单位说明原因。", None),
    ];
    let mut broken = of_unit("甲单位/坏.rar", None, None, vec![]);
    broken.tables.clear();
    (broken.status, broken.error) = (
        FileStatus::Unreadable,
        Some(FileError {
            code: "unsupported_format".to_owned(),
            message: "这是 .rar 压缩包。".to_owned(),
        }),
    );
    let reports = [of_unit("甲单位/1.xlsx", Some("甲单位"), None, vec![]), broken];
    let mut groups = NoticeGroups::default();
    for (position, report) in reports.iter().enumerate() {
        groups.add(position, report);
    }
    for (position, finding) in findings.iter().enumerate() {
        groups.add_cross(position, finding);
    }
    let units = groups.into_units().unwrap().units;
    let contents = units[0]
        .contents(|at| Ok(reports[at].clone()), |at| Ok(findings.get(at).cloned()))
        .unwrap();
    let document = part(&notice(&units[0].name, &contents).unwrap(), "word/document.xml");
    for asked in [
        "请补报：道路。",
        "请说明原因。",
        "重新报送",
        "各表自身没有需要修改或者说明的问题",
    ] {
        assert!(document.contains(asked), "{asked}");
    }
    for of_others in ["催报", "未报名单", "请单位", "重新汇总", "有 0 张"] {
        assert!(!document.contains(of_others), "{of_others}");
    }
}

#[test]
fn a_note_on_a_rescored_total_stands_beside_the_number() {
    let mut reports = [of_unit("1.xlsx", Some("甲单位"), None, vec![error()])];
    reports[0].tables[0].rescoring.undecided = 2;
    let docx = notice("甲单位", &contents(tables(&units(&reports)[0], &reports))).unwrap();
    let results = lines(&read(&docx), 0);
    assert!(results[0].contains("|复算总分|复算说明|自评等次|"), "{results:?}");
    assert!(results[1].contains("|2 项按申报计|"), "{results:?}");
}
