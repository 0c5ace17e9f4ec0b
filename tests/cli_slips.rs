//! Slips of the hand at the command line: what is told says what was meant, or what to write.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, hebiao, names};

#[test]
fn a_folder_that_was_mistyped_without_a_command_is_found() {
    let folder = Folder::new();
    let file = std::fs::read(CLEAN).unwrap();
    folder.file("县直单位报送/表.xlsx", &file);
    let run = hebiao(&[&folder.word("县直单位抱送")]);
    assert_eq!(run.code, 2);
    let near = "也没有这个文件或文件夹；这里有“县直单位报送”，要的可能是它";
    assert!(run.stderr.contains(near), "{}", run.stderr);
    let run = hebiao(&[&folder.word("县直单位报送/表1.xlsx")]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("这里有“表.xlsx”，要的可能是它"), "{}", run.stderr);
}

#[test]
fn two_batches_of_which_one_is_not_there_are_not_called_of_two_kinds() {
    let folder = Folder::new();
    folder.file("第一次报送/表.xlsx", &std::fs::read(CLEAN).unwrap());
    let (old, new) = (folder.word("第一次报送"), folder.word("第二次报送"));
    let run = hebiao(&["diff", &old, &new]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""));
    assert!(
        run.stderr.starts_with(&format!("{new}：找不到这个文件")),
        "{}",
        run.stderr
    );
    assert!(run.stderr.ends_with("没有对比。\n"), "{}", run.stderr);
}

#[test]
fn a_workbook_is_not_written_under_the_name_of_another_kind() {
    let folder = Folder::new();
    let (xls, docx) = (folder.word("汇总.xls"), folder.word("表.docx"));
    for words in [
        vec!["summarize", CLEAN, "-o", &xls],
        vec!["diff", CLEAN, CLEAN, "-o", &xls],
        vec!["template", "部门评价", "-o", &docx],
    ] {
        let run = hebiao(&words);
        assert_eq!(run.code, 2, "{words:?}");
        assert!(run.stderr.contains("请把扩展名改成 .xlsx"), "{}", run.stderr);
    }
    assert!(names(&folder.path("")).is_empty());
}

#[test]
fn what_was_passed_over_and_may_be_all_of_a_unit_is_named() {
    let folder = Folder::new();
    folder.file("县/甲局/表.xlsx", &std::fs::read(CLEAN).unwrap());
    folder.file("县/甲局/照片.jpg", b"\xff\xd8");
    folder.file("县/乙局/扫描件.pdf", b"%PDF-1.4");
    let county = folder.word("县");
    let told = "读了 1 个文件，跳过 2 个（隐藏或临时 0，不是表格 2）；其中 1 个像是只报了文档或图片，没有核对：";
    let told = format!("{told}{county}/乙局/扫描件.pdf，请索取电子表格");
    let out = folder.word("出");
    for words in [vec!["check", &county], vec!["convert", &county, "-o", &out]] {
        let run = hebiao(&words);
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
}

#[test]
fn a_standard_is_found_by_the_name_of_its_province() {
    let run = hebiao(&["check", "--standard", "江西", CLEAN]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("是不是 jiangxi（江西省"), "{}", run.stderr);
}

#[test]
fn where_the_results_were_written_is_told() {
    let folder = Folder::new();
    let results = folder.word("结果.txt");
    let run = hebiao(&["check", CLEAN, "-o", &results]);
    assert_eq!((run.code, run.stderr), (0, format!("已写出 {results}\n")));
}
