//! `hebiao check --report`, and reports that lie beside their tables in a folder.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod common;
mod support;
#[path = "support/table_writers.rs"]
mod table_writers;

use std::io::{Cursor, Write};

use common::{Folder, Run, hebiao};
use serde_json::Value;
use support::markdown_table;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PAIR: &str = include_str!("prose/pairs/score_rates_in_sentences.md");
const SEVERAL: &str = include_str!("prose/pairs/several_projects.md");
const SUMMARY: &str = include_str!("prose/pairs/self_evaluation_summary.md");

fn tables(page: &str) -> &str {
    page.split("```").next().unwrap()
}

fn prose(page: &str) -> &str {
    let (_, rest) = page.split_once("```报告\n").unwrap();
    rest.split("```").next().unwrap()
}

/// The table of a page as an HTML file's bytes; `nth` of several.
fn table_file(page: &str, nth: usize) -> Vec<u8> {
    let workbook = markdown_table::workbook(tables(page));
    table_writers::html(&workbook.sheets[nth], "utf-8").into_bytes()
}

fn word_paragraphs(prose: &str) -> String {
    prose
        .lines()
        .map(|line| {
            let text = table_writers::escape(line);
            format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
        })
        .collect()
}

fn page_paragraphs(prose: &str) -> String {
    prose
        .lines()
        .map(|line| format!("<p>&nbsp;&nbsp;{}</p>\n", table_writers::escape(line)))
        .collect()
}

/// What a report's claims came to: kind, value and verdict of each.
fn claims(text: &Value) -> Vec<String> {
    text["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| format!("{} {} {}", claim["kind"], claim["value"], claim["agrees"]))
        .collect()
}

fn files(run: &Run) -> Vec<Value> {
    run.json()["files"].as_array().unwrap().clone()
}

fn losses(file: &Value) -> String {
    file["losses"].to_string()
}

#[test]
fn a_report_is_one_in_every_format() {
    let folder = Folder::new();
    let table = folder.file("表.html", &table_file(PAIR, 0));
    let (gb, _, _) = encoding_rs::GB18030.encode(prose(PAIR));
    let named = [
        folder.file("报告.txt", prose(PAIR).as_bytes()),
        folder.file("报告二.txt", &gb),
        folder.file("报告.docx", &table_writers::docx(&word_paragraphs(prose(PAIR)))),
        folder.file(
            "报告.html",
            format!(
                "<html><meta charset=\"utf-8\"><body>{}</body></html>",
                page_paragraphs(prose(PAIR))
            )
            .as_bytes(),
        ),
    ];
    let mut known: Option<Vec<String>> = None;
    for report in &named {
        let run = hebiao(&["check", "--format", "json", &table, "--report", report]);
        let file = &files(&run)[0];
        let found = claims(&file["report_text"]);
        assert!(found.len() > 30, "{report}: {file:#?}");
        assert!(!losses(file).contains("没有与这张表核对"), "{report}");
        let known = known.get_or_insert_with(|| found.clone());
        assert_eq!(found, *known, "{report}");
    }
}

#[test]
fn a_table_inside_its_report_is_compared_without_being_told() {
    let folder = Folder::new();
    let sheet = &markdown_table::workbook(tables(PAIR)).sheets[0];
    let word = format!("{}{}", word_paragraphs(prose(PAIR)), table_writers::docx_table(sheet));
    let page = format!(
        "<html><meta charset=\"utf-8\"><body>{}<table border=\"1\">{}</table></body></html>",
        page_paragraphs(prose(PAIR)),
        table_writers::html_rows(sheet)
    );
    let both = [
        folder.file("报告.docx", &table_writers::docx(&word)),
        folder.file("报告.html", page.as_bytes()),
    ];
    for report in &both {
        let run = hebiao(&["check", "--format", "json", report]);
        let file = &files(&run)[0];
        let found = claims(&file["report_text"]);
        let agreeing = found.iter().filter(|claim| claim.ends_with("true")).count();
        assert!(agreeing > 30, "{report}: {found:#?}");
        assert!(
            !found.iter().any(|claim| claim.ends_with("false")),
            "{report}: {found:#?}"
        );
    }
}

#[test]
fn one_report_in_a_folder_restates_several_tables() {
    let folder = Folder::new();
    folder.file("一.html", &table_file(SEVERAL, 0));
    folder.file("二.html", &table_file(SEVERAL, 1));
    let wrong = prose(SEVERAL).replace("项目自评得分99分", "项目自评得分97分");
    folder.file("单位自评报告.txt", wrong.as_bytes());
    let run = hebiao(&["check", "--format", "json", &folder.word("")]);
    let files = files(&run);
    let of = |name: &str| {
        files
            .iter()
            .find(|file| file["file"].as_str().unwrap().ends_with(name))
            .unwrap()
    };
    let codes = |name: &str| -> Vec<String> {
        let findings = of(name)["tables"][0]["discrepancies"].as_array().unwrap();
        let of_text = findings.iter().filter(|finding| !finding["quote"].is_null());
        of_text
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes("一.html"), Vec::<String>::new());
    assert_eq!(codes("二.html"), ["J01"]);
}

#[test]
fn of_several_reports_each_table_has_its_own() {
    let folder = Folder::new();
    folder.file("甲.html", &table_file(PAIR, 0));
    folder.file("乙.html", &table_file(SUMMARY, 0));
    folder.file("甲报告.txt", prose(PAIR).as_bytes());
    folder.file("乙报告.txt", prose(SUMMARY).as_bytes());
    let run = hebiao(&["check", "--format", "json", &folder.word("")]);
    for (table, report) in [("甲.html", "甲报告.txt"), ("乙.html", "乙报告.txt")] {
        let files = files(&run);
        let file = files
            .iter()
            .find(|file| file["file"].as_str().unwrap().ends_with(table))
            .unwrap();
        let compared = file["report_text"]["file"].as_str().unwrap();
        assert!(compared.ends_with(report), "{table}: {compared}");
    }
}

#[test]
fn a_report_alone_says_what_is_missing_and_one_beside_its_table_misses_nothing() {
    let folder = Folder::new();
    let report = folder.file("报告.docx", &table_writers::docx(&word_paragraphs(prose(PAIR))));
    let run = hebiao(&["check", &report]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    for said in ["这是一份文字报告", "没有表格", "放在同一个文件夹里", "1 个文件未能核对"] {
        assert!(
            run.stdout.contains(said) || run.stderr.contains(said),
            "{said}: {}{}",
            run.stdout,
            run.stderr
        );
    }
    // A folder with another unit's table: it has no pair still.
    folder.file("乙.html", &table_file(SUMMARY, 0));
    let run = hebiao(&["check", "--fail-on", "never", &folder.word("")]);
    assert_eq!(run.code, 3, "{}", run.stdout);
    assert!(run.stdout.contains("1 个文件未能核对"), "{}", run.stdout);
    // With its own table, whichever of the two comes first.
    for table in ["甲.html", "报告表.html"] {
        let folder = Folder::new();
        folder.file("报告.docx", &table_writers::docx(&word_paragraphs(prose(PAIR))));
        folder.file(table, &table_file(PAIR, 0));
        let run = hebiao(&["check", "--fail-on", "never", &folder.word("")]);
        assert_eq!(run.code, 0, "{table}: {}", run.stdout);
        assert!(!run.stdout.contains("未能核对"), "{table}: {}", run.stdout);
        let out = folder.word("出");
        let run = hebiao(&["convert", "--fail-on", "never", &folder.word(""), "-o", &out]);
        assert_eq!(run.code, 0, "{table}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_pair_that_is_not_sure_is_listed_and_not_compared() {
    let folder = Folder::new();
    folder.file("表.html", &table_file(PAIR, 0));
    folder.file("报告一.txt", prose(PAIR).as_bytes());
    folder.file("报告二.txt", prose(PAIR).replace("96.68", "97.68").as_bytes());
    let run = hebiao(&["check", "--format", "json", &folder.word("")]);
    let files = files(&run);
    let file = files
        .iter()
        .find(|file| file["file"].as_str().unwrap().ends_with("表.html"))
        .unwrap();
    assert!(losses(file).contains("没有与这张表核对"), "{file:#?}");
    assert!(losses(file).contains("--report"), "{}", losses(file));
    assert!(file["report_text"].is_null());
    let quotes = file["tables"][0]["discrepancies"].as_array().unwrap();
    assert!(quotes.iter().all(|finding| finding["quote"].is_null()));
}

#[test]
fn a_report_in_a_format_that_is_not_read_gets_a_row_that_says_how_to_convert_it() {
    let folder = Folder::new();
    let table = folder.file("表.html", &table_file(SUMMARY, 0));
    for name in ["评价报告.pdf", "评价报告.doc", "评价报告.wps"] {
        let bytes: &[u8] = if name.ends_with("pdf") {
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
        } else {
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not whole"
        };
        let report = folder.file(name, bytes);
        let run = hebiao(&["check", "--format", "json", &table, "--report", &report]);
        let file = &files(&run)[0];
        assert!(
            losses(file).contains(name) && losses(file).contains(".docx"),
            "{name}: {}",
            losses(file)
        );
        assert_eq!(file["tables"].as_array().unwrap().len(), 1);
        assert_ne!(run.code, 2, "{name}: {}", run.stderr);
    }
}

#[test]
fn a_named_file_without_a_report_is_refused() {
    let folder = Folder::new();
    let table = folder.file("表.html", &table_file(SUMMARY, 0));
    let other = folder.file("别的.txt", "序号,名称\n1,甲\n".as_bytes());
    let run = hebiao(&["check", &table, "--report", &other]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("没有读到评价报告的正文"), "{}", run.stderr);
}

/// A document whose headings have their numbers from a list: 一、 and （一）.
fn numbered_document(body: &str) -> Vec<u8> {
    let level = |level: u8, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let parts = [
        (
            "word/document.xml",
            format!("<w:document {space}><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/numbering.xml",
            format!(
                "<w:numbering {space}><w:abstractNum w:abstractNumId=\"7\">{}{}</w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>",
                level(0, "%1、"),
                level(1, "（%2）")
            ),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles {space}><w:style w:type=\"paragraph\" w:styleId=\"H1\"><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>"
            ),
        ),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn numbers_that_word_gives_headings_make_its_sections() {
    let folder = Folder::new();
    let table = folder.file("表.html", &table_file(SUMMARY, 0));
    let paragraph =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let first = "<w:pStyle w:val=\"H1\"/>";
    let second = "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/></w:numPr>";
    let body = [
        paragraph("", "2023年度基层图书室建设项目绩效自评报告"),
        paragraph(first, "基本情况"),
        paragraph(second, "项目概况"),
        paragraph("", "项目由县图书馆组织实施。"),
        paragraph(second, "项目资金情况"),
        paragraph("", "全年预算数为160万元，执行数为150万元。"),
        paragraph(first, "自评结论"),
        paragraph("", "项目自评得分97.5分。"),
    ]
    .concat();
    let report = folder.file("报告.docx", &numbered_document(&body));
    let run = hebiao(&["check", "--format", "json", &table, "--report", &report]);
    let file = &files(&run)[0];
    let places: Vec<String> = file["tables"][0]["discrepancies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| !finding["quote"].is_null() && finding["severity"] != "info")
        .map(|finding| {
            let quote = &finding["quote"];
            format!(
                "{} {} {} {}",
                finding["code"].as_str().unwrap(),
                quote["section"].as_str().unwrap(),
                quote["text"].as_str().unwrap(),
                quote["range"]
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            "J03 一、基本情况 / (二)项目资金情况 全年预算数为160万元，执行数为150万元。 [16,21]",
            "J01 二、自评结论 项目自评得分97.5分。 [6,11]"
        ]
    );
}

#[test]
fn the_list_has_a_column_for_the_sentence_of_the_report() {
    let folder = Folder::new();
    let table = folder.file("表.html", &table_file(SUMMARY, 0));
    let report = folder.file("报告.txt", prose(SUMMARY).replace("98.5分", "97.5分").as_bytes());
    for format in ["csv", "md", "html", "json"] {
        let out = folder.word(&format!("出{format}"));
        let run = hebiao(&[
            "convert",
            &table,
            "--report",
            &report,
            "-o",
            &out,
            "--list",
            format,
            "--fail-on",
            "never",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let name = common::names(std::path::Path::new(&out))
            .into_iter()
            .find(|name| name.contains("差异清单"))
            .unwrap();
        let text = std::fs::read_to_string(std::path::Path::new(&out).join(name)).unwrap();
        let header = if format == "json" { "\"quote\"" } else { "报告原文" };
        assert!(text.contains(header), "{format}: {text}");
        assert!(text.contains("自评得分为97.5分"), "{format}");
        let whole = text.matches("自评得分为97.5分。").count();
        assert!(whole <= 2, "{format}: the sentence stands in its column, {whole}");
    }
}
