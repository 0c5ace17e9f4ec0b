//! What would mislead the clerk at the desk: each is said, and nothing is counted that was not looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{CLEAN, Folder, Table, hebiao, ministry, names};
use serde_json::Value;

/// The clean sample with a wrong total.
fn wrong() -> Table {
    let mut table = ministry::table();
    table.set("G23", 100).set("H23", 99);
    table
}

/// A short table as lines of text with separators; its unit's line is left out where it has none.
fn short(project: &str, unit: &str, score: u32) -> Vec<u8> {
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!("实施单位,{unit}\n")
    };
    format!(
        "项目支出绩效自评表\n（2023年度）\n项目名称,{project}\n{unit}\
         一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,培训人数,≥10人,10人,100,{score}\n总分,,,,,100,{score}\n"
    )
    .into_bytes()
}

/// The summary of a folder, as JSON.
fn summed(folder: &Folder, more: &[&str]) -> (i32, Value) {
    let output = folder.word("结果/汇总.json");
    std::fs::create_dir_all(folder.path("结果")).unwrap();
    let county = folder.word("县");
    let mut words = vec!["summarize", &county, "-o", &output, "--force"];
    words.extend(more);
    let run = hebiao(&words);
    let text = std::fs::read_to_string(&output).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    (run.code, serde_json::from_str(&text).unwrap())
}

#[test]
fn two_projects_are_not_compared_as_if_one_had_been_corrected() {
    let folder = Folder::new();
    let old = folder.table("旧.xlsx", &wrong());
    let mut other = ministry::table();
    other.set("B3", "乡村公路养护").set("B4", "示例县交通运输局");
    let new = folder.table("新.xlsx", &other);
    let workbook = folder.word("对比.xlsx");
    for format in ["text", "json", "markdown"] {
        let run = hebiao(&["diff", &old, &new, "--format", format, "-o", &workbook]);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("项目名称不同：旧表“"), "{}", run.stderr);
        assert!(run.stderr.contains("乡村公路养护"), "{}", run.stderr);
        assert!(run.stderr.contains("--anyway"), "{}", run.stderr);
    }
    assert_eq!(
        names(folder.path("").as_path()),
        ["新.xlsx", "旧.xlsx"],
        "nothing is written"
    );
    // Whoever insists gets it, and is told first.
    let run = hebiao(&["diff", &old, &new, "--anyway"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told = run.stdout.find("不像同一张表的前后两稿").unwrap();
    assert!(told < run.stdout.find("已解决的问题").unwrap(), "{}", run.stdout);
    let run = hebiao(&["diff", &old, &new, "--anyway", "--format", "json"]);
    assert!(run.json()["misfits"][0].as_str().unwrap().starts_with("项目名称不同"));
}

#[test]
fn another_unit_s_or_another_form_s_table_is_no_later_version_and_a_short_name_is() {
    let folder = Folder::new();
    let file = |name: &str, unit: &str| folder.file(name, &short("工作经费", unit, 90));
    let education = file("教育.csv", "示例县教育局");
    let science = file("科技.csv", "示例县科技局");
    let run = hebiao(&["diff", &education, &science]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr
            .contains("实施单位不同：旧表“示例县教育局”，新表“示例县科技局”"),
        "{}",
        run.stderr
    );
    let long = file("工信全.csv", "示例县工业和信息化局");
    let short_name = file("工信.csv", "工信局");
    let run = hebiao(&["diff", &long, &short_name, "--format", "json", "--fail-on", "never"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.json().get("misfits"), None);
}

#[test]
fn what_the_baseline_has_is_no_agreement() {
    let folder = Folder::new();
    let table = folder.table("表.xlsx", &wrong());
    let baseline = folder.word("基线.json");
    let first = hebiao(&["check", &table, "--write-baseline", &baseline, "--format", "json"]);
    let known = first.file()["tables"][0]["discrepancies"].as_array().unwrap().len();
    assert!(known > 0);
    let run = hebiao(&["check", &table, "--baseline", &baseline]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout
            .contains(&format!("数据是否一致：没有新问题（基线已有 {known} 项）；总分申报 99")),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("一致。"), "{}", run.stdout);
}

#[test]
fn an_evaluation_table_is_no_roster_and_neither_are_words_of_a_form() {
    let folder = Folder::new();
    folder.table("县/表.xlsx", &ministry::table());
    let words_of_a_form = folder.file(
        "清单.csv",
        "项目名称,预算数（万元）\n一级指标,1\n产出指标,2\n示例项目,3\n12,4\n".as_bytes(),
    );
    let output = folder.word("汇总.xlsx");
    for (roster, reason) in [
        (CLEAN, "这是一张绩效评价表（项目“"),
        (
            words_of_a_form.as_str(),
            "4 行中有 3 行的名称不像项目或单位（第 2 行“一级指标”、第 3 行“产出指标”、第 5 行“12”）",
        ),
    ] {
        let run = hebiao(&["summarize", &folder.word("县"), "-o", &output, "--roster", roster]);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains(reason), "{}", run.stderr);
        assert!(!folder.path("汇总.xlsx").exists());
    }
    // A real one is taken, also with a strange row in it.
    let roster = folder.file(
        "名单.csv",
        "项目名称,主管部门\n一级指标,某局\n示例项目,某局\n另一项目,某局\n".as_bytes(),
    );
    let run = hebiao(&["summarize", &folder.word("县"), "-o", &output, "--roster", &roster]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn who_is_not_known_gets_a_letter_of_his_own_named_after_the_file() {
    let folder = Folder::new();
    folder.file("县/甲/桥.csv", &short("桥梁维修", "", 90));
    folder.file("县/乙/桥.csv", &short("水库扩建", "", 90));
    folder.file("县/路.csv", &short("道路养护", "本单位", 90));
    folder.file("县/教育.csv", &short("营养餐", "示例县教育局", 90));
    let letters = folder.word("通知");
    let run = hebiao(&["summarize", &folder.word("县"), "--notices", &letters]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        names(&folder.path("通知")),
        [
            "台账.xlsx",
            "桥 (2).修改通知.docx",
            "桥.修改通知.docx",
            "示例县教育局.修改通知.docx",
            "路.修改通知.docx"
        ]
    );
}

#[test]
fn who_sent_only_documents_or_pictures_is_in_the_summary_with_what_to_do() {
    let folder = Folder::new();
    folder.table("县/甲局/表.xlsx", &ministry::table());
    folder.file("县/甲局/佐证/发票.jpg", b"x");
    folder.file("县/甲局/证明.pdf", b"x");
    folder.file("县/甲局/绩效自评表（盖章）.pdf", b"x");
    folder.file("县/乙局/扫描件.pdf", b"x");
    folder.file("县/丙局/照片.JPG", b"x");
    folder.file("县/丁局.ofd", b"x");
    folder.file("县/戊局.rar", b"Rar!\x1a\x07\x01\x00");
    let (code, summary) = summed(&folder, &[]);
    assert_eq!(code, 3);
    let failed: Vec<(String, String)> = summary["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            (text("file").rsplit_once("县/").unwrap().1.to_owned(), text("advice"))
        })
        .collect();
    let expected = [
        ("丁局.ofd", "OFD 版式文件可以另附"),
        ("丙局/照片.JPG", "不要报送照片"),
        ("乙局/扫描件.pdf", "盖章的 PDF 可以另附"),
        ("戊局.rar", "请解压这个 .rar"),
        ("甲局/绩效自评表（盖章）.pdf", "盖章的 PDF 可以另附"),
    ];
    assert_eq!(failed.len(), expected.len(), "{failed:?}");
    for ((file, advice), (wanted, part)) in failed.iter().zip(expected) {
        assert_eq!(file, wanted);
        assert!(advice.contains(part), "{file}: {advice}");
    }
}

#[test]
fn our_own_results_are_no_tables_whatever_they_are_called() {
    let folder = Folder::new();
    folder.table("县/表.xlsx", &wrong());
    let county = folder.word("县");
    let run = |words: &[&str]| {
        let run = hebiao(words);
        assert!(run.code < 2, "{words:?}: {}", run.stderr);
    };
    run(&["summarize", &county, "-o", &folder.word("县/今年的.xlsx")]);
    run(&["summarize", &county, "-o", &folder.word("县/今年的.csv")]);
    let table = folder.word("县/表.xlsx");
    run(&["diff", &table, &table, "-o", &folder.word("县/前后.xlsx")]);
    run(&[
        "inspect",
        &table,
        "--format",
        "html",
        "-o",
        &folder.word("县/看看.html"),
    ]);
    run(&["convert", &table, "-o", &folder.word("转换"), "--list", "xlsx,csv,html"]);
    for name in names(&folder.path("转换")) {
        let Some((_, kind)) = name.split_once(".差异清单.") else {
            continue;
        };
        std::fs::copy(
            folder.path("转换").join(&name),
            folder.path("县").join(format!("单子.{kind}")),
        )
        .unwrap();
    }
    let before = names(&folder.path("县"));
    assert!(before.len() >= 6, "{before:?}");
    let run = hebiao(&["summarize", &county, "-o", &folder.word("县/汇总.xlsx")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr
            .contains(&format!("读了 1 个文件，跳过 {} 个", before.len() - 1)),
        "{before:?} {}",
        run.stderr
    );
    assert!(run.stdout.contains("文件 1 个，评价表 1 张"), "{}", run.stdout);
    // A unit's own list with such a first column is read like any file.
    folder.file("县/名册.csv", "序号,主管部门,金额\n1,某局,2\n".as_bytes());
    let run = hebiao(&["summarize", &county, "-o", &folder.word("县/汇总.xlsx"), "--force"]);
    assert!(run.stdout.contains("文件 2 个"), "{}", run.stdout);
}

#[test]
fn a_mistyped_or_empty_folder_gives_no_summary_and_the_nearest_name() {
    let folder = Folder::new();
    folder.table("报送/表.xlsx", &ministry::table());
    std::fs::create_dir(folder.path("空的")).unwrap();
    let output = folder.word("汇总.xlsx");
    let run = hebiao(&["summarize", &folder.word("报松"), "-o", &output]);
    assert_eq!(run.code, 3);
    assert!(
        run.stderr.contains("同一个文件夹里有“报送”，要的可能是它。"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("没有写出汇总"), "{}", run.stderr);
    let run = hebiao(&["summarize", &folder.word("空的"), "-o", &output]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("里面没有可以核对的表格文件"), "{}", run.stderr);
    assert!(!folder.path("汇总.xlsx").exists());
    let run = hebiao(&["check", &folder.word("报送/表1.xls")]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("“表.xlsx”"), "{}", run.stderr);
    // Nothing stands in the way of the right one.
    let run = hebiao(&["summarize", &folder.word("报送"), "-o", &output]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}
