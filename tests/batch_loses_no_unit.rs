//! No unit of a batch is lost or taken for another: names in old encodings, equal names in an archive, archives that
//! broke off, links in circles; in one run, in a run gone on with, and from results.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{Cursor, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use common::{CLEAN, Folder, SEED, hebiao, hebiao_with, names};
use encoding_rs::GB18030;
use serde_json::Value;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

fn table() -> Vec<u8> {
    std::fs::read(CLEAN).unwrap()
}

/// A path whose last name is written in GBK.
fn in_gbk(folder: &Folder, name: &str) -> PathBuf {
    folder.path("").join(OsStr::from_bytes(&GB18030.encode(name).0))
}

/// A zip of these files, packed as they are or deflated; equal names are written under stand-ins and put over.
fn zip(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stand_in = |index: usize, name: &str| format!("{index:03}{}", "~".repeat(name.len() - 3));
    for (index, (name, bytes)) in entries.iter().enumerate() {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(stand_in(index, name), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let mut packed = zip.finish().unwrap().into_inner();
    for (index, (name, _)) in entries.iter().enumerate() {
        let stand_in = stand_in(index, name);
        while let Some(at) = packed
            .windows(name.len())
            .position(|window| window == stand_in.as_bytes())
        {
            packed[at..at + name.len()].copy_from_slice(name.as_bytes());
        }
    }
    packed
}

/// `file → status or error code` of a run's lines.
fn outcomes(lines: &str) -> BTreeMap<String, String> {
    let line = |line: &str| {
        let report: Value = serde_json::from_str(line).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let code = report["error"]["code"].as_str().map(str::to_owned);
        (text(&report["file"]), code.unwrap_or_else(|| text(&report["status"])))
    };
    lines.lines().map(line).collect()
}

fn checked(word: &str) -> BTreeMap<String, String> {
    outcomes(&hebiao(&["check", word, "--format", "ndjson"]).stdout)
}

fn expected(folder: &Folder, pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pair = |(name, status): &(&str, &str)| (folder.word(name), (*status).to_owned());
    pairs.iter().map(pair).collect()
}

/// Everything at once: five names that were shown as two, an archive with equal names, one that broke off, links.
fn quirks() -> Folder {
    let folder = Folder::new();
    folder.file("单位/教育局.xlsx", &table());
    for name in ["教育局.xlsx", "民政局.xlsx"] {
        let path = folder.path("单位").join(in_gbk(&folder, name).file_name().unwrap());
        std::fs::write(path, table()).unwrap();
    }
    for name in [b"\xFE.xlsx".as_slice(), b"\xFF.xlsx"] {
        std::fs::write(folder.path("单位").join(OsStr::from_bytes(name)), table()).unwrap();
    }
    let seed = std::fs::read(SEED).unwrap();
    let equal: &[(&str, &[u8])] = &[("表.xlsx", &seed), ("另.xlsx", &seed), ("表.xlsx", &table())];
    folder.file("单位/同名.zip", &zip(equal, CompressionMethod::Deflated));
    let stored: &[(&str, &[u8])] = &[
        ("甲表.xlsx", &table()),
        ("乙表.xlsx", &table()),
        ("丙表.xlsx", &table()),
    ];
    let whole = zip(stored, CompressionMethod::Stored);
    folder.file("单位/断.zip", &whole[..whole.len() * 2 / 3 + 40]);
    std::os::unix::fs::symlink("二.xlsx", folder.path("单位/一.xlsx")).unwrap();
    std::os::unix::fs::symlink("一.xlsx", folder.path("单位/二.xlsx")).unwrap();
    std::os::unix::fs::symlink(folder.path("单位"), folder.path("单位/回")).unwrap();
    folder
}

const ALL: [(&str, &str); 11] = [
    ("单位/%FE〔字节〕.xlsx", "clean"),
    ("单位/%FF〔字节〕.xlsx", "clean"),
    ("单位/教育局.xlsx", "clean"),
    ("单位/教育局〔GBK〕.xlsx", "clean"),
    ("单位/民政局〔GBK〕.xlsx", "clean"),
    ("单位/同名.zip/另.xlsx", "findings"),
    ("单位/同名.zip/表.xlsx", "findings"),
    ("单位/同名.zip/表〔同名第2个〕.xlsx", "clean"),
    ("单位/断.zip", "damaged"),
    ("单位/一.xlsx", "read_failed"),
    ("单位/二.xlsx", "read_failed"),
];

#[test]
fn every_file_is_one_line_under_a_name_of_its_own() {
    let folder = quirks();
    assert_eq!(checked(&folder.word("单位")), expected(&folder, &ALL));
    // A pattern meets the same names, but for what the archives hold.
    let by_pattern = checked(&folder.word("单*/*.xlsx"));
    let files: Vec<(&str, &str)> = ALL.into_iter().filter(|(name, _)| !name.contains(".zip")).collect();
    assert_eq!(by_pattern, expected(&folder, &files));
}

#[test]
fn links_in_circles_are_said_as_such() {
    let folder = quirks();
    let run = hebiao(&["check", &folder.word("单位")]);
    let link = format!("{}：这是一个绕成圈的链接", folder.word("单位/一.xlsx"));
    assert!(run.stderr.contains(&link), "{}", run.stderr);
    assert!(run.stderr.contains("跳过 1 个"), "{}", run.stderr);
    assert!(run.stderr.contains("绕回上级文件夹的链接 1"), "{}", run.stderr);
}

#[test]
fn outputs_of_names_in_old_encodings_stay_apart() {
    let folder = quirks();
    let out = folder.word("out");
    hebiao(&["convert", &folder.word("单位/*.xlsx"), "-o", &out, "--list", "none"]);
    let expected = [
        "%FE〔字节〕.规范表.xlsx",
        "%FF〔字节〕.规范表.xlsx",
        "教育局.规范表.xlsx",
        "教育局〔GBK〕.规范表.xlsx",
        "民政局〔GBK〕.规范表.xlsx",
        "目录.xlsx",
    ];
    assert_eq!(names(Path::new(&out)), expected);
}

#[test]
fn a_list_names_files_as_they_are_written_or_as_they_are_read() {
    let folder = quirks();
    let path = |name: &str| folder.path("单位").join(in_gbk(&folder, name).file_name().unwrap());
    let mut list = Vec::new();
    for name in ["教育局.xlsx", "民政局.xlsx"] {
        list.extend(path(name).as_os_str().as_bytes());
        list.push(b'\n');
    }
    // The whole list in GBK, by a person, for a file whose name is in UTF-8.
    let by_a_person = GB18030.encode(&folder.word("单位/教育局.xlsx")).0.into_owned();
    for (list, expected_files) in [
        (list, vec!["单位/教育局〔GBK〕.xlsx", "单位/民政局〔GBK〕.xlsx"]),
        (by_a_person, vec!["单位/教育局.xlsx"]),
    ] {
        let run = hebiao_with(&["check", "--files-from", "-", "--format", "ndjson"], &[], &list);
        let pairs: Vec<(&str, &str)> = expected_files.into_iter().map(|name| (name, "clean")).collect();
        assert_eq!(outcomes(&run.stdout), expected(&folder, &pairs), "{}", run.stderr);
    }
}

#[test]
fn a_package_that_broke_off_is_damaged_whatever_lies_in_it() {
    let folder = Folder::new();
    let stored: &[(&str, &[u8])] = &[("甲表.xlsx", &table()), ("乙表.xlsx", &table())];
    let whole = zip(stored, CompressionMethod::Stored);
    // From within the second file on, to just before the end.
    for cut in [whole.len() / 2 + 60, whole.len() - 300, whole.len() - 30] {
        for name in ["断.zip", "断.xlsx"] {
            let word = folder.file(name, &whole[..cut]);
            assert_eq!(checked(&word), expected(&folder, &[(name, "damaged")]), "{cut}");
        }
    }
    // What a program puts before an archive so that it unpacks itself is no break.
    let mut unpacks_itself = b"MZ and so on".to_vec();
    unpacks_itself.extend(&whole);
    let word = folder.file("自解压.zip", &unpacks_itself);
    let both = [("自解压.zip/甲表.xlsx", "clean"), ("自解压.zip/乙表.xlsx", "clean")];
    assert_eq!(checked(&word), expected(&folder, &both));
}

#[test]
fn equal_names_in_an_archive_are_told_apart_to_a_bound() {
    let folder = Folder::new();
    let table = table();
    let three: Vec<(&str, &[u8])> = std::iter::repeat_n(("表格.csv", &b"a,b\n"[..]), 2)
        .chain([("表格.csv", &table[..])])
        .collect();
    let word = folder.file("三.zip", &zip(&three, CompressionMethod::Deflated));
    let expected_files = [
        ("三.zip/表格.csv", "no_evaluation_table"),
        ("三.zip/表格〔同名第2个〕.csv", "no_evaluation_table"),
        ("三.zip/表格〔同名第3个〕.csv", "clean"),
    ];
    assert_eq!(checked(&word), expected(&folder, &expected_files));
    let many: Vec<(&str, &[u8])> = vec![("表格.csv", b"a,b\n"); 130];
    let word = folder.file("多.zip", &zip(&many, CompressionMethod::Stored));
    assert_eq!(checked(&word), expected(&folder, &[("多.zip", "limit_exceeded")]));
}

#[test]
fn going_on_and_starting_from_results_give_what_one_run_gives() {
    let folder = quirks();
    let input = folder.word("单位");
    let (results, resumed) = (folder.word("全.ndjson"), folder.word("续.ndjson"));
    hebiao(&["check", &input, "--format", "ndjson", "-o", &results]);
    let lines = std::fs::read_to_string(&results).unwrap();
    assert_eq!(outcomes(&lines), expected(&folder, &ALL));
    // Stopped within the sixth line.
    let kept: usize = lines.lines().take(5).map(|line| line.len() + 1).sum();
    std::fs::write(&resumed, &lines.as_bytes()[..kept + 25]).unwrap();
    hebiao(&["check", &input, "--format", "ndjson", "-o", &resumed, "--resume"]);
    // The lines of what could not be read are made anew, and come last.
    let sorted = |text: &str| -> Vec<String> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert!(sorted(&std::fs::read_to_string(&resumed).unwrap()) == sorted(&lines));
    let summary = |words: &[&str]| {
        let words: Vec<&str> = [&["summarize"], words, &["--format", "json"]].concat();
        hebiao(&words).stdout
    };
    let single = summary(&[&input]);
    assert!(single.contains("表〔同名第2个〕.xlsx") && single.contains("民政局〔GBK〕.xlsx"));
    assert!(summary(&["--from", &results]) == single);
    assert!(summary(&["--from", &resumed]) == single);
}

#[test]
fn results_of_ours_under_other_names_are_known_in_a_folder_and_by_their_bytes() {
    let folder = Folder::new();
    folder.file("甲.xlsx", &table());
    let results = folder.path("结果").display().to_string();
    let unit = folder.path("甲.xlsx").display().to_string();
    hebiao(&["convert", &unit, "-o", &results, "--list", "xlsx,csv,html,json"]);
    let summary = folder.path("结果/汇总.xlsx").display().to_string();
    hebiao(&["summarize", &unit, "-o", &summary]);
    let met = Folder::new();
    let (mut known, mut packed) = (Vec::new(), Vec::new());
    for name in names(&folder.path("结果")) {
        let bytes = std::fs::read(folder.path("结果").join(&name)).unwrap();
        let renamed = format!("报{}", name.replace(".差异清单", "").replace(".规范表", "表"));
        if hebiao::files::is_own_result(&renamed, || Some(Cursor::new(&bytes))) {
            known.push(renamed.clone());
        }
        met.file(&renamed, &bytes);
        packed.push((renamed, bytes));
    }
    // A normalized table may be what a unit hands in, and JSON is no table by its name.
    assert_eq!(known, ["报汇总.xlsx", "报甲.csv", "报甲.html", "报甲.xlsx"]);
    let run = hebiao(&["check", &met.path("").display().to_string(), "--format", "ndjson"]);
    let read: Vec<String> = outcomes(&run.stdout).into_keys().collect();
    assert_eq!(read.len(), 1, "{read:?}");
    assert!(read[0].ends_with("报甲表.xlsx"), "{read:?}");
    let entries: Vec<(&str, &[u8])> = packed
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let archive = folder.file("包.zip", &zip(&entries, CompressionMethod::Deflated));
    let run = hebiao(&["check", &archive, "--format", "ndjson"]);
    let read: Vec<String> = outcomes(&run.stdout).into_keys().collect();
    assert_eq!(read.len(), 1, "{read:?}");
    assert!(read[0].ends_with("包.zip/报甲表.xlsx"), "{read:?}");
    assert!(run.stderr.contains("本程序写出的结果 4"), "{}", run.stderr);
}

#[test]
fn an_archive_with_nothing_in_it_is_a_file_that_says_so() {
    let folder = Folder::new();
    folder.file("乙/表.xlsx", &table());
    folder.file("甲/空.zip", &zip(&[], CompressionMethod::Stored));
    let held = zip(
        &[("里面.zip", &zip(&[], CompressionMethod::Stored))],
        CompressionMethod::Stored,
    );
    folder.file("丙/包.zip", &held);
    let run = hebiao(&["check", &folder.path("").display().to_string(), "--format", "ndjson"]);
    assert_eq!(run.code, 3);
    let found: Vec<String> = outcomes(&run.stdout)
        .into_iter()
        .map(|(file, outcome)| format!("{} {outcome}", file.rsplit("//").next().unwrap()))
        .collect();
    assert_eq!(found.len(), 3, "{found:?}");
    for (line, end) in found.iter().zip([
        "丙/包.zip/里面.zip empty_file",
        "乙/表.xlsx clean",
        "甲/空.zip empty_file",
    ]) {
        assert!(line.ends_with(end), "{line}");
    }
}
