//! The reader of ods, fact by fact, on files made here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/ods.rs"]
mod ods;

use hebiao::grid::{Cell, CellAddress, CellValue, FileFormat, Sheet, Visibility, Workbook};
use hebiao::read::{Limits, ReadError, read_workbook};
use ods::{Document, row};

fn try_read(document: &Document) -> Result<Workbook, ReadError> {
    read_workbook(&document.file(), Some("表.ods"), &Limits::default())
}

/// The only sheet, after asserting that nothing was lost, and that the same as one XML file reads the same.
fn sheet(document: &Document) -> Sheet {
    let mut workbook = try_read(document).unwrap();
    let flat = read_workbook(&document.flat(), Some("表.fods"), &Limits::default()).unwrap();
    assert_eq!(workbook, flat);
    assert_eq!(workbook.format, FileFormat::Ods);
    assert_eq!(workbook.losses, []);
    assert_eq!(workbook.sheets.len(), 1);
    let sheet = workbook.sheets.remove(0);
    assert_eq!(sheet.losses, []);
    sheet
}

fn cells(cells: &str) -> Sheet {
    sheet(&Document::with_rows(&row(cells)))
}

fn cell<'a>(sheet: &'a Sheet, place: &str) -> &'a Cell {
    sheet
        .cell(place.parse().unwrap())
        .unwrap_or_else(|| panic!("no {place}"))
}

fn number(text: &str) -> CellValue {
    CellValue::Number(text.parse().unwrap())
}

fn text(text: &str) -> CellValue {
    CellValue::Text(text.to_owned())
}

fn places(sheet: &Sheet) -> Vec<String> {
    sheet.cells().iter().map(|cell| cell.address.to_string()).collect()
}

fn shown(sheet: &Sheet) -> Vec<&str> {
    sheet.cells().iter().map(|cell| cell.shown()).collect()
}

fn values(sheet: &Sheet) -> Vec<CellValue> {
    sheet.cells().iter().map(|cell| cell.value.clone()).collect()
}

#[test]
fn paragraphs_are_lines_and_runs_are_joined() {
    let string = |inside: &str| format!(r#"<table:table-cell office:value-type="string">{inside}</table:table-cell>"#);
    let sheet = cells(
        &[
            "<text:p>第一行</text:p><text:p>第二行</text:p>",
            "<text:p>甲<text:line-break/>乙</text:p>",
            "<text:p>富<text:span>文<text:a>本</text:a></text:span></text:p>",
            "<text:p>a<text:s text:c=\"3\"/>b<text:tab/>c</text:p>",
            "<text:p>  多\n  余  </text:p>",
            "<text:p><text:ruby><text:ruby-base>核</text:ruby-base><text:ruby-text>hé</text:ruby-text></text:ruby>表</text:p>",
            "<text:p/><text:p/>",
        ]
        .map(string)
        .concat(),
    );
    assert_eq!(
        shown(&sheet),
        ["第一行\n第二行", "甲\n乙", "富文本", "a   b\tc", "多 余", "核表", "\n"]
    );
    assert_eq!(cell(&sheet, "A1").value, text("第一行\n第二行"));
}

#[test]
fn blanks_after_a_line_break_are_kept() {
    let string = |inside: &str| format!(r#"<table:table-cell office:value-type="string">{inside}</table:table-cell>"#);
    let sheet = cells(
        &[
            "<text:p>a<text:line-break/><text:s text:c=\"2\"/>b</text:p>",
            "<text:p>a<text:line-break/><text:span><text:s/>b</text:span></text:p>",
            "<text:p>a<text:line-break/> b</text:p>",
            "<text:p>a<text:line-break/> <text:s/>b</text:p>",
        ]
        .map(string)
        .concat(),
    );
    assert_eq!(shown(&sheet), ["a\n  b", "a\n b", "a\n b", "a\n  b"]);
}

#[test]
fn values_are_of_the_kind_that_the_cell_says() {
    let date = r#"office:value-type="date" office:date-value="2024-02-29""#;
    let moment = r#"office:value-type="date" office:date-value="2024-02-29T12:00:00""#;
    let sheet = cells(
        &[
            ods::cell(r#"office:value-type="float" office:value="0.30000000000000004""#, "0.3"),
            ods::cell(r#"office:value-type="percentage" office:value="0.95""#, "≥95%"),
            ods::cell(
                r#"office:value-type="currency" office:value="208" office:currency="CNY""#,
                "￥208.00",
            ),
            ods::cell(date, "2024年2月29日"),
            ods::cell(moment, "2024-02-29 12:00"),
            ods::cell(r#"office:value-type="time" office:time-value="PT18H00M00S""#, "18:00"),
            ods::cell(r#"office:value-type="time" office:time-value="PT10H10M10.5S""#, "10:10"),
            ods::cell(r#"office:value-type="boolean" office:boolean-value="true""#, "真"),
            ods::cell(r#"office:value-type="string" office:string-value="甲""#, "甲"),
            ods::text("100"),
        ]
        .concat(),
    );
    assert_eq!(
        values(&sheet),
        [
            number("0.3"),
            number("0.95"),
            number("208"),
            number("45351"),
            number("45351.5"),
            number("0.75"),
            number("0.423732638888889"),
            CellValue::Boolean(true),
            text("甲"),
            text("100"),
        ]
    );
    assert_eq!(
        shown(&sheet),
        [
            "0.3",
            "≥95%",
            "￥208.00",
            "2024年2月29日",
            "2024-02-29 12:00",
            "18:00",
            "10:10",
            "真",
            "甲",
            "100"
        ],
        "what is seen stands in the file"
    );
}

#[test]
fn dates_may_count_from_1904() {
    let mut document = Document::with_rows(&row(&ods::cell(
        r#"office:value-type="date" office:date-value="2024-02-29""#,
        "2024-02-29",
    )));
    document.body.insert_str(
        0,
        r#"<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>"#,
    );
    let sheet = sheet(&document);
    assert_eq!(cell(&sheet, "A1").value, number("43889"));
    assert_eq!(cell(&sheet, "A1").shown(), "2024-02-29");
}

#[test]
fn without_a_text_a_number_goes_through_its_style() {
    let codes = [
        ("0\"家\"", "12", "12家"),
        ("\"≥\"0%", "0.95", "≥95%"),
        ("#,##0.00", "1234.5", "1,234.50"),
        ("0.0##", "0.5", "0.5"),
        ("yyyy\"年\"m\"月\"d\"日\"", "45351", "2024年2月29日"),
        ("yyyy-mm-dd", "45351", "2024-02-29"),
    ];
    let mut document = Document::default();
    let mut row_of_cells = String::new();
    for (index, (code, value, _)) in codes.iter().enumerate() {
        let styles = [
            ods::number_style(&format!("n{index}"), code),
            ods::cell_style(&format!("c{index}"), &format!("n{index}")),
        ];
        document = document.styles(&styles.concat());
        row_of_cells.push_str(&format!(
            r#"<table:table-cell table:style-name="c{index}" office:value-type="float" office:value="{value}"/>"#
        ));
    }
    let sheet = sheet(&document.table("表1", &row(&row_of_cells)));
    assert_eq!(shown(&sheet), codes.map(|(_, _, shown)| shown));
    let found: Vec<Option<&str>> = sheet.cells().iter().map(|cell| cell.number_format.as_deref()).collect();
    assert_eq!(found, codes.map(|(code, _, _)| Some(code)));
}

#[test]
fn a_style_may_come_from_its_parent_its_row_or_its_column() {
    let percent = [
        ods::number_style("n1", "0%"),
        ods::number_style("n2", "0\"家\""),
        ods::cell_style("percent", "n1"),
        ods::cell_style("count", "n2"),
        r#"<style:style style:name="child" style:family="table-cell" style:parent-style-name="percent"/>"#.to_owned(),
        // Parents that go round in a ring.
        r#"<style:style style:name="a" style:family="table-cell" style:parent-style-name="b"/>"#.to_owned(),
        r#"<style:style style:name="b" style:family="table-cell" style:parent-style-name="a"/>"#.to_owned(),
    ]
    .concat();
    let plain = r#"<table:table-cell office:value-type="float" office:value="0.5"/>"#;
    let styled = |style: &str| {
        plain.replace(
            "<table:table-cell",
            &format!(r#"<table:table-cell table:style-name="{style}""#),
        )
    };
    let rows = [
        r#"<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="percent"/>"#.to_owned(),
        row(&[styled("child"), styled("a"), plain.to_owned()].concat()),
        format!(r#"<table:table-row table:default-cell-style-name="count">{plain}{plain}{plain}</table:table-row>"#),
    ]
    .concat();
    let sheet = sheet(&Document::with_rows(&rows).styles(&percent));
    assert_eq!(shown(&sheet), ["50%", "0.5", "50%", "1家", "1家", "1家"]);
}

#[test]
fn a_style_may_show_negative_numbers_otherwise() {
    let styles = r#"<number:number-style style:name="p"><number:number number:decimal-places="1" number:min-integer-digits="1"/></number:number-style>
        <number:number-style style:name="n"><number:text>减</number:text><number:number number:decimal-places="1" number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="p"/></number:number-style>"#;
    let cell = |value: &str| {
        format!(r#"<table:table-cell table:style-name="c" office:value-type="float" office:value="{value}"/>"#)
    };
    let document = Document::with_rows(&row(&[cell("2"), cell("-2")].concat()))
        .styles(styles)
        .styles(&ods::cell_style("c", "n"));
    assert_eq!(shown(&sheet(&document)), ["2.0", "减2.0"]);
}

#[test]
fn formulas_read_as_in_excel_with_their_last_result() {
    let formula = |formula: &str, attributes: &str, shown: &str| {
        ods::cell(
            &format!(r#"table:formula="{}" {attributes}"#, ods::escape(formula)),
            shown,
        )
    };
    let sheet = cells(
        &[
            formula(
                "of:=SUM([.A1:.A2];[$'明细 表'.B5])",
                r#"office:value-type="float" office:value="3""#,
                "3",
            ),
            formula(
                "of:=IF([.A1]>0.5;\"达标\";\"\")",
                r#"office:value-type="string" office:string-value="达标""#,
                "达标",
            ),
            formula(
                "of:=[.A1]>=1",
                r#"office:value-type="boolean" office:boolean-value="true""#,
                "TRUE",
            ),
            formula(
                "of:=[.A1]/0",
                r#"office:value-type="string" office:string-value="" calcext:value-type="error""#,
                "#DIV/0!",
            ),
            formula(
                "of:=[.#REF!]+1",
                r##"office:value-type="string" office:string-value="#REF!""##,
                "#REF!",
            ),
            formula("of:=\"\"", r#"office:value-type="string" office:string-value="""#, ""),
            r#"<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>"#.to_owned(),
            r#"<table:table-cell table:formula="of:=A1"/>"#.to_owned(),
        ]
        .concat(),
    );
    let facts: Vec<(CellValue, &str)> = sheet
        .cells()
        .iter()
        .map(|cell| (cell.value.clone(), cell.formula.as_deref().unwrap()))
        .collect();
    assert_eq!(
        facts,
        [
            (number("3"), "SUM(A1:A2,'明细 表'!B5)"),
            (text("达标"), "IF(A1>0.5,\"达标\",\"\")"),
            (CellValue::Boolean(true), "A1>=1"),
            (CellValue::Error("#DIV/0!".to_owned()), "A1/0"),
            (CellValue::Error("#REF!".to_owned()), "#REF!+1"),
            (text(""), "\"\""),
            (text(""), "\"\""),
            (CellValue::Blank, "A1"),
        ],
        "the last one was never calculated"
    );
}

#[test]
fn repeated_rows_and_columns_are_what_they_stand_for() {
    let rows = [
        r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="string"><text:p>尾</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
        &row(&ods::text("远")),
    ]
    .concat();
    let sheet = sheet(&Document::with_rows(&rows));
    assert_eq!(
        places(&sheet),
        ["A1", "B1", "C1", "E1", "A2", "B2", "C2", "E2", "A1003"]
    );
    assert_eq!(cell(&sheet, "C2").value, number("5"));
}

#[test]
fn merged_regions_are_kept_with_the_values_under_them() {
    let covered = r#"<table:covered-table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:covered-table-cell>"#;
    let rows = [
        row(r#"<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"><text:p>产出</text:p></table:table-cell><table:covered-table-cell/>"#),
        row(&format!("<table:covered-table-cell/>{covered}")),
        r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="3" office:value-type="string"><text:p>同</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>"#.to_owned(),
    ]
    .concat();
    let sheet = sheet(&Document::with_rows(&rows));
    let merges: Vec<String> = sheet.merges().iter().map(ToString::to_string).collect();
    assert_eq!(merges, ["A1:B2", "A3:C3", "A4:C4"]);
    assert_eq!(cell(&sheet, "B2").value, number("2"));
}

#[test]
fn hidden_rows_columns_and_sheets_are_told() {
    let styles = r#"<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>
        <style:style style:name="here" style:family="table"><style:table-properties table:display="true"/></style:style>"#;
    let rows = [
        r#"<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column table:number-columns-repeated="2"/><table:table-column-group><table:table-column table:visibility="collapse" table:number-columns-repeated="99999"/></table:table-column-group>"#,
        "<table:table-header-rows><table:table-row/></table:table-header-rows>",
        r#"<table:table-row-group><table:table-row table:visibility="collapse" table:number-rows-repeated="2"/><table:table-row table:visibility="filter"/></table:table-row-group>"#,
        &row(&ods::text("尾")),
    ]
    .concat();
    let document = Document::with_rows(&rows).styles(styles);
    let mut document = document;
    document.body.push_str(r#"<table:table table:name="藏" table:style-name="away"/><table:table table:name="见" table:style-name="here"/>"#);
    let workbook = try_read(&document).unwrap();
    assert_eq!(workbook.losses, []);
    assert_eq!(workbook.sheets[0].hidden_rows, [(1, 3)]);
    assert_eq!(workbook.sheets[0].hidden_columns, [(1, 2), (5, 16_383)]);
    assert_eq!(places(&workbook.sheets[0]), ["A5"]);
    let visibilities: Vec<Visibility> = workbook.sheets.iter().map(|sheet| sheet.visibility).collect();
    assert_eq!(
        visibilities,
        [Visibility::Visible, Visibility::Hidden, Visibility::Visible]
    );
}

#[test]
fn notes_are_no_part_of_the_cell() {
    let note = "<office:annotation><dc:creator>某</dc:creator><dc:date>2024-01-01</dc:date><text:p>请核实</text:p><text:p>第二行</text:p></office:annotation>";
    let sheet = cells(&format!(
        r#"<table:table-cell office:value-type="string">{note}<text:p>甲</text:p></table:table-cell><table:table-cell>{note}</table:table-cell>"#
    ));
    assert_eq!(shown(&sheet), ["甲"]);
    let note = "请核实\n第二行".to_owned();
    assert_eq!(
        sheet.notes,
        [(CellAddress::new(0, 0), note.clone()), (CellAddress::new(0, 1), note)]
    );
}

#[test]
fn pictures_and_tables_inside_cells_and_changes_are_passed_over() {
    let inner = format!(
        r#"<table:table-cell office:value-type="string"><text:p>甲</text:p><draw:frame xmlns:draw="d"><table:table table:name="内">{}</table:table><text:p>图中</text:p></draw:frame></table:table-cell>"#,
        row(&ods::number("9"))
    );
    let shapes = format!(
        "<table:shapes><table:table>{}</table:table></table:shapes>",
        row(&ods::number("8"))
    );
    let mut document = Document::with_rows(&format!("{shapes}{}", row(&inner)));
    document.body.insert_str(
        0,
        "<table:tracked-changes><table:table-cell office:value-type=\"float\" office:value=\"7\"/></table:tracked-changes>",
    );
    assert_eq!(shown(&sheet(&document)), ["甲"]);
}

#[test]
fn limits_stop_the_file() {
    let mut limits = Limits::default();
    limits.cells = 10;
    limits.merges = 10;
    let repeated = |rows: u32, columns: u32, span: u32| {
        let cell = format!(
            r#"<table:table-cell table:number-columns-repeated="{columns}" table:number-columns-spanned="{span}" office:value-type="float" office:value="1"/>"#
        );
        let document = Document::with_rows(&format!(
            r#"<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>"#
        ));
        read_workbook(&document.file(), None, &limits).map_err(|error| error.code())
    };
    assert!(repeated(10, 1, 1).is_ok());
    assert!(repeated(2, 5, 1).is_ok());
    assert_eq!(repeated(11, 1, 1).unwrap_err(), "limit_exceeded");
    assert_eq!(repeated(1, 11, 1).unwrap_err(), "limit_exceeded");
    assert_eq!(repeated(u32::MAX, u32::MAX, 1).unwrap_err(), "limit_exceeded");
    assert_eq!(repeated(10, 1, 2).unwrap().sheets[0].merges().len(), 10);
}

#[test]
fn a_form_mark_is_the_text_behind_its_name() {
    let marked = |expression: &str| {
        let cells = row(
            r#"<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>"#,
        );
        let names = format!(
            r#"<table:named-expressions><table:named-range table:name="x" table:cell-range-address="$A.$A$1"/><table:named-expression table:name="_hebiao.form" table:expression="{expression}"/></table:named-expressions>"#
        );
        sheet(&Document::with_rows(&format!("{cells}{names}"))).form_mark
    };
    assert_eq!(marked("&quot;a-form/1&quot;").as_deref(), Some("a-form/1"));
    assert_eq!(marked("of:=&quot;a-form/1&quot;").as_deref(), Some("a-form/1"));
    assert_eq!(marked("of:=[.A1]"), None);
}
