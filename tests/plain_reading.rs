//! The xlsx reader's quick ways, for parts written as most programs write them, and its full one read the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use std::path::{Path, PathBuf};

use hebiao::internals::read_in_full;
use hebiao::read::{Limits, read_workbook};
use package::Package;
use proptest::prelude::*;

fn assert_same(bytes: &[u8], limits: &Limits) {
    assert_eq!(
        read_workbook(bytes, Some("a.xlsx"), limits),
        read_in_full(bytes, Some("a.xlsx"), limits)
    );
}

fn files_under(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn every_file_at_hand_reads_the_same() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_under(&here.join("samples"), &mut files);
    files_under(&here.join("tests/data"), &mut files);
    // A folder of one's own files.
    if let Some(folder) = std::env::var_os("HEBIAO_READ_BOTH_WAYS") {
        files_under(Path::new(&folder), &mut files);
    }
    let mut read = 0;
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let (quick, full) = (
            read_workbook(&bytes, None, &Limits::default()),
            read_in_full(&bytes, None, &Limits::default()),
        );
        read += usize::from(quick.is_ok());
        assert_eq!(quick, full, "{}", file.display());
    }
    assert!(read >= 10, "{read} of {} files", files.len());
}

/// What may stand inside `<sheetData>`: as most write it, and in other ways that mean the same or nothing.
const PIECES: &[&str] = &[
    "<row r=\"1\">",
    "<row r=\"2\" spans=\"1:9\" ht=\"0\" customHeight=\"1\">",
    "<row r=\"3\" hidden=\"1\" x14ac:dyDescent=\"0.2\">",
    "<row>",
    "<row r=\"3\"/>",
    "<row r=\"4\" hidden=\"true\" />",
    "<row r=\"1\" r=\"5\">",
    "<row r='6'>",
    "<row r=\"1048577\">",
    "<row r=\"+7\">",
    "</row>",
    "</row >",
    "<c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c>",
    "<c r=\"B1\" s=\"2\"><v>0.95</v></c>",
    "<c><v>208</v></c>",
    "<c r=\"C1\" s=\"1\"/>",
    "<c r=\"C1\" s=\"1\"></c>",
    "<c r=\"d1\"><v>7</v></c>",
    "<c r=\"$E$1\"><v>7</v></c>",
    "<c r=\"XFE1\"><v>7</v></c>",
    "<c r=\"A0\"><v>7</v></c>",
    "<c r=\"B2\" r=\"F9\"><v>7</v></c>",
    "<c r=\"G1\" t=\"s\"><v> 1 </v></c>",
    "<c r=\"G2\" t=\"s\"><v>99</v></c>",
    "<c r=\"G3\" t=\" s \"><v>1</v></c>",
    "<c r=\"H1\" t=\"str\"><f>A1&amp;B1</f><v>a&lt;b</v></c>",
    "<c r=\"H2\" t=\"str\"><f>A1*2</f><v>甲_x000D_\n乙</v></c>",
    "<c r=\"H3\"><f>A1*2</f></c>",
    "<c r=\"H4\"><f t=\"shared\" ref=\"H4:H6\" si=\"0\">A1</f><v>1</v></c>",
    "<c r=\"H5\"><f t=\"shared\" si=\"0\"/><v>1</v></c>",
    "<c r=\"H6\"><v>1</v><f>A1</f></c>",
    "<c r=\"I1\" t=\"inlineStr\"><is><t> 行内 </t></is></c>",
    "<c r=\"I2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> 行内 </t></is></c>",
    "<c r=\"I3\" t=\"inlineStr\"><is><r><rPr><rFont val=\"Wingdings 2\"/></rPr><t>R</t></r></is></c>",
    "<c r=\"J1\" t=\"b\"><v>1</v></c>",
    "<c r=\"J2\" t=\"e\"><v>#REF!</v></c>",
    "<c r=\"J3\" t=\"d\"><v>2023-05-01</v></c>",
    "<c r=\"J4\" t=\"x\"><v>什么</v></c>",
    "<c r=\"J5\" t=\"n\"><v>1e400</v></c>",
    "<c r=\"K1\"><v><![CDATA[5]]></v></c>",
    "<c r=\"K2\"><v>5<!-- --></v></c>",
    "<c r=\"K3\"><extLst><ext/></extLst><v>5</v></c>",
    "<c r=\"K4\" s=\"-1\"><v>5</v></c>",
    "<c r=\"K5\" s=\"12345678\"><v>5</v></c>",
    "<x:c r=\"L1\"><v>5</v></x:c>",
    "<c r=\"L2\"><x:v>5</x:v></c>",
    "<c r=\"L3\"><v>5</v></c >",
    "<c r=\"L4\"><v>5</w></c>",
    "<c r=\"L5\"><v>5",
    "<f/>",
    " ",
    "\n",
    "\r\n",
    "<!-- a -->",
    "text",
    "&amp;",
    "<",
];

const TEXTS: &[&str] = &[
    "<si><t>第零</t></si>",
    "<si><t> 第一 </t></si>",
    "<si><t xml:space=\"preserve\"> 第二_x000D_\n</t></si>",
    "<si><t/></si>",
    "<si/>",
    "<si><t>a&amp;b</t></si>",
    "<si><r><t>一</t></r><r><t>二</t></r></si>",
    "<si><t>一</t><rPh sb=\"0\" eb=\"1\"><t>yi</t></rPh></si>",
    "<si>\n<t>行</t>\n</si>",
    "<si><t>一个很长很长很长很长很长很长很长很长很长很长的文字</t></si>",
    "<x:si><x:t>前缀</x:t></x:si>",
    "<si><t>断</si>",
    " ",
    "\r",
];

const MERGES: &[&str] = &[
    "<mergeCell ref=\"A1:B2\"/>",
    "<mergeCell ref=\"c1:D4\" />",
    "<mergeCell ref=\" E1:F1 \"/>",
    "<mergeCell ref=\"E1\"/>",
    "<mergeCell/>",
    "<mergeCell ref=\"?\"/>",
    "<mergeCell ref='G1:G2'></mergeCell>",
    "\n",
];

fn some_of(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..most).prop_map(|pieces| pieces.concat())
}

/// Rows that are whole, of cells of every kind.
fn whole_rows() -> impl Strategy<Value = String> {
    let cells: Vec<&str> = PIECES.iter().copied().filter(|piece| piece.starts_with("<c")).collect();
    let row = prop::collection::vec(prop::sample::select(cells), 0..6).prop_map(|cells| cells.concat());
    prop::collection::vec(row, 0..6).prop_map(|rows| {
        let rows = rows.iter().enumerate();
        rows.map(|(index, cells)| format!("<row r=\"{}\">{cells}</row>", index + 1))
            .collect()
    })
}

fn package(rows: &str, texts: &str, merges: &str) -> Package {
    let sheet = format!("<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>");
    Package::with_sheet(&sheet)
        .shared_strings(&[])
        .number_formats(&["0%", "0.00"])
        .part(
            "xl/sharedStrings.xml",
            &format!("<sst xmlns=\"{}\">{texts}</sst>", package::MAIN),
        )
}

/// Limits that a few cells reach.
fn small_limits(cells: usize) -> Limits {
    let mut limits = Limits::default();
    limits.cells = cells;
    limits.merges = 3;
    limits.text_length = 10;
    limits.text_bytes = 200;
    limits.xml_depth = 3 + cells;
    limits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_and_texts_in_any_writing(
        rows in prop_oneof![whole_rows(), some_of(PIECES, 24)],
        texts in some_of(TEXTS, 8),
        merges in some_of(MERGES, 5),
        cells in 1_usize..9,
    ) {
        let bytes = package(&rows, &texts, &merges).zip();
        assert_same(&bytes, &Limits::default());
        assert_same(&bytes, &small_limits(cells));
    }

    #[test]
    fn changed_bytes(
        rows in whole_rows(),
        texts in some_of(TEXTS, 8),
        part in prop::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"'=&;09aAZ:$_x -\r\n\0\xFF".to_vec())), 1..6),
    ) {
        let mut package = package(&rows, &texts, "<mergeCell ref=\"A1:B2\"/>");
        let content = package.parts.get_mut(part).unwrap();
        for (index, value) in changes {
            let index = index.index(content.len());
            content[index] = value;
        }
        assert_same(&package.zip(), &Limits::default());
    }

    #[test]
    fn changed_packages(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>2</v></c></row>";
        let mut bytes = package(rows, "<si><t>第零</t></si>", "").zip();
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        assert_same(&bytes, &Limits::default());
    }
}
