//! `hebiao diff` over two folders: a batch that was handed in again, paired by project, unit and form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::io::{Cursor, Read};

use common::{Folder, Run, Table, hebiao, ministry};
use serde_json::Value;

/// A unit's table of a project; wrong ones have a wrong total.
fn table(unit: &str, project: &str, is_wrong: bool) -> Table {
    let mut table = ministry::table();
    table.set("F4", unit).set("B3", project);
    if is_wrong {
        table.set("H23", 99);
    }
    table
}

/// Two batches: 甲 corrected its table and renamed the file, 乙 did not correct it and writes its code no longer, 丙 sent
/// nothing again, 丁 is new, and 戊's file came back with another unit's project in it.
fn batches() -> Folder {
    let folder = Folder::new();
    let put = |path: &str, unit: &str, project: &str, is_wrong: bool| {
        folder.table(path, &table(unit, project, is_wrong));
    };
    put("一/甲局/表.xlsx", "示例县甲水利局", "渠道整治项目", true);
    put("二/甲局（修改后）.xlsx", "示例县甲水利局", "渠道整治项目", false);
    put("一/乙.xlsx", "219-示例县乙林业局", "造林项目", true);
    put("二/乙.xlsx", "示例县乙林业局", "造林项目", true);
    put("一/丙.xlsx", "示例县丙教育局", "校舍维修项目", true);
    put("二/丁.xlsx", "示例县丁卫生健康局", "乡村医生培训项目", true);
    put("一/戊.xlsx", "示例县戊公路站", "农村公路养护项目", true);
    put("二/戊.xlsx", "示例县己粮食收储中心", "储备粮轮换项目", false);
    folder
}

fn diff(folder: &Folder, more: &[&str]) -> Run {
    let (old, new) = (folder.word("一"), folder.word("二"));
    let mut words = vec!["diff", &old, &new];
    words.extend(more);
    hebiao(&words)
}

/// `unit old→new resolved remaining new` of each table.
fn lines(comparison: &Value) -> Vec<String> {
    let tables = comparison["tables"].as_array().unwrap();
    tables
        .iter()
        .map(|table| {
            let text = |key: &str| table[key].as_str().unwrap_or("-");
            let states = table["findings"].as_array().unwrap().iter();
            let states: Vec<&str> = states.map(|finding| finding["state"].as_str().unwrap()).collect();
            let errors = |state: &str| states.iter().filter(|it| **it == state).count();
            format!(
                "{} {}→{} {} {} {}",
                text("unit"),
                text("old_file"),
                text("new_file"),
                errors("resolved"),
                errors("remaining"),
                errors("new")
            )
        })
        .collect()
}

#[test]
fn tables_are_paired_over_all_files_and_unlike_ones_solve_nothing() {
    let folder = batches();
    let run = diff(&folder, &["--format", "json"]);
    assert_eq!(run.code, 3, "two tables of one name do not fit: {}", run.stderr);
    let comparison = run.json();
    assert_eq!(
        lines(&comparison),
        [
            "示例县丁卫生健康局 -→丁.xlsx 0 0 1",
            "示例县乙林业局 乙.xlsx→乙.xlsx 0 1 0",
            "示例县甲水利局 甲局/表.xlsx→甲局（修改后）.xlsx 1 0 0",
            "示例县丙教育局 丙.xlsx→- 0 0 0",
        ]
    );
    let batches = &comparison["batches"];
    assert_eq!((&batches["old_files"], &batches["new_files"]), (&4.into(), &4.into()));
    assert_eq!(batches["unlike"][0]["file"], "戊.xlsx");
    assert!(
        batches["unlike"][0]["misfits"][0]
            .as_str()
            .unwrap()
            .starts_with("项目名称不同")
    );
    assert_eq!(batches["unlike"].as_array().unwrap().len(), 1);
    assert_eq!(
        batches["missing_units"],
        serde_json::json!(["示例县丙教育局", "示例县戊公路站"])
    );
    assert_eq!(
        batches["new_units"],
        serde_json::json!(["示例县丁卫生健康局", "示例县己粮食收储中心"])
    );
}

#[test]
fn the_text_says_first_what_does_not_fit_and_has_a_line_a_table() {
    let folder = batches();
    let run = diff(&folder, &[]);
    let note = run
        .stdout
        .find("注意：文件名相同而不像同一张表的有 1 对")
        .expect("a note");
    let line = "  已解决   1  仍存在   0  新增   0  改动   1  示例县甲水利局　渠道整治项目\n";
    let tables = run.stdout.find(line).unwrap_or_else(|| panic!("{}", run.stdout));
    assert!(note < tables);
    for needle in [
        "文件名相同，不像同一张表 1 个（项目名称不同：",
        "    戊.xlsx\n",
        "没有再报的单位 2 个（原有问题不作比较，不算已解决）：\n    示例县丙教育局\n    示例县戊公路站\n",
        "新报的单位 2 个（上一批没有这个单位的表）：\n    示例县丁卫生健康局\n",
        "对上 2 张表：问题已解决 1 项、仍存在 1 项、新增 0 项；",
        "新报的表 1 张，问题 1 项；没有再报的表 1 张",
    ] {
        assert!(run.stdout.contains(needle), "{needle} in\n{}", run.stdout);
    }
    let anyway = diff(&folder, &["--anyway"]);
    assert_eq!(anyway.code, 1, "errors are left: {}", anyway.stderr);
    assert!(anyway.stdout.contains("对上 3 张表"), "{}", anyway.stdout);
}

#[test]
fn units_go_without_their_codes_wherever_people_read_them() {
    let folder = Folder::new();
    folder.table("一/甲.xlsx", &table("219-示例县甲水利局", "渠道整治项目", true));
    folder.table("二/甲.xlsx", &table("[155]示例县甲水利局", "渠道整治项目", false));
    folder.table("一/乙.xlsx", &table("220-示例县乙林业局", "造林项目", true));
    folder.table("二/丙.xlsx", &table("[156]示例县丙教育局", "校舍维修项目", true));
    for format in ["text", "markdown"] {
        let shown = diff(&folder, &["--format", format]).stdout;
        for unit in ["示例县甲水利局", "示例县乙林业局", "示例县丙教育局"] {
            assert!(shown.contains(unit), "{unit} in {shown}");
        }
        for code in ["219", "220", "155", "156"] {
            assert!(!shown.contains(code), "{code} in {shown}");
        }
    }
    // What the tables say stays as it is.
    let batches = &diff(&folder, &["--format", "json"]).json()["batches"];
    assert_eq!(batches["missing_units"], serde_json::json!(["220-示例县乙林业局"]));
}

#[test]
fn two_other_batches_are_refused() {
    let folder = Folder::new();
    folder.table("一/甲.xlsx", &table("示例县甲水利局", "渠道整治项目", true));
    folder.table("二/乙.xlsx", &table("示例县乙林业局", "造林项目", false));
    let run = diff(&folder, &["-o", &folder.word("对比.xlsx")]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("也没有把哪个问题算作已解决"), "{}", run.stderr);
    assert!(!folder.path("对比.xlsx").exists());
    let mixed = hebiao(&["diff", &folder.word("一"), &folder.word("二/乙.xlsx")]);
    assert_eq!(mixed.code, 2);
    assert!(
        mixed.stderr.contains("要么都是一个文件，要么都是文件夹"),
        "{}",
        mixed.stderr
    );
}

#[test]
fn two_years_of_one_project_go_each_with_its_own() {
    let folder = Folder::new();
    for (batch, is_wrong) in [("一", true), ("二", false)] {
        for year in ["2022", "2023"] {
            let mut of_year = table("示例县甲水利局", "渠道整治项目", is_wrong && year == "2023");
            of_year.set("A2", format!("（{year}年度）").as_str());
            folder.table(&format!("{batch}/{batch}{year}.xlsx"), &of_year);
        }
    }
    let comparison = diff(&folder, &["--format", "json"]).json();
    assert_eq!(
        lines(&comparison),
        [
            // That of 2022 was handed in in 2024, which remains.
            "示例县甲水利局 一2022.xlsx→二2022.xlsx 0 1 0",
            "示例县甲水利局 一2023.xlsx→二2023.xlsx 1 0 0",
        ]
    );
}

#[test]
fn the_workbook_has_a_line_a_table_a_line_a_unit_and_what_is_alone() {
    let folder = batches();
    let path = folder.word("对比.xlsx");
    let run = diff(&folder, &["-o", &path]);
    assert!(run.stdout.contains("已写出"), "{}", run.stderr);
    let bytes = std::fs::read(&path).unwrap();
    let mut package = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let workbook = part("xl/workbook.xml");
    for name in ["对比概况", "单位对比", "没有对上", "问题对比", "内容改动"] {
        assert!(workbook.contains(&format!("name=\"{name}\"")), "{name}");
    }
    let texts: String = (1..=5)
        .map(|sheet| part(&format!("xl/worksheets/sheet{sheet}.xml")))
        .collect();
    for text in [
        "示例县甲水利局",
        "甲局（修改后）.xlsx",
        "没有再报，原有问题不作比较",
        "合计",
    ] {
        assert!(texts.contains(text), "{text}");
    }
    // A unit goes without the code that a system puts before it.
    assert!(texts.contains(">示例县乙林业局<"), "{texts}");
    assert_eq!(texts.matches("219-").count(), 1, "the change itself has it: {texts}");
    // The same batches give the same bytes, and the result is taken for no table.
    diff(&folder, &["-o", &folder.word("再.xlsx")]);
    assert_eq!(std::fs::read(folder.path("再.xlsx")).unwrap(), bytes);
    std::fs::rename(&path, folder.path("二/表.xlsx")).unwrap();
    assert_eq!(lines(&diff(&folder, &["--format", "json"]).json()).len(), 4);
}

#[test]
fn a_file_goes_with_itself_where_a_project_was_handed_in_several_times() {
    let folder = Folder::new();
    let put = |path: &str, is_wrong: bool| {
        folder.table(path, &table("示例县甲水利局", "渠道整治项目", is_wrong));
    };
    // By order, 一/对.xlsx would go with 二/错.xlsx.
    put("一/对.xlsx", false);
    put("一/错.xlsx", true);
    put("二/甲/错.xlsx", true);
    put("二/对.xlsx", false);
    let comparison = diff(&folder, &["--format", "json"]).json();
    let mut of_files = lines(&comparison);
    of_files.sort();
    assert_eq!(
        of_files,
        [
            "示例县甲水利局 对.xlsx→对.xlsx 0 0 0",
            "示例县甲水利局 错.xlsx→甲/错.xlsx 0 1 0",
        ]
    );
}
