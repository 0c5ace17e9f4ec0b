//! The xlsx reader, fact by fact, on packages made here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use hebiao::grid::{Cell, CellValue, FileFormat, Sheet, Visibility, Workbook};
use hebiao::read::{Limits, ReadError, read_workbook};
use package::{MAIN, Package, RELATIONSHIPS, content_types, relationships, worksheet};

fn read(package: &Package) -> Workbook {
    read_workbook(&package.zip(), Some("table.xlsx"), &Limits::default()).unwrap()
}

fn refuse(package: &Package, limits: &Limits) -> ReadError {
    read_workbook(&package.zip(), Some("table.xlsx"), limits).unwrap_err()
}

/// The only sheet, after asserting that nothing was lost.
fn sheet(package: &Package) -> Sheet {
    let workbook = read(package);
    assert_eq!(workbook.losses, []);
    assert_eq!(workbook.sheets.len(), 1);
    let sheet = workbook.sheets.into_iter().next().unwrap();
    assert_eq!(sheet.losses, []);
    sheet
}

fn cell<'a>(sheet: &'a Sheet, address: &str) -> &'a Cell {
    sheet
        .cell(address.parse().unwrap())
        .unwrap_or_else(|| panic!("no cell {address}"))
}

fn text(value: &str) -> CellValue {
    CellValue::Text(value.to_owned())
}

fn number(value: &str) -> CellValue {
    CellValue::Number(value.parse().unwrap())
}

/// Address and value of every cell.
fn values(sheet: &Sheet) -> Vec<(String, CellValue)> {
    sheet
        .cells()
        .iter()
        .map(|cell| (cell.address.to_string(), cell.value.clone()))
        .collect()
}

/// (cell or "", message) of every loss.
fn losses(sheet: &Sheet) -> Vec<(String, String)> {
    let place = |cell: Option<hebiao::grid::CellAddress>| cell.map(|cell| cell.to_string()).unwrap_or_default();
    sheet
        .losses
        .iter()
        .map(|loss| (place(loss.cell), loss.message.clone()))
        .collect()
}

// Values

#[test]
fn every_kind_of_value_is_read() {
    let sheet = sheet(
        &Package::with_rows(
            r#"<row r="1"><c r="A1"><v>208</v></c><c r="B1" t="n"><v>0.94999999999999996</v></c><c r="C1" t="s"><v>1</v></c>
               <c r="D1" t="b"><v>1</v></c><c r="E1" t="b"><v>0</v></c><c r="F1" t="e"><v>#REF!</v></c><c r="G1" t="e"><v>#SPILL!</v></c>
               <c r="H1" t="inlineStr"><is><t>行内</t></is></c><c r="I1" t="str"><f>A1&amp;"家"</f><v>208家</v></c></row>"#,
        )
        .shared_strings(&["<t>第零</t>", "<t>第一</t>"]),
    );
    assert_eq!(
        values(&sheet),
        [
            ("A1".to_owned(), number("208")),
            ("B1".to_owned(), number("0.95")),
            ("C1".to_owned(), text("第一")),
            ("D1".to_owned(), CellValue::Boolean(true)),
            ("E1".to_owned(), CellValue::Boolean(false)),
            ("F1".to_owned(), CellValue::Error("#REF!".to_owned())),
            ("G1".to_owned(), CellValue::Error("#SPILL!".to_owned())),
            ("H1".to_owned(), text("行内")),
            ("I1".to_owned(), text("208家")),
        ]
    );
    assert_eq!(cell(&sheet, "D1").shown(), "TRUE");
    assert_eq!(cell(&sheet, "G1").shown(), "#SPILL!");
    assert_eq!(cell(&sheet, "I1").formula.as_deref(), Some("A1&\"家\""));
}

#[test]
fn cells_with_only_a_style_are_not_kept() {
    let sheet = sheet(
        &Package::with_rows(r#"<row r="1"><c r="A1" s="1"/><c r="B1" s="1"><v/></c><c r="C1" t="s"><v>0</v></c><c r="D1"><v>1</v></c></row>"#)
            .number_formats(&["0%"])
            .shared_strings(&["<t></t>"]),
    );
    assert_eq!(values(&sheet), [("D1".to_owned(), number("1"))]);
}

#[test]
fn rich_runs_are_joined_and_phonetic_guides_left_out() {
    let sheet = sheet(
        &Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#)
            .shared_strings(&["<r><rPr><b/></rPr><t>绩效</t></r><r><t xml:space=\"preserve\"> 目标 </t></r><rPh sb=\"0\" eb=\"1\"><t>jixiao</t></rPh><phoneticPr fontId=\"1\"/>"]),
    );
    assert_eq!(cell(&sheet, "A1").value, text("绩效 目标 "));
}

#[test]
fn white_space_is_trimmed_unless_preserved() {
    let sheet = sheet(
        &Package::with_rows(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>"#,
        )
        .shared_strings(&[
            "<t> a b\n </t>",
            "<t xml:space=\"preserve\"> a\r\nb </t>",
            "<t>\u{3000}a\u{a0}</t>",
        ]),
    );
    assert_eq!(cell(&sheet, "A1").value, text("a b"));
    assert_eq!(cell(&sheet, "B1").value, text(" a\nb "));
    assert_eq!(cell(&sheet, "C1").value, text("\u{3000}a\u{a0}"));
}

#[test]
fn escapes_and_entities_are_resolved() {
    let sheet = sheet(
        &Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><v>x_x000D__x000A_y</v></c><c r="D1" t="s"><v>2</v></c></row>"#)
            .shared_strings(&[
                "<t>甲_x000D_\n乙_x005F_x0041_</t>",
                "<t>&lt;5&amp;&#x20AC;<![CDATA[<&>]]></t>",
                "<r><t>right,_x000D_</t></r><r><t>_x000D_This_x000D_</t></r>",
            ]),
    );
    assert_eq!(cell(&sheet, "D1").value, text("right,\n\nThis"));
    assert_eq!(cell(&sheet, "A1").value, text("甲\n乙_x0041_"));
    assert_eq!(cell(&sheet, "B1").value, text("<5&€<&>"));
    assert_eq!(cell(&sheet, "C1").value, text("x\ny"));
}

#[test]
fn iso_dates_become_serials() {
    let package = Package::with_rows(
        r#"<row r="1"><c r="A1" s="1" t="d"><v>2024-02-29</v></c><c r="B1" t="d"><v>2024-02-29T12:00:00Z</v></c><c r="C1" s="1"><v>45351</v></c></row>"#,
    )
    .number_formats(&["yyyy/m/d"]);
    let sheet = sheet(&package);
    assert_eq!(cell(&sheet, "A1").value, number("45351"));
    assert_eq!(cell(&sheet, "A1").shown(), "2024/2/29");
    assert_eq!(cell(&sheet, "B1").value, number("45351.5"));
    assert_eq!(cell(&sheet, "B1").shown(), "2024-02-29T12:00:00Z");
    assert_eq!(cell(&sheet, "C1").shown(), "2024/2/29");
}

#[test]
fn the_epoch_of_1904_is_honoured() {
    let package = Package::with_rows(r#"<row r="1"><c r="A1" s="1"><v>43889</v></c></row>"#)
        .number_formats(&["yyyy-mm-dd"])
        .workbook(r#"<workbookPr date1904="1"/>"#, &[("Sheet1", "", "rId1")]);
    assert_eq!(cell(&sheet(&package), "A1").shown(), "2024-02-29");
}

#[test]
fn what_is_no_number_is_kept_as_text_and_listed() {
    let workbook = read(&Package::with_rows(
        r#"<row r="1"><c r="A1"><v>1,234</v></c><c r="B1"><v>1e400</v></c><c r="C1"><v>NaN</v></c><c r="D1" t="b"><v>-1</v></c><c r="E1" t="zz"><v>7</v></c><c r="F1"><v>1e29</v></c><c r="G1"><v> 12 </v></c></row>"#,
    ));
    let sheet = &workbook.sheets[0];
    assert_eq!(
        values(sheet),
        [
            ("A1".to_owned(), text("1,234")),
            ("B1".to_owned(), text("1e400")),
            ("C1".to_owned(), text("NaN")),
            ("D1".to_owned(), text("-1")),
            ("E1".to_owned(), number("7")),
            ("F1".to_owned(), text("1e29")),
            ("G1".to_owned(), number("12")),
        ]
    );
    let places: Vec<String> = losses(sheet).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["A1", "B1", "C1", "D1", "F1"]);
}

#[test]
fn a_missing_shared_text_loses_its_cell_only() {
    let workbook = read(
        &Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><f>B1</f><v>x</v></c></row>"#)
            .shared_strings(&["<t>在</t>"]),
    );
    let sheet = &workbook.sheets[0];
    assert_eq!(
        values(sheet),
        [("B1".to_owned(), text("在")), ("C1".to_owned(), CellValue::Blank)]
    );
    assert_eq!(losses(sheet).len(), 2);
    assert_eq!(losses(sheet)[0].0, "A1");
}

#[test]
fn declared_counts_are_not_believed() {
    let package = Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#).part(
        "xl/sharedStrings.xml",
        &format!(
            r#"<sst xmlns="{MAIN}" count="18446744073709551615" uniqueCount="4000000000"><si><t>一</t></si></sst>"#
        ),
    );
    assert_eq!(cell(&sheet(&package), "A1").value, text("一"));
}

#[test]
fn foreign_elements_inside_a_cell_are_passed_over() {
    let sheet = sheet(&Package::with_rows(
        r#"<row r="1"><c r="A1"><v>1</v><extLst><ext uri="x"><v>9</v></ext></extLst></c><extLst><ext><c r="B9"><v>1</v></c></ext></extLst></row>"#,
    ));
    assert_eq!(values(&sheet), [("A1".to_owned(), number("1"))]);
}

// Formulas

#[test]
fn a_formula_without_a_stored_result_is_kept() {
    let sheet = sheet(&Package::with_rows(
        r#"<row r="1"><c r="A1"><f>SUM(B1:C1)</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c></row>"#,
    ));
    assert_eq!(cell(&sheet, "A1").value, CellValue::Blank);
    assert_eq!(cell(&sheet, "A1").shown(), "");
    assert_eq!(cell(&sheet, "A1").formula.as_deref(), Some("SUM(B1:C1)"));
    assert_eq!(cell(&sheet, "B1").value, CellValue::Blank);
    assert_eq!(cell(&sheet, "C1").value, text(""));
}

#[test]
fn shared_formulas_reach_every_cell() {
    let sheet = sheet(&Package::with_rows(
        r#"<row r="1"><c r="C1"><f t="shared" si="3"/><v>9</v></c></row>
           <row r="2"><c r="B2"><f t="shared" ref="B2:B3" si="0">A2*$A$1</f><v>4</v></c></row>
           <row r="3"><c r="B3"><f t="shared" si="0"/><v>6</v></c><c r="C3"><f t="shared" ref="C1:C3" si="3">A3</f><v>1</v></c></row>"#,
    ));
    assert_eq!(cell(&sheet, "B2").formula.as_deref(), Some("A2*$A$1"));
    assert_eq!(cell(&sheet, "B3").formula.as_deref(), Some("A3*$A$1"));
    assert_eq!(cell(&sheet, "C1").formula.as_deref(), Some("A1"));
    assert_eq!(cell(&sheet, "B3").value, number("6"));
}

#[test]
fn an_array_formula_stands_at_its_anchor() {
    let sheet = sheet(&Package::with_rows(
        r#"<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c></row><row r="2"><c r="A2"><v>4</v></c></row>"#,
    ));
    assert_eq!(cell(&sheet, "A1").formula.as_deref(), Some("B1:B2*2"));
    assert_eq!(cell(&sheet, "A2").formula, None);
}

// Positions

#[test]
fn rows_and_cells_without_positions_follow_each_other() {
    let sheet = sheet(&Package::with_rows(
        r#"<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>"#,
    ));
    let places: Vec<String> = sheet.cells().iter().map(|cell| cell.address.to_string()).collect();
    assert_eq!(places, ["A1", "B1", "C5", "D5", "A6"]);
}

#[test]
fn positions_outside_a_sheet_lose_themselves_only() {
    let workbook = read(&Package::with_rows(
        r#"<row r="1"><c r="XFE1"><v>1</v></c><c r="哪里"><v>2</v></c><c r="A1"><v>3</v></c></row><row r="4294967295"><c r="A4294967295"><v>4</v></c></row><row r="2"><c r="A2"><v>5</v></c></row>"#,
    ));
    let sheet = &workbook.sheets[0];
    assert_eq!(
        values(sheet),
        [("A1".to_owned(), number("3")), ("A2".to_owned(), number("5"))]
    );
    assert_eq!(losses(sheet).len(), 3);
}

#[test]
fn a_sparse_sheet_costs_its_filled_cells() {
    let sheet = sheet(&Package::with_rows(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
    ));
    assert_eq!(sheet.cells().len(), 2);
}

#[test]
fn of_a_cell_written_twice_the_last_counts_and_it_is_said() {
    let workbook = read(&Package::with_rows(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>"#,
    ));
    assert_eq!(values(&workbook.sheets[0]), [("A1".to_owned(), number("2"))]);
    assert_eq!(losses(&workbook.sheets[0]).len(), 1);
}

// Merged regions

#[test]
fn merged_regions_of_every_block_are_read() {
    let sheet = sheet(&Package::with_sheet(
        r#"<sheetData/><mergeCells count="1"><mergeCell ref="B3:B4"/><mergeCell ref="A1:F1"/></mergeCells><mergeCells><mergeCell ref="$C$3:$D$3"/></mergeCells>"#,
    ));
    let merges: Vec<String> = sheet.merges().iter().map(ToString::to_string).collect();
    assert_eq!(merges, ["A1:F1", "B3:B4", "C3:D3"]);
}

#[test]
fn an_odd_merged_region_loses_itself_only() {
    let workbook = read(&Package::with_sheet(
        r##"<sheetData/><mergeCells><mergeCell ref="A:C"/><mergeCell ref="#REF!"/><mergeCell ref="1:3"/><mergeCell ref="A1:B2:C3"/><mergeCell/><mergeCell ref="B4:A3"/></mergeCells>"##,
    ));
    let sheet = &workbook.sheets[0];
    let merges: Vec<String> = sheet.merges().iter().map(ToString::to_string).collect();
    assert_eq!(merges, ["A3:B4"]);
    assert_eq!(losses(sheet).len(), 5);
    assert!(losses(sheet)[1].1.contains("#REF!"));
}

// What is hidden, notes

#[test]
fn hidden_rows_and_columns_are_intervals() {
    let sheet = sheet(&Package::with_sheet(
        r#"<cols><col min="5" max="6" hidden="1"/><col min="2" max="2" width="0" customWidth="1"/><col min="3" max="3" hidden="true"/></cols>
           <sheetData><row r="2" hidden="1"/><row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4"/><row r="9" ht="0"/></sheetData>"#,
    ));
    assert_eq!(sheet.hidden_rows, [(1, 2), (8, 8)]);
    assert_eq!(sheet.hidden_columns, [(1, 2), (4, 5)]);
    assert!(sheet.is_hidden("A3".parse().unwrap()));
}

#[test]
fn rows_may_be_hidden_by_default() {
    let sheet = sheet(&Package::with_sheet(
        r#"<sheetFormatPr zeroHeight="1"/><sheetData><row r="1"/><row r="2"/><row r="4" hidden="1"/></sheetData>"#,
    ));
    assert_eq!(sheet.hidden_rows, [(2, 1_048_575)]);
}

#[test]
fn sheets_come_in_tab_order_with_their_visibility() {
    let sheet_part = worksheet("<sheetData/>");
    let package = Package::with_rows("")
        .workbook(
            "",
            &[
                ("丙", r#"state="veryHidden""#, "rId3"),
                ("甲 &amp; 乙", "", "rId1"),
                ("丁", r#"state="hidden""#, "rId2"),
                ("图", "", "rId4"),
            ],
        )
        .part(
            "xl/_rels/workbook.xml.rels",
            &relationships(&[
                ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rId3", "worksheet", "../xl/worksheets/Sheet3.xml"),
                ("rId4", "chartsheet", "chartsheets/sheet1.xml"),
            ]),
        )
        .part("xl/worksheets/sheet2.xml", &sheet_part)
        .part("xl/worksheets/sheet3.xml", &sheet_part);
    let workbook = read(&package);
    let seen: Vec<(&str, Visibility)> = workbook
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.visibility))
        .collect();
    assert_eq!(
        seen,
        [
            ("丙", Visibility::VeryHidden),
            ("甲 & 乙", Visibility::Visible),
            ("丁", Visibility::Hidden)
        ]
    );
    assert_eq!(workbook.losses.len(), 1);
    assert!(workbook.losses[0].message.contains("“图”是图表页"));
}

#[test]
fn notes_are_found_through_relationships() {
    let package = Package::with_rows("")
        .part("xl/worksheets/_rels/sheet1.xml.rels", &relationships(&[("rId1", "comments", "../notes/any.xml")]))
        .part(
            "xl/notes/any.xml",
            &format!(
                r#"<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList><comment ref="C2" authorId="0"><text><r><t>请核实</t></r><r><t>来源</t></r></text></comment><comment ref="B1" authorId="0"><text><t>先</t></text></comment></commentList></comments>"#
            ),
        );
    let notes: Vec<(String, String)> = sheet(&package)
        .notes
        .iter()
        .map(|(cell, note)| (cell.to_string(), note.clone()))
        .collect();
    assert_eq!(
        notes,
        [
            ("B1".to_owned(), "先".to_owned()),
            ("C2".to_owned(), "请核实来源".to_owned())
        ]
    );
}

// Number formats

#[test]
fn cells_show_what_their_format_makes_of_them() {
    let sheet = sheet(
        &Package::with_rows(
            r#"<row r="1"><c r="A1" s="1"><v>0.95</v></c><c r="B1" s="2"><v>12</v></c><c r="C1" s="3"><v>96.5</v></c><c r="D1" s="0"><v>0.1</v></c><c r="E1" s="4" t="str"><v>好</v></c><c r="F1" s="5"><v>3</v></c></row>"#,
        )
        .number_formats(&["0%", "0\"家\"", "0.00_ ", "@\"个\"", "General"]),
    );
    let shown: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
    assert_eq!(shown, ["95%", "12家", "96.50 ", "0.1", "好个", "3"]);
    let formats: Vec<Option<&str>> = sheet.cells().iter().map(|cell| cell.number_format.as_deref()).collect();
    assert_eq!(
        formats,
        [Some("0%"), Some("0\"家\""), Some("0.00_ "), None, Some("@\"个\""), None]
    );
    assert!(sheet.cells().iter().all(|cell| !cell.shown_unsure));
}

#[test]
fn an_unknown_format_or_style_shows_the_plain_value_unsurely() {
    let sheet = sheet(
        &Package::with_rows(r#"<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" s="77"><v>0.5</v></c></row>"#)
            .number_formats(&["# ?/?"]),
    );
    for cell in sheet.cells() {
        assert_eq!((cell.shown(), cell.shown_unsure), ("0.5", true));
    }
}

#[test]
fn a_workbook_without_styles_shows_general() {
    let sheet = sheet(&Package::with_rows(
        r#"<row r="1"><c r="A1" s="0"><v>0.30000000000000004</v></c></row>"#,
    ));
    assert_eq!(
        (cell(&sheet, "A1").shown(), cell(&sheet, "A1").shown_unsure),
        ("0.3", false)
    );
}

// Spellings of the package

#[test]
fn prefixes_and_the_strict_namespace_are_read() {
    const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    const STRICT_RELATIONSHIPS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let strict = |list: &[(&str, &str, &str)]| relationships(list).replace(RELATIONSHIPS, STRICT_RELATIONSHIPS);
    let package = Package::default()
        .part("_rels/.rels", &strict(&[("a", "officeDocument", "book/main.xml")]))
        .part(
            "book/main.xml",
            &format!(r#"<x:workbook xmlns:x="{STRICT}" xmlns:q="{STRICT_RELATIONSHIPS}"><x:sheets><x:sheet name="表" sheetId="1" q:id="s"/></x:sheets></x:workbook>"#),
        )
        .part("book/_rels/main.xml.rels", &strict(&[("s", "worksheet", "one.xml"), ("t", "sharedStrings", "../texts.xml")]))
        .part("texts.xml", &format!(r#"<x:sst xmlns:x="{STRICT}"><x:si><x:t>文</x:t></x:si></x:sst>"#))
        .part(
            "book/one.xml",
            &format!(r#"<x:worksheet xmlns:x="{STRICT}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>"#),
        );
    let sheet = sheet(&package);
    assert_eq!(cell(&sheet, "A1").value, text("文"));
    assert_eq!(sheet.merges().len(), 1);
}

#[test]
fn byte_order_marks_utf16_and_gbk_parts_are_read() {
    let xml = worksheet(r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>绩效</t></is></c></row></sheetData>"#);
    let with_mark = format!("\u{feff}{xml}").into_bytes();
    let utf16: Vec<u8> = format!("\u{feff}{xml}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf16_big: Vec<u8> = xml.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let gbk = xml.replace("version=\"1.0\"", "version=\"1.0\" encoding='GBK'");
    let gbk = encoding_rs::GBK.encode(&gbk).0.into_owned();
    let lying = xml
        .replace("version=\"1.0\"", "version=\"1.0\" encoding=\"UTF-16\"")
        .into_bytes();
    for bytes in [with_mark, utf16, utf16_big, gbk, lying] {
        let package = Package::with_rows("").bytes_part("xl/worksheets/sheet1.xml", &bytes);
        assert_eq!(cell(&sheet(&package), "A1").value, text("绩效"));
    }
}

#[test]
fn part_names_may_have_backslashes_and_other_case() {
    let mut package = Package::with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    package.parts = package
        .parts
        .into_iter()
        .map(|(name, part)| (name.replace('/', "\\").replace("sheet1", "SHEET1"), part))
        .collect();
    assert_eq!(cell(&sheet(&package), "A1").value, number("1"));
}

#[test]
fn a_package_without_lists_of_types_and_relationships_is_read_from_the_usual_place() {
    let package = Package::with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)
        .without("[Content_Types].xml")
        .without("_rels/.rels");
    assert_eq!(cell(&sheet(&package), "A1").value, number("1"));
}

#[test]
fn macro_workbooks_and_templates_are_told_by_their_type() {
    let main = |name| content_types(&format!("application/vnd.{name}.main+xml"));
    for (name, format) in [
        ("ms-excel.sheet.macroEnabled", FileFormat::Xlsm),
        ("ms-excel.template.macroEnabled", FileFormat::Xlsm),
        ("openxmlformats-officedocument.spreadsheetml.template", FileFormat::Xlsx),
    ] {
        let package = Package::with_rows("").part("[Content_Types].xml", &main(name));
        let bytes = package.zip();
        assert_eq!(read_workbook(&bytes, None, &Limits::default()).unwrap().format, format);
    }
}

// Broken parts

#[test]
fn a_broken_sheet_does_not_lose_the_book() {
    let package = Package::with_rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)
        .workbook(
            "",
            &[
                ("好", "", "rId1"),
                ("断", "", "rId2"),
                ("缺", "", "rId3"),
                ("无", "", "rId7"),
            ],
        )
        .part(
            "xl/_rels/workbook.xml.rels",
            &relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rId3", "worksheet", "worksheets/sheet3.xml"),
            ]),
        )
        .part(
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row",
        );
    let workbook = read(&package);
    let names: Vec<(&str, usize)> = workbook
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.cells().len()))
        .collect();
    assert_eq!(names, [("好", 1), ("断", 0), ("缺", 0), ("无", 0)]);
    let messages: Vec<&str> = workbook.losses.iter().map(|loss| loss.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "工作表“断”没有读到：它的内容已损坏",
            "工作表“缺”没有读到：文件里缺少它的内容",
            "工作表“无”没有读到：文件里缺少它的内容"
        ]
    );
}

#[test]
fn what_breaks_after_the_rows_does_not_lose_them() {
    let package = Package::with_rows("").part(
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></wrong>",
    );
    let workbook = read(&package);
    assert_eq!(values(&workbook.sheets[0]), [("A1".to_owned(), number("1"))]);
    assert_eq!(losses(&workbook.sheets[0]).len(), 1);
}

#[test]
fn broken_styles_and_shared_texts_are_listed() {
    let package = Package::with_rows(
        r#"<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>"#,
    )
    .part("xl/styles.xml", "<styleSheet><cellXfs>")
    .part("xl/sharedStrings.xml", "<sst><si><t>一</t></si><si><t>二");
    let workbook = read(&package);
    let sheet = &workbook.sheets[0];
    assert_eq!(
        values(sheet),
        [("A1".to_owned(), number("1")), ("B1".to_owned(), text("一"))]
    );
    assert!(cell(sheet, "A1").shown_unsure);
    assert_eq!(workbook.losses.len(), 2);
    assert_eq!(losses(sheet).len(), 1);
}

#[test]
fn a_broken_workbook_part_is_damage() {
    for broken in ["<workbook><sheets>", "", "not xml <"] {
        let error = refuse(
            &Package::with_rows("").part("xl/workbook.xml", broken),
            &Limits::default(),
        );
        assert_eq!(error.code(), "damaged", "{broken}");
    }
}

#[test]
fn entities_are_never_expanded() {
    let package = Package::with_rows("").part(
        "xl/worksheets/sheet1.xml",
        r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;&b;</t></is></c></row></sheetData></worksheet>"#,
    );
    assert_eq!(cell(&sheet(&package), "A1").value, text("&a;&b;"));
}

// Limits

#[test]
fn each_limit_says_which_and_how_much() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>"#;
    let package = Package::with_sheet(&format!(
        "<sheetData>{rows}</sheetData><mergeCells><mergeCell ref=\"A2:B2\"/><mergeCell ref=\"A3:B3\"/></mergeCells>"
    ))
    .workbook("", &[("一", "", "rId1"), ("二", "", "rId1")])
    .shared_strings(&["<t>一</t>"]);
    let with = |lower: fn(&mut Limits)| {
        let mut limits = Limits::default();
        lower(&mut limits);
        limits
    };
    let cases = [
        (with(|limits| limits.file_bytes = 100), "文件大小不得超过 100 字节"),
        (
            with(|limits| limits.part_bytes = 100),
            "单个部件解压后的大小不得超过 100 字节",
        ),
        (with(|limits| limits.unpacked_bytes = 1000), "解压后的总大小不得超过"),
        (with(|limits| limits.sheets = 1), "工作表数不得超过 1"),
        (with(|limits| limits.cells = 3), "有内容的单元格数不得超过 3"),
        (with(|limits| limits.merges = 3), "合并区域数不得超过 3"),
        (with(|limits| limits.text_bytes = 3), "全部文字的总量不得超过"),
        (with(|limits| limits.xml_depth = 3), "内部结构的嵌套层数不得超过 3"),
    ];
    for (limits, message) in cases {
        let error = refuse(&package, &limits);
        assert_eq!(error.code(), "limit_exceeded");
        assert!(error.to_string().starts_with(message), "{error}");
    }
    assert!(read_workbook(&package.zip(), None, &Limits::default()).is_ok());
}

#[test]
fn a_text_beyond_its_limit_is_cut_and_listed() {
    let mut limits = Limits::default();
    limits.text_length = 3;
    let package = Package::with_rows(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>一二三四</t></is></c></row>"#);
    let workbook = read_workbook(&package.zip(), None, &limits).unwrap();
    assert_eq!(values(&workbook.sheets[0]), [("A1".to_owned(), text("一二三"))]);
    assert_eq!(losses(&workbook.sheets[0]).len(), 1);
}

#[test]
fn losses_are_counted_beyond_the_first_hundred() {
    let cells: String = (1..=150)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>9</v></c></row>"#))
        .collect();
    let workbook = read(&Package::with_rows(&cells));
    let listed = &workbook.sheets[0].losses;
    assert_eq!(listed.len(), 101);
    assert_eq!(listed[100].message, "另有 50 处没有读到的内容未逐一列出");
}
