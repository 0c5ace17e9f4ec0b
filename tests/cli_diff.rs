//! `hebiao diff`: what became of the findings of a table that was handed in again, and what was changed in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;

use std::io::{Cursor, Read};

use common::{CLEAN, Folder, Table, hebiao, hebiao_with, ministry, names};
use serde_json::{Value, json};

/// The clean sample with a wrong total and a wrong score.
fn wrong() -> Table {
    let mut table = ministry::table();
    table.set("G23", 100).set("H23", 99).set("H14", 10).set("I14", "");
    table
}

fn compared(old: &str, new: &str, more: &[&str]) -> (i32, Value) {
    let mut words = vec!["diff", "--format", "json", old, new];
    words.extend(more);
    let run = hebiao(&words);
    assert_eq!(run.stderr, "", "{}", run.stdout);
    (run.code, run.json())
}

fn findings(table: &Value) -> Vec<String> {
    let findings = table["findings"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    findings
        .iter()
        .map(|finding| {
            let [state, code, old, new] = ["state", "code", "old_cell", "new_cell"].map(|key| text(&finding[key]));
            format!("{state} {code} {old} {new}")
        })
        .collect()
}

fn changes(table: &Value) -> Vec<String> {
    let changes = table["changes"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    changes
        .iter()
        .map(|change| {
            let [kind, title, old_cell, new_cell, old, new] =
                ["kind", "title", "old_cell", "new_cell", "old", "new"].map(|key| text(&change[key]));
            format!("{kind} {title} {old_cell} {new_cell}: {old} → {new}")
        })
        .collect()
}

#[test]
fn a_corrected_table_says_what_is_resolved_and_what_was_changed() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let (code, comparison) = compared(&old, CLEAN, &[]);
    assert_eq!(code, 0, "the corrected table has no error left");
    let table = &comparison["tables"][0];
    assert_eq!(
        findings(table),
        ["resolved B02 H14 -", "resolved E01 H14 -", "resolved A01 H23 -"]
    );
    assert_eq!(
        changes(table),
        [
            "changed 得分（三级指标：培训人数） H14 H14: 10 → 9.5",
            "added 偏差原因分析及改进措施（三级指标：培训人数） - I14: - → 原因：部分乡镇学员外出务工，未能参训；措施：改在返乡高峰期开班。",
            "changed 总分得分 H23 H23: 99 → 98.76",
        ]
    );
    assert_eq!(table["changes"][0]["old_field"], "indicators[1].score");
    assert_eq!(table["findings"][0]["field"], "得分（三级指标：培训人数）");
    assert_eq!(comparison["old"]["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn the_exit_code_speaks_of_what_the_later_table_still_has() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let (code, comparison) = compared(CLEAN, &old, &[]);
    assert_eq!(code, 1);
    assert_eq!(
        findings(&comparison["tables"][0]),
        ["new B02 - H14", "new E01 - H14", "new A01 - H23"]
    );
    let (code, comparison) = compared(&old, &old, &[]);
    assert_eq!(code, 1);
    assert_eq!(
        findings(&comparison["tables"][0]),
        [
            "remaining B02 H14 H14",
            "remaining E01 H14 H14",
            "remaining A01 H23 H23"
        ]
    );
    assert_eq!(comparison["tables"][0]["changes"], json!([]));
    assert_eq!(compared(&old, &old, &["--fail-on", "never"]).0, 0);
}

#[test]
fn a_finding_stays_the_same_one_when_its_row_moves() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let mut moved = wrong();
    // 数量指标's two indicators change places.
    for (column, upper, lower) in [
        ("D", "培训人数", "举办培训班期数"),
        ("E", "≥600人", "≥12期"),
        ("F", "570人", "12期"),
    ] {
        moved
            .set(&format!("{column}13"), upper)
            .set(&format!("{column}14"), lower);
    }
    moved.set("G13", 10).set("H13", 10).set("G14", 6).set("H14", 6);
    let new = folder.table("新.xlsx", &moved);
    let (_, comparison) = compared(&old, &new, &[]);
    let table = &comparison["tables"][0];
    assert_eq!(
        findings(table),
        [
            "remaining B02 H14 H13",
            "remaining E01 H14 H13",
            "remaining A01 H23 H23"
        ]
    );
    assert_eq!(changes(table), Vec::<String>::new());
}

#[test]
fn a_renamed_indicator_is_the_same_and_another_one_is_not() {
    let folder = Folder::new();
    let mut renamed = ministry::table();
    renamed.set("D14", "参加培训人数").set("D19", "年度就业资金审计覆盖面");
    let new = folder.table("新.xlsx", &renamed);
    let (_, comparison) = compared(CLEAN, &new, &[]);
    let all = changes(&comparison["tables"][0]);
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[0], "renamed 三级指标 D14 D14: 培训人数 → 参加培训人数");
    assert!(
        all.iter()
            .any(|change| change.starts_with("added 三级指标：年度就业资金审计覆盖面 - D19: - → 一级指标 效益指标；")),
        "{all:?}"
    );
    assert!(
        all.iter()
            .any(|change| change.starts_with("removed 三级指标：学员人均月收入增加额 D19 -: 一级指标 效益指标；")),
        "{all:?}"
    );
}

#[test]
fn a_level_that_is_renamed_is_one_change_however_many_rows_it_has() {
    let folder = Folder::new();
    let mut renamed = ministry::table();
    renamed.set("B13", "项目产出（40分）");
    let new = folder.table("新.xlsx", &renamed);
    let (_, comparison) = compared(CLEAN, &new, &[]);
    assert_eq!(
        changes(&comparison["tables"][0]),
        [
            "changed 一级指标（三级指标：举办培训班期数） B13 B13: 产出指标 → 项目产出",
            "changed 分值（一级指标：项目产出） B13 B13: 50 → 40",
        ]
    );
}

#[test]
fn funds_are_matched_by_their_source_and_the_heading_by_its_fields() {
    let folder = Folder::new();
    let mut changed = ministry::table();
    changed.set("B3", "职业技能提升培训补助项目").set("A2", "（2024年度）");
    changed.set("B7", "其中：本年财政拨款").set("F7", 102).set("F6", 121.2);
    let new = folder.table("新.xlsx", &changed);
    let (_, comparison) = compared(CLEAN, &new, &[]);
    let all = changes(&comparison["tables"][0]);
    assert_eq!(
        all,
        [
            "changed 年度 A2 A2: 2023 → 2024",
            "changed 项目名称 B3 B3: 职业技能提升培训项目 → 职业技能提升培训补助项目",
            "changed 年度资金总额·全年执行数 F6 F6: 121.44 → 121.2",
            "renamed 其中：本年财政拨款·资金名称 B7 B7: 其中：当年财政拨款 → 其中：本年财政拨款",
            "changed 其中：本年财政拨款·全年执行数 F7 F7: 102.24 → 102",
        ]
    );
}

#[test]
fn width_brackets_and_blanks_are_no_change() {
    let folder = Folder::new();
    let mut changed = ministry::table();
    changed
        .set("E14", "≥ 600 人")
        .set("B4", "示例县人力资源和社会保障局 ")
        .set("B13", "产出指标(50分)");
    let new = folder.table("新.xlsx", &changed);
    let (_, comparison) = compared(CLEAN, &new, &[]);
    assert_eq!(changes(&comparison["tables"][0]), Vec::<String>::new());
}

/// A short table as lines of text with separators.
fn short(project: &str, score: u32) -> String {
    format!(
        "项目支出绩效自评表\n（2023年度）\n项目名称,{project}\n主管部门,某局,实施单位,某中心\n\
         一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,培训人数,≥10人,10人,100,{score}\n总分,,,,,100,{score}\n\n"
    )
}

#[test]
fn tables_are_matched_by_project_wherever_they_stand() {
    let folder = Folder::new();
    let old = folder.file(
        "旧.csv",
        (short("道路", 100) + &short("桥梁", 90) + &short("旧项目甲", 100)).as_bytes(),
    );
    let new = folder.file(
        "新.csv",
        (short("水库扩建工程", 100) + &short("桥梁", 100) + &short("道路", 80)).as_bytes(),
    );
    let (_, comparison) = compared(&old, &new, &[]);
    let tables = comparison["tables"].as_array().unwrap();
    let of = |name: &str| tables.iter().find(|table| table["name"] == name).unwrap();
    assert!(
        changes(of("道路")).contains(&"changed 得分（三级指标：培训人数） G6 G22: 100 → 80".to_owned()),
        "{tables:#?}"
    );
    assert!(changes(of("桥梁")).contains(&"changed 得分（三级指标：培训人数） G14 G14: 90 → 100".to_owned()));
    // One table is left on each side: it is the one that was renamed.
    assert!(changes(of("水库扩建工程")).contains(&"changed 项目名称 B19 B3: 旧项目甲 → 水库扩建工程".to_owned()));
}

#[test]
fn tables_in_one_file_only_are_named() {
    let folder = Folder::new();
    let old = folder.file("旧.csv", (short("道路", 90) + &short("桥梁", 90)).as_bytes());
    let new = folder.file("新.csv", short("桥梁", 90).as_bytes());
    let (_, comparison) = compared(&old, &new, &[]);
    let tables = comparison["tables"].as_array().unwrap();
    assert_eq!(tables.len(), 2);
    assert_eq!(
        (&tables[0]["name"], &tables[1]["name"]),
        (&json!("桥梁"), &json!("道路"))
    );
    assert_eq!(tables[1]["new"], json!(null));
    assert_eq!(tables[1]["findings"], json!([]), "nobody resolved them");
    let run = hebiao(&["diff", &old, &new]);
    assert!(
        run.stdout.contains("新文件里没有这张表，原有问题不作比较"),
        "{}",
        run.stdout
    );
    let (_, comparison) = compared(&new, &old, &[]);
    let added = comparison["tables"]
        .as_array()
        .unwrap()
        .iter()
        .find(|table| table["name"] == "道路")
        .unwrap();
    assert_eq!(added["old"], json!(null));
    assert!(!findings(added).is_empty() && findings(added).iter().all(|finding| finding.starts_with("new ")));
}

#[test]
fn an_earlier_report_serves_as_the_old_table() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let report = folder.file(
        "旧.json",
        hebiao(&["check", "--format", "json", &old]).stdout.as_bytes(),
    );
    let (code, comparison) = compared(&report, CLEAN, &[]);
    assert_eq!(code, 0);
    assert_eq!(
        findings(&comparison["tables"][0]),
        ["resolved B02 H14 -", "resolved E01 H14 -", "resolved A01 H23 -"]
    );
}

#[test]
fn the_text_says_what_is_still_to_be_done_first() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let mut half = wrong();
    half.set("H14", 9.5)
        .set("I14", "原因：外出务工；措施：返乡高峰期开班。");
    let new = folder.table("新.xlsx", &half);
    let run = hebiao(&["diff", &old, &new]);
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let expected = [
        "职业技能提升培训项目",
        "  新增的问题 0 项",
        "  仍存在的问题 1 项",
        "    错误  A01  H23  总分与各项得分之和不符　总分得分",
        "  已解决的问题 2 项",
        "    错误  B02  H14  定量指标得分与完成情况不符　得分（三级指标：培训人数）",
        "    错误  E01  H14  扣分或未完成没有说明原因　得分（三级指标：培训人数）",
        "  内容改动 2 处",
        "    修改 H14 得分（三级指标：培训人数） 10 → 9.5",
        "共 1 张表：问题已解决 2 项，仍存在 1 项，新增 0 项；内容改动 2 处",
    ];
    let mut rest = lines.iter();
    for line in expected {
        assert!(rest.any(|known| *known == line), "{line} in\n{}", run.stdout);
    }
}

#[test]
fn markdown_has_a_table_of_findings_and_one_of_changes() {
    let folder = Folder::new();
    let mut table = wrong();
    table.set("D13", "期数|<b>*");
    let new = folder.table("新.xlsx", &table);
    let run = hebiao(&["diff", CLEAN, &new, "--format", "markdown"]);
    assert_eq!(run.code, 1);
    for part in [
        "# 对比\n",
        "\n## 职业技能提升培训项目（项目支出绩效自评表）\n",
        "\n| 新增 | 错误 | A01 | 总分与各项得分之和不符 | H23 | 总分得分 | ",
        "\n| 修改 | 总分得分 | H23 | 98.76 | 99 |\n",
        "期数\\|&lt;b&gt;\\*",
    ] {
        assert!(run.stdout.contains(part), "{part} in\n{}", run.stdout);
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_workbook_has_three_lists_of_plain_values() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let path = folder.word("对比.xlsx");
    let run = hebiao(&["diff", &old, CLEAN, "-o", &path]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.ends_with(&format!("已写出 {path}\n")), "{}", run.stdout);
    let bytes = std::fs::read(&path).unwrap();
    let workbook = hebiao::read::read_workbook(&bytes, None, &hebiao::read::Limits::default()).unwrap();
    let sheets: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(sheets, ["对比概况", "问题对比", "内容改动"]);
    let shown = |sheet: usize, row: u32| -> Vec<String> {
        workbook.sheets[sheet]
            .row(row)
            .iter()
            .map(|cell| cell.shown().to_owned())
            .collect()
    };
    assert_eq!(
        shown(1, 2)[..8],
        [
            "1",
            "已解决",
            "错误",
            "B02",
            "定量指标得分与完成情况不符",
            "职业技能提升培训项目（项目支出绩效自评表）",
            "H14",
            "得分（三级指标：培训人数）"
        ]
    );
    assert_eq!(
        shown(2, 2),
        [
            "1",
            "修改",
            "职业技能提升培训项目（项目支出绩效自评表）",
            "得分（三级指标：培训人数）",
            "H14",
            "H14",
            "10",
            "9.5"
        ]
    );
    for sheet in 1..=3 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "{xml}");
        assert!(
            xml.contains("state=\"frozen\"") && xml.contains(r#"paperSize="9""#),
            "{xml}"
        );
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));

    let again = folder.word("再.xlsx");
    assert_eq!(hebiao(&["diff", &old, CLEAN, "-o", &again]).code, 0);
    assert_eq!(bytes, std::fs::read(&again).unwrap());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hebiao"))
        .args(["diff", &old, CLEAN, "-o", "-"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.stdout, bytes);
}

#[test]
fn nothing_is_written_over_without_force_and_never_over_a_table() {
    let folder = Folder::new();
    let there = folder.file("对比.xlsx", b"mine");
    let run = hebiao(&["diff", CLEAN, CLEAN, "-o", &there]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(std::fs::read(&there).unwrap(), b"mine");
    let old = folder.table("旧.xlsx", &wrong());
    let run = hebiao(&["diff", &old, CLEAN, "-o", &old, "--force"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("就是输入文件"), "{}", run.stderr);
    assert_eq!(names(&folder.path("")), ["对比.xlsx", "旧.xlsx"]);
}

#[test]
fn a_file_without_a_table_is_exit_code_3_and_wrong_words_are_2() {
    let folder = Folder::new();
    let none = folder.file("无.csv", "名称,数量\n桌子,3\n".as_bytes());
    for words in [["diff", &none, CLEAN], ["diff", CLEAN, &none]] {
        let run = hebiao(&words);
        assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{}", run.stderr);
        assert!(
            run.stderr.ends_with("两个文件都要能读出评价表才能对比，没有对比。\n"),
            "{}",
            run.stderr
        );
    }
    for (words, message) in [
        (vec!["diff", CLEAN], "hebiao：缺少 <新表>。用法请看 hebiao --help\n"),
        (
            vec!["diff", "-", "-"],
            "hebiao：标准输入只能读一次，旧表和新表不能都写 -\n",
        ),
        (
            vec!["diff", CLEAN, CLEAN, "--force"],
            "hebiao：--force 只用于 --output\n",
        ),
        (
            vec!["diff", CLEAN, CLEAN, "--format", "html"],
            "hebiao：--format <格式> 不能取“html”，可以是：text、json、markdown。用法请看 hebiao --help\n",
        ),
    ] {
        let run = hebiao(&words);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (2, "", message));
    }
}

#[test]
fn the_new_table_may_come_from_standard_input() {
    let bytes = std::fs::read(CLEAN).unwrap();
    let run = hebiao_with(&["diff", CLEAN, "-"], &[], &bytes);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout
            .ends_with("共 1 张表：问题已解决 0 项，仍存在 0 项，新增 0 项；内容改动 0 处\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_printed_follows_its_schema() {
    let folder = Folder::new();
    let schema = hebiao(&["schema", "diff"]).json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let old = folder.table("旧.xlsx", &wrong());
    let (_, comparison) = compared(&old, CLEAN, &[]);
    let errors: Vec<String> = validator
        .iter_errors(&comparison)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn what_settings_set_aside_is_neither_resolved_nor_new() {
    let folder = Folder::new();
    let old = folder.table("旧/表.xlsx", &wrong());
    let new = folder.table("新/表.xlsx", &wrong());
    folder.file(
        "新/hebiao.toml",
        "[[suppress]]\nrule = \"A01\"\ntable = \"*\"\nfield = \"*\"\nreason = \"上级已同意\"\n".as_bytes(),
    );
    let run = hebiao(&["diff", "--format", "json", &old, &new]);
    assert_eq!(
        findings(&run.json()["tables"][0]),
        ["remaining B02 H14 H14", "remaining E01 H14 H14"]
    );
}
