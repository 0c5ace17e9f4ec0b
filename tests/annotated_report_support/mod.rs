//! Documents made part by part, and findings that quote them.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use hebiao::grid::TextBlock;
use hebiao::model::Discrepancy;
use hebiao::read::{Limits, read_workbook};
use hebiao::write::QuotedFinding;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub const USUAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

pub type Parts = BTreeMap<String, Vec<u8>>;

/// The parts of a document of the usual kind whose body holds this.
pub fn document(body: &str) -> Parts {
    document_of(&format!(
        "<w:document xmlns:w=\"{USUAL}\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    ))
}

pub fn document_of(main: &str) -> Parts {
    let types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let texts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{types}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        ("word/document.xml", main.to_owned()),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/theme\" Target=\"theme/theme1.xml\"/></Relationships>"
            ),
        ),
        ("word/theme/theme1.xml", "<theme/>".to_owned()),
    ];
    texts
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect()
}

/// The same with a part for comments that people wrote.
pub fn with_comments(mut parts: Parts, comments: &str) -> Parts {
    parts.insert("word/comments.xml".to_owned(), comments.as_bytes().to_vec());
    put(
        &mut parts,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        &format!(
            "<Relationship Id=\"rId7\" Type=\"{RELATIONSHIPS}/comments\" Target=\"comments.xml\"/></Relationships>"
        ),
    );
    put(
        &mut parts,
        "[Content_Types].xml",
        "</Types>",
        "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>",
    );
    parts
}

pub fn put(parts: &mut Parts, part: &str, what: &str, by: &str) {
    let text = text_of(parts, part);
    assert!(text.contains(what), "{part} has no {what}");
    parts.insert(part.to_owned(), text.replacen(what, by, 1).into_bytes());
}

pub fn text_of(parts: &Parts, part: &str) -> String {
    let bytes = parts.get(part).unwrap_or_else(|| panic!("no {part}"));
    String::from_utf8(bytes.clone()).unwrap()
}

pub fn zipped(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn unzipped(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), content);
    }
    parts
}

/// Paragraphs outside tables as the reader gives them; it keeps them where one holds a sentence.
pub fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let workbook = read_workbook(bytes, Some("报告.docx"), &Limits::default()).unwrap();
    let blocks = workbook.text.into_iter().filter_map(|block| match block {
        TextBlock::Paragraph(text) => Some(text),
        _ => None,
    });
    blocks.collect()
}

/// A finding that quotes characters of a paragraph.
pub fn finding(code: &str, paragraph: usize, range: [usize; 2], text: &str) -> QuotedFinding {
    let json = serde_json::json!({
        "code": code, "rule": "report-total-differs", "title": "报告的总分与表不符", "severity": "error",
        "cell": "F31", "related": [], "field": null, "declared": "96", "expected": "94", "difference": "2",
        "message": format!("报告说 96 分，表中各行得分之和是 94 <分>（报告第 {paragraph} 段：“{text}”）"),
        "basis": "", "suggestion": "改正为 94 分。",
        "quote": {"file": "报告.docx", "paragraph": paragraph, "section": "", "text": text, "range": range},
    });
    let finding: Discrepancy = serde_json::from_value(json).unwrap();
    QuotedFinding {
        finding,
        place: "表.xlsx“Sheet1”F31".to_owned(),
    }
}

/// A finding about words of the paragraph with this number, which quotes all of that.
pub fn about(bytes: &[u8], paragraph: usize, words: &str) -> QuotedFinding {
    let text = paragraphs(bytes)[paragraph - 1].clone();
    let at = text.find(words).unwrap_or_else(|| panic!("{text:?} has no {words}"));
    let first = text[..at].chars().count();
    finding("J01", paragraph, [first, first + words.chars().count()], words)
}
