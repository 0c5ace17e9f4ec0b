//! Files with what the samples lack: notes, rich texts, check boxes, formulas, dates; and the other containers.

use hebiao::grid::{CellAddress, CellValue, Sheet};
use hebiao_fuzz::containers::{ODS, package};
use rust_xlsxwriter::{Color, Format, Formula, Note, Workbook};

use crate::table_writers::escape;

/// A workbook of two sheets by a common library.
pub fn with_everything() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let struck = Format::new().set_font_strikethrough();
    let wingdings = Format::new().set_font_name("Wingdings 2");
    sheet
        .write_rich_string(0, 0, &[(&struck, "删"), (&wingdings, "R£")])
        .unwrap();
    sheet.write_string_with_format(0, 1, "R", &wingdings).unwrap();
    sheet.insert_checkbox(0, 2, true).unwrap();
    sheet.insert_note(0, 0, &Note::new("批注\n第二行")).unwrap();
    for (row, code) in (1..).zip([
        "0%",
        "0.0%",
        "0\"家\"",
        "yyyy\"年\"m\"月\"d\"日\"",
        "#,##0.00_);[Red](#,##0.00)",
        "[DBNum1]0",
    ]) {
        let format = Format::new().set_num_format(code).set_font_color(Color::Red);
        sheet.write_number_with_format(row, 0, 0.1 + 0.2, &format).unwrap();
        sheet.write_number_with_format(row, 1, 45_351.5, &format).unwrap();
        sheet.write_boolean(row, 2, row % 2 == 0).unwrap();
        let formula =
            Formula::new(format!("IF(SUM(A1:$B${row})>=5,\"优\",ROUND(A{row}/3,2))&'表 二'!A1")).set_result("12.5");
        sheet.write_formula(row, 3, formula).unwrap();
    }
    sheet
        .write_array_formula(8, 0, 9, 1, Formula::new("A1:B2*2").set_result("4"))
        .unwrap();
    sheet.merge_range(10, 0, 12, 3, "合并", &Format::new()).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.set_column_hidden(4).unwrap();
    let second = workbook.add_worksheet();
    second.set_name("表 二").unwrap().set_hidden(true);
    second.write_string(0, 0, "  前后  ").unwrap();
    workbook.save_to_buffer().unwrap()
}

/// The parts of a sheet with check boxes that float over it, in the order of an xlsx input.
pub fn controls() -> Vec<Vec<u8>> {
    let sheet = r#"<worksheet xmlns:r="r" xmlns:mc="mc"><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>优</t></is></c></row></sheetData>
<legacyDrawing r:id="rId1"/><controls><mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1025" r:id="rId3" name="a"><controlPr><anchor><from><xdr:col>1</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>9</xdr:rowOff></from>
<to><xdr:col>2</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>9</xdr:rowOff></to></anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></worksheet>"#;
    let vml = r##"<xml xmlns:v="v" xmlns:x="x"><v:shape id="_x0000_s1025" type="#_x0000_t201" style='position:absolute'><v:textbox><div><font>优</font></div></v:textbox>
<x:ClientData ObjectType="Checkbox"><x:Anchor>1, 9, 1, 9, 2, 9, 2, 9</x:Anchor><x:Checked>1</x:Checked><x:FmlaLink>$B$2</x:FmlaLink></x:ClientData></v:shape></xml>"##;
    let properties = r#"<formControlPr objectType="CheckBox" checked="Checked" fmlaLink="$C$3"/>"#;
    [sheet, "", "", "", "", vml, properties]
        .map(|part| part.as_bytes().to_vec())
        .to_vec()
}

/// A web archive of one page, in a transfer encoding.
pub fn archive(html: &str, encoding: &str) -> String {
    let body = match encoding {
        "quoted-printable" => html
            .bytes()
            .map(|byte| match byte {
                b'\n' | b' '..=b'<' | b'>'..=b'~' => char::from(byte).to_string(),
                _ => format!("={byte:02X}"),
            })
            .collect(),
        "base64" => base64(html.as_bytes()),
        _ => html.to_owned(),
    };
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Location: file:///C:/a.htm\r\n\
         Content-Transfer-Encoding: {encoding}\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n{body}\r\n--b--\r\n"
    )
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let word = three
            .iter()
            .chain(&[0; 2])
            .take(3)
            .fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
        for position in 0..4 {
            let letter = LETTERS[word >> (18 - 6 * position) & 63];
            out.push(if position > three.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    out
}

/// An ods with values, shown texts, spans and repeats.
pub fn open_document(sheet: &Sheet) -> Vec<u8> {
    let extent = sheet.extent().unwrap();
    let mut rows = String::new();
    for row in 0..=extent.last.row {
        rows.push_str("<table:table-row>");
        for column in 0..=extent.last.column {
            let address = CellAddress::new(row, column);
            let region = sheet.merges().iter().find(|range| range.contains(address));
            if region.is_some_and(|range| range.first != address) {
                rows.push_str("<table:covered-table-cell/>");
                continue;
            }
            let span = region.map(|range| {
                format!(
                    r#" table:number-columns-spanned="{}" table:number-rows-spanned="{}""#,
                    range.width(),
                    range.height()
                )
            });
            let (value, text) = match sheet.cell(address) {
                None => (String::new(), String::new()),
                Some(cell) => {
                    let value = match cell.value {
                        CellValue::Number(number) => format!(
                            r#" table:style-name="ce1" table:formula="of:=SUM([.A1:.B2])" office:value-type="float" office:value="{number}""#
                        ),
                        _ => r#" office:value-type="string""#.to_owned(),
                    };
                    (value, format!("<text:p>{}</text:p>", escape(cell.shown())))
                }
            };
            rows.push_str(&format!(
                "<table:table-cell{}{value}>{text}</table:table-cell>",
                span.unwrap_or_default()
            ));
        }
        rows.push_str("</table:table-row>");
    }
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:date-style style:name="N2"><number:year number:style="long"/><number:text>年</number:text><number:month/><number:text>月</number:text></number:date-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="表1"><table:table-column table:number-columns-repeated="3" table:visibility="collapse"/>{rows}
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="4" office:value-type="percentage" office:value="0.5" table:style-name="ce1"><office:annotation><text:p>注</text:p></office:annotation></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-02-29T08:30:00"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="time" office:time-value="PT08H30M"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(
        &ODS,
        &[
            content.as_bytes(),
            b"<office:document-styles/>",
            b"<manifest:manifest/>",
        ],
    )
    .unwrap()
}
