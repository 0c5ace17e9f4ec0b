//! Writes the corpora that fuzzing starts from, into `corpus/<target>/`: the samples in every format, and small files
//! with what the samples lack. Further files of any format can be named on the command line.
//!
//! ```text
//! cargo run --example seeds -- [FILES…]
//! ```
#![allow(clippy::unwrap_used)]

mod binary;
mod workbook;

#[path = "../../../tests/support/table_writers.rs"]
mod table_writers;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use encoding_rs::GB18030;
use hebiao::check_bytes;
use hebiao::grid::{CellAddress, Sheet};
use hebiao::read::{Limits, read_workbook};
use hebiao::report::Report;
use hebiao::standard::Standard;
use hebiao_fuzz::SEPARATOR;
use hebiao_fuzz::containers::{ANNOTATED, DOCX, Layout, ODS, XLSB, XLSX, package, zip};
use table_writers as write;

const SAMPLES: [&str; 2] = ["部门评价表-信丰.xlsx", "项目支出绩效自评表-示例.xlsx"];

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut corpus = Corpus {
        folder: here.join("corpus"),
        written: BTreeMap::new(),
    };
    let standard = Standard::ministry();
    let mut sheets = Vec::new();
    for name in SAMPLES {
        let bytes = fs::read(here.join("../samples").join(name)).unwrap();
        corpus.add_file(&bytes);
        let report = check_bytes(name, &bytes, &standard).report;
        corpus.add("json", &serde_json::to_vec(&Report::new(vec![report.clone()])).unwrap());
        corpus.add("json", &serde_json::to_vec(&report).unwrap());
        sheets.extend(read_workbook(&bytes, None, &Limits::default()).unwrap().sheets);
    }
    corpus.add_file(&workbook::with_everything());
    corpus.add("xlsx", &workbook::controls().join(SEPARATOR));
    let small: Vec<Sheet> = sheets.iter().map(|sheet| head(sheet, 6)).collect();
    for sheet in small.iter().chain(&sheets) {
        corpus.add_sheet(sheet);
    }
    let formats = fs::read_to_string(here.join("../tests/number_format/formats.txt")).unwrap();
    for (index, code) in formats.lines().enumerate() {
        let digits = [0, 1, 5, 45_351, 955, 12_345_678, 4_294_967_295_u32];
        let low = digits.get(index % digits.len()).copied().unwrap_or(0);
        let mut input = vec![u8::try_from(index % 7).unwrap() | if index % 3 == 0 { 0x80 } else { 0 }];
        input.extend(low.to_le_bytes());
        input.extend([0; 8]);
        input.extend(code.as_bytes());
        corpus.add("number_format", &input);
    }
    for base in 0..3_u8 {
        corpus.add("tables", &[base]);
        // A change of each kind, and a run of values of each kind.
        for kind in 0..16_u8 {
            corpus.add(
                "tables",
                &[base, kind, 5, 5, kind % 12, kind, 1, 7, 3, kind, 9, 6, kind, 3, 2, 1],
            );
        }
    }
    corpus.add_reports(here);
    for path in std::env::args().skip(1) {
        corpus.add_file(&fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")));
    }
    for (target, count) in &corpus.written {
        eprintln!("{target}\t{count}");
    }
}

/// The first rows of a sheet.
fn head(sheet: &Sheet, rows: u32) -> Sheet {
    let cells = sheet
        .cells()
        .iter()
        .filter(|cell| cell.address.row < rows)
        .cloned()
        .collect();
    let merges = sheet
        .merges()
        .iter()
        .filter(|range| range.last.row < rows)
        .copied()
        .collect();
    let mut head = Sheet::new(sheet.name.clone(), cells, merges);
    head.notes = vec![(CellAddress::new(1, 1), "批注".to_owned())];
    head.hidden_rows = vec![(2, 3)];
    head
}

struct Corpus {
    folder: PathBuf,
    written: BTreeMap<String, usize>,
}

impl Corpus {
    fn add(&mut self, target: &str, input: &[u8]) {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder).unwrap();
        let number = self.written.entry(target.to_owned()).or_default();
        *number += 1;
        fs::write(folder.join(format!("seed{number:03}")), input).unwrap();
    }

    /// One sheet in every format that can be written here.
    fn add_sheet(&mut self, sheet: &Sheet) {
        let csv = write::csv(sheet, ',');
        let html = write::html(sheet, "utf-8");
        let spreadsheetml = write::spreadsheetml(sheet);
        self.add_text("csv", csv.as_bytes());
        self.add_text("csv", write::csv(sheet, '\t').as_bytes());
        self.add_text("csv", &GB18030.encode(&write::csv(sheet, ';')).0);
        self.add_text(
            "csv",
            &csv.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        );
        self.add_text("html", html.as_bytes());
        self.add_text("html", &GB18030.encode(&write::html(sheet, "gbk")).0);
        self.add_text("spreadsheetml", spreadsheetml.as_bytes());
        for encoding in ["8bit", "quoted-printable", "base64"] {
            self.add_text("mhtml", workbook::archive(&html, encoding).as_bytes());
        }
        self.add_file(&write::docx(&write::docx_table(sheet)));
        self.add_file(&workbook::open_document(sheet));
        let stream = binary::xls(sheet);
        self.add("xls", &stream);
        self.add_file(&hebiao_fuzz::containers::compound(&stream).unwrap());
        let parts = binary::xlsb(sheet);
        self.add("xlsb", &parts.join(SEPARATOR));
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        self.add("file", &package(&XLSB, &parts).unwrap());
    }

    /// Prose as the pages of the rules give it, and paragraphs of all that may stand around a sentence.
    fn add_reports(&mut self, here: &Path) {
        let mut pages: Vec<PathBuf> = fs::read_dir(here.join("../src/rules/j_report"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
            .collect();
        pages.sort();
        for page in pages {
            let text = fs::read_to_string(page).unwrap();
            let marks: &[char] = &['>', '|', '`', ' '];
            let lines: Vec<&str> = text.lines().map(|line| line.trim_matches(marks)).collect();
            self.add("prose", lines.join("\n").as_bytes());
        }
        let run = "<w:r><w:rPr><w:b/></w:rPr><w:t>经评价，得分 96&amp;分。</w:t></w:r>";
        let around = [
            run.to_owned(),
            format!("<w:ins>{run}</w:ins><w:hyperlink>{run}</w:hyperlink><w:del>{run}</w:del>"),
            format!(
                "<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt><w:r><w:tab/><w:t xml:space=\"preserve\"> 优 </w:t><w:br/></w:r>"
            ),
            format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{run}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            ),
            format!(
                "<w:r><w:drawing><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:drawing><w:t><![CDATA[甲 ]]>乙</w:t></w:r>"
            ),
            format!(
                "<w:commentRangeStart w:id=\"0\"/>{run}<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>"
            ),
        ];
        let lines = "<w:p><w:r><w:t>──── 核表批注 ────</w:t></w:r></w:p>";
        let comments = [
            String::new(),
            "<w:comments><w:comment w:id=\"0\" w:author=\"王\"><w:p/></w:comment></w:comments>".to_owned(),
            format!(
                "<w:comments><!--hebiao:1 new 0 1+2--><w:comment w:id=\"0\" w:author=\"核表 hebiao\">{lines}</w:comment></w:comments>"
            ),
        ];
        for (index, inner) in around.iter().enumerate() {
            let main = format!(
                "<w:document xmlns:w=\"w\"><w:body><w:p>{inner}</w:p><w:tbl/><w:p>{run}</w:p></w:body></w:document>"
            );
            let comments = comments.get(index % comments.len()).map_or(&b""[..], String::as_bytes);
            self.add(
                "annotated_report",
                &[main.as_bytes(), comments, b"\0\x20\x80\x01\x40\xf0"].join(SEPARATOR),
            );
        }
    }

    fn add_text(&mut self, target: &str, bytes: &[u8]) {
        self.add(target, bytes);
        self.add("file", bytes);
    }

    /// A file of any format: as it is (packages without compression), and its parts for the target of its format.
    fn add_file(&mut self, bytes: &[u8]) {
        if let Some(parts) = unpacked(bytes) {
            let all = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice()));
            self.add("file", &zip(all).unwrap());
            if parts.contains_key("xl/workbook.xml") {
                let count = parts
                    .keys()
                    .filter(|name| name.starts_with("xl/worksheets/sheet"))
                    .count();
                for sheet in 1..=count {
                    let named = |name: &str| {
                        name.replace("sheet1.", &format!("sheet{sheet}."))
                            .replace("comments1.", &format!("comments{sheet}."))
                            .replace("vmlDrawing1.", &format!("vmlDrawing{sheet}."))
                    };
                    self.add_parts("xlsx", &XLSX, &parts, named);
                    self.add_parts("annotated", &ANNOTATED, &parts, named);
                }
            } else if parts.contains_key("content.xml") {
                self.add_parts("ods", &ODS, &parts, str::to_owned);
            } else if parts.contains_key("word/document.xml") {
                self.add_parts("docx", &DOCX, &parts, str::to_owned);
            }
            return;
        }
        self.add("file", bytes);
        if let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes))
            && let Ok(mut stream) = file.open_stream("/Workbook")
        {
            let mut content = Vec::new();
            stream.read_to_end(&mut content).unwrap();
            self.add("xls", &content);
        }
    }

    fn add_parts(
        &mut self,
        target: &str,
        layout: &Layout,
        parts: &BTreeMap<String, Vec<u8>>,
        named: impl Fn(&str) -> String,
    ) {
        let given: Vec<&[u8]> = layout
            .given
            .iter()
            // The workbook part is taken as it stands by default: the sheets of a seed are seeds of their own.
            .map(|name| if *name == "xl/workbook.xml" { "" } else { name })
            .map(|name| parts.get(&named(name)).map(Vec::as_slice).unwrap_or_default())
            .collect();
        self.add(target, &given.join(SEPARATOR));
    }
}

fn unpacked(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = bytes
        .starts_with(b"PK")
        .then(|| ::zip::ZipArchive::new(Cursor::new(bytes)))?
        .ok()?;
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        parts.insert(name, content);
    }
    Some(parts)
}
