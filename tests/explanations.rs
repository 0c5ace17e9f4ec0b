//! A filled-in discrepancy list comes back: each text to its own finding, whatever happened to the rows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod write_support;

use hebiao::explanations::{Explanations, ExplanationsError, Inputs, Unmatched};
use hebiao::read::read_workbook;
use hebiao::report::*;
use hebiao::write::{ListFormat, TextEncoding};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use write_support::*;

const CELL: usize = 4;
const FIELD: usize = 5;
const UNIT: usize = 13;
const REVIEWER: usize = 14;
const FILE: usize = 15;
const MARK: usize = 16;

fn three_findings() -> FileReport {
    report(vec![table(
        small_evaluation(),
        vec![
            finding("H01", Severity::Info, "A1", None),
            finding("C02", Severity::Warning, "G5", Some("funds[0].execution_rate")),
            finding("A01", Severity::Error, "G30", Some("total.score")),
        ],
    )])
}

/// The list's header and rows as a spreadsheet would hold them.
fn rows_of(report: &FileReport) -> Vec<Vec<String>> {
    let bytes = ListFormat::Csv.write(report, "x.xlsx", TextEncoding::Utf8).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let records = reader.records();
    records
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// Rows as a person's spreadsheet saves them.
fn saved_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn saved_xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("说明").unwrap();
    let sheet = workbook.add_worksheet();
    for (row, fields) in (0..).zip(rows) {
        for (column, field) in (0..).zip(fields) {
            sheet.write_string(row, column, field).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Explanations {
    Explanations::read(name, bytes, read_workbook).unwrap()
}

fn only(report: &FileReport) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.add(&report.file, None);
    inputs
}

/// `code unit/reviewer` of every finding with a text, in the report's order.
fn explained(report: &FileReport) -> Vec<String> {
    let findings = report.tables.iter().flat_map(|table| &table.discrepancies);
    findings
        .filter(|finding| !finding.explanation.is_empty())
        .map(|finding| {
            let Explanation { unit, reviewer } = &finding.explanation;
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("{} {} {}/{}", finding.code, finding.cell, text(unit), text(reviewer))
        })
        .collect()
}

/// What the rows make of a report.
fn applied(rows: &[Vec<String>], report: &FileReport) -> (Vec<String>, Unmatched) {
    let from = |name: &str, bytes: &[u8]| {
        let mut report = report.clone();
        let inputs = only(&report);
        let mut list = read(name, bytes);
        list.explain(&mut report, &inputs);
        (explained(&report), list.unmatched(&inputs))
    };
    let of_workbook = from("清单.xlsx", &saved_xlsx(rows));
    let of_text = from("清单.csv", &saved_csv(rows));
    assert_eq!(of_workbook.0, of_text.0);
    assert_eq!(of_workbook.1.rows.len(), of_text.1.rows.len());
    of_text
}

#[test]
fn each_text_goes_to_its_finding() {
    let report = three_findings();
    let mut rows = rows_of(&report);
    rows[1][UNIT] = "总分已更正".to_owned();
    rows[2][REVIEWER] = "同意".to_owned();
    let (found, unmatched) = applied(&rows, &report);
    assert_eq!(found, ["C02 G5 /同意", "A01 G30 总分已更正/"]);
    assert_eq!(unmatched, Unmatched::default());
}

#[test]
fn rows_and_columns_may_move_and_rows_may_go() {
    let report = three_findings();
    let mut rows = rows_of(&report);
    rows[1][UNIT] = "甲".to_owned();
    rows[3][UNIT] = "乙".to_owned();
    rows.remove(2);
    rows[1..].reverse();
    for row in &mut rows {
        row.reverse();
        row.insert(3, "自己加的一栏".to_owned());
    }
    rows[0][4] = "单位说明（请盖章）".to_owned();
    rows.insert(0, vec!["某单位差异说明".to_owned()]);
    let unit = rows[1]
        .iter()
        .position(|header| header.starts_with("单位说明"))
        .unwrap();
    assert_eq!(unit, 4);
    assert_eq!(applied(&rows, &report).0, ["H01 A1 乙/", "A01 G30 甲/"]);
}

#[test]
fn the_source_of_the_list_must_agree_in_cell_not_only_in_field() {
    let report = three_findings();
    let mut rows = rows_of(&report);
    rows[1][UNIT] = "甲".to_owned();
    rows[1][CELL] = "G31".to_owned();
    let (found, unmatched) = applied(&rows, &report);
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(unmatched.rows.len(), 1);
    assert!(
        unmatched.rows[0].contains("第 2 行（A01 G31 总分得分）") && unmatched.rows[0].contains("没有对应的问题"),
        "{unmatched:?}"
    );
    // Its wording may have changed, with another version of the program.
    let mut rows = rows_of(&report);
    rows[1][UNIT] = "甲".to_owned();
    rows[1][FIELD] = "总得分".to_owned();
    assert_eq!(applied(&rows, &report).0, ["A01 G30 甲/"]);
}

#[test]
fn in_a_file_handed_in_again_the_field_decides() {
    let mut rows = rows_of(&three_findings());
    rows[1][UNIT] = "总分".to_owned();
    rows[2][UNIT] = "执行率".to_owned();
    rows[3][UNIT] = "表头".to_owned();
    let mut again = three_findings();
    again.sha256 = Some("f".repeat(64));
    again.file = "项目甲（修改）.xlsx".to_owned();
    let findings = &mut again.tables[0].discrepancies;
    findings[1].cell = at("G6");
    findings[2].cell = at("G33");
    // A finding without a field has only its cell.
    assert_eq!(
        applied(&rows, &again).0,
        ["H01 A1 表头/", "C02 G6 执行率/", "A01 G33 总分/"]
    );
    again.tables[0].discrepancies[0].cell = at("A2");
    let (found, unmatched) = applied(&rows, &again);
    assert_eq!(found, ["C02 G6 执行率/", "A01 G33 总分/"]);
    assert_eq!(unmatched.rows.len(), 1);
    // That it is the same table is taken for granted, and told.
    let mut list = read("清单.csv", &saved_csv(&rows));
    let inputs = only(&again);
    list.explain(&mut again, &inputs);
    let told: Vec<_> = list.taken_over().iter().collect();
    assert_eq!(told, [&("项目甲.xlsx".to_owned(), "项目甲（修改）.xlsx".to_owned())]);
}

#[test]
fn a_row_whose_own_finding_is_there_gives_it_to_no_other() {
    // Two findings of one rule at fields of one name; in the file handed in again they have changed places.
    let path = Some("indicators[0].score");
    let of = |cells: [&str; 2]| {
        let findings = cells.map(|cell| finding("B01", Severity::Error, cell, path));
        report(vec![table(small_evaluation(), findings.into())])
    };
    let mut rows = rows_of(&of(["G13", "G14"]));
    rows[1][UNIT] = "上".to_owned();
    rows[2][UNIT] = "下".to_owned();
    let mut again = of(["G12", "G13"]);
    again.sha256 = None;
    assert_eq!(applied(&rows, &again).0, ["B01 G12 下/", "B01 G13 上/"]);
}

#[test]
fn a_row_goes_to_its_own_file_among_several() {
    let first = three_findings();
    let mut second = three_findings();
    second.sha256 = Some("2".repeat(64));
    let mut rows = rows_of(&first);
    rows[1][UNIT] = "甲".to_owned();
    let mut other = three_findings();
    other.file = "项目乙.xlsx".to_owned();
    other.sha256 = Some("3".repeat(64));
    let mut of_other = rows_of(&other);
    of_other[1][UNIT] = "乙".to_owned();
    let mut absent = rows_of(&other)[2].clone();
    absent[UNIT] = "丙".to_owned();
    absent[FILE] = "项目丙.xlsx".to_owned();
    absent[MARK] = String::new();
    // A county puts the lists of its units together, headers and all.
    rows.extend(of_other);
    rows.push(absent);

    let mut list = read("清单.xlsx", &saved_xlsx(&rows));
    let mut inputs = Inputs::default();
    for report in [&first, &second, &other] {
        inputs.add(&report.file, None);
    }
    // A namesake of the first file, in another folder, is not taken for it handed in again while it is there itself.
    let mut reports = [first, other, second];
    for report in &mut reports {
        list.explain(report, &inputs);
    }
    assert_eq!(
        reports.map(|report| explained(&report)),
        [vec!["A01 G30 甲/"], vec!["A01 G30 乙/"], vec![]]
    );
    let expected = Unmatched {
        rows: vec![],
        of_other_files: 1,
    };
    assert_eq!(list.unmatched(&inputs), expected);
}

#[test]
fn a_namesake_before_the_file_itself_gets_nothing() {
    let bytes = b"the file itself";
    let mut own = three_findings();
    let mut inputs = Inputs::default();
    inputs.add("一/项目甲.xlsx", Some(b"a namesake"));
    inputs.add("二/项目甲.xlsx", Some(bytes));
    own.sha256 = Some(sha256(bytes));
    let mut rows = rows_of(&own);
    rows[1][UNIT] = "甲".to_owned();
    let mut list = read("清单.csv", &saved_csv(&rows));
    let mut namesake = three_findings();
    list.explain(&mut namesake, &inputs);
    assert_eq!(explained(&namesake), Vec::<String>::new());
    list.explain(&mut own, &inputs);
    assert_eq!(explained(&own), ["A01 G30 甲/"]);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn sheets_tell_tables_apart() {
    let mut second = three_findings().tables.remove(0);
    second.sheet = "二 中心".to_owned();
    let mut both = three_findings();
    both.tables.push(second);
    let mut rows = rows_of(&both);
    let row = rows.iter().position(|row| row[CELL] == "'二 中心'!G30").unwrap();
    rows[row][UNIT] = "第二张".to_owned();
    let mut list = read("清单.csv", &saved_csv(&rows));
    list.explain(&mut both, &only(&three_findings()));
    let texts: Vec<Vec<&Discrepancy>> = both
        .tables
        .iter()
        .map(|table| {
            table
                .discrepancies
                .iter()
                .filter(|finding| finding.is_explained())
                .collect()
        })
        .collect();
    assert_eq!((texts[0].len(), texts[1].len()), (0, 1));
    assert_eq!(texts[1][0].code, "A01");
}

#[test]
fn one_text_may_be_merged_over_several_findings() {
    let report = three_findings();
    let rows = rows_of(&report);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, fields) in (0..).zip(&rows) {
        for (column, field) in (0..).zip(fields) {
            sheet.write_string(row, column, field).unwrap();
        }
    }
    let column = UNIT as u16;
    sheet
        .merge_range(1, column, 2, column, "一并说明", &Format::new())
        .unwrap();
    let mut report = report;
    let inputs = only(&report);
    read("清单.xlsx", &workbook.save_to_buffer().unwrap()).explain(&mut report, &inputs);
    assert_eq!(explained(&report), ["C02 G5 一并说明/", "A01 G30 一并说明/"]);
}

#[test]
fn lists_of_unit_and_reviewer_go_together() {
    let mut report = three_findings();
    let inputs = only(&report);
    let rows = rows_of(&report);
    let (mut of_unit, mut of_reviewer) = (rows.clone(), rows);
    of_unit[1][UNIT] = "旧说明".to_owned();
    of_reviewer[1][REVIEWER] = "同意".to_owned();
    for rows in [&of_unit, &of_reviewer] {
        read("清单.csv", &saved_csv(rows)).explain(&mut report, &inputs);
    }
    assert_eq!(explained(&report), ["A01 G30 旧说明/同意"]);
    of_unit[1][UNIT] = "新说明".to_owned();
    read("清单.csv", &saved_csv(&of_unit)).explain(&mut report, &inputs);
    assert_eq!(explained(&report), ["A01 G30 新说明/同意"]);
}

#[test]
fn a_text_in_a_row_that_names_nothing_is_told() {
    let report = three_findings();
    let mut rows = rows_of(&report);
    let mut nameless = vec![String::new(); MARK + 1];
    nameless[UNIT] = "说明".to_owned();
    rows.push(nameless);
    let mut twice = rows[1].clone();
    rows[1][UNIT] = "甲".to_owned();
    twice[UNIT] = "再说一次".to_owned();
    rows.push(twice);
    let (found, unmatched) = applied(&rows, &report);
    assert_eq!(found, ["A01 G30 甲/"]);
    assert_eq!(unmatched.rows.len(), 2);
    assert!(unmatched.rows[0].contains("没有编号"), "{unmatched:?}");
}

#[test]
fn json_comes_back_with_keys_left_out_and_added() {
    let mut report = three_findings();
    let inputs = only(&report);
    let bytes = ListFormat::Json.write(&report, "x.xlsx", TextEncoding::Utf8).unwrap();
    let mut json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let finding = json["findings"][0].as_object_mut().unwrap();
    finding.insert("unit_explanation".to_owned(), "已更正".into());
    finding.insert("note".to_owned(), 1.into());
    finding.remove("message");
    let text = format!("\u{feff}{json}");
    read("清单.json", text.as_bytes()).explain(&mut report, &inputs);
    assert_eq!(explained(&report), ["A01 G30 已更正/"]);
}

#[test]
fn a_text_over_several_lines_with_other_separators_does_not_hide_the_columns() {
    let report = three_findings();
    let mut rows = rows_of(&report);
    rows.truncate(2);
    rows[1][UNIT] = "一；\n1;2;3\n4;5\t6\n;;;\n\t".to_owned();
    let mut report = report;
    read("清单.csv", &saved_csv(&rows)).explain(&mut report, &only(&three_findings()));
    assert_eq!(explained(&report), ["A01 G30 一；\n1;2;3\n4;5\t6\n;;;/"]);
}

#[test]
fn what_is_no_list_is_refused() {
    let refused = |name: &str, bytes: &[u8]| Explanations::read(name, bytes, read_workbook).unwrap_err();
    assert!(matches!(
        refused("a.csv", "单元格,说明\nG30,甲\n".as_bytes()),
        ExplanationsError::NoList
    ));
    let bytes = Report::new(vec![three_findings()]);
    let json = serde_json::to_vec(&bytes).unwrap();
    assert!(matches!(refused("a.json", &json), ExplanationsError::OtherJson));
    for bytes in [b"".as_slice(), b"PK\x03\x04", b"{\"", b"%PDF-1.7"] {
        let error = refused("a.xlsx", bytes);
        assert!(error.to_string().contains('。'), "{error}");
    }
    let nothing = read("a.csv", &saved_csv(&rows_of(&three_findings())));
    assert!(nothing.is_empty());
}

/// A text as a list can hold it.
fn kept(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text
        .chars()
        .filter(|letter| (*letter >= ' ' || "\n\t".contains(*letter)) && !"\u{fffe}\u{ffff}".contains(*letter))
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[=+@'\t -]{0,3}[a-z甲乙=\"|<,;\n\r]{0,12}",
        "[一-龥，。；“”（）\n]{1,40}",
        Just("_x0041_ _x000D_".to_owned()),
        Just("绩".repeat(20_000)),
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_comes_back(
        texts in prop::collection::vec((text(), text()), 1..5),
        order in prop::collection::vec(any::<u16>(), 5),
    ) {
        let findings = (1..).zip(&texts).map(|(row, (unit, reviewer))| {
            let mut finding = finding("E01", Severity::Warning, &format!("G{row}"), Some("indicators[0].reason"));
            finding.explanation = Explanation { unit: kept(unit), reviewer: kept(reviewer) };
            finding
        });
        let filled = report(vec![table(small_evaluation(), findings.collect())]);
        let mut blank = filled.clone();
        for finding in &mut blank.tables[0].discrepancies {
            finding.explanation = Explanation::default();
        }
        let inputs = only(&blank);
        let made = |format: ListFormat, encoding| format.write(&filled, "x.xlsx", encoding).unwrap();
        let mut rows = rows_of(&filled);
        let mut body: Vec<_> = order.iter().cycle().zip(rows.drain(1..)).collect();
        body.sort_by_key(|(key, _)| **key);
        rows.extend(body.into_iter().map(|(_, row)| row));
        for (name, bytes) in [
            ("a.xlsx", made(ListFormat::Xlsx, TextEncoding::Utf8)),
            ("a.csv", made(ListFormat::Csv, TextEncoding::Utf8)),
            ("b.csv", made(ListFormat::Csv, TextEncoding::Gb18030)),
            ("a.json", made(ListFormat::Json, TextEncoding::Utf8)),
            ("c.csv", saved_csv(&rows)),
        ] {
            let mut report = blank.clone();
            let mut list = read(name, &bytes);
            list.explain(&mut report, &inputs);
            prop_assert_eq!(list.unmatched(&inputs), Unmatched::default());
            for (found, wanted) in report.tables[0].discrepancies.iter().zip(&filled.tables[0].discrepancies) {
                prop_assert_eq!(&found.explanation, &wanted.explanation, "{}", name);
            }
        }
    }

    #[test]
    fn whatever_stands_in_a_list_nothing_breaks(
        rows in prop::collection::vec(prop::collection::vec(
            prop_oneof![
                Just("编号".to_owned()), Just("单位说明".to_owned()), Just("处理意见（盖章）".to_owned()),
                Just("单元格".to_owned()), Just("字段".to_owned()), Just("识别码".to_owned()), Just("源文件".to_owned()),
                Just("A01".to_owned()), Just("G30".to_owned()), Just("'!''!XFD99999999999".to_owned()),
                Just("sha256:0123456789abcdef".to_owned()), Just("项目甲.xlsx".to_owned()), "\\PC{0,5}",
            ], 0..6), 0..8),
    ) {
        let mut report = three_findings();
        let inputs = only(&report);
        if let Ok(mut list) = Explanations::read("清单.xlsx", &saved_xlsx(&rows), read_workbook) {
            list.explain(&mut report, &inputs);
            let told = list.unmatched(&inputs);
            let given = explained(&report).len();
            prop_assert!(told.rows.len() + told.of_other_files + given >= usize::from(!list.is_empty()));
            prop_assert!(given <= list.len());
        }
    }
}
