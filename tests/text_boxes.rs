//! Texts that float over a sheet: in every format, one that lies on a blank cell is that cell's text, any other is
//! named as not read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
#[path = "support/xlsb.rs"]
mod xlsb;

use biff::Version;
use hebiao::grid::{CellAddress, Sheet};
use hebiao::read::{Limits, read_workbook};

fn at(cell: &str) -> CellAddress {
    cell.parse().unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Sheet {
    let mut workbook = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    assert_eq!((workbook.losses.len(), workbook.sheets.len()), (0, 1), "{name}");
    workbook.sheets.remove(0)
}

fn shown<'a>(sheet: &'a Sheet, cell: &str) -> Option<&'a str> {
    sheet.cell(at(cell)).map(|cell| cell.shown())
}

/// Asserts that B2 alone is blank of the block A1:C3, and that a box gives it its text.
fn assert_fills_b2(sheet: &Sheet, label: &str) {
    assert_eq!(shown(sheet, "B2"), Some("因雨\n停工"), "{label}: {:?}", sheet.losses);
    assert_eq!(sheet.cells().len(), 9, "{label}");
    let [loss] = sheet.losses.as_slice() else {
        panic!("{label}: {:?}", sheet.losses)
    };
    assert_eq!(loss.cell, Some(at("B2")), "{label}");
    assert_eq!(
        loss.message, "这一格是空的，上面的文本框写着“因雨 停工”，已作为这一格的内容读取",
        "{label}"
    );
}

/// Asserts that a box changes no cell and is named, at this cell, with these words.
fn assert_named(sheet: &Sheet, cell: Option<&str>, words: &str, label: &str) {
    assert_eq!(sheet.cells().len(), 8, "{label}");
    let [loss] = sheet.losses.as_slice() else {
        panic!("{label}: {:?}", sheet.losses)
    };
    assert_eq!(loss.cell, cell.map(at), "{label}");
    assert!(loss.message.contains(words), "{label}: {}", loss.message);
}

const UNPLACED: &str = "无法确定属于哪个单元格，没有读取";
const COVERED: &str = "这一格有内容，上面又有文本框";

mod in_xls {
    use super::*;
    use biff::{label, record, words};

    const TEXT_BOX: u16 = 0x06;
    const SHAPE: u16 = 0x1E;

    fn atom(version: u16, kind: u16, data: &[u8]) -> Vec<u8> {
        [
            words(&[version, kind]),
            (data.len() as u32).to_le_bytes().to_vec(),
            data.to_vec(),
        ]
        .concat()
    }

    /// A shape's drawing: containers that go on in later records, its properties and its corners.
    fn drawing(corners: Option<[u16; 8]>, hidden: bool) -> Vec<u8> {
        let bits = if hidden { 0x0002_0002_u32 } else { 0 };
        let properties = [words(&[0x03BF]), bits.to_le_bytes().to_vec()].concat();
        let anchor = match corners {
            Some(corners) => atom(0, 0xF010, &[words(&[0]), words(&corners)].concat()),
            // A shape in a group has its place there.
            None => atom(0, 0xF00F, &[0; 16]),
        };
        let open = |kind: u16| [words(&[0x000F, kind]), 4000_u32.to_le_bytes().to_vec()].concat();
        let parts = [
            open(0xF002),
            open(0xF003),
            open(0xF004),
            atom(0x0CA2, 0xF00A, &[0; 8]),
            atom(0x0013, 0xF00B, &properties),
            anchor,
            atom(0, 0xF011, &[]),
        ];
        record(0x00EC, &parts.concat())
    }

    fn sheet_with(objects: &[Vec<u8>]) -> Sheet {
        let mut records = Vec::new();
        for (row, column) in (0..3).flat_map(|row| (0..3).map(move |column| (row, column))) {
            if (row, column) != (1, 1) {
                records.push(label(Version::Biff8, row, column, 0, "格"));
            }
        }
        records.extend_from_slice(objects);
        records.push(record(0x023E, &words(&[0x06B6, 0, 0, 0x40, 0, 0, 0, 0, 0])));
        let book = biff::Book::with_records(Version::Biff8, records);
        sheet(&book.file(), "框.xls")
    }

    fn boxed(kind: u16, corners: Option<[u16; 8]>, hidden: bool) -> Sheet {
        // Between an object and its text, a drawing record says only that there is one.
        let object = biff::note_object(kind, 7, "因雨\r停工");
        let (own, text) = object.split_at(30);
        let between = record(0x00EC, &atom(0, 0xF00D, &[]));
        sheet_with(&[drawing(corners, hidden), own.to_vec(), between, text.to_vec()])
    }

    #[test]
    fn a_box_on_a_blank_cell_is_its_text() {
        // From a tenth of B2 to nine tenths, and from the middle of A1 to that of C3.
        let inside = [1, 100, 1, 25, 1, 920, 1, 230];
        assert_fills_b2(&boxed(TEXT_BOX, Some(inside), false), "text box");
        assert_fills_b2(&boxed(SHAPE, Some([0, 900, 0, 230, 2, 100, 2, 25]), false), "shape");
    }

    #[test]
    fn others_are_named() {
        let over_many = boxed(TEXT_BOX, Some([0, 0, 0, 0, 2, 1024, 2, 256]), false);
        assert_named(&over_many, Some("A1"), UNPLACED, "over many");
        assert_named(&boxed(TEXT_BOX, None, false), None, UNPLACED, "in a group");
        let on_filled = boxed(TEXT_BOX, Some([2, 100, 0, 25, 2, 900, 0, 200]), false);
        assert_named(&on_filled, Some("C1"), COVERED, "on a filled cell");
    }

    #[test]
    fn what_is_not_seen_or_is_no_box_is_none() {
        let inside = Some([1, 100, 1, 25, 1, 920, 1, 230]);
        // Hidden; a button.
        for sheet in [boxed(TEXT_BOX, inside, true), boxed(0x07, inside, false)] {
            assert_eq!((sheet.cells().len(), sheet.losses), (8, Vec::new()));
        }
    }

    #[test]
    fn a_shape_without_a_text_leaves_the_next_its_place() {
        let line = biff::note_object(0x01, 6, "")[..30].to_vec();
        let object = biff::note_object(TEXT_BOX, 7, "因雨\r停工");
        let objects = [
            drawing(Some([0, 0, 0, 0, 0, 9, 0, 9]), false),
            line,
            drawing(Some([1, 100, 1, 25, 1, 920, 1, 230]), false),
            object,
        ];
        assert_fills_b2(&sheet_with(&objects), "the second");
    }
}

mod in_xlsb {
    use super::*;
    use xlsb::{inline_text, row};

    fn sheet_with(from: [u32; 4], to: [u32; 4]) -> Sheet {
        let mut rows = Vec::new();
        for number in 0..3 {
            rows.push(row(number, false));
            let columns = (0..3).filter(|column| (number, *column) != (1, 1));
            rows.extend(columns.map(|column| inline_text(column, 0, "格")));
        }
        let corner = |[column, right, row, down]: [u32; 4]| {
            format!(
                "<xdr:col>{column}</xdr:col><xdr:colOff>{right}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff>"
            )
        };
        let drawing = format!(
            r#"<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>{}</xdr:from><xdr:to>{}</xdr:to><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="框"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>因雨</a:t></a:r></a:p><a:p><a:r><a:t>停工</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"#,
            corner(from),
            corner(to)
        );
        let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>"#;
        let package = xlsb::Book::with_rows(rows).package();
        let bytes = package
            .part("xl/drawings/drawing1.xml", &drawing)
            .part("xl/worksheets/_rels/sheet1.bin.rels", relations)
            .zip();
        sheet(&bytes, "框.xlsb")
    }

    #[test]
    fn a_box_is_read_as_in_xlsx() {
        const PIXELS: u32 = 9525;
        let inside = sheet_with([1, 5 * PIXELS, 1, 2 * PIXELS], [1, 50 * PIXELS, 1, 18 * PIXELS]);
        assert_fills_b2(&inside, "inside");
        let over_many = sheet_with([0, 0, 0, 0], [2, 60 * PIXELS, 2, 20 * PIXELS]);
        assert_named(&over_many, Some("A1"), UNPLACED, "over many");
    }
}

mod in_ods {
    use super::*;
    use ods::{Document, row, text};

    /// Columns of 2 cm and rows of 5 mm, with shapes over the table and in B2.
    fn sheet_with(over_table: &str, in_cell: &str) -> Sheet {
        const STYLES: &str = r#"<style:style style:name="co" style:family="table-column"><style:table-column-properties style:column-width="2cm"/></style:style><style:style style:name="ro" style:family="table-row"><style:table-row-properties style:row-height="0.5cm"/></style:style>"#;
        let full = text("格").repeat(3);
        let middle = format!("{0}<table:table-cell>{in_cell}</table:table-cell>{0}", text("格"));
        let styled =
            |cells: &str| row(cells).replace("<table:table-row>", r#"<table:table-row table:style-name="ro">"#);
        let rows = [
            format!("<table:shapes>{over_table}</table:shapes>"),
            r#"<table:table-column table:style-name="co" table:number-columns-repeated="3"/>"#.to_owned(),
            styled(&full),
            styled(&middle),
            styled(&full),
        ];
        let document = Document::with_rows(&rows.concat()).styles(STYLES);
        let read = sheet(&document.file(), "框.ods");
        assert_eq!(read, sheet(&document.flat(), "框.fods"));
        read
    }

    const PARAGRAPHS: &str = "<text:p>因雨</text:p><text:p>停工</text:p>";

    fn frame(attributes: &str) -> String {
        format!(
            r#"<draw:frame {attributes} xmlns:draw="d" xmlns:svg="s"><draw:text-box>{PARAGRAPHS}</draw:text-box></draw:frame>"#
        )
    }

    fn shape(attributes: &str) -> String {
        format!(
            r#"<draw:custom-shape {attributes} xmlns:draw="d" xmlns:svg="s">{PARAGRAPHS}<draw:enhanced-geometry/></draw:custom-shape>"#
        )
    }

    const SIZE: &str = r#"svg:width="18mm" svg:height="4mm""#;
    const IN_CELL: &str = r#"svg:x="0.1cm" svg:y="0.05cm""#;

    #[test]
    fn a_box_on_a_blank_cell_is_its_text() {
        let end = r#"table:end-cell-address="'表1'.$B$2" table:end-x="1.8cm" table:end-y="0.45cm""#;
        let over = r#"svg:x="2.1cm" svg:y="0.55cm""#;
        for (label, over_table, in_cell) in [
            (
                "frame in a cell",
                String::new(),
                frame(&format!("{IN_CELL} {SIZE} {end}")),
            ),
            ("shape in a cell", String::new(), shape(&format!("{IN_CELL} {SIZE}"))),
            ("frame over the table", frame(&format!("{over} {SIZE}")), String::new()),
            ("shape over the table", shape(&format!("{over} {SIZE}")), String::new()),
            (
                "linked frame",
                format!(
                    r#"<draw:a xmlns:draw="d">{}</draw:a>"#,
                    frame(&format!("{over} {SIZE}"))
                ),
                String::new(),
            ),
        ] {
            assert_fills_b2(&sheet_with(&over_table, &in_cell), label);
        }
    }

    #[test]
    fn others_are_named() {
        let turned = frame(&format!(r#"{IN_CELL} {SIZE} draw:transform="rotate(1)""#));
        assert_named(&sheet_with("", &turned), None, UNPLACED, "turned");
        let over_many = frame(r#"svg:x="0cm" svg:y="0cm" svg:width="6cm" svg:height="15mm""#);
        assert_named(&sheet_with(&over_many, ""), Some("A1"), UNPLACED, "over many");
        let on_filled = frame(&format!(r#"svg:x="4.1cm" svg:y="0.05cm" {SIZE}"#));
        assert_named(&sheet_with(&on_filled, ""), Some("C1"), COVERED, "on a filled cell");
        let grouped = format!(
            r#"<draw:g xmlns:draw="d">{}</draw:g>"#,
            frame(&format!("{IN_CELL} {SIZE}"))
        );
        assert_named(&sheet_with("", &grouped), None, UNPLACED, "in a group");
    }

    #[test]
    fn pictures_charts_and_what_is_not_shown_are_none() {
        let picture = r#"<draw:frame xmlns:draw="d" xmlns:svg="s" svg:x="1mm" svg:y="1mm" svg:width="9mm" svg:height="3mm"><draw:image><text:p/></draw:image></draw:frame>"#;
        let unseen = frame(&format!(r#"{IN_CELL} {SIZE} draw:display="printer""#));
        for held in [picture, unseen.as_str()] {
            let sheet = sheet_with("", held);
            assert_eq!((sheet.cells().len(), sheet.losses), (8, Vec::new()), "{held}");
        }
    }
}
