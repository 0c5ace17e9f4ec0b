//! The readers of csv, HTML, XML tables of 2003 and Word documents, fact by fact.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/table_writers.rs"]
mod table_writers;

use hebiao::grid::{Cell, CellValue, FileFormat, Sheet, Visibility, Workbook};
use hebiao::read::{Limits, ReadError, read_workbook};
use table_writers::{docx, spreadsheetml_book};

fn read(bytes: &[u8]) -> Workbook {
    read_workbook(bytes, None, &Limits::default()).unwrap()
}

fn refuse(bytes: &[u8]) -> ReadError {
    read_workbook(bytes, None, &Limits::default()).unwrap_err()
}

/// The only sheet, after asserting that nothing was lost.
fn sheet(bytes: &[u8]) -> Sheet {
    let mut workbook = read(bytes);
    assert_eq!(workbook.losses, []);
    assert_eq!(workbook.sheets.len(), 1);
    let sheet = workbook.sheets.remove(0);
    assert_eq!(sheet.losses, []);
    sheet
}

fn cell<'a>(sheet: &'a Sheet, address: &str) -> &'a Cell {
    sheet
        .cell(address.parse().unwrap())
        .unwrap_or_else(|| panic!("no cell {address}"))
}

/// `A1=text` of every cell, as shown.
fn shown(sheet: &Sheet) -> Vec<String> {
    sheet
        .cells()
        .iter()
        .map(|cell| format!("{}={}", cell.address, cell.shown()))
        .collect()
}

fn merges(sheet: &Sheet) -> Vec<String> {
    sheet.merges().iter().map(ToString::to_string).collect()
}

fn losses(workbook: &Workbook) -> Vec<String> {
    let of_sheets = workbook.sheets.iter().flat_map(|sheet| &sheet.losses);
    let all = workbook.losses.iter().chain(of_sheets);
    all.map(|loss| loss.message.clone()).collect()
}

fn page(inside: &str) -> Vec<u8> {
    format!("<html><body>{inside}</body></html>").into_bytes()
}

// Text with separators

#[test]
fn quoted_fields_hold_separators_quotes_and_line_breaks() {
    let sheet = sheet("甲,\"乙,\"\"丙\"\"\"\r\n\"上\r\n下\",丁\r\n".as_bytes());
    assert_eq!(shown(&sheet), ["A1=甲", "B1=乙,\"丙\"", "A2=上\n下", "B2=丁"]);
    assert_eq!(cell(&sheet, "A1").value, CellValue::Text("甲".to_owned()));
}

#[test]
fn every_cell_of_a_text_is_a_text() {
    let sheet = sheet(b"208,100%,=1+1,TRUE\n");
    assert!(
        sheet
            .cells()
            .iter()
            .all(|cell| cell.value == CellValue::Text(cell.shown().to_owned()) && cell.formula.is_none())
    );
}

#[test]
fn empty_lines_are_rows() {
    assert_eq!(
        shown(&sheet(b"a,b\n\n\n\"x\ny\",c\n\nd,e")),
        ["A1=a", "B1=b", "A4=x\ny", "B4=c", "A6=d", "B6=e"]
    );
    assert_eq!(shown(&sheet(b"\r\n\r\na,b\r\n")), ["A3=a", "B3=b"]);
    assert_eq!(shown(&sheet(b"a,b\rc,d\r")), ["A1=a", "B1=b", "A2=c", "B2=d"]);
}

#[test]
fn the_separator_is_the_one_that_splits() {
    assert_eq!(
        shown(&sheet("甲\t1,234.5\n乙\t2\n".as_bytes())),
        ["A1=甲", "B1=1,234.5", "A2=乙", "B2=2"]
    );
    assert_eq!(
        shown(&sheet("甲;1,5\n乙;2\n".as_bytes())),
        ["A1=甲", "B1=1,5", "A2=乙", "B2=2"]
    );
    assert_eq!(shown(&sheet("sep=|\r\n甲|1,5;2\r\n".as_bytes())), ["A1=甲", "B1=1,5;2"]);
}

#[test]
fn a_stray_quote_swallows_nothing_and_is_said() {
    let workbook = read("甲,\"乙\n丙,丁\n戊,己\n".as_bytes());
    assert_eq!(
        shown(&workbook.sheets[0]),
        ["A1=甲", "B1=\"乙", "A2=丙", "B2=丁", "A3=戊", "B3=己"]
    );
    assert_eq!(losses(&workbook), ["有引号没有配对，已把引号当作普通字符读取"]);
}

#[test]
fn damaged_characters_are_counted() {
    let mut bytes = "项目名称,分值,得分\n".repeat(30).into_bytes();
    bytes.extend(b"\xE4\xB8,9\n");
    let workbook = read(&bytes);
    assert_eq!(losses(&workbook), ["有 1 处文字的编码已损坏，显示为“�”"]);
    assert_eq!(cell(&workbook.sheets[0], "A31").shown(), "\u{fffd}");
}

#[test]
fn prose_is_no_table() {
    for text in ["项目名称和得分都写在正文里。\n没有表格。\n", "一句话", "# 标题\n\n正文"] {
        assert_eq!(refuse(text.as_bytes()).code(), "not_a_spreadsheet", "{text}");
    }
}

// HTML

#[test]
fn spans_take_their_places_and_end_with_their_rows() {
    let sheet = sheet(&page(
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<td>丙<tr><td>丁<td rowspan=9>戊<td>己<tr><td>庚<td>辛</table>",
    ));
    assert_eq!(
        shown(&sheet),
        ["A1=甲", "B1=乙", "D1=丙", "B2=丁", "C2=戊", "D2=己", "A3=庚", "B3=辛"]
    );
    assert_eq!(merges(&sheet), ["A1:A2", "B1:C1", "C2:C3"]);
}

#[test]
fn spans_end_with_their_row_group() {
    let sheet = sheet(&page(
        "<table><thead><tr><th rowspan=0>甲<th>乙</thead><tbody><tr><td rowspan=0>丙<td>丁<tr><td>戊</tbody></table>",
    ));
    assert_eq!(shown(&sheet), ["A1=甲", "B1=乙", "A2=丙", "B2=丁", "B3=戊"]);
    assert_eq!(merges(&sheet), ["A2:A3"]);
}

#[test]
fn text_is_what_a_browser_shows() {
    let sheet = sheet(&page(
        "<table><tr><td>\n 绩效\n 目标 </td><td>a&nbsp;&lt;b&gt; &#8805;95&#x25;&ge;</td><td>上<br>\n  下<p>末</p></td>\
         <td><b>粗</b><font color=red>红</font><!-- 注 --><script>x=1<2</script></td><td><span style='display:none'>藏</span>露</td></tr></table>",
    ));
    assert_eq!(
        shown(&sheet),
        ["A1=绩效目标", "B1=a <b> ≥95%≥", "C1=上\n下\n末", "D1=粗红", "E1=露"]
    );
}

#[test]
fn form_fields_show_what_was_entered() {
    let sheet = sheet(&page(
        "<table><tr><td><input value=95><input type=hidden value=x></td><td>优<input type=checkbox checked>良<input type=radio></td>\
         <td><select><option>甲<option selected>乙</select></td><td><textarea>丙</textarea></td></tr></table>",
    ));
    assert_eq!(shown(&sheet), ["A1=95", "B1=优☑良□", "C1=乙", "D1=丙"]);
}

#[test]
fn values_that_excel_writes_beside_the_text_are_kept() {
    let sheet = sheet(
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><style>.a{mso-number-format:\"0%\"}</style><table><tr>\
         <td x:num>208</td><td class=a x:num=\"0.95\">95%</td><td x:str>1</td><td x:err=\"#REF!\">#REF!</td><td x:bool=\"TRUE\">TRUE</td>\
         <td x:num x:fmla=\"=SUM(A1:B1)\">208.95</td><td sdval=\"0.5\" sdnum=\"2052;0;0%\">50%</td><td>12</td></tr></table></html>"
            .as_bytes(),
    );
    let number = |text: &str| CellValue::Number(text.parse().unwrap());
    assert_eq!(cell(&sheet, "A1").value, number("208"));
    let rate = cell(&sheet, "B1");
    assert_eq!(
        (&rate.value, rate.shown(), rate.number_format.as_deref()),
        (&number("0.95"), "95%", Some("0%"))
    );
    assert_eq!(cell(&sheet, "C1").value, CellValue::Text("1".to_owned()));
    assert_eq!(cell(&sheet, "D1").value, CellValue::Error("#REF!".to_owned()));
    assert_eq!(cell(&sheet, "E1").value, CellValue::Boolean(true));
    assert_eq!(cell(&sheet, "F1").formula.as_deref(), Some("SUM(A1:B1)"));
    assert_eq!(cell(&sheet, "G1").value, number("0.5"));
    assert_eq!(cell(&sheet, "H1").value, CellValue::Text("12".to_owned()));
}

#[test]
fn hidden_rows_and_columns_are_kept_as_hidden() {
    let sheet = sheet(
        b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><style>.h{display:none}</style><table><col><col span=2 style='display:none'><col>\
          <tr><td>a<td>b<td>c<td>d<tr style='display:none'><td>e<tr class=h><td>f<tr hidden><td>g<tr><td>h</table></html>",
    );
    assert_eq!(sheet.hidden_columns, [(1, 2)]);
    assert_eq!(sheet.hidden_rows, [(1, 3)]);
    assert_eq!(cell(&sheet, "A3").shown(), "f");
}

#[test]
fn a_web_page_gives_no_column_to_a_cell_that_it_does_not_display() {
    let workbook = read(&page(
        "<table><tr><td style='display: none'>id7</td><td>甲</td></tr></table>",
    ));
    assert_eq!(shown(&workbook.sheets[0]), ["A1=甲"]);
    assert_eq!(losses(&workbook), ["网页里有一个不显示的单元格，内容“id7”没有读取"]);
}

#[test]
fn tables_of_a_page_stand_one_below_the_other_with_their_titles() {
    let sheet = sheet(&page(
        "<p>欢迎访问本系统</p><h2>2023年度项目绩效自评表</h2><table><tr><td>甲</td></tr></table><p>注：本表由单位填写</p><div>首页</div>\
         <table><caption>附表</caption><tr><td>乙</td></tr></table>",
    ));
    assert_eq!(
        shown(&sheet),
        [
            "A1=2023年度项目绩效自评表",
            "A2=甲",
            "A3=注：本表由单位填写",
            "A4=附表",
            "A5=乙"
        ]
    );
}

#[test]
fn a_table_in_a_cell_takes_its_place_or_is_a_sheet_of_its_own() {
    let framed = sheet(&page(
        "<table><tr><td>题</td></tr><tr><td><table><tr><td>a<td rowspan=2>b<tr><td>c</table></td></tr><tr><td>尾</td></tr></table>",
    ));
    assert_eq!(shown(&framed), ["A1=题", "A2=a", "B2=b", "A3=c", "A4=尾"]);
    assert_eq!(merges(&framed), ["B2:B3"]);
    let beside = read(&page(
        "<table><tr><td>左<table><tr><td>内</table></td><td>右</td></tr></table>",
    ));
    assert_eq!(shown(&beside.sheets[0]), ["A1=左", "B1=右"]);
    assert_eq!(shown(&beside.sheets[1]), ["A1=内"]);
    assert_eq!(losses(&beside), ["单元格里套着另一张表格，已作为单独的一张工作表读取"]);
}

#[test]
fn the_sheets_name_is_the_one_that_excel_hides_in_the_page() {
    let named = sheet(
        b"<html><!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>\xE8\xA1\xA8&lt;1&gt;</x:Name></x:ExcelWorksheet></xml><![endif]--><table><tr><td>a</table>",
    );
    assert_eq!(named.name, "表<1>");
    assert_eq!(sheet(&page("<table><tr><td>a</table>")).name, "表1");
}

#[test]
fn a_page_without_a_table_is_refused() {
    assert_eq!(refuse(&page("<p>没有</p>")).code(), "not_a_spreadsheet");
    assert_eq!(refuse(&page("<table></table>")).code(), "not_a_spreadsheet");
    let frames = refuse(b"<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>");
    assert_eq!(frames.code(), "unsupported_format");
}

// XML tables of 2003

#[test]
fn an_xml_table_keeps_every_fact() {
    let workbook = read(
        spreadsheetml_book(
            "<Style ss:ID=\"Default\"/><Style ss:ID=\"p\"><NumberFormat ss:Format=\"0%\"/></Style><Style ss:ID=\"q\" ss:Parent=\"p\"/>\
             <Style ss:ID=\"d\"><NumberFormat ss:Format=\"Short Date\"/></Style><Style ss:ID=\"f\"><NumberFormat ss:Format=\"Fixed\"/></Style>",
            "<Worksheet ss:Name=\"甲\"><Table><Column ss:Index=\"2\" ss:Hidden=\"1\" ss:Span=\"1\"/><Column ss:Hidden=\"1\"/>\
             <Row><Cell ss:MergeAcross=\"1\" ss:MergeDown=\"2\"><Data ss:Type=\"String\">题</Data></Cell><Cell ss:StyleID=\"q\"><Data ss:Type=\"Number\">0.95</Data></Cell></Row>\
             <Row ss:Index=\"4\" ss:Hidden=\"1\"><Cell ss:Index=\"3\" ss:StyleID=\"d\"><Data ss:Type=\"DateTime\">2023-12-31T00:00:00.000</Data></Cell>\
             <Cell ss:Formula=\"=SUM(R[-3]C[-1]:R[-1]C)\" ss:StyleID=\"f\"><Data ss:Type=\"Number\">3</Data></Cell>\
             <Cell><Data ss:Type=\"Boolean\">1</Data></Cell><Cell><Data ss:Type=\"Error\">#REF!</Data></Cell><Cell ss:Formula=\"=R1C1\"/></Row>\
             <Row><Cell><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><B>粗</B><Font>细</Font></ss:Data>\
             <Comment ss:Author=\"a\"><ss:Data><B>注：</B>意见</ss:Data></Comment></Cell></Row></Table></Worksheet>\
             <Worksheet ss:Name=\"乙\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>",
        )
        .as_bytes(),
    );
    assert_eq!(losses(&workbook), Vec::<String>::new());
    assert_eq!(workbook.format, FileFormat::SpreadsheetMl);
    let sheet = &workbook.sheets[0];
    assert_eq!(
        shown(sheet),
        [
            "A1=题",
            "C1=95%",
            "C4=2023/12/31",
            "D4=3.00",
            "E4=TRUE",
            "F4=#REF!",
            "G4=",
            "A5=粗细"
        ]
    );
    assert_eq!(merges(sheet), ["A1:B3"]);
    assert_eq!(cell(sheet, "D4").formula.as_deref(), Some("SUM(C1:D3)"));
    assert_eq!(cell(sheet, "G4").formula.as_deref(), Some("$A$1"));
    assert_eq!(cell(sheet, "C4").value, CellValue::Number(45291.into()));
    assert_eq!(sheet.hidden_rows, [(3, 3)]);
    assert_eq!(sheet.hidden_columns, [(1, 3)]);
    assert_eq!(sheet.notes, [("A5".parse().unwrap(), "注：意见".to_owned())]);
    assert_eq!(workbook.sheets[1].visibility, Visibility::Hidden);
}

#[test]
fn a_cell_of_another_type_than_it_says_is_read_as_text_and_said() {
    let workbook = read(
        spreadsheetml_book("", "<Worksheet ss:Name=\"a\"><Table><Row><Cell><Data ss:Type=\"Number\">九十</Data></Cell></Row></Table></Worksheet>")
            .as_bytes(),
    );
    assert_eq!(
        cell(&workbook.sheets[0], "A1").value,
        CellValue::Text("九十".to_owned())
    );
    assert_eq!(losses(&workbook).len(), 1);
}

#[test]
fn an_xml_table_that_breaks_off_keeps_the_sheets_before() {
    let whole = spreadsheetml_book(
        "",
        "<Worksheet ss:Name=\"甲\"><Table><Row><Cell><Data ss:Type=\"String\">a</Data></Cell></Row></Table></Worksheet>\
         <Worksheet ss:Name=\"乙\"><Table><Row><Cell><Data ss:Type=\"String\">b</Data></Cell></Row></Table></Worksheet>",
    );
    let cut = &whole.as_bytes()[..whole.len() - 60];
    let workbook = read(cut);
    assert_eq!(workbook.sheets.len(), 1);
    assert_eq!(
        losses(&workbook),
        [
            "工作表“乙”没有读到：它的内容已损坏",
            "文件后半部分已损坏，损坏处以后的工作表没有读到"
        ]
    );
    assert_eq!(refuse(&whole.as_bytes()[..whole.len() - 200]).code(), "damaged");
}

// Word documents

fn row(cells: &str) -> String {
    format!("<w:tr>{cells}</w:tr>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}

#[test]
fn cells_stand_on_the_documents_grid() {
    let sheet = sheet(&docx(&table(&[
        row(&format!(
            "{}{}",
            tc("<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>", "甲"),
            tc("", "乙")
        )),
        row(&format!(
            "{}{}",
            tc("<w:gridSpan w:val=\"2\"/><w:vMerge/>", ""),
            tc("<w:vMerge/>", "丙")
        )),
        format!(
            "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}</w:tr>",
            tc("", "丁")
        ),
        row(&format!(
            "{}{}",
            tc("<w:hMerge w:val=\"restart\"/>", "戊"),
            tc("<w:hMerge/>", "")
        )),
    ])));
    assert_eq!(shown(&sheet), ["A1=甲", "C1=乙", "C2=丙", "C3=丁", "A4=戊"]);
    assert_eq!(merges(&sheet), ["A1:B2", "A4:B4"]);
}

#[test]
fn text_is_what_a_reader_of_the_document_sees() {
    let cell = "<w:tc><w:p><w:r><w:t>上</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 行</w:t><w:br/><w:t>中</w:t></w:r></w:p>\
                <w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>\
                <w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:tc>";
    let boxes = "<w:tc><w:p><w:r><w:t>优</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>良</w:t></w:r>\
                 <w:r><w:rPr><w:rFonts w:ascii=\"Wingdings 2\"/></w:rPr><w:t>\u{a3}</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r></w:p></w:tc>";
    let deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>整行</w:t></w:r></w:p></w:tc></w:tr>";
    let sheet = sheet(&docx(&table(&[deleted.to_owned(), row(&format!("{cell}{boxes}"))])));
    assert_eq!(shown(&sheet), ["A1=上 行\n中\n增链", "B1=优☑良□☑"]);
}

#[test]
fn hidden_text_is_left_out_and_said() {
    let workbook = read(&docx(&table(&[row(
        "<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>露</w:t></w:r></w:p></w:tc>",
    )])));
    assert_eq!(shown(&workbook.sheets[0]), ["A1=露"]);
    assert_eq!(losses(&workbook), ["文档里有隐藏文字，没有读取"]);
}

#[test]
fn every_table_is_a_sheet_with_the_lines_that_belong_to_it() {
    let workbook = read(&docx(&format!(
        "{}{}{}{}{}{}{}{}{}",
        p("通过评价，得96分。"),
        p("附件1"),
        p("某局项目支出绩效自评表"),
        p("（2023年度）"),
        table(&[row(&tc("", "甲"))]),
        p("注：得分一栏由单位填写。"),
        p("二、下一章"),
        table(&[row(&tc("", "乙"))]),
        p("正文结束。"),
    )));
    assert_eq!(losses(&workbook), Vec::<String>::new());
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["表1", "表2"]);
    assert_eq!(
        shown(&workbook.sheets[0]),
        [
            "A1=某局项目支出绩效自评表",
            "A2=（2023年度）",
            "A3=甲",
            "A4=注：得分一栏由单位填写。"
        ]
    );
    assert_eq!(shown(&workbook.sheets[1]), ["A1=乙"]);
}

#[test]
fn tables_in_cells_and_text_boxes_are_sheets_of_their_own() {
    let inner = table(&[row(&tc("", "内"))]);
    let in_box = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    let workbook = read(&docx(&format!(
        "{in_box}{}",
        table(&[row(&format!("<w:tc>{}{inner}</w:tc>", p("外")))])
    )));
    let all: Vec<Vec<String>> = workbook.sheets.iter().map(shown).collect();
    assert_eq!(all, [["A1=内"], ["A1=外"], ["A1=内"]]);
    assert_eq!(losses(&workbook), ["单元格里套着另一张表格，已作为“表3”单独读取"]);
}

#[test]
fn a_document_without_a_table_is_refused() {
    let error = refuse(&docx(&p("正文")));
    assert_eq!(error.code(), "not_a_spreadsheet");
    assert!(error.to_string().contains("没有表格"), "{error}");
}

// All of them

#[test]
fn a_wrong_extension_is_read_and_said() {
    for (bytes, extension, title) in [
        (page("<table><tr><td>a</table>"), "xls", "网页"),
        (b"a,b\n".to_vec(), "xlsx", "文本"),
        (docx(&table(&[row(&tc("", "a"))])), "doc", "Word"),
        (spreadsheetml_book("", "<Worksheet/>").into_bytes(), "xls", "XML"),
    ] {
        let workbook = read_workbook(&bytes, Some(&format!("a.{extension}")), &Limits::default()).unwrap();
        let said = losses(&workbook);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains(extension) && said[0].contains(title), "{said:?}");
    }
}
