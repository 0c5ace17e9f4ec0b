//! Outputs on disk: whole or absent, never over an input.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use hebiao::files::{
    NORMALIZED_SUFFIX, OutputError, ProtectedInputs, output_name, output_stems, safe_stem, write_new_file,
};
use hebiao::write::ListFormat;

fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn an_output_is_named_after_its_input() {
    assert_eq!(
        output_name(Path::new("dir/项目甲.xlsx"), NORMALIZED_SUFFIX),
        "项目甲.规范表.xlsx"
    );
    assert_eq!(
        output_name(Path::new("项目甲.v2.xls"), ListFormat::Xlsx.suffix()),
        "项目甲.v2.差异清单.xlsx"
    );
    assert_eq!(output_name(Path::new(""), NORMALIZED_SUFFIX), "未命名.规范表.xlsx");
}

#[test]
fn a_name_that_some_system_refuses_is_made_one_that_none_does() {
    for (name, safe) in [
        ("某局:2023/专项?", "某局_2023_专项_"),
        ("a<b>c|d*e\"f\\g", "a_b_c_d_e_f_g"),
        ("甲局. . ", "甲局"),
        ("CON", "_CON"),
        ("com1.备份", "_com1.备份"),
        ("COM10", "COM10"),
        ("联系\u{7}表\n二", "联系_表_二"),
        (" \u{3000}", "未命名"),
        ("..", "未命名"),
        ("cafe\u{301}", "caf\u{e9}"),
    ] {
        assert_eq!(safe_stem(name), safe, "{name:?}");
    }
    let long = safe_stem(&"长名".repeat(200));
    assert!(long.len() <= 180 && long.chars().all(|c| "长名".contains(c)));
}

#[test]
fn equal_names_in_a_batch_are_kept_apart_in_order() {
    let inputs = [
        "a/表.xlsx",
        "b/表.xls",
        "c/其他.csv",
        "d/表.ods",
        "e/表 (2).xlsx",
        "f/Table.xlsx",
        "g/table.xlsx",
    ];
    let stems = output_stems(inputs.map(Path::new));
    assert_eq!(
        stems,
        ["表", "表 (2)", "其他", "表 (3)", "表 (2) (2)", "Table", "table (2)"]
    );
}

#[test]
fn the_folder_is_made_and_only_the_file_lies_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("输出/甲/表.规范表.xlsx");
    write_new_file(&path, b"bytes", false, &ProtectedInputs::default()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"bytes");
    assert_eq!(entries(path.parent().unwrap()), ["表.规范表.xlsx"]);
}

#[test]
fn an_existing_file_is_replaced_only_by_force_and_only_if_it_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("表.xlsx");
    fs::write(&path, "old").unwrap();
    let error = write_new_file(&path, b"new", false, &ProtectedInputs::default()).unwrap_err();
    assert!(matches!(error, OutputError::Exists(_)));
    assert!(error.to_string().contains("已经存在") && error.to_string().contains("--force"));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    let error = write_new_file(&path, b"new", true, &ProtectedInputs::default()).unwrap_err();
    assert!(matches!(error, OutputError::NotOwn(_)));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    let (before, after) = (b"{\"summary_version\": 1}", b"{\"summary_version\": 1, \"later\": 2}");
    fs::write(&path, before).unwrap();
    write_new_file(&path, after, true, &ProtectedInputs::default()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), after);
    assert_eq!(entries(folder.path()), ["表.xlsx"]);
}

#[test]
fn an_input_is_never_replaced_not_even_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("表.xlsx");
    fs::write(&input, "input").unwrap();
    fs::create_dir(folder.path().join("子")).unwrap();
    let inputs = ProtectedInputs::new([input.as_path(), Path::new("不存在.xlsx")]);
    for path in [input.clone(), folder.path().join("子/../表.xlsx")] {
        let error = write_new_file(&path, b"new", true, &inputs).unwrap_err();
        assert!(matches!(error, OutputError::IsInput(_)), "{error}");
    }
    assert_eq!(fs::read(&input).unwrap(), b"input");
}

#[cfg(unix)]
#[test]
fn a_link_to_an_input_is_seen_through() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("表.xlsx");
    fs::write(&input, "input").unwrap();
    let link = folder.path().join("链接.xlsx");
    std::os::unix::fs::symlink(&input, &link).unwrap();
    let error = write_new_file(&link, b"new", true, &ProtectedInputs::new([input.as_path()])).unwrap_err();
    assert!(matches!(error, OutputError::IsInput(_)));
    assert_eq!(fs::read(&input).unwrap(), b"input");
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("文件");
    fs::write(&file, "x").unwrap();
    let none = ProtectedInputs::default();

    let error = write_new_file(&file.join("表.xlsx"), b"new", false, &none).unwrap_err();
    assert!(matches!(error, OutputError::Folder(..)), "{error}");

    let error = write_new_file(folder.path(), b"new", true, &none).unwrap_err();
    assert!(matches!(error, OutputError::IsFolder(_)), "{error}");

    let long = folder.path().join("长".repeat(300));
    let error = write_new_file(&long, b"new", false, &none).unwrap_err();
    assert!(matches!(error, OutputError::Write(..)), "{error}");
    assert!(error.to_string().contains("文件名过长"), "{error}");

    assert_eq!(entries(folder.path()), ["文件"]);
}

#[cfg(unix)]
#[test]
fn an_output_is_an_ordinary_file_for_others_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (ours, plain) = (folder.path().join("ours"), folder.path().join("plain"));
    write_new_file(&ours, b"", false, &ProtectedInputs::default()).unwrap();
    fs::write(&plain, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&ours), mode(&plain));
}
