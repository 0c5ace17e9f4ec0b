//! Many files at once, as a clerk meets them: a line a file, what is asked for, and commands in words of her own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;

use std::fs;
use std::io::Read;

use common::{CLEAN, Folder, SEED, Table, hebiao, ministry, names};

/// The clean sample with a wrong total.
fn wrong() -> Table {
    let mut table = ministry::table();
    table.set("G23", 100).set("H23", 99);
    table
}

fn county() -> Folder {
    let folder = Folder::new();
    folder.file("县/甲/好.xlsx", &fs::read(CLEAN).unwrap());
    folder.file("县/甲/部门.xlsx", &fs::read(SEED).unwrap());
    folder.table("县/乙/错.xlsx", &wrong());
    folder.table("县/丙/错.xlsx", &wrong());
    folder
}

fn part(path: &std::path::Path, name: &str) -> String {
    let mut package = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn many_files_are_a_line_each_then_the_rules_then_what_to_do() {
    let folder = county();
    let county = folder.word("县");
    let run = hebiao(&["check", &county]);
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let of = |name: &str| *lines.iter().find(|line| line.contains(name)).unwrap();
    assert!(lines[..4].iter().all(|line| line.contains(".xlsx")), "{}", run.stdout);
    assert!(of("县/乙/错.xlsx").starts_with("不一致"), "{}", run.stdout);
    assert!(of("县/乙/错.xlsx").contains("总分 99 → 98.76"), "{}", run.stdout);
    assert!(of("县/甲/部门.xlsx").contains("总分 96 → 94"), "{}", run.stdout);
    assert!(of("县/甲/好.xlsx").starts_with("一致"), "{}", run.stdout);
    let total_mismatch = of("A01");
    assert!(
        total_mismatch.contains("3 项") && total_mismatch.contains("3 个文件"),
        "{total_mismatch}"
    );
    let after = |first: &str, second: &str| run.stdout.find(first).unwrap() < run.stdout.find(second).unwrap();
    assert!(after("各条规则", "共 4 个文件、4 张评价表"), "{}", run.stdout);
    assert!(after("共 4 个文件", "接下来"), "{}", run.stdout);
    assert!(!run.stdout.contains("建议："), "{}", run.stdout);
    // One file, or whoever asks for it, gets everything.
    let details = hebiao(&["check", &county, "--details"]);
    assert!(details.stdout.contains("建议：") && !details.stdout.contains("各条规则"));
    let one = hebiao(&["check", &folder.word("县/乙")]);
    assert!(one.stdout.contains("建议：") && !one.stdout.contains("各条规则"));
}

#[test]
fn findings_are_listed_from_a_level_on_and_by_rule_and_the_rest_is_counted() {
    let all = hebiao(&["check", SEED, "--format", "json"]).file();
    let all = all["tables"][0]["discrepancies"].as_array().unwrap().clone();
    let codes = |more: &[&str]| {
        let mut words = vec!["check", SEED, "--format", "json"];
        words.extend(more);
        let run = hebiao(&words);
        let file = run.file();
        let table = &file["tables"][0];
        let found = table["discrepancies"].as_array().unwrap().clone();
        let aside = table["set_aside"].as_array().map_or(0, Vec::len);
        assert_eq!(found.len() + aside, all.len(), "nothing is lost");
        let codes: Vec<String> = found.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect();
        (run.code, codes)
    };
    let errors = all.iter().filter(|it| it["severity"] == "error").count();
    assert!(errors > 0 && errors < all.len());
    assert_eq!(codes(&["--min-severity", "error"]).1.len(), errors);
    let (code, found) = codes(&["--select", "A01,total-score-mismatch"]);
    assert_eq!((code, found), (1, vec!["A01".to_owned()]));
    let (code, found) = codes(&["--select", "A", "--ignore", "A01"]);
    assert!(
        found.iter().all(|code| code.starts_with('A') && code != "A01"),
        "{found:?}"
    );
    assert_eq!(
        code,
        i32::from(all.iter().any(|it| {
            let code = it["code"].as_str().unwrap();
            code.starts_with('A') && code != "A01" && it["severity"] == "error"
        }))
    );
    let text = hebiao(&["check", SEED, "--select", "B02"]);
    assert!(text.stdout.contains("按选项不列"), "{}", text.stdout);
    assert!(!text.stdout.contains("一致。没有发现问题"), "{}", text.stdout);
    let wrong = hebiao(&["check", SEED, "--ignore", "A0l"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("--ignore：没有规则“A0l”"), "{}", wrong.stderr);
}

#[test]
fn what_check_says_goes_into_a_file_in_one_piece() {
    let folder = county();
    let (text, json) = (folder.word("结果.txt"), folder.word("结果.json"));
    for (path, format) in [(&text, "text"), (&json, "json")] {
        let said = hebiao(&["check", SEED, "--format", format]);
        let run = hebiao(&["check", SEED, "--format", format, "-o", path]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{}", run.stderr);
        let written = fs::read_to_string(path).unwrap();
        assert!(written.ends_with(&said.stdout), "{written}");
        assert_eq!(
            hebiao(&["check", SEED, "--format", format, "-o", path]).code,
            2,
            "it is there already"
        );
        assert_eq!(
            hebiao(&["check", SEED, "--format", format, "-o", path, "--force"]).code,
            1
        );
    }
    assert!(fs::read_to_string(&text).unwrap().starts_with('\u{feff}'));
    let run = hebiao(&["check", SEED, "-o", &folder.word("结果.xlsx")]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("hebiao convert"), "{}", run.stderr);
    assert!(!folder.path("结果.xlsx").exists());
}

#[test]
fn commands_have_chinese_names_and_help_is_a_word() {
    for (chinese, english) in [
        ("核对", "check"),
        ("转换", "convert"),
        ("汇总", "summarize"),
        ("查看", "inspect"),
        ("对比", "diff"),
        ("空白表", "template"),
        ("规则", "rules"),
        ("解释", "explain"),
    ] {
        let help = hebiao(&[english, "--help"]);
        assert_eq!(help.code, 0);
        assert_eq!(hebiao(&[chinese, "--help"]).stdout, help.stdout, "{chinese}");
        assert_eq!(hebiao(&["help", english]).stdout, help.stdout);
        assert_eq!(hebiao(&["帮助", chinese]).stdout, help.stdout);
    }
    assert_eq!(hebiao(&["help"]).stdout, hebiao(&["--help"]).stdout);
    assert_eq!(hebiao(&["核对", SEED]).stdout, hebiao(&["check", SEED]).stdout);
    let run = hebiao(&["chek", SEED]);
    assert!(run.stderr.contains("是不是 check？用法请看"), "{}", run.stderr);
}

#[test]
fn files_without_a_command_are_converted_into_a_folder_beside_them() {
    let folder = county();
    let run = hebiao(&[&folder.word("县")]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(names(&folder.path("")), ["县", "核对结果"]);
    assert_eq!(names(&folder.path("核对结果")), ["丙", "乙", "甲", "目录.xlsx"]);
    assert_eq!(
        names(&folder.path("核对结果/乙")),
        ["错.差异清单.xlsx", "错.规范表.xlsx"]
    );
    // Again, when something was corrected.
    assert_eq!(hebiao(&[&folder.word("县")]).code, 1);
    let one = Folder::new();
    one.table("表.xlsx", &wrong());
    assert_eq!(hebiao(&[&one.word("表.xlsx")]).code, 1);
    assert_eq!(names(&one.path("核对结果")), ["表.差异清单.xlsx", "表.规范表.xlsx"]);
    let missing = hebiao(&[&one.word("没有.xlsx")]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("缺少命令"), "{}", missing.stderr);
}

#[test]
fn convert_ends_with_totals_the_files_with_errors_and_a_linked_index() {
    let folder = county();
    folder.file("县/丁/坏.xlsx", b"PK broken");
    let output = folder.word("结果");
    let run = hebiao(&["convert", &folder.word("县"), "-o", &output]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    let (_, end) = run.stdout.split_once("共 5 个文件、4 张评价表").unwrap();
    assert!(end.contains("1 个文件未能核对"), "{end}");
    assert!(end.contains("有错误的文件 3 个："), "{end}");
    assert!(end.contains("县/乙/错.xlsx　错误 1 项"), "{end}");
    let index = folder.path("结果/目录.xlsx");
    let links = part(&index, "xl/worksheets/_rels/sheet1.xml.rels");
    for output in ["丙/错.规范表.xlsx", "甲/部门.规范表.xlsx", "甲/部门.差异清单.xlsx"] {
        assert!(links.contains(output), "{links}");
    }
    assert!(part(&index, "xl/worksheets/sheet1.xml").contains("没有结果："));
    // It is no table, whatever its name is.
    fs::rename(&index, folder.path("县/什么.xlsx")).unwrap();
    let run = hebiao(&["check", &folder.word("县")]);
    assert!(run.stderr.contains("读了 5 个文件，跳过 1 个"), "{}", run.stderr);
}

#[test]
fn a_format_and_another_extension_are_not_both_meant() {
    let folder = county();
    let output = folder.word("汇总.xlsx");
    let run = hebiao(&["summarize", &folder.word("县"), "--format", "json", "-o", &output]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("扩展名不一致"), "{}", run.stderr);
    assert!(!folder.path("汇总.xlsx").exists());
    let named = folder.word("汇总.txt");
    assert_eq!(
        hebiao(&["summarize", &folder.word("县"), "--format", "csv", "-o", &named]).code,
        0
    );
}

#[test]
fn separated_values_carry_the_marks_and_are_read_back_as_the_same_table() {
    let folder = county();
    hebiao(&[
        "convert",
        &folder.word("县/乙/错.xlsx"),
        "--to",
        "csv",
        "-o",
        &folder.word("结果"),
    ]);
    let path = folder.path("结果/错.规范表.csv");
    let text = fs::read_to_string(&path).unwrap();
    let total = text.lines().find(|line| line.starts_with("总分")).unwrap();
    assert!(total.contains("错误 A01"), "{total}");
    let codes = |path: &str| common::findings(&hebiao(&["check", path, "--format", "json"]).file()).len();
    assert_eq!(codes(path.to_str().unwrap()), codes(&folder.word("县/乙/错.xlsx")));
}

#[test]
fn what_nobody_stated_is_no_zero_and_means_are_numbers() {
    let folder = Folder::new();
    let table = "项目支出绩效自评表\n（2023年度）\n项目名称,道路\n主管部门,某局,实施单位,某中心\n\
         一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,培训人数,≥10人,10人,100,90\n总分,,,,,100,90\n";
    folder.file("县/表.csv", table.as_bytes());
    let output = folder.word("汇总.xlsx");
    let run = hebiao(&["summarize", &folder.word("县"), "-o", &output]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let bytes = fs::read(&output).unwrap();
    let workbook = hebiao::read::read_workbook(&bytes, Some("汇总.xlsx"), &hebiao::read::Limits::default()).unwrap();
    let sheet = |name: &str| workbook.sheets.iter().find(|sheet| sheet.name == name).unwrap();
    let departments = sheet("部门汇总");
    for row in [1, 2] {
        let shown: Vec<&str> = departments.row(row).iter().map(|cell| cell.shown()).collect();
        assert!(shown.contains(&"—") && !shown.contains(&"0.00"), "{shown:?}");
    }
    let overview = sheet("总览");
    let cells: Vec<_> = (0..12).flat_map(|row| overview.row(row)).collect();
    let at = cells.iter().position(|cell| cell.shown() == "自评平均分").unwrap();
    let mean = cells[at + 1..].iter().find(|cell| !cell.shown().is_empty()).unwrap();
    assert_eq!((mean.number(), mean.shown()), (Some(90.into()), "90.00"));
    let charts: String = (1..=3)
        .map(|number| {
            part(
                folder.path("汇总.xlsx").as_path(),
                &format!("xl/charts/chart{number}.xml"),
            )
        })
        .collect();
    let means = charts.split("各部门平均分").nth(1).unwrap();
    assert!(
        means.contains(r#"<c:max val="100"/>"#) && means.contains(r#"<c:min val="0"/>"#),
        "{means}"
    );
}

#[test]
fn the_sums_name_a_department_without_the_code_that_some_of_its_tables_have() {
    let folder = Folder::new();
    for (name, department) in [
        ("一", "[155]示例县交通局"),
        ("二", "155001-示例县交通局"),
        ("三", "示例县水利局"),
    ] {
        let mut table = ministry::table();
        table.set("B4", department);
        folder.table(&format!("县/{name}.xlsx"), &table);
    }
    let (county, summary) = (folder.word("县"), folder.word("汇总.xlsx"));
    let run = hebiao(&["summarize", &county, "-o", &summary]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let texts = part(&folder.path("汇总.xlsx"), "xl/sharedStrings.xml");
    let named = |name: &str| texts.matches(&format!(">{name}<")).count();
    assert_eq!((named("示例县交通局"), named("示例县水利局")), (1, 1), "{texts}");
    assert!(!texts.contains("155"), "{texts}");
    let departments = part(&folder.path("汇总.xlsx"), "xl/worksheets/sheet3.xml");
    assert!(
        departments.contains(">示例县交通局<") && !departments.contains("155"),
        "{departments}"
    );
    // What the tables say stays as it is.
    let tables = part(&folder.path("汇总.xlsx"), "xl/worksheets/sheet2.xml");
    assert!(tables.contains(">[155]示例县交通局<"), "{tables}");
}

#[test]
fn letters_say_until_when_from_whom_and_whom_to_ask_and_units_go_without_their_codes() {
    let folder = Folder::new();
    let table = |unit: &str| {
        let mut table = wrong();
        table.set("F4", unit);
        table
    };
    folder.table("县/一.xlsx", &table("219001-示例县公路站"));
    folder.table("县/二.xlsx", &table("[155]示例县公路站"));
    folder.table("县/三.xlsx", &table("示例县公路站"));
    let letters = folder.word("通知");
    let county = folder.word("县");
    let run = hebiao(&[
        "summarize",
        &county,
        "--notices",
        &letters,
        "--deadline",
        "2026-12-05",
        "--issuer",
        "示例县财政局",
        "--contact",
        "李某 0797-1234567",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let written = names(&folder.path("通知"));
    let letter = "示例县公路站.修改通知.docx";
    assert_eq!(written, ["台账.xlsx", letter]);
    let ledger = part(&folder.path("通知").join("台账.xlsx"), "xl/worksheets/sheet1.xml");
    for said in [
        letter,
        "2026年12月5日",
        "示例县财政局",
        "李某 0797-1234567",
        "送达日期",
        "回复日期",
    ] {
        assert!(ledger.contains(said), "{said}: {ledger}");
    }
    let text = part(&folder.path("通知").join(letter), "word/document.xml");
    for said in [
        "请于2026年12月5日前",
        "示例县财政局",
        "联系人及电话：李某 0797-1234567",
        "复算总分",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("复核总分"), "复核 is the reviewer's own");
    // Neither the letter nor what was found between tables has a code.
    for code in ["219001", "[155]"] {
        assert!(!text.contains(code), "{code}: {text}");
    }
    // No page has the signature alone.
    let paragraphs: Vec<&str> = text.split("<w:p>").collect();
    let at = |said: &str| {
        paragraphs
            .iter()
            .position(|paragraph| paragraph.contains(said))
            .unwrap()
    };
    let (asked, signed) = (at("、报送要求"), at("示例县财政局"));
    let is_kept = |paragraph: &&str| paragraph.contains("<w:keepNext/>");
    assert!(paragraphs[asked..=signed].iter().all(is_kept) && !is_kept(&paragraphs[signed + 1]));
    let run = hebiao(&["summarize", &county, "--notices", &letters, "--deadline", "明天"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("要写日期，如 2026-12-15"), "{}", run.stderr);
}

#[test]
fn the_index_links_every_result_and_counts_nothing_of_a_file_without_a_table() {
    let folder = county();
    folder.file("县/丁/坏.xlsx", b"PK broken");
    let words = ["convert", &folder.word("县"), "-o", &folder.word("结果")];
    hebiao(&[&words[..], &["--annotate", "--list", "xlsx,csv,html"]].concat());
    let bytes = fs::read(folder.path("结果/目录.xlsx")).unwrap();
    let workbook = hebiao::read::read_workbook(&bytes, Some("目录.xlsx"), &hebiao::read::Limits::default()).unwrap();
    let sheet = &workbook.sheets[0];
    let row = |row: u32| -> Vec<&str> { sheet.row(row).iter().map(|cell| cell.shown()).collect() };
    assert_eq!(
        row(0)[7..],
        ["规范表", "差异清单", "差异清单（csv）", "差异清单（html）", "批注副本"]
    );
    let rows: Vec<Vec<&str>> = (1..=5).map(row).collect();
    let broken = rows.iter().find(|row| row[1].ends_with("坏.xlsx")).unwrap();
    assert_eq!(broken[2..5], ["—", "—", "—"]);
    let links = part(&folder.path("结果/目录.xlsx"), "xl/worksheets/_rels/sheet1.xml.rels");
    for output in ["错.差异清单.csv", "错.差异清单.html", "错.批注副本.xlsx"] {
        assert!(links.contains(output), "{links}");
    }
}
