//! `convert --list` and `--explanations`: a list goes out, is filled in and comes back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::fs;

use common::{CLEAN, Folder, SEED, hebiao, names};
use serde_json::Value;

/// Converts the county's sample with these words more and gives the run's folder.
fn converted(words: &[&str]) -> Folder {
    let folder = Folder::new();
    let out = folder.word("");
    let mut all = vec!["convert", SEED, "-o", out.as_str(), "--fail-on", "never"];
    all.extend(words);
    let run = hebiao(&all);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    for name in names(&folder.path("")) {
        assert!(run.stdout.contains(&name), "{name} in {}", run.stdout);
    }
    folder
}

fn endings(folder: &Folder) -> Vec<String> {
    let stem = "部门评价表-信丰.";
    names(&folder.path(""))
        .iter()
        .map(|name| name.strip_prefix(stem).unwrap().to_owned())
        .collect()
}

const CSV: &str = "部门评价表-信丰.差异清单.csv";

/// The sample's csv list with texts put into the columns of a person's choice: (code, header, text).
fn filled(texts: &[(&str, &str, &str)]) -> (Folder, String) {
    let folder = converted(&["--list", "csv"]);
    let list = fs::read_to_string(folder.path(CSV)).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(list.trim_start_matches('\u{feff}').as_bytes());
    let mut rows: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    for (code, header, text) in texts {
        let column = rows[0].iter().position(|known| known == header).unwrap();
        let row = rows.iter_mut().find(|row| row[1] == *code).unwrap();
        (*text).clone_into(&mut row[column]);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    let path = folder.file("回填.csv", &writer.into_inner().unwrap());
    (folder, path)
}

fn finding(file: &Value, code: &str) -> Value {
    let findings = file["tables"][0]["discrepancies"].as_array().unwrap();
    findings.iter().find(|finding| finding["code"] == code).unwrap().clone()
}

#[test]
fn the_list_is_written_in_each_wanted_format() {
    assert_eq!(endings(&converted(&[])), ["差异清单.xlsx", "规范表.xlsx"]);
    assert_eq!(
        endings(&converted(&[
            "--list",
            "csv,json,csv",
            "--list",
            "markdown",
            "--list",
            "html"
        ])),
        [
            "差异清单.csv",
            "差异清单.html",
            "差异清单.json",
            "差异清单.md",
            "规范表.xlsx"
        ]
    );
    assert_eq!(endings(&converted(&["--list", "none"])), ["规范表.xlsx"]);
}

#[test]
fn csv_is_in_the_encoding_asked_for() {
    let read = |folder: Folder| fs::read(folder.path(CSV)).unwrap();
    let utf8 = read(converted(&["--list", "csv"]));
    assert!(utf8.starts_with("\u{feff}序号,编号".as_bytes()));
    let gb18030 = read(converted(&["--list", "csv", "--encoding", "gb18030"]));
    let (text, _, damaged) = encoding_rs::GB18030.decode(&gb18030);
    assert!(!damaged && text.as_bytes() == &utf8[3..]);
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let folder = Folder::new();
    let out = folder.word("out");
    for (words, part) in [
        (["--list", "none,csv"], "--list none"),
        (["--encoding", "gb18030"], "--list csv"),
        (["--list", "pdf"], "markdown"),
    ] {
        let run = hebiao(&["convert", SEED, "-o", &out, words[0], words[1]]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{words:?}");
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert_eq!(names(&folder.path("out")), Vec::<String>::new());
}

#[test]
fn explained_findings_are_marked_and_counted_apart() {
    let (_folder, list) = filled(&[
        ("A01", "单位说明", "总分录入有误，已更正"),
        ("A04", "单位说明", "按上级要求另列"),
        ("A04", "处理意见", "同意"),
        ("D13", "处理意见", "请补充"),
    ]);
    let run = hebiao(&["check", SEED, "--explanations", &list]);
    assert_eq!(run.stderr, "");
    for part in [
        "错误 1 项（其中已说明 1 项），预警 2 项（其中已说明 1 项），提示 ",
        "总分与各项得分之和不符（已说明）",
        "单位说明：总分录入有误，已更正",
        "处理意见：同意",
        "处理意见：请补充",
        "三级指标填了日期或数字\n",
    ] {
        assert!(run.stdout.contains(part), "{part} in {}", run.stdout);
    }
    let file = hebiao(&["check", SEED, "--format", "json", "--explanations", &list]).file();
    assert_eq!(
        finding(&file, "A04")["explanation"],
        serde_json::json!({"unit": "按上级要求另列", "reviewer": "同意"})
    );
    assert_eq!(
        finding(&file, "D13")["explanation"],
        serde_json::json!({"reviewer": "请补充"})
    );
    assert_eq!(
        finding(&file, "H01").get("explanation"),
        None,
        "left out where nobody wrote"
    );
    let schema = hebiao(&["schema", "report"]).json();
    let report = hebiao(&["check", SEED, "--format", "json", "--explanations", &list]).json();
    assert!(jsonschema::is_valid(&schema, &report));
}

#[test]
fn an_explanation_settles_a_warning_but_no_error() {
    let code = |texts: &[(&str, &str, &str)], level: &str| {
        let (_folder, list) = filled(texts);
        hebiao(&["check", SEED, "-qq", "--fail-on", level, "--explanations", &list]).code
    };
    let all = [
        ("A01", "单位说明", "甲"),
        ("A04", "单位说明", "乙"),
        ("D13", "单位说明", "丙"),
    ];
    assert_eq!(code(&all, "error"), 1, "a wrong figure stays wrong");
    // Without the error, the warnings decide.
    let settings = Folder::new();
    let config = settings.file("hebiao.toml", b"[severity]\nA01 = \"off\"\n");
    let with = |texts: &[(&str, &str, &str)]| {
        let (_folder, list) = filled(texts);
        let words = [
            "check",
            SEED,
            "-qq",
            "--config",
            &config,
            "--fail-on",
            "warning",
            "--explanations",
            &list,
        ];
        hebiao(&words)
    };
    let (explained, half, reviewed) = (
        with(&all[1..]),
        with(&all[1..2]),
        with(&[("A04", "单位说明", "甲"), ("D13", "处理意见", "同意")]),
    );
    assert_eq!(
        (explained.code, half.code, reviewed.code),
        (0, 1, 1),
        "a reviewer's word is no explanation"
    );
}

#[test]
fn the_new_list_carries_what_was_written() {
    let (folder, list) = filled(&[("A01", "单位说明", "=已更正"), ("A01", "处理意见", "同意")]);
    let out = folder.word("再");
    let words = [
        "--list",
        "xlsx,csv,json,markdown,html",
        "--fail-on",
        "never",
        "--explanations",
        &list,
    ];
    let run = hebiao(&[["convert", SEED, "-o", &out].as_slice(), &words].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("错误 1 项（其中已说明 1 项）"), "{}", run.stdout);
    for name in names(&folder.path("再")) {
        if name.ends_with(".csv") || name.ends_with(".md") || name.ends_with(".html") {
            let text = fs::read_to_string(folder.path("再").join(&name)).unwrap();
            assert!(text.contains("已说明") && text.contains("=已更正"), "{name}");
        }
    }
    for name in ["xlsx", "csv", "json"] {
        let list = folder.word(&format!("再/部门评价表-信丰.差异清单.{name}"));
        let file = hebiao(&["check", SEED, "--format", "json", "--explanations", &list]).file();
        let expected = serde_json::json!({"unit": "=已更正", "reviewer": "同意"});
        assert_eq!(finding(&file, "A01")["explanation"], expected, "{name}");
    }
}

#[test]
fn a_report_that_is_checked_again_keeps_what_was_written() {
    let (folder, list) = filled(&[("A01", "单位说明", "甲"), ("A04", "处理意见", "乙")]);
    let first = hebiao(&["check", SEED, "--format", "json", "--explanations", &list]);
    let report = folder.file("报告.json", first.stdout.as_bytes());
    let again = hebiao(&["check", &report, "--format", "json"]).file();
    for code in ["A01", "A04", "H01"] {
        assert_eq!(finding(&again, code), finding(&first.file(), code));
    }
}

#[test]
fn a_text_whose_finding_is_gone_is_told() {
    let (_folder, list) = filled(&[("A01", "单位说明", "甲")]);
    let settings = Folder::new();
    let off = settings.file("off.toml", b"[severity]\nA01 = \"off\"\n");
    let run = hebiao(&["check", SEED, "--config", &off, "--explanations", &list]);
    assert_eq!(run.code, 0);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{}", run.stderr);
    for part in ["回填.csv", "第 2 行", "A01 G30 总分得分", "没有对应的问题"] {
        assert!(lines[0].contains(part), "{}", lines[0]);
    }
    // A finding that was set aside is still there.
    let entry = b"[[suppress]]\nrule = \"A01\"\ntable = \"*\"\nfield = \"*\"\nreason = \"x\"\n";
    let aside = settings.file("aside.toml", entry);
    let run = hebiao(&["check", SEED, "--config", &aside, "--explanations", &list]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    // Of a file that could not be read nothing can be said.
    let run = hebiao(&["check", "没有.xlsx", "--explanations", &list]);
    assert!(!run.stderr.contains("没有对应的问题"), "{}", run.stderr);
}

#[test]
fn a_list_speaks_of_its_own_file_only() {
    let (folder, list) = filled(&[("A01", "单位说明", "甲"), ("H01", "单位说明", "乙")]);
    // A namesake in another folder, before the file itself, with a finding of the same rule at the same cell.
    let namesake = folder.file("别处/部门评价表-信丰.xlsx", &fs::read(CLEAN).unwrap());
    let run = hebiao(&["check", &namesake, SEED, "--format", "ndjson", "--explanations", &list]);
    assert_eq!(run.stderr, "");
    let explained: Vec<usize> = run
        .stdout
        .lines()
        .map(|line| line.matches("\"explanation\":").count())
        .collect();
    assert_eq!(explained, [0, 2]);
    let another = folder.file("另一张.xlsx", &fs::read(CLEAN).unwrap());
    let run = hebiao(&["check", CLEAN, &another, "--explanations", &list]);
    assert!(
        run.stderr.contains("另有 2 行说的是这次没有核对的文件"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_filled_in_list_is_never_written_over() {
    let (folder, list) = filled(&[("A01", "单位说明", "甲")]);
    let before = fs::read(&list).unwrap();
    fs::rename(&list, folder.path(CSV)).unwrap();
    let (list, out) = (folder.word(CSV), folder.word(""));
    let run = hebiao(&[
        "convert",
        SEED,
        "-o",
        &out,
        "--list",
        "csv",
        "--force",
        "--explanations",
        &list,
    ]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    let run = hebiao(&["check", SEED, "--write-baseline", &list, "--explanations", &list]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(fs::read(&list).unwrap(), before);
}

#[test]
fn a_list_of_a_file_by_another_name_is_used_and_told() {
    let (folder, list) = filled(&[("A01", "单位说明", "甲")]);
    let mut bytes = fs::read(SEED).unwrap();
    bytes.extend([0; 2]);
    let again = folder.file("重新报送.xlsx", &bytes);
    let run = hebiao(&["check", &again, "--explanations", &list]);
    assert!(run.stdout.contains("错误 1 项（其中已说明 1 项）"), "{}", run.stdout);
    for part in ["部门评价表-信丰.xlsx", "重新报送.xlsx", "重新报送的同一张表"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    // Under its own name it needs no word.
    let again = folder.file("改/部门评价表-信丰.xlsx", &bytes);
    let run = hebiao(&["check", &again, "--explanations", &list]);
    assert!(run.stdout.contains("已说明 1 项"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
}

#[test]
fn a_list_that_cannot_be_read_ends_the_run() {
    let folder = Folder::new();
    let other = folder.file("别的.csv", "甲,乙\n1,2\n".as_bytes());
    let broken = folder.file("坏.xlsx", b"PK\x03\x04 broken");
    let json = folder.file("别的.json", b"{\"a\": 1}");
    for (path, part) in [
        (other.as_str(), "单位说明"),
        (&broken, "坏.xlsx"),
        (&json, "差异清单"),
        ("没有.xlsx", "找不到"),
        (SEED, "这不是差异清单"),
    ] {
        for command in ["check", "convert"] {
            let out = folder.word("out");
            let mut words = vec![command, SEED, "--explanations", path];
            if command == "convert" {
                words.extend(["-o", &out]);
            }
            let run = hebiao(&words);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{path}");
            assert!(run.stderr.contains(part), "{}", run.stderr);
        }
    }
    assert_eq!(names(&folder.path("out")), Vec::<String>::new());
    // A list that nobody has filled in is no mistake, but is told.
    let blank = converted(&["--list", "csv"]);
    let run = hebiao(&["check", CLEAN, "--explanations", &blank.word(CSV)]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("还没有填写"), "{}", run.stderr);
}
