//! On paper: every sheet of every workbook that the program writes, as an A4 printer would take it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod common;
mod support;

use std::collections::BTreeMap;
use std::fs;

use common::{CLEAN, Folder, SEED, department, hebiao, ministry};
use hebiao::standard::Standard;
use hebiao::write::normalized_workbook;
use hebiao::{CheckOptions, check_workbook};
use support::form_page;
use support::paper::{area, attribute, between, every, hold, number, parts, tags};

#[test]
fn what_convert_writes_is_read_on_paper() {
    let folder = Folder::new();
    for source in [SEED, CLEAN] {
        let out = folder.path("out").display().to_string();
        let run = hebiao(&["convert", source, "-o", &out, "--fail-on", "never", "--annotate"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let mut held = BTreeMap::new();
    for entry in fs::read_dir(folder.path("out")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let kind = ["规范表", "差异清单", "批注副本"]
            .into_iter()
            .find(|kind| name.contains(kind));
        let Some(kind) = kind else { continue };
        let bytes = fs::read(&path).unwrap();
        *held.entry(kind).or_insert(0) += match kind {
            "批注副本" => hold(&name, &bytes, |sheet| sheet == "差异清单"),
            _ => hold(&name, &bytes, every),
        };
    }
    assert_eq!(held, BTreeMap::from([("差异清单", 2), ("批注副本", 2), ("规范表", 8)]));
}

#[test]
fn what_summarize_diff_and_template_write_is_read_on_paper() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    let run = hebiao(&["summarize", SEED, CLEAN, "-o", &path("汇总.xlsx")]);
    assert_eq!(run.stderr, "");
    assert!(hold("汇总", &fs::read(path("汇总.xlsx")).unwrap(), every) >= 9);
    hebiao(&["diff", SEED, CLEAN, "--anyway", "-o", &path("对比.xlsx")]);
    assert_eq!(hold("对比", &fs::read(path("对比.xlsx")).unwrap(), every), 3);
    for kind in ["项目支出自评", "部门评价", "整体支出自评", "转移支付自评"] {
        let form = path(&format!("{kind}.xlsx"));
        assert_eq!(hebiao(&["template", kind, "-o", &form]).code, 0);
        assert_eq!(hold(kind, &fs::read(form).unwrap(), every), 2);
    }
}

/// The sheet's part of a defined name.
fn defined<'a>(book: &'a str, name: &str, sheet: &str) -> &'a str {
    let of_sheet = format!(">{sheet}!");
    let defined = book
        .split("<definedName ")
        .find(|defined| defined.contains(name) && defined.contains(&of_sheet));
    defined
        .unwrap()
        .split_once(&of_sheet)
        .unwrap()
        .1
        .split('<')
        .next()
        .unwrap()
}

#[test]
fn of_a_list_that_takes_a_hundred_pages_the_first_rows_are_printed_and_the_paper_says_so() {
    let folder = Folder::new();
    // 17 indicators each.
    for number in 1..=12 {
        folder.file(&format!("县/{number}.xlsx"), &fs::read(SEED).unwrap());
    }
    let path = |name: &str| folder.path(name).display().to_string();
    let shown = |out: &str| {
        let run = hebiao(&["summarize", &path("县"), "-o", &path(out)]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let bytes = fs::read(path(out)).unwrap();
        hold(out, &bytes, every);
        parts(&bytes)
    };
    let all = shown("汇总.xlsx");
    let book = &all["xl/workbook.xml"];
    assert_eq!(defined(book, "_xlnm.Print_Area", "指标明细"), "$A$1:$R$11");
    assert_eq!(defined(book, "_xlnm.Print_Area", "差异清单"), "$A$1:$P$145");
    let told = |text: &str| all.values().filter(|part| part.contains(text)).count();
    assert_eq!(
        told("共 204 行，纸上只有前 10 行。要全部打印，或打印筛选出的行：点“页面布局”"),
        1
    );
    assert_eq!(told("“指标明细”行数多，打印时只印前几行"), 1);
    // One table less and it is printed whole.
    fs::remove_file(folder.path("县/12.xlsx")).unwrap();
    let all = shown("又.xlsx");
    assert_eq!(
        defined(&all["xl/workbook.xml"], "_xlnm.Print_Area", "指标明细"),
        "$A$1:$R$188"
    );
    assert!(all.values().all(|part| !part.contains("行数多")));
}

#[test]
fn the_goals_of_a_transfers_form_stand_on_its_first_page() {
    let folder = Folder::new();
    let form = folder.path("表.xlsx").display().to_string();
    assert_eq!(hebiao(&["template", "转移支付自评", "-o", &form]).code, 0);
    let sheet = &parts(&fs::read(form).unwrap())["xl/worksheets/sheet1.xml"];
    let breaks = between(sheet, "rowBreaks");
    // Twenty rows: names, money, its management, the goals; the indicators fill the second page.
    assert_eq!(tags(breaks, "brk").len(), 1, "{breaks}");
    assert_eq!(number(tags(breaks, "brk")[0], "id"), Some(20.0));
}

#[test]
fn what_is_written_of_whole_folders_is_read_on_paper() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    for batch in ["一", "二"] {
        for (name, sample) in [("甲/评价表.xlsx", SEED), ("乙/自评表.xlsx", CLEAN)] {
            folder.file(&format!("{batch}/{name}"), &fs::read(sample).unwrap());
        }
    }
    let run = hebiao(&["convert", &path("一"), "-o", &path("出"), "--fail-on", "never"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        hold("目录", &fs::read(folder.path("出").join("目录.xlsx")).unwrap(), every),
        1
    );
    hebiao(&["diff", &path("一"), &path("二"), "-o", &path("对比.xlsx")]);
    assert_eq!(hold("对比", &fs::read(path("对比.xlsx")).unwrap(), every), 5);
    let run = hebiao(&["summarize", &path("一"), "--notices", &path("通知")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        hold("台账", &fs::read(folder.path("通知").join("台账.xlsx")).unwrap(), every),
        1
    );
}

#[test]
fn no_page_of_grades_by_department_cuts_a_grade_or_a_department() {
    let folder = Folder::new();
    for number in 1..=20 {
        let mut table = ministry::table();
        table.set("B4", format!("示例县第{number}局").as_str());
        folder.table(&format!("县/{number}.xlsx"), &table);
    }
    let path = |name: &str| folder.path(name).display().to_string();
    let run = hebiao(&["summarize", &path("县"), "-o", &path("汇总.xlsx")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let parts = parts(&fs::read(path("汇总.xlsx")).unwrap());
    let sheet = parts.values().find(|part| part.contains("优\n（个数）")).unwrap();
    let breaks = |element: &str| -> Vec<usize> {
        let breaks = tags(between(sheet, element), "brk").into_iter();
        breaks.map(|tag| number(tag, "id").unwrap() as usize).collect()
    };
    // 优 to 无等次 in columns 4 to 18, three each; two keys before them on every page.
    for column in breaks("colBreaks") {
        assert!(column >= 19 || column % 3 == 1, "column {column} begins a page");
    }
    // A header, then two rows a department.
    let rows = breaks("rowBreaks");
    assert!(!rows.is_empty() && rows.iter().all(|row| row % 2 == 1), "{rows:?}");
    // The sum is the last: 20 departments and a header above it.
    assert!(!rows.contains(&41), "no page has the sum alone: {rows:?}");
}

/// The row, from 0, in which a text stands alone in its cell.
fn row_of(parts: &BTreeMap<String, String>, sheet: &str, text: &str) -> usize {
    let texts = &parts["xl/sharedStrings.xml"];
    let index = texts
        .split("<si>")
        .skip(1)
        .position(|it| it.contains(&format!(">{text}<")));
    let value = format!("<v>{}</v>", index.unwrap());
    let cell = parts[sheet]
        .split("<c ")
        .find(|cell| cell.contains("t=\"s\"") && cell.contains(&value));
    area(attribute(&format!(" {}", cell.unwrap()), "r").unwrap()).0
}

#[test]
fn a_total_stands_on_the_page_of_its_indicators_and_the_annex_takes_the_signatures_along() {
    let folder = Folder::new();
    let out = folder.path("out").display().to_string();
    assert_eq!(hebiao(&["convert", CLEAN, "-o", &out]).code, 0);
    let name = common::names(&folder.path("out"))
        .into_iter()
        .find(|name| name.contains("规范表"));
    let parts = parts(&fs::read(folder.path("out").join(name.unwrap())).unwrap());
    let sheet = "xl/worksheets/sheet1.xml";
    let breaks = between(&parts[sheet], "rowBreaks");
    let breaks: Vec<usize> = tags(breaks, "brk")
        .into_iter()
        .map(|tag| number(tag, "id").unwrap() as usize)
        .collect();
    let [total, grade, signed, annex] =
        ["总分", "评价等次", "填报人：", "核表附注"].map(|it| row_of(&parts, sheet, it));
    assert_eq!((grade, signed), (total + 1, total + 2));
    assert!(breaks.contains(&signed), "{breaks:?}");
    let apart = |row: &&usize| (total..=grade).contains(*row) || (signed + 1..=annex).contains(*row);
    assert_eq!(breaks.iter().find(apart), None, "{breaks:?}");
}

#[test]
fn of_a_long_comparison_the_first_rows_are_printed_and_the_paper_says_so() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    // Eleven findings each.
    for number in 1..=19 {
        for batch in ["一", "二"] {
            let mut table = department::table();
            table.set("C2", format!("第{number}号专项").as_str());
            folder.table(&format!("{batch}/{number}.xlsx"), &table);
        }
    }
    let shown = |out: &str| {
        hebiao(&["diff", &path("一"), &path("二"), "-o", &path(out)]);
        let bytes = fs::read(path(out)).unwrap();
        hold(out, &bytes, every);
        parts(&bytes)
    };
    let all = shown("对比.xlsx");
    let book = &all["xl/workbook.xml"];
    // As many as one page holds.
    assert_eq!(defined(book, "_xlnm.Print_Area", "问题对比"), "$A$1:$K$9");
    assert_eq!(defined(book, "_xlnm.Print_Area", "内容改动"), "$A$1:$H$2");
    let told = |text: &str| all.values().filter(|part| part.contains(text)).count();
    assert_eq!(told("共 209 行，纸上只有前 7 行。"), 1);
    assert_eq!(told("“问题对比”行数多，打印时只印前几行"), 1);
    // One table less and it is printed whole.
    fs::remove_file(folder.path("二/19.xlsx")).unwrap();
    let all = shown("又.xlsx");
    assert_eq!(
        defined(&all["xl/workbook.xml"], "_xlnm.Print_Area", "问题对比"),
        "$A$1:$K$200"
    );
    assert!(all.values().all(|part| !part.contains("行数多")));
}

#[test]
fn the_normalized_table_of_every_form_is_read_on_paper() {
    let options = CheckOptions::new(Standard::ministry());
    let mut wrong = Vec::new();
    for page in form_page::pages() {
        let report = check_workbook(&page.name, page.workbook, &options).report;
        let Ok(bytes) = normalized_workbook(&report) else {
            continue;
        };
        let held = std::panic::catch_unwind(|| hold(&page.name, &bytes, every));
        if let Err(panic) = held {
            wrong.push(panic.downcast_ref::<String>().cloned().unwrap_or_default());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn columns_that_the_form_lacks_are_printed_behind_it_where_both_do_not_fit() {
    let pages = form_page::pages();
    let printed = |name: &str| {
        let page = pages.iter().find(|page| page.name == name).unwrap();
        let options = CheckOptions::new(Standard::ministry());
        let report = check_workbook(name, page.workbook.clone(), &options).report;
        let parts = parts(&normalized_workbook(&report).unwrap());
        defined(&parts["xl/workbook.xml"], "_xlnm.Print_Area", "评价表").to_owned()
    };
    // 单项指标完成情况 and 单项指标得分, from the header to the last of four indicators.
    assert_eq!(printed("chengan_three_score_columns"), "$A$1:$N$25,评价表!$O$9:$P$13");
    assert_eq!(printed("huoshan_transfer_with_points"), "$A$1:$N$29");
}
