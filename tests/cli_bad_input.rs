//! Input that cannot be checked: one clear sentence each, exit 3, nothing written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, SEED, Table, hebiao, hebiao_with, names};
use serde_json::Value;

/// Every command that takes files says the same one sentence about this one, and nothing is written.
fn refused(path: &str, code: &str, status: &str) -> String {
    let text = hebiao(&["check", path]);
    assert_eq!(text.code, 3, "{text:?}");
    assert_eq!(
        text.stdout,
        "共 1 个文件、0 张评价表：错误 0 项，预警 0 项，提示 0 项；1 个文件未能核对\n"
    );
    assert_eq!(text.stderr.lines().count(), 1, "{}", text.stderr);
    let sentence = text
        .stderr
        .trim_end()
        .strip_prefix(&format!("{path}："))
        .expect("the path comes first")
        .to_owned();
    assert!(
        sentence.ends_with('。') && sentence.matches('。').count() == 1,
        "one sentence: {sentence}"
    );
    for word in ["Error", "error", "calamine", "zip", "xml", "XML"] {
        assert!(!sentence.contains(word), "{word} in {sentence}");
    }

    let json = hebiao(&["check", "--format", "json", path]);
    assert_eq!(json.code, 3);
    let file = json.file();
    assert_eq!(file["status"], status, "{file}");
    assert_eq!(file["error"]["code"], code, "{file}");
    assert_eq!(file["error"]["message"], sentence);
    assert_eq!(file["tables"], Value::Array(Vec::new()));

    let out = Folder::new();
    let convert = hebiao(&["convert", path, "-o", &out.word("out")]);
    assert_eq!(convert.code, 3, "{convert:?}");
    assert_eq!(convert.stdout, "");
    assert!(!out.path("out").exists());

    assert_eq!(hebiao(&["inspect", path]).code, 3);
    sentence
}

#[test]
fn a_missing_file() {
    let folder = Folder::new();
    refused(&folder.word("没有.xlsx"), "file_not_found", "unreadable");
}

#[test]
fn a_folder_without_a_table() {
    let folder = Folder::new();
    let run = hebiao(&["check", &folder.word("")]);
    assert_eq!(run.code, 3);
    let expected = format!(
        "{}：里面没有可以核对的表格文件，请检查路径。\n读了 0 个文件，跳过 0 个\n",
        folder.word("")
    );
    assert_eq!(run.stderr, expected);
}

#[test]
fn an_empty_file() {
    let folder = Folder::new();
    refused(&folder.file("空.xlsx", b""), "empty_file", "unreadable");
}

#[test]
fn no_spreadsheet() {
    let folder = Folder::new();
    refused(
        &folder.file("文章.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"),
        "unsupported_format",
        "unreadable",
    );
    refused(
        &folder.file("数据.bin", &[0x00, 0x01, 0xFE, 0x80, 0x07].repeat(40)),
        "not_a_spreadsheet",
        "unreadable",
    );
}

#[test]
fn a_truncated_workbook() {
    let folder = Folder::new();
    let bytes = common::department::table().to_xlsx().unwrap();
    for share in [1, 2, 3] {
        let part = &bytes[..bytes.len() * share / 4];
        refused(&folder.file("半截.xlsx", part), "damaged", "unreadable");
    }
}

#[test]
fn a_password_protected_workbook() {
    let folder = Folder::new();
    refused(
        &folder.file("加密.xlsx", &encrypted_package()),
        "password_protected",
        "unreadable",
    );
}

#[test]
fn a_workbook_without_an_evaluation_table() {
    let folder = Folder::new();
    let mut table = Table::new("通讯录", &[]);
    table
        .set("A1", "姓名")
        .set("B1", "电话")
        .set("A2", "甲")
        .set("B2", "0797-0000000");
    let sentence = refused(
        &folder.table("通讯录.xlsx", &table),
        "no_evaluation_table",
        "unrecognized",
    );
    assert!(sentence.contains("“通讯录”"), "{sentence}");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let run = hebiao(&["check", "--format", "json", "没有.xlsx", CLEAN, SEED]);
    assert_eq!(run.code, 3, "an unchecked file weighs more than findings");
    let report = run.json();
    let statuses: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["unreadable", "clean", "findings"]);

    let out = Folder::new();
    let run = hebiao(&["convert", "没有.xlsx", CLEAN, "-o", &out.word("out")]);
    assert_eq!(run.code, 3);
    assert_eq!(
        names(&out.path("out")),
        [
            "目录.xlsx",
            "项目支出绩效自评表-示例.差异清单.xlsx",
            "项目支出绩效自评表-示例.规范表.xlsx"
        ]
    );
}

#[test]
fn a_workbook_on_standard_input() {
    let bytes = std::fs::read(SEED).unwrap();
    let run = hebiao_with(&["check", "--format", "json", "-"], &[], &bytes);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.file()["file"], "标准输入");
    assert_eq!(hebiao_with(&["check", "-"], &[], b"").code, 3);
}

/// A compound file with the two streams of an encrypted Office package.
fn encrypted_package() -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    const FAT: u32 = 0xFFFF_FFFD;
    let words = |values: &[u32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();

    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.extend([0; 16]);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.extend([0; 6]);
    file.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    file.resize(512, 0xFF);

    let mut table = vec![FAT, END];
    table.resize(128, FREE);
    file.extend(words(&table));

    for (name, kind, right, child) in [
        ("Root Entry", 5, FREE, 2),
        ("EncryptedPackage", 2, FREE, FREE),
        ("EncryptionInfo", 2, 1, FREE),
        ("", 0, FREE, FREE),
    ] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = if name.is_empty() { 0 } else { entry.len() + 2 };
        entry.resize(64, 0);
        entry.extend(u16::try_from(length).unwrap().to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[FREE, right, child]));
        entry.resize(116, 0);
        entry.extend(words(&[if kind == 0 { 0 } else { END }, 0, 0]));
        file.extend(entry);
    }
    file
}
