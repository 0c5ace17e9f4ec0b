//! `summarize --notices` and `--dataset`: the same bytes from files and from result lines, nothing replaced unasked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::path::Path;

use common::{CLEAN, Folder, SEED, hebiao, names};

const NOTICE: &str = "信丰县工信局.修改通知.docx";
const LEDGER: &str = "台账.xlsx";
const DATASET: [&str; 5] = [
    "discrepancies.parquet",
    "files.parquet",
    "funds.parquet",
    "indicators.parquet",
    "tables.parquet",
];

/// A folder with a table with errors, one without, and a file that cannot be read.
fn county() -> Folder {
    let folder = Folder::new();
    let seed = fs::read(SEED).unwrap();
    folder.file("县/甲局/评价表.xlsx", &seed);
    folder.file("县/乙局/自评表.xlsx", &fs::read(CLEAN).unwrap());
    folder.file("县/丙局/坏.xlsx", seed.get(..2000).unwrap());
    folder
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(folder.join(name)).unwrap());
    names(folder).into_iter().map(read).collect()
}

#[test]
fn only_what_was_asked_for_is_written_and_no_summary_need_be() {
    let folder = county();
    let run = hebiao(&[
        "summarize",
        &folder.word("县"),
        "--notices",
        &folder.word("通知"),
        "--dataset",
        &folder.word("数据"),
    ]);
    assert_eq!(run.code, 3, "one file cannot be read: {}", run.stderr);
    assert_eq!(
        names(&folder.path("通知")),
        [NOTICE, LEDGER],
        "a unit without findings gets none"
    );
    assert!(
        run.stderr.contains("有 1 个没有读到评价表的文件看不出是哪个单位的"),
        "{}",
        run.stderr
    );
    assert_eq!(names(&folder.path("数据")), DATASET);
    assert!(
        run.stdout.contains("数据集 5 个文件") && run.stdout.contains("修改通知 1 份"),
        "{}",
        run.stdout
    );
    assert_eq!(names(&folder.path("")), ["县", "数据", "通知"]);
}

#[test]
fn a_summary_on_standard_output_stays_alone_there() {
    let folder = county();
    let county = folder.word("县");
    let plain = hebiao(&["summarize", &county, "--format", "csv"]);
    let beside = hebiao(&[
        "summarize",
        &county,
        "--format",
        "csv",
        "--notices",
        &folder.word("通知"),
    ]);
    assert_eq!(beside.stdout, plain.stdout);
    assert!(beside.stderr.contains("修改通知 1 份"), "{}", beside.stderr);
}

#[test]
fn result_lines_in_any_order_and_split_give_the_bytes_of_the_files_themselves() {
    let folder = county();
    let county = folder.word("县");
    let write = |words: &[&str], name: &str| {
        let (notices, dataset) = (
            folder.word(&format!("{name}/通知")),
            folder.word(&format!("{name}/数据")),
        );
        let run = hebiao(&[&["summarize"], words, &["--notices", &notices, "--dataset", &dataset]].concat());
        assert_eq!(run.code, 3, "{}", run.stderr);
        (
            contents(&folder.path(&format!("{name}/通知"))),
            contents(&folder.path(&format!("{name}/数据"))),
        )
    };
    let direct = write(&[&county], "直接");
    let lines = hebiao(&["check", &county, "--format", "ndjson"]).stdout;
    let mut lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 3);
    lines.reverse();
    // The first line twice: a file counts once.
    let one = folder.file("1.ndjson", format!("{}\n{}\n", lines[0], lines[1]).as_bytes());
    let other = folder.file("2.ndjson", format!("{}\n{}\n", lines[2], lines[0]).as_bytes());
    assert_eq!(write(&["--from", &one, &other], "分片"), direct);
}

#[test]
fn what_is_there_already_is_replaced_only_by_force() {
    let folder = county();
    let county = folder.word("县");
    for (option, name, file) in [("--notices", "通知", NOTICE), ("--dataset", "数据", "funds.parquet")] {
        let target = folder.word(name);
        folder.file(&format!("{name}/{file}"), b"old");
        let refused = hebiao(&["summarize", &county, option, &target]);
        assert_eq!(refused.code, 2);
        assert!(
            refused.stderr.contains("已经存在") && refused.stderr.contains("--force"),
            "{}",
            refused.stderr
        );
        assert_eq!(contents(&folder.path(name)), [(file.to_owned(), b"old".to_vec())]);
        let refused = hebiao(&["summarize", &county, option, &target, "--force"]);
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains("没有覆盖"), "{}", refused.stderr);
        assert_eq!(contents(&folder.path(name)), [(file.to_owned(), b"old".to_vec())]);

        fs::remove_file(folder.path(name).join(file)).unwrap();
        assert_eq!(hebiao(&["summarize", &county, option, &target]).code, 3);
        let written = contents(&folder.path(name));
        assert_eq!(hebiao(&["summarize", &county, option, &target, "--force"]).code, 3);
        assert_eq!(contents(&folder.path(name)), written);
    }
}

#[test]
fn notices_among_the_tables_are_no_tables() {
    let folder = county();
    let county = folder.word("县");
    let before = hebiao(&["summarize", &county, "--format", "json"]).stdout;
    hebiao(&["summarize", &county, "--notices", &county]);
    assert!(folder.path("县").join(NOTICE).exists());
    assert_eq!(hebiao(&["summarize", &county, "--format", "json"]).stdout, before);
}

/// The text of a notice.
fn notice_text(folder: &Folder, name: &str) -> String {
    let mut package = zip::ZipArchive::new(fs::File::open(folder.path("通知").join(name)).unwrap()).unwrap();
    let mut text = String::new();
    let mut part = package.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut text).unwrap();
    text
}

#[test]
fn a_file_that_cannot_be_read_is_in_the_notice_of_its_unit_by_folder_or_roster() {
    let folder = county();
    folder.file("县/乙局/打不开.xlsx", b"PK broken");
    let roster = folder.file("名单.csv", "单位,项目名称\n丙局,某项目\n".as_bytes());
    let notices = folder.word("通知");
    let run = hebiao(&[
        "summarize",
        &folder.word("县"),
        "--notices",
        &notices,
        "--roster",
        &roster,
    ]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(!run.stderr.contains("看不出是哪个单位"), "{}", run.stderr);
    // The only unit with a table in that folder, and the roster's unit that a folder is named by.
    for (name, file) in [("示例县就业服务中心", "打不开.xlsx"), ("丙局", "坏.xlsx")] {
        let text = notice_text(&folder, &format!("{name}.修改通知.docx"));
        assert!(
            text.contains("未能读取的文件") && text.contains(file) && text.contains("重新报送"),
            "{text}"
        );
    }
    assert!(!notice_text(&folder, NOTICE).contains("未能读取的文件"));
}

#[test]
fn what_was_found_between_tables_is_in_the_notices_of_all_units_that_it_concerns() {
    let folder = Folder::new();
    // The same file from two places: reported once too often.
    folder.file("县/甲局/自评表.xlsx", &fs::read(CLEAN).unwrap());
    folder.file("县/乙局/另存.xlsx", &fs::read(CLEAN).unwrap());
    let run = hebiao(&["summarize", &folder.word("县"), "--notices", &folder.word("通知")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = notice_text(&folder, "示例县就业服务中心.修改通知.docx");
    assert!(
        text.contains("与其他表、与上年核对发现的问题") && text.contains("一个文件只应报送一次"),
        "{text}"
    );
    assert!(!text.contains("未能读取的文件"));
}

#[test]
fn a_mistake_in_what_the_summary_goes_by_leaves_no_folder_behind() {
    let folder = county();
    let none = folder.word("没有.ndjson");
    let words = ["summarize", &folder.word("县"), "--dataset", &folder.word("数据")];
    let run = hebiao(&[&words[..], &["--previous", &none]].concat());
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(!folder.path("数据").exists());
}
