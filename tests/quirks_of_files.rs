//! The seed's table with one quirk of the file each: read as a person sees it, and nothing else found than what the
//! quirk is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/encryptor.rs"]
mod encryptor;
#[path = "support/sheet_writer.rs"]
mod sheet_writer;
#[path = "support/table_writers.rs"]
mod table_writers;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use encryptor::{OFFICE, Rc4Way};
use hebiao::check_bytes;
use hebiao::grid::{CellAddress, Sheet};
use hebiao::read::{Limits, read_confirmed, read_workbook};
use hebiao::report::{FileReport, TableReport};
use hebiao::standard::Standard;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Shape, Workbook};
use sheet_writer::{put_number, put_text, seed_bytes, seed_sheet, without, xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn at(cell: &str) -> CellAddress {
    cell.parse().unwrap()
}

fn report(bytes: &[u8], name: &str) -> FileReport {
    let report = check_bytes(name, bytes, Standard::ministry()).report;
    assert_eq!(report.error, None, "{name}");
    assert_eq!(report.tables.len(), 1, "{name}");
    report
}

fn codes(table: &TableReport) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    for finding in &table.discrepancies {
        *codes.entry(format!("{} {}", finding.code, finding.cell)).or_default() += 1;
    }
    codes
}

/// Asserts that a file reads as the seed does: 208 万元, 96 declared, 94 computed, the seed's findings and those given.
fn assert_reads_as_the_seed(bytes: &[u8], name: &str, more: &[&str]) -> FileReport {
    let seed = report(&seed_bytes(), "部门评价表-信丰.xlsx");
    let found = report(bytes, name);
    let table = &found.tables[0];
    let evaluation = &table.evaluation;
    let unit = evaluation.money_unit.unwrap();
    for fund in evaluation.funds.iter().take(2) {
        for amount in [&fund.initial_budget, &fund.annual_budget, &fund.executed] {
            let amount = amount.as_ref().expect(name).value;
            assert_eq!(unit.in_wan(amount), Some(Decimal::from(208)), "{name}");
        }
        assert_eq!(fund.execution_rate.as_ref().expect(name).value, Decimal::ONE, "{name}");
    }
    let score = evaluation.total.as_ref().and_then(|total| total.score.as_ref());
    assert_eq!(score.expect(name).value, Decimal::from(96), "{name}");
    assert_eq!(table.rescoring.rescored_total, Some(Decimal::from(94)), "{name}");
    assert_eq!(table.coverage.unread, [], "{name}");
    let mut expected = codes(&seed.tables[0]);
    for code in more {
        *expected.entry((*code).to_owned()).or_default() += 1;
    }
    assert_eq!(codes(table), expected, "{name}");
    found
}

/// Asserts that both readers read the same of a file, but for the cells that are said to be read otherwise.
fn assert_confirmed(bytes: &[u8], name: &str) {
    let (_, confirmation) = read_confirmed(bytes, Some(name), &Limits::default()).unwrap();
    assert_eq!(confirmation.differing, [], "{name}");
    assert!(confirmation.cells > 140, "{name}: {:?}", confirmation.not_confirmed);
}

const AMOUNTS: [&str; 6] = ["C5", "D5", "E5", "C6", "D6", "E6"];

fn with_amounts(number: u32, code: &str) -> Sheet {
    let mut sheet = seed_sheet();
    for cell in AMOUNTS {
        put_number(&mut sheet, at(cell), number.into(), Some(code));
    }
    sheet
}

#[test]
fn a_format_that_moves_the_point_is_read_as_shown_and_said_once() {
    for code in ["0!.0000", "0!.0,"] {
        let bytes = xlsx(&with_amounts(2_080_000, code));
        let found = assert_reads_as_the_seed(&bytes, "移动小数点.xlsx", &["R07 C5"]);
        let finding = found.tables[0]
            .discrepancies
            .iter()
            .find(|finding| finding.code == "R07");
        let finding = finding.unwrap();
        assert!(finding.message.contains("保存的是 2080000"), "{}", finding.message);
        assert_eq!(finding.related, ["D5", "E5", "C6", "D6", "E6"].map(at));
        assert_confirmed(&bytes, "移动小数点.xlsx");
    }
    let mut sheet = seed_sheet();
    put_number(&mut sheet, at("F30"), 1000.into(), Some("0!.0"));
    put_number(&mut sheet, at("G30"), 960.into(), Some("0!.0"));
    assert_reads_as_the_seed(&xlsx(&sheet), "总分.xlsx", &["R07 F30"]);
}

#[test]
fn a_unit_in_the_format_is_no_other_amount() {
    let same = xlsx(&with_amounts(208, "0\"万元\""));
    assert_reads_as_the_seed(&same, "单位.xlsx", &[]);
    let yuan = xlsx(&with_amounts(2_080_000, "#,##0\"元\""));
    assert_reads_as_the_seed(&yuan, "元.xlsx", &["R08 C5"]);
    let both = xlsx(&with_amounts(2_080_000, "[>=10000]0!.0,\"万\";0\"元\""));
    assert_reads_as_the_seed(&both, "万.xlsx", &["R07 C5"]);
}

#[test]
fn a_percent_sign_that_is_only_a_text_makes_no_ratio() {
    for code in ["0\"%\"", "0\\%", "0!%"] {
        let mut sheet = seed_sheet();
        for cell in ["G5", "G6"] {
            put_number(&mut sheet, at(cell), 100.into(), Some(code));
        }
        let found = assert_reads_as_the_seed(&xlsx(&sheet), "百分号.xlsx", &["R07 G5"]);
        let finding = found.tables[0]
            .discrepancies
            .iter()
            .find(|finding| finding.code == "R07");
        assert_eq!(finding.unwrap().severity, hebiao::model::Severity::Info);
    }
}

#[test]
fn amounts_in_another_unit_than_the_forms_are_converted_and_said_once() {
    for (label, amount) in [
        ("项目资金\n（万元）", "2080000元"),
        ("项目资金\n（元）", "208万元"),
        ("项目资金（千元）", "208万元"),
    ] {
        let mut sheet = seed_sheet();
        put_text(&mut sheet, at("A4"), label);
        for cell in AMOUNTS {
            put_text(&mut sheet, at(cell), amount);
        }
        let csv = table_writers::csv(&sheet, ',');
        assert_reads_as_the_seed(csv.as_bytes(), "单位.csv", &["R08 C5"]);
    }
    // One cell of six, and a column of its own unit.
    let mut sheet = seed_sheet();
    put_text(&mut sheet, at("E6"), "2080000元");
    assert_reads_as_the_seed(&xlsx(&sheet), "一格.xlsx", &["R08 E6"]);
    let mut sheet = seed_sheet();
    put_text(&mut sheet, at("E4"), "全年执行数（元）");
    for cell in ["E5", "E6"] {
        put_number(&mut sheet, at(cell), 2_080_000.into(), None);
    }
    assert_reads_as_the_seed(&xlsx(&sheet), "一列.xlsx", &["R08 E5"]);
}

#[test]
fn figures_kept_as_texts_in_separated_values_are_figures() {
    let sheet = seed_sheet();
    for wrap in [
        |number: String| format!("\"=\"\"{number}\"\"\""),
        |number| format!("'{number}"),
    ] {
        let mut lines = Vec::new();
        for line in table_writers::csv(&sheet, ',').split("\r\n") {
            let fields = line.split(',').map(|field| match field.parse::<Decimal>() {
                Ok(_) => wrap(field.to_owned()),
                Err(_) => field.to_owned(),
            });
            lines.push(fields.collect::<Vec<_>>().join(","));
        }
        assert_reads_as_the_seed(lines.join("\r\n").as_bytes(), "引号.csv", &[]);
    }
}

fn with_text_box(cell: &str, blank: &str, text: &str, width: u32) -> Vec<u8> {
    // The sheet is written anew, with a box over a cell.
    let sheet = without(&seed_sheet(), at(blank));
    let bytes = xlsx(&sheet);
    let (row, column) = (at(cell).row, at(cell).column as u16);
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    let shape = Shape::textbox().set_text(text).set_width(width).set_height(20);
    page.insert_shape(row, column, &shape).unwrap();
    let boxes = workbook.save_to_buffer().unwrap();
    let drawing = part_of(&boxes, "xl/drawings/drawing1.xml");
    let list = part_of(&boxes, "xl/worksheets/_rels/sheet1.xml.rels");
    rewritten(
        &bytes,
        |_, content| content,
        &[
            ("xl/drawings/drawing1.xml", drawing),
            ("xl/worksheets/_rels/sheet1.xml.rels", list),
        ],
    )
}

fn part_of(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut content = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut content).unwrap();
    content
}

/// A package with its parts changed, and parts added.
fn rewritten(bytes: &[u8], change: impl Fn(&str, String) -> String, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(change(&name, content).as_bytes()).unwrap();
    }
    for (name, content) in more {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_text_box_on_a_blank_cell_is_its_text() {
    let reason = seed_sheet().cell(at("H15")).unwrap().shown().to_owned();
    let bytes = with_text_box("H15", "H15", &reason, 40);
    let found = assert_reads_as_the_seed(&bytes, "文本框.xlsx", &[]);
    assert_eq!(found.losses.len(), 1, "{:?}", found.losses);
    assert_eq!(found.losses[0].cell, Some(at("H15")));
    assert_confirmed(&bytes, "文本框.xlsx");
}

#[test]
fn a_text_box_on_a_filled_cell_or_over_several_is_named() {
    let on_filled = with_text_box("H15", "A200", "另有说明", 40);
    let found = assert_reads_as_the_seed(&on_filled, "文本框.xlsx", &[]);
    let [loss] = found.losses.as_slice() else {
        panic!("{:?}", found.losses)
    };
    assert!(loss.message.contains("“另有说明”，文本框没有读取"), "{}", loss.message);
    let over_many = with_text_box("C5", "A200", "另有说明", 400);
    let found = assert_reads_as_the_seed(&over_many, "文本框.xlsx", &[]);
    let [loss] = found.losses.as_slice() else {
        panic!("{:?}", found.losses)
    };
    assert!(loss.message.contains("无法确定属于哪个单元格"), "{}", loss.message);
}

fn box_in_word(text: &str) -> String {
    let held = format!("<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>");
    format!(
        "<w:p><w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"wps\">\
         <w:drawing><wps:txbx xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{held}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{held}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
}

#[test]
fn a_text_box_in_a_cell_of_a_word_table_is_its_text_where_the_cell_is_blank() {
    let sheet = seed_sheet();
    let mut marked = sheet.clone();
    put_text(&mut marked, at("D13"), "此处有框");
    let table = table_writers::docx_table(&marked);
    let paragraph = "<w:p><w:r><w:t xml:space=\"preserve\">此处有框</w:t></w:r></w:p>";
    assert!(table.contains(paragraph));
    let shown = &sheet.cell(at("D13")).unwrap().shown();
    let docx = table_writers::docx(&table.replace(paragraph, &box_in_word(shown)));
    let found = assert_reads_as_the_seed(&docx, "框.docx", &[]);
    assert_eq!(found.losses.len(), 1, "{:?}", found.losses);

    let filled = format!("<w:p><w:r><w:t xml:space=\"preserve\">{shown}</w:t></w:r></w:p>");
    let both = format!("{filled}{}", box_in_word("另有说明"));
    let docx = table_writers::docx(&table.replace(paragraph, &both));
    let found = assert_reads_as_the_seed(&docx, "框.docx", &[]);
    let [loss] = found.losses.as_slice() else {
        panic!("{:?}", found.losses)
    };
    assert!(loss.message.contains("“另有说明”，文本框没有读取"), "{}", loss.message);
}

#[test]
fn targets_that_go_up_and_down_again_are_found() {
    let bytes = rewritten(
        &xlsx(&seed_sheet()),
        |name, content| match name {
            "xl/_rels/workbook.xml.rels" => content.replace("Target=\"", "Target=\"./../xl/./"),
            _ => content,
        },
        &[],
    );
    assert_reads_as_the_seed(&bytes, "路径.xlsx", &[]);
}

#[test]
fn parts_are_found_under_names_with_escapes() {
    let bytes = xlsx(&seed_sheet());
    let sheet = part_of(&bytes, "xl/worksheets/sheet1.xml");
    for (target, name) in [
        ("表%201.xml", "表 1.xml"),
        ("%E8%A1%A8.xml", "表.xml"),
        ("100%.xml", "100%.xml"),
    ] {
        let renamed = rewritten(
            &bytes,
            |part, content| match part {
                "xl/_rels/workbook.xml.rels" => content.replace("sheet1.xml", target),
                _ => content,
            },
            &[(&format!("xl/worksheets/{name}"), sheet.clone())],
        );
        assert_reads_as_the_seed(&renamed, "转义.xlsx", &[]);
    }
}

fn book() -> biff::Book {
    biff::Book::from_sheets(&[seed_sheet()], biff::Version::Biff8)
}

#[test]
fn records_without_a_container_are_read() {
    assert_reads_as_the_seed(&book().stream(), "裸记录.xls", &[]);
}

#[test]
fn numeric_formulas_stored_with_an_empty_text_have_no_result() {
    let sheet = without(&seed_sheet(), at("G5"));
    let mut book = biff::Book::from_sheets(&[sheet], biff::Version::Biff8);
    // =1+0, as tokens: two whole numbers and their sum.
    let tokens = [0x1E, 1, 0, 0x1E, 0, 0, 0x03];
    book.tabs[0]
        .records
        .push(biff::formula(4, 6, 0, biff::EMPTY_RESULT, &tokens));
    let found = report(&book.file(), "公式.xls");
    let missing: Vec<_> = found.tables[0]
        .discrepancies
        .iter()
        .filter(|finding| finding.code == "R02")
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].cell, at("G5"));
    assert_eq!(found.tables[0].evaluation.funds[0].execution_rate, None);
}

#[test]
fn what_office_opens_without_asking_is_opened() {
    let package = xlsx(&seed_sheet());
    let stream = book().stream();
    for (bytes, name) in [
        (encryptor::agile(&package, OFFICE), "敏捷.xlsx"),
        (encryptor::standard(&package, OFFICE), "标准.xlsx"),
        (encryptor::rc4(&stream, OFFICE, Rc4Way::Plain), "旧.xls"),
        (encryptor::rc4(&stream, OFFICE, Rc4Way::CryptoApi), "较新.xls"),
        (encryptor::obfuscated(&stream, OFFICE), "混淆.xls"),
    ] {
        assert_reads_as_the_seed(&bytes, name, &[]);
    }
}

#[test]
fn a_password_of_a_persons_own_stays_one() {
    let package = xlsx(&seed_sheet());
    let stream = book().stream();
    for (bytes, name) in [
        (encryptor::agile(&package, "123456"), "敏捷.xlsx"),
        (encryptor::standard(&package, "123456"), "标准.xlsx"),
        (encryptor::rc4(&stream, "123456", Rc4Way::Plain), "旧.xls"),
        (encryptor::rc4(&stream, "123456", Rc4Way::CryptoApi), "较新.xls"),
        (encryptor::obfuscated(&stream, "123456"), "混淆.xls"),
    ] {
        let error = read_workbook(&bytes, Some(name), &Limits::default()).unwrap_err();
        assert_eq!(error.code(), "password_protected", "{name}");
    }
}

#[test]
fn encrypted_files_cut_off_anywhere_are_refused_or_read() {
    let package = xlsx(&seed_sheet());
    for bytes in [
        encryptor::agile(&package, OFFICE),
        encryptor::rc4(&book().stream(), OFFICE, Rc4Way::CryptoApi),
        encryptor::obfuscated(&book().stream(), OFFICE),
    ] {
        for part in 1..20 {
            let cut = bytes.len() * part / 20;
            // Whatever comes of it, it comes as a value.
            drop(read_workbook(&bytes[..cut], Some("a.xls"), &Limits::default()));
        }
    }
}

#[test]
fn a_document_in_uof_is_called_by_its_name() {
    let single = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><uof:UOF xmlns:uof=\"http://schemas.uof.org/cn/2003/uof\"></uof:UOF>";
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("uof.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<uof:UOF/>").unwrap();
    let zipped = writer.finish().unwrap().into_inner();
    for bytes in [single.as_bytes().to_vec(), zipped] {
        let error = read_workbook(&bytes, Some("表.uos"), &Limits::default()).unwrap_err();
        assert_eq!(error.code(), "unsupported_format");
        let message = error.to_string();
        assert!(message.contains("UOF（标文通）"), "{message}");
        assert!(message.contains("另存为 .xlsx"), "{message}");
    }
}

#[test]
fn the_banner_of_a_page_laid_out_in_tables_is_no_title() {
    let form = table_writers::html_rows(&seed_sheet());
    let page = format!(
        "<html><head><meta charset=utf-8></head><body><table width=100%><tr><td>某县财政局绩效评价信息公开专栏</td></tr>\
         <tr><td>首页 | 政务公开 | 绩效评价</td></tr><tr><td><table border=1>{form}</table></td></tr></table></body></html>"
    );
    let found = report(page.as_bytes(), "专栏.html");
    let title = found.tables[0].evaluation.title.as_ref().unwrap();
    assert_eq!(title.value, "工信局2023年中小企业专项（专精特新方向）项目绩效评价表");
    assert_eq!(found.tables[0].coverage.unread, []);
}
