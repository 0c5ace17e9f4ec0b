//! `hebiao inspect --format html`: the page that shows how each sheet was read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
#[path = "support/package.rs"]
mod package;

use common::{CLEAN, Folder, SEED, Table, department, hebiao, names};
use package::Package;
use rust_xlsxwriter::Workbook;

fn page(file: &str) -> String {
    let run = hebiao(&["inspect", "--format", "html", file]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// The drawn cell at an address: its tag and content, found by its tooltip.
fn cell<'p>(page: &'p str, address: &str) -> &'p str {
    let at = page
        .find(&format!("title=\"{address}　"))
        .unwrap_or_else(|| panic!("{address} is not drawn"));
    let start = page[..at].rfind("<td").unwrap();
    let end = at + page[at..].find("</td>").unwrap();
    &page[start..end]
}

/// A small table: header in the second row, one indicator a row.
fn small() -> Table {
    let mut table = Table::new("自评表", &[]);
    table.set("A1", "项目支出绩效自评表").merge("A1:G1");
    let header = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
    ];
    for (column, text) in ('A'..).zip(header) {
        table.set(&format!("{column}2"), text);
    }
    let rows: [[&str; 5]; 3] = [
        ["产出指标", "数量指标", "培训人数", "≥10人", "12人"],
        ["", "", "印发资料", "100份", "100份"],
        ["", "", "到场人次", "≥50人次", "60人次"],
    ];
    for (row, texts) in (3..).zip(rows) {
        for (column, text) in ('A'..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            table.set(&format!("{column}{row}"), text);
        }
        table.set(&format!("F{row}"), 30).set(&format!("G{row}"), 30);
    }
    table
}

#[test]
fn each_cell_says_by_mark_label_and_tooltip_what_it_became() {
    let page = page(SEED);
    for (address, class, mark, label, title) in [
        ("C2", "heading", "基", "项目名称", "基本信息：项目名称"),
        (
            "C5",
            "funds",
            "资",
            "资金1·年初预算数",
            "预算执行：年度资金总额·年初预算数",
        ),
        ("B10", "goals", "目", "预期目标", "总体目标：预期目标"),
        (
            "G25",
            "indicators",
            "指",
            "指标13·得分",
            "绩效指标：得分（三级指标：保障企业工作经费）",
        ),
        ("G30", "total", "总", "总分得分", "总分、小计：总分得分"),
        ("C31", "grade", "等", "评价等次", "评价等次：评价等次"),
        (
            "E12",
            "header",
            "栏",
            "→实际完成值",
            "表头（栏目）：表头“全年完成值”，读作：实际完成值",
        ),
    ] {
        let cell = cell(&page, address);
        assert!(
            cell.contains(&format!("class=\"{class}\"")) && cell.contains(&format!("<i>{mark}</i>")),
            "{cell}"
        );
        assert!(
            cell.contains(&format!("<small>{label}</small>")) && cell.contains(&format!("{address}　{title}\"")),
            "{cell}"
        );
    }
    let label = cell(&page, "A2");
    assert!(
        label.contains("class=\"label\"") && label.contains("<i>标</i>"),
        "{label}"
    );
}

#[test]
fn merged_cells_stand_as_they_are() {
    let page = page(SEED);
    assert!(
        cell(&page, "A1").starts_with("<td colspan=\"8\""),
        "{}",
        cell(&page, "A1")
    );
    assert!(
        cell(&page, "A13").starts_with("<td rowspan=\"6\""),
        "{}",
        cell(&page, "A13")
    );
}

#[test]
fn the_account_stands_beside() {
    let page = page(SEED);
    for needle in [
        "表式：部门（财政）评价表（department-evaluation）",
        "把握：<b>100%</b>（40% 以上才审核）",
        "153 个有字，其中字段 129 个、标题和标签 24 个、<b>未读 0 个</b>",
        "<h5>理由</h5>",
        "<tr><td>E12</td><td>全年完成值</td><td>实际完成值</td></tr>",
        "D27 指标值未写符号，名称含“成本”，按反向指标",
    ] {
        assert!(page.contains(needle), "{needle}");
    }
}

#[test]
fn unread_cells_stand_out_and_are_listed() {
    let folder = Folder::new();
    let mut table = department::table();
    table.set("K14", "另外写的话");
    let page = page(&folder.table("表.xlsx", &table));
    let cell = cell(&page, "K14");
    assert!(
        cell.contains("class=\"unread\"") && cell.contains("<i>未</i>"),
        "{cell}"
    );
    assert!(page.contains("<b class=\"alarm\">未读 1 个</b>") && page.contains("<li>K14 “另外写的话”</li>"));
}

#[test]
fn a_blank_level_is_marked_where_it_was_filled_down() {
    let folder = Folder::new();
    let page = page(&folder.table("表.xlsx", &small()));
    for (address, level) in [("A4", "一级指标"), ("B4", "二级指标")] {
        let message = format!("“{level}”一栏有 2 行空着，按上面一行的名称读取");
        let cell = cell(&page, address);
        assert!(cell.contains("<i>推</i>") && cell.contains(&message), "{cell}");
        assert!(page.contains(&format!("<li>{address} {message}</li>")), "{page}");
    }
    assert!(cell(&page, "D4").contains("<i>指推</i>"), "{}", cell(&page, "D4"));
}

#[test]
fn a_text_from_the_file_never_becomes_markup() {
    let folder = Folder::new();
    let mut table = department::table();
    table.set("C2", "<script>alert(1)</script>\" onclick='x' & \u{202e}反");
    table.sheet = "<b>表&一".to_owned();
    let page = page(&folder.table("表.xlsx", &table));
    assert!(!page.contains("<script") && !page.contains("<b>表") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&#39;x&#39; &amp;"));
    assert!(page.contains("工作表“&lt;b&gt;表&amp;一”"));
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = page(SEED);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">") && page.ends_with("</html>\n"));
    for needle in ["http://", "https://", "src=", "<link", "<script", "@import", "url("] {
        assert!(!page.contains(needle), "{needle}");
    }
}

#[test]
fn a_sparse_sheet_stays_small() {
    let folder = Folder::new();
    let cell = |row: u32, name: &str, text: &str| {
        format!(r#"<row r="{row}"><c r="{name}" t="inlineStr"><is><t>{text}</t></is></c></row>"#)
    };
    let rows = [
        cell(1, "A1", "左上"),
        cell(500_001, "D500001", "当中"),
        cell(1_048_576, "XFD1048576", "右下"),
    ];
    let content = format!(
        r#"<sheetData>{}</sheetData><mergeCells><mergeCell ref="K11:MHE900001"/></mergeCells>"#,
        rows.concat()
    );
    let path = folder.file("散.xlsx", &Package::with_sheet(&content).zip());
    let run = hebiao(&["inspect", "--format", "html", &path]);
    assert_eq!(run.code, 3);
    assert!(run.stdout.len() < 20_000, "{}", run.stdout.len());
    assert!(run.stdout.contains("第 2 至 500000 行是空的，没有画出"));
    assert!(run.stdout.contains("E 至 XFC 列是空的，没有画出"));
    assert!(self::cell(&run.stdout, "XFD1048576").contains("class=\"outside\""));
    assert!(run.stdout.contains("<h5>没有审核的部分</h5>"));
}

#[test]
fn a_scattered_sheet_is_cut_and_says_so() {
    let folder = Folder::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for step in 0..4_000u16 {
        sheet.write_string(u32::from(step) * 7, step * 4, "点").unwrap();
    }
    let path = folder.file("散.xlsx", &workbook.save_to_buffer().unwrap());
    let page = hebiao(&["inspect", "--format", "html", &path]).stdout;
    assert!(page.len() < 8_000_000, "{}", page.len());
    assert!(page.contains("行以下没有画出") && page.contains("列以右没有画出"));
}

#[test]
fn what_is_hidden_is_marked() {
    let folder = Folder::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header = ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"];
    for (column, text) in (0u16..).zip(header) {
        sheet.write_string(0, column, text).unwrap();
    }
    for row in 1..3u32 {
        for (column, text) in (0u16..).zip(["产出指标", "培训人数", "≥10人", "12人"]) {
            sheet.write_string(row, column, text).unwrap();
        }
        sheet.write_number(row, 4, 50).unwrap();
        sheet.write_number(row, 5, 50).unwrap();
    }
    sheet.set_row_hidden(2).unwrap();
    let path = folder.file("表.xlsx", &workbook.save_to_buffer().unwrap());
    let page = page(&path);
    assert!(page.contains("<th class=\"hidden\">3<i>隐</i></th>"));
    let cell = cell(&page, "F3");
    assert!(
        cell.contains("class=\"indicators hidden\"")
            && cell.contains("<i>指隐</i>")
            && cell.contains("在隐藏的行或列里"),
        "{cell}"
    );
}

#[test]
fn several_files_have_a_table_of_contents_and_bad_ones_their_reason() {
    let run = hebiao(&["inspect", "--format", "html", SEED, CLEAN, "没有.xlsx"]);
    assert_eq!(run.code, 3);
    assert!(run.stdout.contains("<a href=\"#f2\">") && run.stdout.contains("id=\"f2\""));
    assert!(run.stdout.contains("<p class=\"alarm\">找不到这个文件"));
}

#[test]
fn an_earlier_report_has_accounts_and_no_picture() {
    let folder = Folder::new();
    let report = hebiao(&["check", "--format", "json", SEED]).stdout;
    let page = page(&folder.file("结果.json", report.as_bytes()));
    assert!(page.contains("取自核对结果文件") && !page.contains("class=\"grid\""));
}

#[test]
fn the_page_goes_to_a_file_that_is_never_an_input_nor_replaced_unasked() {
    let folder = Folder::new();
    let out = folder.word("页.html");
    let run = hebiao(&["inspect", "--format", "html", "-o", &out, SEED]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, format!("已写出 {out}\n"));
    let written = std::fs::read_to_string(&out).unwrap();
    assert_eq!(written, page(SEED));
    assert_eq!(
        hebiao(&["inspect", "--format", "html", "-o", "-", SEED]).stdout,
        written
    );

    let again = hebiao(&["inspect", "--format", "html", "-o", &out, CLEAN]);
    assert_eq!((again.code, again.stdout.as_str()), (2, ""));
    assert!(again.stderr.contains("已经存在"), "{}", again.stderr);
    assert_eq!(
        hebiao(&["inspect", "--format", "html", "--force", "-o", &out, CLEAN]).code,
        0
    );
    assert_ne!(std::fs::read_to_string(&out).unwrap(), written);

    let input = folder.table("表.xlsx", &department::table());
    let before = std::fs::read(&input).unwrap();
    let over = hebiao(&["inspect", "--format", "html", "--force", "-o", &input, &input]);
    assert_eq!(over.code, 2);
    assert_eq!(std::fs::read(&input).unwrap(), before);
    assert_eq!(names(&folder.path("")), ["表.xlsx", "页.html"]);
}

#[test]
fn an_output_file_is_for_pages_only() {
    let run = hebiao(&["inspect", "-o", "某处.json", "--format", "json", SEED]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr, "hebiao：--output 和 --force 只用于 --format html\n");
}

#[test]
fn the_text_tells_what_was_guessed_and_every_header() {
    let folder = Folder::new();
    let mut table = small();
    table.set("H2", "评分标准").set("H3", "少一人扣一分");
    table.set("I2", "奇怪的栏").set("G2", "得份");
    let path = folder.table("表.xlsx", &table);
    let text = hebiao(&["inspect", &path]).stdout;
    for needle in [
        "把握 80%（40%",
        "G2 表头“得份”按“得分”读取",
        "A4 “一级指标”一栏有 2 行空着，按上面一行的名称读取",
        "D4 指标值未写符号，按正向指标",
        "评分标准（读作：附带栏目，原样保留）",
        "奇怪的栏（读作：不认识的表头，照原样保留）",
        "没有总分行",
    ] {
        assert!(text.contains(needle), "{needle} in\n{text}");
    }
    let json = hebiao(&["inspect", "--format", "json", &path]).json();
    let table = &json["files"][0]["tables"][0];
    assert_eq!(table["least_confidence"], 40);
    assert_eq!(table["directions"][0]["cells"], serde_json::json!(["D4"]));
    let extra = table["columns"]
        .as_array()
        .unwrap()
        .iter()
        .find(|column| column["cell"] == "H2")
        .unwrap();
    assert_eq!(extra["field"], "indicators[].extra");
}

#[test]
fn an_unsure_table_says_how_sure_it_should_be_and_what_is_missing() {
    let folder = Folder::new();
    let mut table = Table::new("表", &[]);
    for (column, text) in ('A'..).zip(["一级指标", "完成值", "权重"]) {
        table.set(&format!("{column}1"), text);
        table.set(&format!("{column}2"), "5");
    }
    let run = hebiao(&["check", &folder.table("表.xlsx", &table)]);
    assert_eq!(run.code, 3);
    for needle in ["40% 以上才审核", "没有“三级指标”一栏", "没有“得分”一栏", "没有总分行"]
    {
        assert!(run.stderr.contains(needle), "{needle} in\n{}", run.stderr);
    }
}
