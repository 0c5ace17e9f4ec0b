//! Which files a run takes, in what order, and what it passes over: folders, patterns, lists and zip archives.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use common::Folder;
use hebiao::batch::{Collected, InputOptions, Skipped, collect, paths_of_list};
use zip::unstable::write::FileOptionsExt as _;
use zip::write::{FullFileOptions, SimpleFileOptions};

fn named(words: &[&str]) -> Collected {
    let mut options = InputOptions::default();
    options.words = words.iter().map(PathBuf::from).collect();
    collect(&options)
}

/// The shown paths, below the folder.
fn shown(collected: &Collected, folder: &Folder) -> Vec<String> {
    let above = folder.word("");
    let inputs = collected.inputs.iter();
    inputs
        .map(|input| input.shown().strip_prefix(&above).unwrap_or(input.shown()).to_owned())
        .collect()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An archive as a Chinese Windows packs it: names in GBK, without the mark of UTF-8, put over names of equal length.
fn gbk_zip(names: &[&str], bytes: &[u8]) -> Vec<u8> {
    let raw: Vec<Vec<u8>> = names
        .iter()
        .map(|name| encoding_rs::GB18030.encode(name).0.into_owned())
        .collect();
    let stand_ins: Vec<String> = raw
        .iter()
        .enumerate()
        .map(|(index, name)| format!("{index}{}", "x".repeat(name.len() - 1)))
        .collect();
    let entries: Vec<(&str, &[u8])> = stand_ins.iter().map(|name| (name.as_str(), bytes)).collect();
    let mut packed = zip(&entries);
    for (stand_in, name) in stand_ins.iter().zip(&raw) {
        while let Some(at) = packed
            .windows(name.len())
            .position(|window| window == stand_in.as_bytes())
        {
            packed[at..at + name.len()].copy_from_slice(name);
        }
    }
    packed
}

#[test]
fn a_folder_gives_its_tables_in_the_order_of_their_paths() {
    let folder = Folder::new();
    for name in [
        "卫健局/乙.xls",
        "卫健局/甲.xlsx",
        "B.csv",
        "a.ods",
        "教育局/子/深.html",
        "_.et",
    ] {
        folder.file(name, b"x");
    }
    let collected = named(&[&folder.word("")]);
    let mut expected = [
        "卫健局/乙.xls",
        "卫健局/甲.xlsx",
        "B.csv",
        "a.ods",
        "教育局/子/深.html",
        "_.et",
    ];
    expected.sort_unstable();
    assert_eq!(shown(&collected, &folder), expected);
    assert_eq!(collected.skipped, Skipped::default());
    assert!(collected.expanded && collected.empty.is_empty());
    let deep = collected
        .inputs
        .iter()
        .find(|input| input.shown().ends_with("深.html"))
        .unwrap();
    assert_eq!(deep.folders().collect::<Vec<_>>(), ["教育局", "子"]);
}

#[test]
fn what_is_no_unit_s_table_is_passed_over_and_counted() {
    let folder = Folder::new();
    for name in [
        "表.xlsx",
        "~$表.xlsx",
        ".~表.xls",
        ".~lock.表.ods#",
        ".隐藏/表.xlsx",
        "证明.pdf",
        "照片.JPG",
        "结果.ndjson",
        "表.规范表.xlsx",
        "表 (2).规范表.csv",
        "表.差异清单.html",
        "表.批注副本.xlsm",
    ] {
        folder.file(name, b"x");
    }
    let collected = named(&[&folder.word("")]);
    assert_eq!(shown(&collected, &folder), ["表.xlsx"]);
    let expected = Skipped {
        hidden: 4,
        not_tables: 3,
        own_outputs: 4,
        duplicates: 0,
        links_in_circles: 0,
        documents: vec![folder.word("照片.JPG"), folder.word("证明.pdf")],
    };
    assert_eq!(collected.skipped, expected);
    // Whoever names one means it.
    for name in ["~$表.xlsx", "证明.pdf", "表.规范表.xlsx"] {
        assert_eq!(shown(&named(&[&folder.word(name)]), &folder), [name]);
    }
}

#[test]
fn an_annotated_copy_on_its_own_was_handed_in_again() {
    let folder = Folder::new();
    for name in [
        "甲/a.xlsx",
        "甲/a.批注副本.xlsx",
        "乙/b.批注副本.xlsx",
        "丙/c.批注副本.xlsx",
        "丙/c.规范表.xlsx",
    ] {
        folder.file(name, b"x");
    }
    for word in ["", "**/*.xlsx", "*/*.xlsx"] {
        let collected = named(&[&folder.word(word)]);
        assert_eq!(
            shown(&collected, &folder),
            ["乙/b.批注副本.xlsx", "甲/a.xlsx"],
            "{word}"
        );
        assert_eq!(collected.skipped.own_outputs, 3);
    }
    let archive = folder.file(
        "包.zip",
        &zip(&[("b.批注副本.xlsx", b"x"), ("a.xls", b"x"), ("a.批注副本.xlsx", b"x")]),
    );
    assert_eq!(
        shown(&named(&[&archive]), &folder),
        ["包.zip/a.xls", "包.zip/b.批注副本.xlsx"]
    );
}

#[test]
fn documents_and_archives_that_are_not_read_are_inputs_with_a_reason() {
    let folder = Folder::new();
    for name in ["表.doc", "表.wps", "全部.rar", "全部.7z", "坏.zip"] {
        folder.file(name, b"x");
    }
    assert_eq!(
        shown(&named(&[&folder.word("")]), &folder),
        ["全部.7z", "全部.rar", "坏.zip", "表.doc", "表.wps"]
    );
}

#[test]
fn what_does_not_exist_is_an_input_too() {
    let folder = Folder::new();
    folder.file("表.xlsx", b"x");
    for (word, code) in [("没有.xlsx", "file_not_found"), ("没有/*.xls", "file_not_found")] {
        let collected = named(&[&folder.word(word)]);
        assert_eq!(shown(&collected, &folder), [word]);
        assert_eq!(collected.inputs[0].read(100).unwrap_err().code, code);
        assert!(collected.inputs[0].read(100).unwrap_err().message.ends_with('。'));
    }
}

#[test]
fn an_empty_folder_is_told() {
    let folder = Folder::new();
    folder.file("空/说明.pdf", b"x");
    let collected = named(&[&folder.word("空")]);
    assert!(collected.inputs.is_empty());
    assert_eq!(collected.empty, [folder.word("空")]);
}

#[test]
fn each_file_is_taken_once() {
    let folder = Folder::new();
    folder.file("县/a.xlsx", b"x");
    folder.file("县/b.xlsx", b"x");
    let (all, one) = (folder.word("县"), folder.word("县/b.xlsx"));
    let around = folder.word("县/../县/a.xlsx");
    let collected = named(&[&one, &all, &all, &around]);
    // Words stand in their order.
    assert_eq!(shown(&collected, &folder), ["县/b.xlsx", "县/a.xlsx"]);
    assert_eq!(collected.skipped.duplicates, 4);
    assert!(collected.empty.is_empty());
}

#[cfg(unix)]
#[test]
fn links_in_circles_end() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.file("县/甲/a.xlsx", b"x");
    folder.file("县/乙/b.xlsx", b"x");
    folder.file("外/c.xlsx", b"x");
    for number in 0..6 {
        symlink("..", folder.path(&format!("县/甲/上{number}"))).unwrap();
        symlink("../甲", folder.path(&format!("县/乙/旁{number}"))).unwrap();
        symlink("../外", folder.path(&format!("县/外{number}"))).unwrap();
        symlink("../县", folder.path(&format!("外/回{number}"))).unwrap();
    }
    symlink("没有", folder.path("县/断.xlsx")).unwrap();
    for word in ["县", "县/**/*.xlsx", "**/*.xlsx"] {
        let collected = named(&[&folder.word(word)]);
        let names: Vec<String> = shown(&collected, &folder)
            .iter()
            .map(|path| path.rsplit('/').next().unwrap().to_owned())
            .collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, ["a.xlsx", "b.xlsx", "c.xlsx", "断.xlsx"], "{word}");
    }
    let collected = named(&[&folder.word("县")]);
    let broken = collected
        .inputs
        .iter()
        .find(|input| input.shown().ends_with("断.xlsx"))
        .unwrap();
    assert_eq!(broken.read(100).unwrap_err().code, "file_not_found");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_opened_is_no_absence() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.file("县/局/a.xlsx", b"x");
    let closed = folder.path("县/局");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let can_look = std::fs::read_dir(&closed).is_ok();
    let collected = named(&[&folder.word("县")]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    // Whoever may do everything is stopped by nothing.
    if !can_look {
        assert_eq!(shown(&collected, &folder), ["县/局"]);
        assert_eq!(collected.inputs[0].read(100).unwrap_err().code, "permission_denied");
    }
}

#[test]
fn patterns_are_expanded_where_the_shell_does_not() {
    let folder = Folder::new();
    for name in [
        "县/甲/a.xlsx",
        "县/甲/~$a.xlsx",
        "县/乙/b.xls",
        "县/c.xlsx",
        "县/d.json",
        "县/[1].xlsx",
    ] {
        folder.file(name, b"x");
    }
    let of = |word: &str| shown(&named(&[&folder.word(word)]), &folder);
    assert_eq!(of("县/*.xlsx"), ["县/[1].xlsx", "县/c.xlsx"]);
    assert_eq!(
        of("县/**/*.xls*"),
        ["县/[1].xlsx", "县/c.xlsx", "县/乙/b.xls", "县/甲/a.xlsx"]
    );
    assert_eq!(of("县/?"), ["县/乙/b.xls", "县/甲/a.xlsx"]);
    // Whoever names a kind means it; a file of this very name is no pattern.
    assert_eq!(of("县/*.json"), ["县/d.json"]);
    assert_eq!(of("县/[1].xlsx"), ["县/[1].xlsx"]);
    let collected = named(&[&folder.word("县/**/*.xls*")]);
    assert_eq!(collected.skipped.hidden, 1);
    assert_eq!(collected.inputs[3].folders().collect::<Vec<_>>(), ["甲"]);
}

#[test]
fn lists_are_read_in_every_encoding_that_people_make_them_in() {
    let expected = [PathBuf::from("部门/表 一.xlsx"), PathBuf::from("b.xls")];
    let text = "部门/表 一.xlsx\r\n\r\nb.xls\n";
    let utf16: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
        utf16,
        "部门/表 一.xlsx\0b.xls\0".as_bytes().to_vec(),
        "\"部门/表 一.xlsx\"\nb.xls".as_bytes().to_vec(),
    ];
    for bytes in cases {
        assert_eq!(paths_of_list(&bytes), expected);
    }
    assert!(paths_of_list(b"\n \n").is_empty());
}

#[test]
fn listed_paths_are_no_patterns_and_outputs_are_no_inputs() {
    let folder = Folder::new();
    folder.file("a.xlsx", b"x");
    folder.file("汇总.xlsx", b"x");
    let mut options = InputOptions::default();
    options.words = vec![folder.path("")];
    options.listed = vec![folder.path("*.xlsx")];
    options.outputs = vec![folder.path("汇总.xlsx")];
    let collected = collect(&options);
    assert_eq!(shown(&collected, &folder), ["a.xlsx", "*.xlsx"]);
    assert_eq!(collected.skipped.own_outputs, 1);
}

#[test]
fn an_archive_is_a_folder() {
    let folder = Folder::new();
    let bytes = zip(&[
        ("教育局/乙.xls", b"two"),
        ("教育局/甲.xlsx", b"one"),
        ("教育局/~$甲.xlsx", b"x"),
        ("__MACOSX/教育局/甲.xlsx", b"x"),
        ("教育局/甲.规范表.xlsx", b"x"),
        ("证明.pdf", b"x"),
    ]);
    let archive = folder.file("县/包.zip", &bytes);
    for word in [archive.as_str(), &folder.word("县")] {
        let collected = named(&[word]);
        assert_eq!(
            shown(&collected, &folder),
            ["县/包.zip/教育局/乙.xls", "县/包.zip/教育局/甲.xlsx"]
        );
        assert_eq!(collected.inputs[1].read(100).unwrap(), b"one");
        assert_eq!(collected.inputs[1].read(1).unwrap(), b"on", "one more than the limit");
        assert_eq!(collected.inputs[0].place(), Path::new(&archive));
        assert_eq!(
            (
                collected.skipped.hidden,
                collected.skipped.not_tables,
                collected.skipped.own_outputs
            ),
            (2, 1, 1)
        );
    }
    let folders = |word: &str| {
        named(&[word]).inputs[0]
            .folders()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(folders(&archive), ["教育局"]);
    assert_eq!(folders(&folder.word("县")), ["包.zip", "教育局"]);
}

#[test]
fn names_of_a_chinese_windows_are_decoded() {
    let folder = Folder::new();
    // The second byte of 乗 is a backslash.
    let archive = folder.file("包.zip", &gbk_zip(&["教育局\\自评表.xlsx", "乗法.xlsx"], b"x"));
    assert_eq!(
        shown(&named(&[&archive]), &folder),
        ["包.zip/乗法.xlsx", "包.zip/教育局/自评表.xlsx"]
    );
}

#[test]
fn an_archive_in_an_archive_is_opened_and_a_third_is_not() {
    let folder = Folder::new();
    let innermost = zip(&[("深.xlsx", b"deep")]);
    let inner = zip(&[("内.xlsx", b"inner"), ("三.zip", &innermost)]);
    let archive = folder.file("外.zip", &zip(&[("二.zip", &inner), ("外.xlsx", b"outer")]));
    let collected = named(&[&archive]);
    assert_eq!(
        shown(&collected, &folder),
        ["外.zip/二.zip/三.zip", "外.zip/二.zip/内.xlsx", "外.zip/外.xlsx"]
    );
    assert_eq!(collected.inputs[0].read(100).unwrap_err().code, "unsupported_format");
    assert_eq!(collected.inputs[1].read(100).unwrap(), b"inner");
    assert_eq!(collected.inputs[1].place(), Path::new(&archive));
}

#[test]
fn a_workbook_under_the_name_of_an_archive_is_a_workbook() {
    let folder = Folder::new();
    let path = folder.file("表.zip", &std::fs::read(common::CLEAN).unwrap());
    let collected = named(&[&path]);
    assert_eq!(shown(&collected, &folder), ["表.zip"]);
    assert!(collected.inputs[0].is_plain_file());
}

#[test]
fn a_path_that_leads_out_of_its_archive_is_refused() {
    let folder = Folder::new();
    let archive = folder.file(
        "包.zip",
        &zip(&[("../../外.xlsx", b"x"), ("/根.xlsx", b"x"), ("好.xlsx", b"x")]),
    );
    let collected = named(&[&archive]);
    assert_eq!(
        shown(&collected, &folder),
        ["包.zip/外.xlsx", "包.zip/好.xlsx", "包.zip/根.xlsx"]
    );
    let error = collected.inputs[0].read(100).unwrap_err();
    assert!(error.message.contains("指向包外"), "{}", error.message);
    assert!(!folder.path("外.xlsx").exists());
}

#[test]
fn an_encrypted_entry_is_an_input_with_its_reason() {
    let folder = Folder::new();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let locked = FullFileOptions::default()
        .with_deprecated_encryption(b"secret")
        .unwrap();
    zip.start_file("密.xlsx", locked).unwrap();
    zip.write_all(b"x").unwrap();
    zip.start_file("明.xlsx", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"open").unwrap();
    let archive = folder.file("包.zip", &zip.finish().unwrap().into_inner());
    let collected = named(&[&archive]);
    assert_eq!(shown(&collected, &folder), ["包.zip/密.xlsx", "包.zip/明.xlsx"]);
    assert_eq!(collected.inputs[0].read(100).unwrap_err().code, "password_protected");
    assert_eq!(collected.inputs[1].read(100).unwrap(), b"open");
}

#[test]
fn an_archive_made_to_harm_is_refused() {
    let folder = Folder::new();
    let bomb = zip(&[("炸.csv", &vec![0; 40 * 1024 * 1024]), ("好.csv", b"x")]);
    assert!(bomb.len() < 200_000);
    let archive = folder.file("包.zip", &bomb);
    let collected = named(&[&archive]);
    let error = collected.inputs[1].read(u64::MAX).unwrap_err();
    assert_eq!(error.code, "limit_exceeded");
    assert!(error.message.contains("200 倍"), "{}", error.message);
    assert_eq!(collected.inputs[0].read(100).unwrap(), b"x");
    // The same inside an archive inside an archive.
    let nested = folder.file("外.zip", &zip(&[("内.zip", &bomb)]));
    let collected = named(&[&nested]);
    assert_eq!(collected.inputs.len(), 2);
    assert_eq!(collected.inputs[1].read(u64::MAX).unwrap_err().code, "limit_exceeded");
    // More entries than any collection has are not even listed.
    let mut end = Vec::from(*b"PK\x05\x06\0\0\0\0");
    end.extend([0xFF; 4]);
    end.extend([0; 10]);
    let crowded = folder.file("多.zip", &end);
    let collected = named(&[&crowded]);
    assert_eq!(shown(&collected, &folder), ["多.zip"]);
    assert_eq!(collected.inputs[0].read(100).unwrap_err().code, "limit_exceeded");
}

#[test]
fn an_archive_that_is_cut_off_is_one_input_that_says_so() {
    let folder = Folder::new();
    let whole = zip(&[("甲.xlsx", b"one"), ("乙.xlsx", b"two")]);
    for length in 0..whole.len() {
        let archive = folder.file("包.zip", &whole[..length]);
        let collected = named(&[&archive]);
        assert_eq!(shown(&collected, &folder), ["包.zip"], "{length}");
    }
}
