//! No output replaces what it did not write: a unit's table under the name that is asked for stays as it is, whatever
//! the option; an earlier output of the same kind may be replaced, one that somebody has saved since may not.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::{Folder, hebiao};

const SEED: &str = "samples/部门评价表-信丰.xlsx";
const CLEAN: &str = "samples/项目支出绩效自评表-示例.xlsx";

/// Every option that names an output, as a command writing to `{}`; then the file that it writes there.
const OUTPUTS: [(&[&str], &str); 14] = [
    (&["check", SEED, "--fail-on", "never", "--write-baseline", "{}"], ""),
    (&["inspect", SEED, "--format", "html", "--force", "-o", "{}"], ""),
    (&["summarize", SEED, "--force", "-o", "{}"], ""),
    (&["summarize", SEED, "--force", "--format", "csv", "-o", "{}"], ""),
    (&["summarize", SEED, "--force", "--format", "json", "-o", "{}"], ""),
    (&["summarize", SEED, "--force", "--format", "ndjson", "-o", "{}"], ""),
    (&["diff", CLEAN, CLEAN, "--force", "-o", "{}"], ""),
    (&["template", "部门评价", "--force", "-o", "{}"], ""),
    (
        &["convert", SEED, "--fail-on", "never", "--force", "-o", "{}"],
        "部门评价表-信丰.规范表.xlsx",
    ),
    (
        &[
            "convert",
            SEED,
            "--fail-on",
            "never",
            "--force",
            "--list",
            "xlsx",
            "-o",
            "{}",
        ],
        "部门评价表-信丰.差异清单.xlsx",
    ),
    (
        &[
            "convert",
            SEED,
            "--fail-on",
            "never",
            "--force",
            "--list",
            "csv",
            "-o",
            "{}",
        ],
        "部门评价表-信丰.差异清单.csv",
    ),
    (
        &[
            "convert",
            SEED,
            "--fail-on",
            "never",
            "--force",
            "--list",
            "html",
            "-o",
            "{}",
        ],
        "部门评价表-信丰.差异清单.html",
    ),
    (
        &[
            "convert",
            SEED,
            "--fail-on",
            "never",
            "--force",
            "--annotate",
            "-o",
            "{}",
        ],
        "部门评价表-信丰.批注副本.xlsx",
    ),
    (
        &["summarize", SEED, "--force", "--notices", "{}"],
        "信丰县工信局.修改通知.docx",
    ),
];

/// Runs an option into `folder`; gives the exit code, standard error and the path of its output.
fn write(folder: &Folder, words: &[&str], inside: &str) -> (i32, String, String) {
    let target = folder.word(if inside.is_empty() { "结果" } else { "文件夹" });
    let path = if inside.is_empty() {
        target.clone()
    } else {
        format!("{target}/{inside}")
    };
    let words: Vec<&str> = words
        .iter()
        .map(|word| if *word == "{}" { target.as_str() } else { word })
        .collect();
    let run = hebiao(&words);
    (run.code, run.stderr, path)
}

#[test]
fn a_units_table_under_the_name_of_an_output_is_never_replaced() {
    for (words, inside) in OUTPUTS {
        let folder = Folder::new();
        let (_, stderr, path) = write(&folder, words, inside);
        assert!(Path::new(&path).is_file(), "{words:?} wrote nothing: {stderr}");
        let theirs = fs::read(CLEAN).unwrap();
        fs::write(&path, &theirs).unwrap();
        let (code, stderr, _) = write(&folder, words, inside);
        assert_eq!(fs::read(&path).unwrap(), theirs, "{words:?} replaced a unit's table");
        assert!(code == 2 || code == 3, "{words:?}: {code} {stderr}");
        assert!(stderr.contains("没有覆盖"), "{words:?}: {stderr}");
    }
}

#[test]
fn a_units_text_under_the_name_of_an_output_is_never_replaced() {
    for (words, inside) in OUTPUTS {
        let folder = Folder::new();
        let (.., path) = write(&folder, words, inside);
        for theirs in [
            "项目名称,得分\n甲,95\n",
            "{\"name\": 1}\n",
            "<!DOCTYPE html><title>通知</title>",
        ] {
            fs::write(&path, theirs).unwrap();
            write(&folder, words, inside);
            assert_eq!(fs::read_to_string(&path).unwrap(), theirs, "{words:?}");
        }
    }
}

#[test]
fn an_earlier_output_of_the_same_kind_is_replaced_by_the_same_bytes() {
    for (words, inside) in OUTPUTS {
        let folder = Folder::new();
        let (first, _, path) = write(&folder, words, inside);
        let written = fs::read(&path).unwrap();
        let (again, stderr, _) = write(&folder, words, inside);
        assert_eq!(again, first, "{words:?}: {stderr}");
        assert_eq!(fs::read(&path).unwrap(), written, "{words:?}");
    }
}

#[test]
fn an_output_of_another_kind_is_not_replaced() {
    let folder = Folder::new();
    let target = folder.word("结果.xlsx");
    assert_eq!(hebiao(&["template", "部门评价", "-o", &target]).code, 0);
    let form = fs::read(&target).unwrap();
    let run = hebiao(&["summarize", SEED, "--force", "-o", &target]);
    assert!(run.stderr.contains("没有覆盖"), "{}", run.stderr);
    assert_eq!(fs::read(&target).unwrap(), form);
}

#[test]
fn a_file_of_somebody_elses_is_not_gone_on_with() {
    let table = fs::read(CLEAN).unwrap();
    for theirs in [
        table.as_slice(),
        "自己的".as_bytes(),
        b"{\"name\": 1}",
        b"[1, 2]",
        b"<!DOCTYPE html>",
        b"\n\nx",
    ] {
        let folder = Folder::new();
        let path = folder.file("结果.ndjson", theirs);
        let run = hebiao(&["check", CLEAN, "--format", "ndjson", "--output", &path, "--resume"]);
        assert_eq!(fs::read(&path).unwrap(), theirs);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("不是一个文件的核对结果"), "{}", run.stderr);
    }
    // What a run was stopped in the middle of is.
    let whole = hebiao(&["check", CLEAN, "--format", "ndjson"]).stdout;
    for length in [0, 1, 5, 8, 9, 200, whole.len() - 1] {
        let folder = Folder::new();
        let path = folder.file("结果.ndjson", &whole.as_bytes()[..length]);
        let run = hebiao(&["check", CLEAN, "--format", "ndjson", "--output", &path, "--resume"]);
        assert_eq!(run.code, 0, "{length}: {}", run.stderr);
        let written = fs::read_to_string(&path).unwrap();
        assert_eq!(written.lines().count(), 1, "{length}");
        assert!(written.starts_with(&whole[..20]), "{length}");
    }
}
