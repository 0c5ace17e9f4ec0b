//! Documents of a report's lines, and findings that quote what was read of a document.

use std::io::{Cursor, Read as _};

use hebiao::write::QuotedFinding;
use zip::ZipArchive;

use crate::containers::{PLAIN_REPORT, package};

/// A document with a paragraph for each line.
pub fn of_lines(lines: &[&str]) -> Option<Vec<u8>> {
    let mut body = String::new();
    for line in lines {
        let text = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        body.push_str(&format!(
            "<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        ));
    }
    let main = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    package(&PLAIN_REPORT, &[main.as_bytes()])
}

/// Findings that quote paragraphs: of each three bytes the first chooses one, the others the ends.
pub fn quotes(paragraphs: &[String], choice: &[u8]) -> Vec<QuotedFinding> {
    let quote = |bytes: &[u8]| -> Option<QuotedFinding> {
        let [paragraph, one, other] = bytes else { return None };
        let index = usize::from(*paragraph) % paragraphs.len().max(1);
        let text: Vec<char> = paragraphs.get(index)?.chars().collect();
        let place = |byte: u8| usize::from(byte) * text.len() / 256;
        let (first, last) = (place(*one.min(other)), place(*one.max(other)) + 1);
        let quoted = text
            .get(first..last)
            .filter(|quoted| !quoted.iter().all(|c| c.is_whitespace() || *c == '…'))?;
        let quoted: String = quoted.iter().collect();
        let json = serde_json::json!({
            "code": "J01", "rule": "report-total-differs", "title": "总分", "severity": "error", "cell": "A1",
            "related": [], "field": null, "declared": null, "expected": null, "difference": null,
            "message": "不符", "basis": "", "suggestion": "",
            "quote": {"file": "报告.docx", "paragraph": index + 1, "section": "", "text": quoted, "range": [first, last]},
        });
        Some(QuotedFinding {
            finding: serde_json::from_value(json).ok()?,
            place: "表.xlsx".to_owned(),
        })
    };
    choice.chunks(3).take(8).filter_map(quote).collect()
}

/// The document's main part.
pub fn main_part(file: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(file)).ok()?;
    let mut content = Vec::new();
    archive
        .by_name("word/document.xml")
        .ok()?
        .read_to_end(&mut content)
        .ok()?;
    Some(content)
}
