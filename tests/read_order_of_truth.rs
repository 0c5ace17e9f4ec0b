//! Where a file says two things, or half a thing, of a cell: which one holds, and what is said of the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use hebiao::grid::{CellValue, Workbook};
use hebiao::layout::read_tables;
use hebiao::model::{CellFact, TableReading};
use hebiao::read::{Limits, read_workbook};
use package::{Package, relationships, worksheet};

fn read(package: &Package) -> Workbook {
    read_workbook(&package.zip(), Some("table.xlsx"), &Limits::default()).unwrap()
}

fn messages(workbook: &Workbook) -> Vec<&str> {
    workbook.losses.iter().map(|loss| loss.message.as_str()).collect()
}

fn sheet_losses(workbook: &Workbook) -> Vec<(String, &str)> {
    let losses = workbook.sheets[0].losses.iter();
    losses
        .map(|loss| {
            let cell = loss.cell.map(|cell| cell.to_string()).unwrap_or_default();
            (cell, loss.message.as_str())
        })
        .collect()
}

fn merges(workbook: &Workbook) -> Vec<String> {
    workbook.sheets[0].merges().iter().map(ToString::to_string).collect()
}

/// A small whole table: rows 1 to 4, with more cells in row 4 and what follows the rows.
fn table(more: &str, after: &str) -> Package {
    let row = |row: u32, texts: &[&str]| {
        let cells: String = texts
            .iter()
            .zip('A'..)
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, column)| match text.parse::<u32>() {
                Ok(number) => format!(r#"<c r="{column}{row}"><v>{number}</v></c>"#),
                Err(_) => format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#),
            })
            .collect();
        (row, cells)
    };
    let rows = [
        row(1, &["项目支出绩效自评表"]),
        row(
            2,
            &[
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
            ],
        ),
        row(3, &["产出指标", "数量指标", "培训人数", "≥100人", "100人", "60", "60"]),
        row(4, &["", "质量指标", "合格率", "≥95%", "96%", "40"]),
    ];
    let rows: String = rows
        .into_iter()
        .map(|(row, cells)| format!(r#"<row r="{row}">{cells}{}</row>"#, if row == 4 { more } else { "" }))
        .collect();
    Package::with_sheet(&format!("<sheetData>{rows}</sheetData>{after}"))
}

fn reading(package: &Package) -> TableReading {
    read_tables(&read(package)).tables.remove(0)
}

fn unread(reading: &TableReading) -> Vec<(String, &str)> {
    let unread = reading.coverage.unread.iter();
    unread.map(|cell| (cell.cell.to_string(), cell.text.as_str())).collect()
}

// Values under merged regions

#[test]
fn a_value_under_a_merged_region_is_not_read_as_a_field_and_listed() {
    let merged = r#"<mergeCells><mergeCell ref="A3:A4"/></mergeCells>"#;
    let covered = |text: &str| {
        table(
            &format!(r#"<c r="G4"><v>40</v></c><c r="A4" t="inlineStr"><is><t>{text}</t></is></c>"#),
            merged,
        )
    };
    let other = reading(&covered("效益指标"));
    assert_eq!(unread(&other), [("A4".to_owned(), "效益指标")]);
    assert_eq!(
        other.evaluation.indicators[1].level1.as_ref().unwrap().value,
        "产出指标"
    );
    // One that repeats what the region shows says nothing of its own.
    let same = reading(&covered("产出指标"));
    assert_eq!(unread(&same), []);
    assert_eq!(
        same.evaluation,
        reading(&table(r#"<c r="G4"><v>40</v></c>"#, merged)).evaluation
    );
}

#[test]
fn a_region_with_an_empty_corner_does_not_take_its_value_from_beneath() {
    let package = table(
        r#"<c r="G4"><v>40</v></c>"#,
        r#"<mergeCells><mergeCell ref="H3:H4"/><mergeCell ref="F5:G5"/></mergeCells>"#,
    );
    let bytes = String::from_utf8(package.parts["xl/worksheets/sheet1.xml"].clone()).unwrap();
    let package = package.part(
        "xl/worksheets/sheet1.xml",
        &bytes.replace(
            "</sheetData>",
            r#"<row r="5"><c r="A5" t="inlineStr"><is><t>总分</t></is></c><c r="G5"><v>100</v></c></row></sheetData>"#,
        ),
    );
    let reading = reading(&package);
    assert_eq!(unread(&reading), [("G5".to_owned(), "100")]);
    assert_eq!(
        reading.evaluation.total.as_ref().and_then(|total| total.score.as_ref()),
        None
    );
}

// Formulas

#[test]
fn a_formula_without_a_value_is_no_zero_and_no_blank() {
    for cell in [
        r#"<c r="G4"><f>F4</f></c>"#,
        r#"<c r="G4"><f>F4</f><v></v></c>"#,
        r#"<c r="G4"><f>F4</f><v/></c>"#,
    ] {
        let reading = reading(&table(cell, ""));
        assert_eq!(reading.evaluation.indicators[1].score, None, "{cell}");
        let facts: Vec<(String, &CellFact)> = reading
            .facts
            .iter()
            .map(|fact| (fact.cell.to_string(), &fact.fact))
            .collect();
        assert_eq!(
            facts,
            [("G4".to_owned(), &CellFact::FormulaWithoutValue("F4".to_owned()))],
            "{cell}"
        );
    }
}

#[test]
fn a_cached_value_holds_though_its_formula_would_give_another() {
    let workbook = read(&Package::with_rows(
        r#"<row r="1"><c r="A1"><f>1+1</f><v>3</v></c></row>"#,
    ));
    assert_eq!(workbook.sheets[0].cells()[0].value, CellValue::Number(3.into()));
}

// Shared texts

#[test]
fn shared_texts_that_no_cell_uses_are_not_there() {
    let package = Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>1</v></c></row>"#).shared_strings(&[
        "<t>旧表的总分 100</t>",
        "<t>现在</t>",
        "<t>旧表的等级</t>",
    ]);
    let workbook = read(&package);
    let texts: Vec<&str> = workbook.sheets[0].cells().iter().map(|cell| cell.shown()).collect();
    assert_eq!((texts, messages(&workbook)), (vec!["现在"], vec![]));
}

#[test]
fn an_index_beyond_the_shared_texts_loses_its_cell_and_is_said() {
    for index in ["2", "-1", "4294967296", "99999999999999999999", "x", "1.5"] {
        let package = Package::with_rows(&format!(
            r#"<row r="1"><c r="A1" t="s"><v>{index}</v></c><c r="B1" t="s"><v>0</v></c></row>"#
        ))
        .shared_strings(&["<t>甲</t>", "<t>乙</t>"]);
        let workbook = read(&package);
        assert_eq!(workbook.sheets[0].cells().len(), 1, "{index}");
        let losses = sheet_losses(&workbook);
        assert_eq!(losses.len(), 1, "{index}");
        assert_eq!(losses[0].0, "A1");
        assert!(losses[0].1.contains("在文件里不存在"), "{losses:?}");
    }
}

// Merged regions

#[test]
fn reversed_corners_are_put_in_order() {
    let workbook = read(&Package::with_sheet(
        r#"<sheetData/><mergeCells><mergeCell ref="C3:A1"/><mergeCell ref="F1:E4"/><mergeCell ref="$E$9:$D$8"/></mergeCells>"#,
    ));
    assert_eq!(merges(&workbook), ["A1:C3", "E1:F4", "D8:E9"]);
    assert_eq!(sheet_losses(&workbook), []);
}

#[test]
fn of_overlapping_regions_the_upper_left_one_holds_whatever_their_order() {
    for refs in [["A1:C3", "B2:D4", "C3:C9"], ["C3:C9", "B2:D4", "A1:C3"]] {
        let list: String = refs
            .iter()
            .map(|region| format!(r#"<mergeCell ref="{region}"/>"#))
            .collect();
        let workbook = read(&Package::with_sheet(&format!(
            "<sheetData/><mergeCells>{list}</mergeCells>"
        )));
        assert_eq!(merges(&workbook), ["A1:C3"]);
        assert_eq!(
            sheet_losses(&workbook),
            [
                ("B2".to_owned(), "合并区域 B2:D4 与另一合并区域重叠，已忽略"),
                ("C3".to_owned(), "合并区域 C3:C9 与另一合并区域重叠，已忽略"),
            ]
        );
    }
}

#[test]
fn a_region_said_twice_is_one_and_a_single_cell_is_none() {
    let workbook = read(&Package::with_sheet(
        r#"<sheetData/><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A1:B2"/><mergeCell ref="D4:D4"/><mergeCell ref="D5"/></mergeCells>"#,
    ));
    assert_eq!(merges(&workbook), ["A1:B2"]);
    assert_eq!(sheet_losses(&workbook), []);
}

// Cells and rows

#[test]
fn rows_and_cells_out_of_order_are_put_in_order() {
    let workbook = read(&Package::with_rows(
        r#"<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="C1"><v>2</v></c></row>"#,
    ));
    let places: Vec<String> = workbook.sheets[0]
        .cells()
        .iter()
        .map(|cell| cell.address.to_string())
        .collect();
    assert_eq!(places, ["C1", "A3", "B3"]);
}

#[test]
fn a_cell_that_names_another_row_than_its_own_stands_where_it_says() {
    let workbook = read(&Package::with_rows(r#"<row r="1"><c r="A7"><v>1</v></c></row>"#));
    assert_eq!(workbook.sheets[0].cells()[0].address.to_string(), "A7");
}

// Names of sheets

fn names(names: &[&str]) -> Workbook {
    let ids: Vec<String> = (1..=names.len()).map(|index| format!("rId{index}")).collect();
    let sheets: Vec<(&str, &str, &str)> = names
        .iter()
        .zip(&ids)
        .map(|(name, id)| (*name, "", id.as_str()))
        .collect();
    let parts: Vec<String> = (1..=names.len())
        .map(|index| format!("worksheets/sheet{index}.xml"))
        .collect();
    let links: Vec<(&str, &str, &str)> = ids
        .iter()
        .zip(&parts)
        .map(|(id, part)| (id.as_str(), "worksheet", part.as_str()))
        .collect();
    let package = Package::with_rows("")
        .workbook("", &sheets)
        .part("xl/_rels/workbook.xml.rels", &relationships(&links));
    read(&parts.iter().fold(package, |package, part| {
        package.part(&format!("xl/{part}"), &worksheet("<sheetData/>"))
    }))
}

#[test]
fn sheets_of_one_name_are_told_apart_and_it_is_said() {
    let workbook = names(&["Table", "table", "其他", "TABLE", "Table（2）"]);
    let seen: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(seen, ["Table", "table（3）", "其他", "TABLE（4）", "Table（2）"]);
    assert_eq!(
        messages(&workbook),
        [
            "工作表“table”与前面的工作表同名（不分大小写），称它为“table（3）”",
            "工作表“TABLE”与前面的工作表同名（不分大小写），称它为“TABLE（4）”",
        ]
    );
}

#[test]
fn sheets_without_names_get_one() {
    let workbook = names(&["", " ", "表"]);
    let seen: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(seen, ["未命名工作表", "未命名工作表（2）", "表"]);
    assert_eq!(messages(&workbook), ["有一个工作表没有名称，称它为“未命名工作表（2）”"]);
}
