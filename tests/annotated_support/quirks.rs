//! Packages with one oddity each, all of which real makers write: a table of three rows, of which A1, B1, A2 and C9 get
//! marks.

use super::package::{MAIN, Package, RELATIONSHIPS, relationships};

/// Cells that findings stand at in turn: there, with a format, without one, in no row.
pub const CELLS: [&str; 4] = ["A1", "B1", "A2", "C9"];
const ROWS: &str = r#"<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>2</v></c></row><row r="2" ht="20" customHeight="1"><c r="A2"><v>3</v></c></row><row r="4"><c r="A4"><v>100</v></c></row>"#;
const SHEET_RELATIONS: &str = "xl/worksheets/_rels/sheet1.xml.rels";
const NOTES: &str = "xl/comments1.xml";
const DRAWING: &str = "xl/drawings/vmlDrawing1.vml";

fn styles(fills: &str, formats: &str) -> String {
    format!(
        r#"<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>{fills}</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{formats}</cellXfs></styleSheet>"#
    )
}

fn solid(color: &str) -> String {
    format!(r#"<fill><patternFill patternType="solid"><fgColor rgb="FF{color}"/></patternFill></fill>"#)
}

fn plain() -> Package {
    let formats = r#"<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/>"#;
    with_styles(&styles(&solid("FFFF00"), formats))
}

fn with_styles(styles: &str) -> Package {
    Package::with_rows(ROWS).part("xl/styles.xml", styles)
}

/// Two formats, the second with the fill.
fn filled(fill: &str) -> Package {
    let formats = r#"<xf numFmtId="2" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/>"#;
    with_styles(&styles(fill, formats))
}

fn notes_part(authors: &str, notes: &str) -> String {
    format!(r#"<?xml version="1.0"?><comments xmlns="{MAIN}">{authors}<commentList>{notes}</commentList></comments>"#)
}

fn frame(id: u32, row: u32, column: u32, more: &str) -> String {
    format!(
        r##"<v:shape id="_x0000_s{id}" type="#_x0000_t202">{more}<x:ClientData ObjectType="Note"><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"##
    )
}

fn drawing(content: &str) -> String {
    format!(
        r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">{}</v:shapetype>{content}</xml>"#,
        "\n <v:stroke joinstyle=\"miter\"/>\n "
    )
}

/// A sheet with notes at A1 and A2.
fn noted(authors: &str, notes: &str, drawn: &str) -> Package {
    let sheet = format!(r#"<sheetData>{ROWS}</sheetData><legacyDrawing r:id="rId2"/>"#);
    Package::with_sheet(&sheet)
        .part("xl/styles.xml", &styles(&solid("FFFF00"), r#"<xf fillId="2"/>"#))
        .part(
            SHEET_RELATIONS,
            &relationships(&[
                ("rId1", "comments", "../comments1.xml"),
                ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ]),
        )
        .part(NOTES, &notes_part(authors, notes))
        .part(DRAWING, &drawing(drawn))
}

fn note(cell: &str, text: &str) -> String {
    format!(r#"<comment ref="{cell}" authorId="0">{text}</comment>"#)
}

fn two_notes(text: &str) -> Package {
    let authors = "<authors><author>会计</author></authors>";
    let notes = format!("{}{}", note("A1", text), note("A2", text));
    let picture = r#"<v:fill o:relid="rId1" type="frame"/>"#;
    let drawn = format!("{}{}", frame(1025, 0, 0, picture), frame(1026, 1, 0, picture));
    noted(authors, &notes, &drawn)
}

/// All of them, by name.
pub fn quirks() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Package)> = Vec::new();
    let mut add = |name: &str, package: Package| all.push((name.to_owned(), package));
    add("plain", plain());
    for (name, text) in [
        ("note of a picture only", "<text/>"),
        ("note without a text", ""),
        ("note with an empty text", "<text><t></t></text>"),
        ("note with an empty run", "<text><r><t/></r></text>"),
        ("note of blanks", "<text><t xml:space=\"preserve\">  </t></text>"),
        ("note with escapes", "<text><t>一&#10;二&quot;&amp;&apos;三</t></text>"),
        ("note as character data", "<text><t><![CDATA[一<二>]]>三</t></text>"),
        (
            "rich note",
            "<text><r><rPr><b/></rPr><t>粗</t></r><r><t xml:space=\"preserve\"> 细&#xD;\n</t></r></text>",
        ),
        ("note that ends like ours", "<text><t>请核对\n────────────</t></text>"),
        ("note with a heading like ours", "<text><t>【错误 A01】请看</t></text>"),
        (
            "note with a reading aid",
            "<text><t>字</t><rPh sb=\"0\" eb=\"1\"><t>zi</t></rPh></text>",
        ),
    ] {
        add(name, two_notes(text));
    }
    let conversation = "<authors><author>tc={0A}</author></authors>";
    let stand_in = note("A1", "<text><t>[Threaded comment]</t></text>");
    add("conversation", noted(conversation, &stand_in, &frame(1025, 0, 0, "")));
    add("notes part without notes", noted("<authors/>", "", ""));
    add(
        "notes part without authors",
        noted("", &note("A1", "<text><t>一</t></text>"), &frame(1025, 0, 0, "")),
    );
    add(
        "frame without a note",
        noted(
            "<authors><author>会计</author></authors>",
            &note("A1", "<text><t>一</t></text>"),
            &format!("{}{}", frame(1025, 0, 0, ""), frame(1026, 1, 0, "<v:fill/>")),
        ),
    );
    add(
        "notes without frames",
        two_notes("<text><t>一</t></text>").without(DRAWING),
    );

    for color in ["F8A8B0", "FFAFB7", "F8D070", "C8D8E8", "CCDDEE", "CFDFEF"] {
        add(&format!("fill of a colour like ours, {color}"), filled(&solid(color)));
    }
    let all_usual: String = (0..12)
        .map(|number| solid(&format!("F8A8{:02X}", 0xB0 | number & 7)))
        .collect();
    add("fills of all usual colours of ours", filled(&all_usual));
    add("fill without content", filled("<fill/>"));
    add(
        "fill of two colours",
        filled(
            r#"<fill><gradientFill degree="90"><stop position="0"><color rgb="FFFFFFFF"/></stop><stop position="1"><color theme="4"/></stop></gradientFill></fill>"#,
        ),
    );
    let stops: String = (0..20)
        .map(|at| format!(r#"<stop position="0.{at:02}"><color rgb="FFFFFF{at:02X}"/></stop>"#))
        .collect();
    add(
        "fill that no name holds",
        filled(&format!("<fill><gradientFill>{stops}</gradientFill></fill>")),
    );
    add(
        "fill with a pattern",
        filled(
            r#"<fill><patternFill patternType="lightGrid"><fgColor theme="3" tint="-0.2"/><bgColor indexed="9"/></patternFill></fill>"#,
        ),
    );
    add(
        "fill that is not there",
        with_styles(&styles("", r#"<xf fillId="77" applyFill="true"/>"#)),
    );
    add("format that is not there", with_styles(&styles("", "")));
    add(
        "formats written twice",
        with_styles(&styles(
            &solid("FFFF00"),
            r#"<xf fillId="0"/><xf/><xf fillId="2"/><xf fillId="2"/>"#,
        ))
        .part(
            "xl/worksheets/sheet1.xml",
            &format!(
                r#"<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheetData>{}</sheetData></worksheet>"#,
                ROWS.replacen("s=\"1\"", "s=\"2\"", 1).replacen("s=\"1\"", "s=\"4\"", 1)
            ),
        ),
    );
    add(
        "format with a word for yes",
        with_styles(&styles(&solid("FFFF00"), r#"<xf fillId="2" applyFill="True"/>"#)),
    );
    add(
        "styles without lists",
        with_styles(&format!(r#"<styleSheet xmlns="{MAIN}"/>"#)),
    );
    add(
        "styles with empty lists",
        with_styles(&format!(
            r#"<styleSheet xmlns="{MAIN}"><fonts/><fills count="0"/><borders></borders><cellXfs/></styleSheet>"#
        )),
    );
    add("no styles", Package::with_rows(&ROWS.replace(" s=\"1\"", "")));
    let many = r#"<xf numFmtId="1"/><xf numFmtId="2"/>"#.repeat(32_600);
    add(
        "more formats than there may be",
        with_styles(&styles(&solid("FFFF00"), &format!(r#"<xf fillId="2"/>{many}"#))),
    );

    let dangling = relationships(&[("rId1", "comments", "../comments1.xml")]);
    add("notes that are missing", plain().part(SHEET_RELATIONS, &dangling));
    let dangling_drawing = relationships(&[("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml")]);
    add(
        "a drawing that is named and missing",
        plain().part(SHEET_RELATIONS, &dangling_drawing),
    );
    let mut declared = plain().part(SHEET_RELATIONS, &dangling);
    let types = String::from_utf8(declared.parts["[Content_Types].xml"].clone()).unwrap();
    let more = r#"<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>"#;
    declared = declared.part("[Content_Types].xml", &types.replace("</Types>", more));
    add("notes that are declared and missing", declared);
    let pointed = format!(r#"<sheetData>{ROWS}</sheetData><legacyDrawing r:id="rId5"/>"#);
    let pointed = Package::with_sheet(&pointed).part("xl/styles.xml", &styles(&solid("FFFF00"), r#"<xf fillId="2"/>"#));
    add(
        "drawing that is missing",
        pointed.part(
            SHEET_RELATIONS,
            &relationships(&[("rId5", "vmlDrawing", "../drawings/gone.vml")]),
        ),
    );

    for (name, rows) in [
        (
            "rows opened and closed",
            r#"<row r="1"></row><row r="2" ht="20"></row>"#,
        ),
        (
            "rows with formats",
            r#"<row r="1" s="1" customFormat="1"/><row r="2" s="1" customFormat="1"><c r="B2"/></row>"#,
        ),
        (
            "cells without places",
            "<row><c><v>1</v></c><c><v>2</v></c></row><row/>",
        ),
        (
            "two cells in one place",
            r#"<row r="1"><c r="A1" s="1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"/><c r="B1" s="1"/></row><row r="2"/><row r="2"/>"#,
        ),
        (
            "a cell in an impossible place",
            r#"<row r="1"><c r="?"><v>1</v></c></row><row r="2"><extLst><ext uri="x"/></extLst></row>"#,
        ),
        ("no rows", ""),
    ] {
        add(name, with_styles(&styles(&solid("FFFF00"), r#"<xf fillId="2" applyFill="1"/>"#)).part("xl/worksheets/sheet1.xml", &format!(r#"<worksheet xmlns="{MAIN}"><cols><col min="3" max="3" style="1"/></cols><sheetData>{rows}</sheetData></worksheet>"#)));
    }
    for (name, names) in [
        ("no name", "<definedNames/>"),
        (
            "a name",
            r#"<definedNames><definedName name="合计">Sheet1!$A$1</definedName></definedNames>"#,
        ),
    ] {
        let package = plain();
        let book = String::from_utf8(package.parts["xl/workbook.xml"].clone()).unwrap();
        add(
            name,
            package.part(
                "xl/workbook.xml",
                &book.replace("</sheets>", &format!("</sheets>{names}")),
            ),
        );
    }
    all.into_iter().map(|(name, package)| (name, package.zip())).collect()
}
