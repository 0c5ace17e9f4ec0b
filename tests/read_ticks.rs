//! Boxes and ticks: letters of sign fonts, check boxes in cells and over them, and the grade that they give.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use hebiao::grid::{Cell, CellValue, Sheet, Workbook};
use hebiao::layout::read_tables;
use hebiao::model::Grade;
use hebiao::read::{Limits, read_workbook};
use package::{MAIN, Package, RELATIONSHIPS, relationships, worksheet};

const OFFICE: &str = r#"xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

fn read(package: &Package) -> Workbook {
    let workbook = read_workbook(&package.zip(), Some("table.xlsx"), &Limits::default()).unwrap();
    assert_eq!(workbook.losses, []);
    workbook
}

fn sheet(package: &Package) -> Sheet {
    read(package).sheets.remove(0)
}

fn cell<'a>(sheet: &'a Sheet, address: &str) -> &'a Cell {
    sheet
        .cell(address.parse().unwrap())
        .unwrap_or_else(|| panic!("no cell {address}"))
}

fn shown(sheet: &Sheet) -> Vec<(String, &str)> {
    sheet
        .cells()
        .iter()
        .map(|cell| (cell.address.to_string(), cell.shown()))
        .collect()
}

fn losses(sheet: &Sheet) -> Vec<(String, &str)> {
    sheet
        .losses
        .iter()
        .map(|loss| {
            (
                loss.cell.map(|cell| cell.to_string()).unwrap_or_default(),
                loss.message.as_str(),
            )
        })
        .collect()
}

/// Cell styles 1, 2 … in these fonts; style 0 in 宋体.
fn with_fonts(package: Package, fonts: &[&str]) -> Package {
    let mut list = r#"<font><sz val="11"/><name val="宋体"/></font>"#.to_owned();
    let mut styles = r#"<xf numFmtId="0" fontId="0"/>"#.to_owned();
    for (index, font) in fonts.iter().enumerate() {
        list.push_str(&format!(
            r#"<font><sz val="11"/><name val="{font}"/><charset val="2"/></font>"#
        ));
        styles.push_str(&format!(r#"<xf numFmtId="0" fontId="{}" applyFont="1"/>"#, index + 1));
    }
    package.part(
        "xl/styles.xml",
        &format!(r#"<styleSheet xmlns="{MAIN}"><fonts>{list}</fonts><cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>"#),
    )
}

// Fonts of signs

#[test]
fn a_cell_in_a_sign_font_shows_the_mark_and_keeps_the_letter() {
    let package = with_fonts(
        Package::with_rows(
            r#"<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2" t="s"><v>1</v></c><c r="C1" t="s"><v>1</v></c>
               <c r="D1" s="2" t="inlineStr"><is><t>优R良£</t></is></c><c r="E1" s="2" t="str"><f>"P"</f><v>P</v></c></row>"#,
        ),
        &["Wingdings", "Wingdings 2"],
    )
    .shared_strings(&["<t>þ</t>", "<t>R</t>"]);
    let sheet = sheet(&package);
    assert_eq!(losses(&sheet), []);
    assert_eq!(
        shown(&sheet),
        [
            ("A1".to_owned(), "☑"),
            ("B1".to_owned(), "☑"),
            ("C1".to_owned(), "R"),
            ("D1".to_owned(), "优☑良□"),
            ("E1".to_owned(), "✓"),
        ]
    );
    assert_eq!(cell(&sheet, "A1").value, CellValue::Text("þ".to_owned()));
}

#[test]
fn a_number_format_may_choose_the_letter() {
    let package = Package::with_rows(r#"<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>0</v></c></row>"#).part(
        "xl/styles.xml",
        &format!(
            r#"<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="[=1]&quot;R&quot;;[=0]&quot;£&quot;"/></numFmts><fonts><font/><font><name val="Wingdings 2"/></font></fonts><cellXfs><xf/><xf numFmtId="164" fontId="1"/></cellXfs></styleSheet>"#
        ),
    );
    let sheet = sheet(&package);
    assert_eq!(shown(&sheet), [("A1".to_owned(), "☑"), ("B1".to_owned(), "□")]);
    assert_eq!(cell(&sheet, "A1").value, CellValue::Number(1.into()));
}

#[test]
fn runs_have_their_own_fonts() {
    let signs = |text: &str| format!(r#"<r><rPr><rFont val="Wingdings 2"/></rPr><t>{text}</t></r>"#);
    let words = |text: &str| format!(r#"<r><rPr><rFont val="仿宋"/></rPr><t>{text}</t></r>"#);
    let line = format!("<r><t>优</t></r>{}{}{}", signs("R"), words("R良"), signs("£"));
    let package = with_fonts(
        Package::with_rows(&format!(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>{line}</is></c><c r="C1" s="1" t="s"><v>1</v></c></row>"#
        )),
        &["Wingdings"],
    )
    .shared_strings(&[&line, &format!("{}<r><t>þ</t></r>", words("o"))]);
    let sheet = sheet(&package);
    assert_eq!(losses(&sheet), []);
    assert_eq!(
        shown(&sheet),
        [
            ("A1".to_owned(), "优☑R良□"),
            ("B1".to_owned(), "优☑R良□"),
            ("C1".to_owned(), "o☑")
        ]
    );
    assert_eq!(cell(&sheet, "A1").value, CellValue::Text("优RR良£".to_owned()));
}

#[test]
fn an_unknown_drawing_is_said_with_its_cell() {
    let package = with_fonts(
        Package::with_rows(r#"<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>J</t></is></c></row>"#),
        &["Wingdings"],
    );
    let sheet = sheet(&package);
    assert_eq!(cell(&sheet, "A1").shown(), "J");
    assert_eq!(
        losses(&sheet),
        [(
            "A1".to_owned(),
            "字符“J”用 Wingdings 字体显示，看到的是图形而不是这个字符，无法认定是什么图形，已按原字符读取"
        )]
    );
}

// Check boxes in cells

#[test]
fn a_check_box_in_a_cell_is_seen_as_a_box() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.insert_checkbox(0, 0, true).unwrap();
    sheet.insert_checkbox(0, 1, false).unwrap();
    sheet.write_boolean(0, 2, true).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let workbook = read_workbook(&bytes, None, &Limits::default()).unwrap();
    let sheet = &workbook.sheets[0];
    assert_eq!(
        shown(sheet),
        [
            ("A1".to_owned(), "☑"),
            ("B1".to_owned(), "□"),
            ("C1".to_owned(), "TRUE")
        ]
    );
    assert_eq!(cell(sheet, "A1").value, CellValue::Boolean(true));
}

#[test]
fn a_style_whose_bags_lead_elsewhere_is_no_check_box() {
    let package = |bags: &str| {
        Package::with_rows(r#"<row r="1"><c r="A1" s="1" t="b"><v>1</v></c></row>"#)
            .part("xl/_rels/workbook.xml.rels", &relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"),
                ("rId3", "FeaturePropertyBag", "bags.xml"),
            ]))
            .part(
                "xl/styles.xml",
                &format!(r#"<styleSheet xmlns="{MAIN}" xmlns:b="b"><cellXfs><xf/><xf><extLst><ext uri="x"><b:xfComplement i="0"/></ext></extLst></xf></cellXfs></styleSheet>"#),
            )
            .part("xl/bags.xml", bags)
    };
    let bags = |control: &str| {
        format!(
            r#"<FeaturePropertyBags><bag type="{control}"/><bag type="XFControls"><bagId k="CellControl">0</bagId></bag><bag type="XFComplement"><bagId k="XFControls">1</bagId></bag><bag type="XFComplements"><a k="MappedFeaturePropertyBags"><bagId>2</bagId></a></bag></FeaturePropertyBags>"#
        )
    };
    for (bags, expected) in [
        (bags("Checkbox"), "☑"),
        (bags("Other"), "TRUE"),
        (String::from("<FeaturePropertyBags/>"), "TRUE"),
    ] {
        assert_eq!(cell(&sheet(&package(&bags)), "A1").shown(), expected, "{bags}");
    }
    let broken = read_workbook(&package("<FeaturePropertyBags>").zip(), None, &Limits::default()).unwrap();
    assert_eq!(cell(&broken.sheets[0], "A1").shown(), "TRUE");
    assert_eq!(broken.losses.len(), 1);
}

// Check boxes over cells

/// A form control: its properties, its label, and column, left offset, row and top offset, each then to where.
#[derive(Clone, Copy)]
struct Box<'a> {
    properties: &'a str,
    label: &'a str,
    from: (u32, u32, u32, u32),
    to: (u32, u32, u32, u32),
}

const fn check_box<'a>(properties: &'a str, label: &'a str, column: u32, left: u32) -> Box<'a> {
    Box {
        properties,
        label,
        from: (column, left, 1, 1),
        to: (column + 1, 10, 1, 18),
    }
}

/// A sheet with controls as Excel 2010 and later write them: `<controls>`, their parts, and a VML drawing.
fn with_controls(content: &str, boxes: &[Box]) -> Package {
    let mut list = String::new();
    let mut links = vec![(
        "rIdV".to_owned(),
        "vmlDrawing",
        "../drawings/vmlDrawing1.vml".to_owned(),
    )];
    let mut shapes = String::new();
    let mut package = Package::default();
    for (index, one) in boxes.iter().enumerate() {
        let shape = 1025 + index;
        let corner = |name: &str, (column, x, row, y): (u32, u32, u32, u32)| {
            format!(
                "<{name}><xdr:col>{column}</xdr:col><xdr:colOff>{}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{}</xdr:rowOff></{name}>",
                x * 9525,
                y * 9525
            )
        };
        list.push_str(&format!(
            r#"<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="{shape}" r:id="rIdC{index}" name="Check Box {index}"><controlPr defaultSize="0"><anchor moveWithCells="1">{}{}</anchor></controlPr></control></mc:Choice><mc:Fallback><control shapeId="{shape}" r:id="rIdC{index}"/></mc:Fallback></mc:AlternateContent>"#,
            corner("from", one.from),
            corner("to", one.to),
        ));
        links.push((
            format!("rIdC{index}"),
            "ctrlProp",
            format!("../ctrlProps/ctrlProp{index}.xml"),
        ));
        package = package.part(
            &format!("xl/ctrlProps/ctrlProp{index}.xml"),
            &format!(r#"<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" {} lockText="1"/>"#, one.properties),
        );
        shapes.push_str(&shape_of(shape, one, ""));
    }
    let links: Vec<(&str, &str, &str)> = links
        .iter()
        .map(|(id, kind, target)| (id.as_str(), *kind, target.as_str()))
        .collect();
    let base = Package::with_rows("");
    let mut parts = base.parts;
    parts.extend(package.parts);
    Package { parts }
        .part(
            "xl/worksheets/sheet1.xml",
            &worksheet(&format!(
                r#"{content}<legacyDrawing r:id="rIdV"/><mc:AlternateContent {OFFICE}><mc:Choice Requires="x14"><controls>{list}</controls></mc:Choice></mc:AlternateContent>"#
            )),
        )
        .part("xl/worksheets/_rels/sheet1.xml.rels", &relationships(&links))
        .part("xl/drawings/vmlDrawing1.vml", &drawing(&shapes))
}

/// A shape of a VML drawing; the label has a line break that is never closed, as Excel writes it.
fn shape_of(number: usize, one: &Box, more: &str) -> String {
    let checked = match one.properties {
        properties if properties.contains("\"Checked\"") => "<x:Checked>1</x:Checked>",
        properties if properties.contains("Mixed") => "<x:Checked>2</x:Checked>",
        _ => "",
    };
    let kind = if one.properties.contains("Radio") {
        "Radio"
    } else {
        "Checkbox"
    };
    let ((a, b, c, d), (e, f, g, h)) = (one.from, one.to);
    format!(
        r##"<v:shape id="_x0000_s{number}" type="#_x0000_t201" style='position:absolute;margin-left:1pt'><v:textbox><div style='text-align:left'><font face="宋体" size="220">{}</font><br></div></v:textbox><x:ClientData ObjectType="{kind}"><x:Anchor>{a}, {b}, {c}, {d}, {e}, {f}, {g}, {h}</x:Anchor>{checked}{more}</x:ClientData></v:shape>"##,
        one.label
    )
}

fn drawing(shapes: &str) -> String {
    format!(
        r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"/>{shapes}</xml>"#
    )
}

const TICKED: &str = r#"objectType="CheckBox" checked="Checked""#;
const EMPTY: &str = r#"objectType="CheckBox""#;

#[test]
fn controls_give_their_label_and_mark_to_their_cell() {
    let boxes = [
        check_box(TICKED, "是", 1, 2),
        check_box(EMPTY, "否", 2, 2),
        check_box(EMPTY, "", 3, 2),
    ];
    let sheet = sheet(&with_controls(
        r#"<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>是否公开：</t></is></c></row></sheetData>"#,
        &boxes,
    ));
    assert_eq!(losses(&sheet), []);
    assert_eq!(
        shown(&sheet),
        [
            ("B2".to_owned(), "是否公开： 是☑"),
            ("C2".to_owned(), "否□"),
            ("D2".to_owned(), "□")
        ]
    );
    assert_eq!(cell(&sheet, "B2").value, CellValue::Text("是否公开：".to_owned()));
    assert_eq!(cell(&sheet, "C2").value, CellValue::Text("否□".to_owned()));
}

#[test]
fn controls_on_a_merged_region_belong_to_its_corner_in_reading_order() {
    // Made in another order than they are read in.
    let boxes = [
        check_box(EMPTY, "差", 4, 2),
        check_box(EMPTY, "良", 2, 2),
        check_box(TICKED, "优", 1, 2),
        check_box(EMPTY, "中", 3, 2),
    ];
    let sheet = sheet(&with_controls(
        r#"<sheetData/><mergeCells><mergeCell ref="B2:F2"/></mergeCells>"#,
        &boxes,
    ));
    assert_eq!(losses(&sheet), []);
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优☑ 良□ 中□ 差□")]);
}

#[test]
fn option_buttons_are_dots() {
    let boxes = [
        check_box(r#"objectType="Radio" checked="Checked""#, "优", 1, 2),
        check_box(r#"objectType="Radio""#, "良", 2, 2),
    ];
    let sheet = sheet(&with_controls("<sheetData/>", &boxes));
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优●"), ("C2".to_owned(), "良○")]);
}

#[test]
fn an_old_file_has_only_the_drawing() {
    let boxes = [check_box(TICKED, "优", 1, 2)];
    let package = Package::with_rows("")
        .part(
            "xl/worksheets/_rels/sheet1.xml.rels",
            &relationships(&[("v", "vmlDrawing", "../drawings/vmlDrawing1.vml")]),
        )
        .part("xl/drawings/vmlDrawing1.vml", &drawing(&shape_of(1025, &boxes[0], "")));
    let sheet = sheet(&package);
    assert_eq!(losses(&sheet), []);
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优☑")]);
}

#[test]
fn other_controls_and_hidden_ones_are_no_boxes() {
    let button = check_box(r#"objectType="Button""#, "计算", 1, 2);
    let package = with_controls("<sheetData/>", &[button]);
    let button_shape = drawing(&shape_of(1025, &button, "").replace("Checkbox", "Button"));
    let hidden = drawing(
        &shape_of(1025, &check_box(TICKED, "优", 1, 2), "")
            .replace("position:absolute", "position:absolute;visibility: hidden"),
    );
    for shapes in [button_shape, hidden] {
        let sheet = sheet(&package.clone().part("xl/drawings/vmlDrawing1.vml", &shapes));
        assert_eq!((shown(&sheet), losses(&sheet)), (vec![], vec![]));
    }
}

#[test]
fn a_box_over_its_own_linked_cell_covers_its_value() {
    let boxes = [check_box(
        r#"objectType="CheckBox" checked="Checked" fmlaLink="Sheet1!$B$2""#,
        "优",
        1,
        2,
    )];
    let sheet = sheet(&with_controls(
        r#"<sheetData><row r="2"><c r="B2" t="b"><v>1</v></c></row></sheetData>"#,
        &boxes,
    ));
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优☑")]);
    assert_eq!(cell(&sheet, "B2").value, CellValue::Boolean(true));
}

#[test]
fn a_box_between_cells_is_said_and_not_read() {
    // Its middle is on the line between rows 2 and 3, or its box on the line between columns B and C.
    let between_rows = Box {
        properties: TICKED,
        label: "优",
        from: (1, 2, 1, 10),
        to: (2, 10, 2, 10),
    };
    let between_columns = check_box(TICKED, "优", 1, 55);
    for one in [between_rows, between_columns] {
        let sheet = sheet(&with_controls("<sheetData/>", &[one]));
        assert_eq!(shown(&sheet), []);
        assert_eq!(
            losses(&sheet),
            [("B2".to_owned(), "复选框“优”☑无法确定属于哪个单元格，没有读取")]
        );
    }
    // The same, but the rows are merged.
    let sheet = sheet(&with_controls(
        r#"<sheetData/><mergeCells><mergeCell ref="B2:B3"/></mergeCells>"#,
        &[between_rows],
    ));
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优☑")]);
}

#[test]
fn a_box_that_hangs_over_the_edge_a_little_belongs_to_where_its_middle_is() {
    let one = Box {
        properties: TICKED,
        label: "优",
        from: (1, 2, 0, 18),
        to: (2, 10, 2, 1),
    };
    let sheet = sheet(&with_controls("<sheetData/>", &[one]));
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优☑")]);
}

#[test]
fn row_heights_and_column_widths_count() {
    let one = Box {
        properties: TICKED,
        label: "优",
        from: (1, 100, 1, 50),
        to: (2, 1, 1, 70),
    };
    let sheet = sheet(&with_controls(
        r#"<cols><col min="2" max="2" width="30" customWidth="1"/></cols><sheetData><row r="2" ht="60" customHeight="1"/></sheetData>"#,
        &[one],
    ));
    assert_eq!(shown(&sheet), [("B2".to_owned(), "优☑")]);
}

#[test]
fn boxes_without_labels_over_several_words_are_said_and_not_read() {
    let boxes = [
        check_box(TICKED, "", 1, 2),
        Box {
            from: (1, 30, 1, 1),
            ..check_box(EMPTY, "", 1, 2)
        },
    ];
    let line = r#"<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>优  良</t></is></c></row></sheetData>"#;
    let sheet_of = |boxes: &[Box]| sheet(&with_controls(line, boxes));
    let both = sheet_of(&boxes);
    assert_eq!(shown(&both), [("B2".to_owned(), "优  良")]);
    assert_eq!(
        losses(&both),
        [
            (
                "B2".to_owned(),
                "没有文字的复选框☑无法确定属于单元格文字中的哪一项，没有读取"
            ),
            (
                "B2".to_owned(),
                "没有文字的复选框□无法确定属于单元格文字中的哪一项，没有读取"
            ),
        ]
    );
    assert_eq!(losses(&sheet_of(&boxes[..1])).len(), 1);
    let word = sheet(&with_controls(&line.replace("优  良", "优"), &boxes[..1]));
    assert_eq!(shown(&word), [("B2".to_owned(), "优 ☑")]);
}

#[test]
fn a_state_that_is_not_decided_is_said() {
    let mixed = check_box(r#"objectType="CheckBox" checked="Mixed""#, "优", 1, 2);
    assert_eq!(
        losses(&sheet(&with_controls("<sheetData/>", &[mixed]))),
        [("B2".to_owned(), "复选框“优”是灰色的半选状态，无法确定是否勾选")]
    );
    let contradictory = with_controls("<sheetData/>", &[check_box(TICKED, "优", 1, 2)]).part(
        "xl/drawings/vmlDrawing1.vml",
        &drawing(&shape_of(1025, &check_box(EMPTY, "优", 1, 2), "")),
    );
    assert_eq!(
        losses(&sheet(&contradictory)),
        [(
            "B2".to_owned(),
            "复选框“优”的勾选状态在文件里两处记录不一致，无法确定是否勾选"
        )]
    );
    let active_x = with_controls("<sheetData/>", &[check_box("", "", 1, 2)])
        .part("xl/drawings/vmlDrawing1.vml", &drawing(""))
        .part(
            "xl/ctrlProps/ctrlProp0.xml",
            r#"<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}" ax:persistence="persistStreamInit"/>"#,
        );
    assert_eq!(
        losses(&sheet(&active_x)),
        [("B2".to_owned(), "没有文字的复选框是 ActiveX 控件，读不出是否勾选")]
    );
    let lost = with_controls("<sheetData/>", &[check_box(TICKED, "优", 1, 2)])
        .without("xl/drawings/vmlDrawing1.vml")
        .without("xl/ctrlProps/ctrlProp0.xml");
    assert_eq!(losses(&sheet(&lost)).len(), 2);
}

#[test]
fn without_its_properties_a_control_is_what_the_drawing_says() {
    let package = with_controls("<sheetData/>", &[check_box(TICKED, "优", 1, 2)]).without("xl/ctrlProps/ctrlProp0.xml");
    let sheet = sheet(&package);
    assert_eq!(
        (shown(&sheet), losses(&sheet)),
        (vec![("B2".to_owned(), "优☑")], vec![])
    );
}

// The grade

const HEAD: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>项目支出绩效自评表</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>一级指标</t></is></c><c r="B2" t="inlineStr"><is><t>二级指标</t></is></c><c r="C2" t="inlineStr"><is><t>三级指标</t></is></c><c r="D2" t="inlineStr"><is><t>年度指标值</t></is></c><c r="E2" t="inlineStr"><is><t>实际完成值</t></is></c><c r="F2" t="inlineStr"><is><t>分值</t></is></c><c r="G2" t="inlineStr"><is><t>得分</t></is></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>产出指标</t></is></c><c r="B3" t="inlineStr"><is><t>数量指标</t></is></c><c r="C3" t="inlineStr"><is><t>培训人数</t></is></c><c r="D3" t="inlineStr"><is><t>≥100人</t></is></c><c r="E3" t="inlineStr"><is><t>100人</t></is></c><c r="F3"><v>100</v></c><c r="G3"><v>100</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>总分</t></is></c><c r="F4"><v>100</v></c><c r="G4"><v>100</v></c></row>"#;

fn grade(package: &Package) -> (Grade, String, Vec<String>) {
    let workbook = read_workbook(&package.zip(), None, &Limits::default()).unwrap();
    let recognition = read_tables(&workbook);
    let table = &recognition.tables[0];
    let grade = table.evaluation.grade.clone().expect("a grade");
    let unread = table.coverage.unread.iter().map(|cell| cell.cell.to_string()).collect();
    (grade.value, grade.cell.to_string(), unread)
}

fn grade_row(cells: &str) -> String {
    format!(
        r#"<sheetData>{HEAD}<row r="5"><c r="A5" t="inlineStr"><is><t>评价等级</t></is></c>{cells}</row></sheetData>"#
    )
}

#[test]
fn a_grade_line_of_controls_is_read() {
    let on_row_5 = |label, properties, column| Box {
        from: (column, 2, 4, 1),
        to: (column + 1, 2, 4, 18),
        ..check_box(properties, label, 1, 2)
    };
    let boxes = [
        on_row_5("优", EMPTY, 1),
        on_row_5("良", TICKED, 2),
        on_row_5("中", EMPTY, 3),
        on_row_5("差", EMPTY, 4),
    ];
    let merged = format!(r#"{}<mergeCells><mergeCell ref="B5:G5"/></mergeCells>"#, grade_row(""));
    assert_eq!(
        grade(&with_controls(&merged, &boxes)),
        (Grade::Good, "B5".to_owned(), vec![])
    );
    // The same, each control over its own cell.
    assert_eq!(
        grade(&with_controls(&grade_row(""), &boxes)),
        (Grade::Good, "C5".to_owned(), vec![])
    );
}

#[test]
fn a_grade_line_in_a_sign_font_is_read() {
    let sign = |letter: &str| format!(r#"<r><rPr><rFont val="Wingdings 2"/></rPr><t>{letter}</t></r>"#);
    let line = format!(
        r#"<c r="B5" t="inlineStr"><is>{}<r><t>优</t></r>{}<r><t>良</t></r>{}<r><t>中</t></r>{}<r><t>差</t></r></is></c>"#,
        sign("R"),
        sign("£"),
        sign("£"),
        sign("£")
    );
    assert_eq!(
        grade(&Package::with_sheet(&grade_row(&line))),
        (Grade::Excellent, "B5".to_owned(), vec![])
    );
}

#[test]
fn a_grade_line_of_check_boxes_in_cells_is_read_whichever_side_they_are_on() {
    let bags = r#"<FeaturePropertyBags><bag type="Checkbox"/><bag type="XFControls"><bagId k="CellControl">0</bagId></bag><bag type="XFComplement"><bagId k="XFControls">1</bagId></bag><bag type="XFComplements"><a><bagId>2</bagId></a></bag></FeaturePropertyBags>"#;
    let word = |place: &str, word: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{word}</t></is></c>"#);
    let tick = |place: &str, on: u8| format!(r#"<c r="{place}" s="1" t="b"><v>{on}</v></c>"#);
    let before = [tick("B5", 0), word("C5", "优"), tick("D5", 1), word("E5", "良")].concat();
    let behind = [word("B5", "优"), tick("C5", 0), word("D5", "良"), tick("E5", 1)].concat();
    for (cells, place) in [(before, "D5"), (behind, "E5")] {
        let package = Package::with_sheet(&grade_row(&cells))
            .part("xl/_rels/workbook.xml.rels", &relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"),
                ("rId3", "FeaturePropertyBag", "bags.xml"),
            ]))
            .part(
                "xl/styles.xml",
                &format!(r#"<styleSheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><cellXfs><xf/><xf><extLst><ext><xfComplement i="0"/></ext></extLst></xf></cellXfs></styleSheet>"#),
            )
            .part("xl/bags.xml", bags);
        assert_eq!(grade(&package), (Grade::Good, place.to_owned(), vec![]));
    }
}
