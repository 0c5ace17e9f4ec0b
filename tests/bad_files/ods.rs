//! ods files that repeat, break off or lie.

use hebiao::grid::{CellAddress, CellValue, Sheet};

use super::{BadFile, bad, beyond, damaged, good, no_table, whole};
use crate::package::{Package, escape};

const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#;

/// A sheet's rows, with what is seen in each cell as its text.
pub fn rows(sheet: &Sheet) -> String {
    let extent = sheet.extent().unwrap();
    let mut out = String::new();
    for row in 0..=extent.last.row {
        out.push_str("<table:table-row>");
        for column in 0..=extent.last.column {
            let address = CellAddress::new(row, column);
            let region = sheet.merges().iter().find(|range| range.contains(address));
            let name = if region.is_some_and(|range| range.first != address) {
                "covered-table-cell"
            } else {
                "table-cell"
            };
            let spans = match region {
                Some(range) if range.first == address => {
                    format!(
                        r#" table:number-columns-spanned="{}" table:number-rows-spanned="{}""#,
                        range.width(),
                        range.height()
                    )
                }
                _ => String::new(),
            };
            let (value, text) = match sheet.cell(address) {
                None => (String::new(), String::new()),
                Some(cell) => {
                    let value = match &cell.value {
                        CellValue::Number(number) => format!(r#" office:value-type="float" office:value="{number}""#),
                        _ => r#" office:value-type="string""#.to_owned(),
                    };
                    let lines: Vec<String> = cell
                        .shown()
                        .split('\n')
                        .map(|line| format!("<text:p>{}</text:p>", escape(line)))
                        .collect();
                    (value, lines.concat())
                }
            };
            out.push_str(&format!("<table:{name}{spans}{value}>{text}</table:{name}>"));
        }
        out.push_str("</table:table-row>");
    }
    out
}

pub fn table(name: &str, rows: &str) -> String {
    format!(r#"<table:table table:name="{name}">{rows}</table:table>"#)
}

pub fn content(tables: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    )
}

pub fn package(tables: &str) -> Package {
    with_content(&content(tables))
}

pub fn with_content(content: &str) -> Package {
    Package::default()
        .part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        .part("content.xml", content)
}

const CELL: &str = r#"<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>"#;

fn good_and(more: &str) -> Vec<u8> {
    package(&table("自评表", &format!("{}{more}", good::ods_rows()))).zip()
}

pub fn files() -> Vec<BadFile> {
    let row = |attributes: &str, cells: &str| format!("<table:table-row {attributes}>{cells}</table:table-row>");
    let rows_repeated = row(r#"table:number-rows-repeated="1048576""#, CELL);
    let cells_repeated = row(
        r#"table:number-rows-repeated="1000""#,
        r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>甲</text:p></table:table-cell>"#,
    );
    let blanks = row(
        r#"table:number-rows-repeated="4294967295""#,
        r#"<table:table-cell table:number-columns-repeated="4294967295"/>"#,
    );
    let far = format!(
        "{}{}",
        row(r#"table:number-rows-repeated="2000000""#, "<table:table-cell/>"),
        row("", CELL)
    );
    let spans = row(
        "",
        r#"<table:table-cell table:number-columns-spanned="4294967295" table:number-rows-spanned="4294967295"><text:p>甲</text:p></table:table-cell>"#,
    );
    let odd_counts = row(
        r#"table:number-rows-repeated="-5""#,
        r#"<table:table-cell table:number-columns-repeated="很多"/>"#,
    );
    let odd_value = row(
        "",
        r#"<table:table-cell office:value-type="float" office:value="不是数"><text:p>备注</text:p></table:table-cell>"#,
    );
    vec![
        bad(
            "行重复一百万次.ods",
            beyond("有内容的单元格数"),
            move || package(&table("表", &rows_repeated)).zip(),
        ),
        bad("行列都重复.ods", beyond("有内容的单元格数"), move || {
            package(&table("表", &cells_repeated)).zip()
        }),
        bad("空行重复四十亿次.ods", whole(&[]), move || good_and(&blanks)),
        bad(
            "内容在最大行之外.ods",
            whole(&["行号超出表格范围"]),
            move || good_and(&far),
        ),
        bad("合并四十亿行列.ods", whole(&[]), move || {
            package(&[table("自评表", &good::ods_rows()), table("表2", &spans)].concat()).zip()
        }),
        bad("重复次数不是数.ods", whole(&[]), move || good_and(&odd_counts)),
        bad(
            "一格的值不是数.ods",
            whole(&["不是它所标明的类型"]),
            move || good_and(&odd_value),
        ),
        bad("内容截断.ods", damaged("表格内容读不出来"), || {
            let content = content(&table("自评表", &good::ods_rows()));
            let half = content.char_indices().nth(content.chars().count() / 2).unwrap().0;
            with_content(&content[..half]).zip()
        }),
        bad(
            "第二张表截断.ods",
            whole(&["工作表“表2”没有读到"]),
            || {
                let content = content(&[table("自评表", &good::ods_rows()), table("表2", &good::ods_rows())].concat());
                with_content(&content[..content.len() - 2000]).zip()
            },
        ),
        bad("没有内容.ods", damaged("缺少表格内容"), || {
            with_content("").without("content.xml").zip()
        }),
        bad("内容为空.ods", damaged("没有工作表"), || {
            with_content("").zip()
        }),
        bad("内容不是XML.ods", damaged("表格内容读不出来"), || {
            with_content("<<<<&&&").zip()
        }),
        bad("套了十万层.ods", beyond("嵌套层数"), || {
            package(&table("表", &"<table:table-row-group>".repeat(100_000))).zip()
        }),
        bad("实体炸弹.ods", no_table(&[]), || {
            let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"哈哈哈哈哈哈哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
            let inside = content(&table(
                "表",
                "<table:table-row><table:table-cell><text:p>&b;</text:p></table:table-cell></table:table-row>",
            ));
            with_content(&inside.replace(r#"<?xml version="1.0" encoding="UTF-8"?>"#, bomb)).zip()
        }),
    ]
}
