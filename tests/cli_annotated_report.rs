//! `convert --annotate` where tables are compared with reports: which copies are written, where, and what is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_report_support;
mod common;

use std::fs;

use annotated_report_support::{document, text_of, unzipped, zipped};
use common::{Folder, SEED, hebiao, hebiao_with, names};

const TITLE: &str = "工信局2023年中小企业专项（专精特新方向）项目部门评价报告";

/// A report of the seed's project that states a total.
fn report(total: &str) -> Vec<u8> {
    let lines = [
        TITLE,
        "一、基本情况",
        "信丰县工信局2023年中小企业专项（专精特新方向）项目预算208万元，实际到位208万元。",
        "二、评价结论",
        &format!("经评价，该项目评价得分{total}分，等级为“优”。"),
    ];
    let body: String = lines
        .iter()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    zipped(&document(&body))
}

#[test]
fn a_named_report_gets_a_copy_beside_the_tables_own() {
    let folder = Folder::new();
    let (named, out) = (folder.file("自评报告.docx", &report("97")), folder.word("out"));
    let words = ["convert", SEED, "--report", &named, "--annotate", "-o", &out];
    let run = hebiao(&words);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let copy = folder.path("out/自评报告.批注副本.docx");
    assert!(
        run.stdout.contains(&format!("批注副本　{}", copy.display())),
        "{}",
        run.stdout
    );
    assert_eq!(
        names(&folder.path("out")),
        [
            "自评报告.批注副本.docx",
            "部门评价表-信丰.差异清单.xlsx",
            "部门评价表-信丰.批注副本.xlsx",
            "部门评价表-信丰.规范表.xlsx"
        ]
    );
    let written = fs::read(&copy).unwrap();
    let comments = text_of(&unzipped(&written), "word/comments.xml");
    assert!(comments.contains("【错误 J01】"), "{comments}");
    assert!(comments.contains("对照的评价表：部门评价表-信丰.xlsx“"), "{comments}");
    assert_eq!(
        fs::read(&named).unwrap(),
        report("97"),
        "the report itself is left alone"
    );

    // What is there already is in the way, before anything is read; an earlier copy is replaced by the same bytes.
    let again = hebiao(&words);
    assert!(again.code == 2 && again.stderr.contains("已经存在"), "{}", again.stderr);
    fs::remove_file(folder.path("out/部门评价表-信丰.规范表.xlsx")).unwrap();
    let forced = hebiao(&[&words[..], &["--force"]].concat());
    assert_eq!(forced.code, 1, "{}", forced.stderr);
    assert_eq!(fs::read(&copy).unwrap(), written);
    // A unit's own document under that name never is.
    fs::write(&copy, report("97")).unwrap();
    let refused = hebiao(&[&words[..], &["--force"]].concat());
    assert!(
        refused.code == 2 && refused.stderr.contains("没有覆盖"),
        "{}",
        refused.stderr
    );
    assert_eq!(fs::read(&copy).unwrap(), report("97"));
}

#[test]
fn without_annotate_or_without_a_finding_there_is_no_copy() {
    let folder = Folder::new();
    let named = folder.file("自评报告.docx", &report("97"));
    hebiao(&["convert", SEED, "--report", &named, "-o", &folder.word("plain")]);
    let no_findings = ["convert", common::CLEAN, "--annotate", "-o", &folder.word("clean")];
    hebiao(&no_findings);
    for out in ["plain", "clean"] {
        let written = names(&folder.path(out));
        assert!(
            !written.is_empty() && written.iter().all(|name| !name.ends_with(".docx")),
            "{written:?}"
        );
    }
}

#[test]
fn reports_in_folders_and_archives_are_annotated_where_they_lie() {
    let folder = Folder::new();
    let table = fs::read(SEED).unwrap();
    folder.file("收/甲/表.xlsx", &table);
    folder.file("收/甲/报告.docx", &report("97"));
    let run = hebiao(&["convert", &folder.word("收"), "--annotate", "-o", &folder.word("out")]);
    assert!(
        folder.path("out/甲/报告.批注副本.docx").is_file(),
        "{}{}",
        run.stdout,
        run.stderr
    );

    let parts = [
        ("甲/表.xlsx".to_owned(), table),
        ("甲/报告.docx".to_owned(), report("97")),
    ];
    let archive = folder.file("包.zip", &zipped(&parts.into_iter().collect()));
    let run = hebiao(&["convert", &archive, "--annotate", "-o", &folder.word("zip")]);
    let copy = folder.path("zip/甲/报告.批注副本.docx");
    assert!(copy.is_file(), "{}{}", run.stdout, run.stderr);
    assert_eq!(
        fs::read(copy).unwrap(),
        fs::read(folder.path("out/甲/报告.批注副本.docx")).unwrap()
    );
}

#[test]
fn a_report_that_is_no_word_document_is_said_to_have_no_copy() {
    let folder = Folder::new();
    let lines = [
        TITLE,
        "一、基本情况",
        "项目由信丰县工信局组织实施，面向全县专精特新方向的中小企业。",
        "项目预算208万元，实际到位208万元，资金全部用于企业扶持。",
        "二、评价结论",
        "经评价，该项目评价得分97分，等级为“优”，各项工作按期完成。",
    ];
    let text = lines.join("\n");
    let named = folder.file("自评报告.txt", text.as_bytes());
    let run = hebiao(&[
        "convert",
        SEED,
        "--report",
        &named,
        "--annotate",
        "-o",
        &folder.word("out"),
    ]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("自评报告.txt：报告的批注副本只能由 Word（docx）文档生成"),
        "{}",
        run.stderr
    );
    assert!(names(&folder.path("out")).iter().all(|name| !name.contains("自评报告")));
}

#[test]
fn a_report_from_standard_input_cannot_be_read_again() {
    let folder = Folder::new();
    let seed = fs::read(SEED).unwrap();
    let named = folder.file("自评报告.docx", &report("97"));
    let out = folder.word("out");
    let run = hebiao_with(
        &["convert", "-", "--report", &named, "--annotate", "-o", &out],
        &[],
        &seed,
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(folder.path("out/自评报告.批注副本.docx").is_file());
}

#[test]
fn a_comment_names_each_table_that_the_sentence_was_compared_with_and_is_counted_once() {
    let folder = Folder::new();
    let named = folder.file("自评报告.docx", &report("97"));
    let table = fs::read(SEED).unwrap();
    let (one, other) = (folder.file("一.xlsx", &table), folder.file("二.xlsx", &table));
    let out = folder.word("out");
    let run = hebiao(&["convert", &one, &other, "--report", &named, "--annotate", "-o", &out]);
    let copy = fs::read(folder.path("out/自评报告.批注副本.docx")).unwrap();
    let comments = text_of(&unzipped(&copy), "word/comments.xml");
    let count = comments.matches("<w:comment ").count();
    assert!(
        run.stdout.contains(&format!("报告里批注 {count} 处")),
        "{count}: {}",
        run.stdout
    );
    assert!(
        comments.contains("对照的评价表：一.xlsx“") && comments.contains("；二.xlsx“"),
        "{comments}"
    );
}
