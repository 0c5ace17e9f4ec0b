//! `--evidence`: files that a row names are looked for by name in a folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, findings, hebiao};

/// The clean sample as CSV, with the text put into the first reason.
fn table(folder: &Folder) -> String {
    let out = folder.word("csv");
    hebiao(&["convert", CLEAN, "--to", "csv", "--list", "none", "-o", &out]);
    let name = common::names(&folder.path("csv")).remove(0);
    let text = std::fs::read_to_string(folder.path(&format!("csv/{name}"))).unwrap();
    let line = text
        .lines()
        .find(|line| line.contains("改线") || line.contains("原因："))
        .expect("a reason");
    let named = line.replacen(
        "原因：",
        &format!("（{}）原因：", "见附件2《验收报告》；佐证材料：会议纪要"),
        1,
    );
    assert_ne!(line, named);
    folder.file("收/表.csv", text.replacen(line, &named, 1).as_bytes())
}

fn evidence(words: &[&str]) -> Vec<(String, String)> {
    let run = hebiao(&[&["check", "--format", "json"][..], words].concat());
    let file = run.file();
    let all = file["tables"][0]["discrepancies"].as_array().unwrap().clone();
    assert_eq!(findings(&file).len(), all.len());
    all.iter()
        .filter(|found| found["code"] == "J13")
        .map(|found| {
            let text = |key: &str| found[key].as_str().unwrap().to_owned();
            (text("severity"), text("declared"))
        })
        .collect()
}

#[test]
fn what_is_not_in_the_folder_is_listed_by_the_name_that_the_row_gives() {
    let folder = Folder::new();
    let table = table(&folder);
    folder.file("佐证/附件2/扫描件.pdf", b"");
    folder.file("佐证/.会议纪要.pdf", b"");
    let given = folder.word("佐证");
    let missing = |name: &str| vec![("info".to_owned(), name.to_owned())];
    // Without a folder nothing is said.
    assert_eq!(evidence(&[&table]), []);
    assert_eq!(evidence(&[&table, "--evidence", &given]), missing("会议纪要"));
    folder.file("其他/会议纪要（签字版）.docx", b"");
    assert_eq!(
        evidence(&[&table, "--evidence", &given, "--evidence", &folder.word("其他")]),
        []
    );
    std::fs::create_dir(folder.path("空")).unwrap();
    assert_eq!(
        evidence(&[&table, "--evidence", &folder.word("空")]),
        missing("附件2《验收报告》、会议纪要")
    );
}

#[test]
fn the_settings_may_name_the_folder_and_a_level() {
    let folder = Folder::new();
    let table = table(&folder);
    folder.file("收/佐证/附件2.pdf", b"");
    folder.file(
        "收/hebiao.toml",
        "evidence = [\"佐证\"]\n[severity]\nJ13 = \"warning\"\n".as_bytes(),
    );
    assert_eq!(evidence(&[&table]), [("warning".to_owned(), "会议纪要".to_owned())]);
}

#[test]
fn a_folder_that_is_none_is_refused_before_anything_is_read() {
    let folder = Folder::new();
    let missing = folder.word("没有");
    for words in [
        ["check", CLEAN, "--evidence", &missing],
        ["check", CLEAN, "--evidence", CLEAN],
    ] {
        let run = hebiao(&words);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains("读不了佐证材料文件夹"), "{}", run.stderr);
    }
}
