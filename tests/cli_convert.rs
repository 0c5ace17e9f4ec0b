//! `hebiao convert`: two files for each input, whole or absent, and never over anything.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::fs;

use common::{CLEAN, Folder, SEED, department, hebiao, hebiao_with, names};

#[test]
fn it_writes_two_workbooks_and_names_them() {
    let folder = Folder::new();
    let run = hebiao(&["convert", SEED, "-o", &folder.word("新/目录")]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""), "the seed's total is wrong");
    assert_eq!(
        names(&folder.path("新/目录")),
        ["部门评价表-信丰.差异清单.xlsx", "部门评价表-信丰.规范表.xlsx"]
    );
    for name in names(&folder.path("新/目录")) {
        assert!(run.stdout.contains(&name), "{}", run.stdout);
        assert!(fs::read(folder.path("新/目录").join(name)).unwrap().starts_with(b"PK"));
    }
    assert_eq!(hebiao(&["convert", CLEAN, "-o", &folder.word("净")]).code, 0);
    assert_eq!(
        hebiao(&["convert", SEED, "--fail-on", "never", "-o", &folder.word("不计")]).code,
        0
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = Folder::new();
    for out in ["甲", "乙"] {
        hebiao(&["convert", SEED, "-o", &folder.word(out)]);
    }
    for name in names(&folder.path("甲")) {
        assert_eq!(
            fs::read(folder.path("甲").join(&name)).unwrap(),
            fs::read(folder.path("乙").join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn the_normalized_workbook_holds_the_same_table() {
    let folder = Folder::new();
    for (sample, name) in [(SEED, "部门评价表-信丰"), (CLEAN, "项目支出绩效自评表-示例")] {
        let out = folder.word(name);
        hebiao(&["convert", sample, "-o", &out]);
        let before = hebiao(&["check", "--format", "json", sample]).file();
        let after = hebiao(&["check", "--format", "json", &format!("{out}/{name}.规范表.xlsx")]).file();
        let evaluation = |file: &serde_json::Value| without_cells(&file["tables"][0]["evaluation"]);
        assert_eq!(evaluation(&after), evaluation(&before));
    }
}

/// Values alone: a normalized table has its own cells, and its own way to show a figure.
fn without_cells(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(fields) if fields.contains_key("cell") => fields["value"].clone(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), without_cells(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_cells).collect(),
        other => other.clone(),
    }
}

#[test]
fn nothing_is_overwritten_without_being_told() {
    let folder = Folder::new();
    let out = folder.word("out");
    hebiao(&["convert", SEED, "-o", &out]);
    let list = folder.path("out/部门评价表-信丰.差异清单.xlsx");
    fs::write(&list, b"mine").unwrap();

    let refused = hebiao(&["convert", CLEAN, SEED, "-o", &out]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(
        refused.stderr.contains("已经存在") && refused.stderr.contains("--force"),
        "{}",
        refused.stderr
    );
    assert_eq!(names(&folder.path("out")).len(), 2, "nothing of the other file either");
    assert_eq!(fs::read(&list).unwrap(), b"mine");

    let refused = hebiao(&["convert", SEED, "--force", "-o", &out]);
    assert!(refused.stderr.contains("没有覆盖"), "{}", refused.stderr);
    assert_eq!(
        fs::read(&list).unwrap(),
        b"mine",
        "what we did not write is not ours to replace"
    );

    fs::remove_file(&list).unwrap();
    assert_eq!(hebiao(&["convert", SEED, "--force", "-o", &out]).code, 1);
    assert!(fs::read(&list).unwrap().starts_with(b"PK"));
    assert_eq!(names(&folder.path("out")).len(), 2, "no temporary file stays");
}

#[test]
fn two_inputs_of_one_name_get_outputs_of_their_own() {
    let folder = Folder::new();
    fs::create_dir(folder.path("一")).unwrap();
    fs::create_dir(folder.path("二")).unwrap();
    let first = folder.table("一/表.xlsx", &department::table());
    let second = folder.table("二/表.xlsx", &department::table());
    let run = hebiao(&["convert", &first, &second, "-o", &folder.word("out")]);
    assert_eq!(run.code, 1);
    assert_eq!(
        names(&folder.path("out")),
        [
            "目录.xlsx",
            "表 (2).差异清单.xlsx",
            "表 (2).规范表.xlsx",
            "表.差异清单.xlsx",
            "表.规范表.xlsx"
        ]
    );
}

#[test]
fn an_input_is_never_written_to() {
    let folder = Folder::new();
    let first = folder.table("表.xlsx", &department::table());
    let second = folder.table("表.规范表.xlsx", &department::table());
    let before = fs::read(&second).unwrap();
    let run = hebiao(&["convert", &first, &second, "--force", "-o", &folder.word("")]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("输入"), "{}", run.stderr);
    assert_eq!(fs::read(&second).unwrap(), before);
    assert_eq!(names(&folder.path("")).len(), 2);
}

#[test]
fn a_file_in_place_of_the_folder_is_refused() {
    let folder = Folder::new();
    let file = folder.file("out", b"a file");
    let run = hebiao(&["convert", SEED, "-o", &file]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("输出文件夹"), "{}", run.stderr);
    assert_eq!(fs::read(&file).unwrap(), b"a file");
}

#[test]
fn standard_input_has_a_name_of_its_own() {
    let folder = Folder::new();
    let run = hebiao_with(
        &["convert", "-", "-o", &folder.word("out")],
        &[],
        &fs::read(SEED).unwrap(),
    );
    assert_eq!(run.code, 1);
    assert_eq!(
        names(&folder.path("out")),
        ["标准输入.差异清单.xlsx", "标准输入.规范表.xlsx"]
    );
}

#[test]
fn a_normalized_workbook_normalized_again_is_the_same_bytes_in_every_sample() {
    let folder = Folder::new();
    for (sample, name) in [(SEED, "部门评价表-信丰"), (CLEAN, "项目支出绩效自评表-示例")] {
        hebiao(&["convert", sample, "-o", &folder.word("一")]);
        let first = folder.word(&format!("一/{name}.规范表.xlsx"));
        hebiao(&["convert", &first, "-o", &folder.word("二")]);
        let second = folder.path("二").join(format!("{name}.规范表.规范表.xlsx"));
        assert!(fs::read(&first).unwrap() == fs::read(second).unwrap(), "{name}");
    }
}

#[test]
fn the_table_goes_to_json_and_csv_and_comes_back() {
    let folder = Folder::new();
    let before = hebiao(&["check", "--format", "json", SEED]).file();
    let evaluation = |file: &serde_json::Value| without_cells(&file["tables"][0]["evaluation"]);
    for format in ["json", "csv", "xlsx"] {
        let out = folder.word(format);
        let run = hebiao(&["convert", SEED, "--to", format, "-o", &out]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        let written = format!("{out}/部门评价表-信丰.规范表.{format}");
        let after = hebiao(&["check", "--format", "json", &written]).file();
        assert_eq!(evaluation(&after), evaluation(&before), "{format}");
        // And from there on to each other form.
        let further = folder.word(&format!("{format}-更"));
        hebiao(&["convert", &written, "--to", "csv", "-o", &further]);
        let name = format!("{further}/部门评价表-信丰.规范表.规范表.csv");
        assert_eq!(
            evaluation(&hebiao(&["check", "--format", "json", &name]).file()),
            evaluation(&before)
        );
    }
}

#[test]
fn one_table_can_go_to_standard_output() {
    let run = hebiao(&["convert", CLEAN, "--to", "json", "-o", "-"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["files"][0]["status"], "clean");
    let run = hebiao(&["convert", CLEAN, SEED, "-o", "-"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stdout.is_empty() && run.stderr.contains("只能有一个文件"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_annotated_copy_stands_beside_the_others_when_asked_for() {
    let folder = Folder::new();
    let run = hebiao(&[
        "convert",
        SEED,
        "--annotate",
        "--fail-on",
        "never",
        "-o",
        &folder.word("out"),
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let name = "部门评价表-信丰.批注副本.xlsx";
    assert!(names(&folder.path("out")).contains(&name.to_owned()));
    assert!(
        run.stdout
            .contains(&format!("批注副本　{}", folder.path("out").join(name).display()))
    );
    let again = hebiao(&["convert", SEED, "--annotate", "-o", &folder.word("out")]);
    assert_eq!(again.code, 2, "nothing is overwritten");

    let macros = "tests/data/annotated/macro.xlsm";
    hebiao(&["convert", macros, "--annotate", "-o", &folder.word("宏")]);
    assert!(names(&folder.path("宏")).contains(&"macro.批注副本.xlsm".to_owned()));
}

#[test]
fn an_input_that_cannot_be_annotated_is_converted_and_that_is_said() {
    let folder = Folder::new();
    for input in ["tests/data/部门评价表-信丰.xls", "tests/data/部门评价表-信丰.ods"] {
        let out = folder.word(&input[input.len() - 3..]);
        let run = hebiao(&["convert", input, "--annotate", "--fail-on", "never", "-o", &out]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            run.stderr.contains("只能由 xlsx、xlsm 文件生成；同样的批注请看规范表"),
            "{}",
            run.stderr
        );
        assert!(!run.stdout.contains("批注副本"));
        assert_eq!(names(out.as_ref()).len(), 2);
    }
    let refused = hebiao(&["convert", SEED, "--annotate", "-o", "-"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("--annotate"), "{}", refused.stderr);
}
