//! What an output was, told from its content: only a file of the same kind and origin may be replaced by a new one.
//!
//! A name proves nothing: a unit's table may bear the name that is asked for. A workbook of ours that somebody has
//! saved since is no longer ours: it may be a form that was filled in.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

/// What all our workbooks and letters name as their maker.
const MAKER: &str = "核表 hebiao";
/// Bytes of a text, or of a part of a package, that are looked at.
const HEAD: u64 = 64 * 1024;
/// Bytes at the end of a columnar file that hold its maker.
const TAIL: u64 = 64 * 1024;
/// First keys of our JSON texts: report, result lines, baseline, list, summary, comparison.
const JSON_KEYS: [&str; 6] = [
    "schema_version",
    "file",
    "baseline_version",
    "list_version",
    "summary_version",
    "comparison_version",
];
/// The defined name that our annotated copies carry.
const COPY_STATE: &str = "_hebiao.copy";

/// What the comments of our annotated documents begin with.
const DOCUMENT_RECORD: &str = "<!--hebiao:";

/// Kind and origin of a file that this program wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// A workbook or letter, by its title as far as all of its kind share it.
    Package(String),
    /// A unit's workbook or report with our marks.
    AnnotatedCopy,
    /// A list, by its first line.
    Lines(String),
    /// A page or Markdown text, by its title up to the first colon.
    Page(String),
    /// A JSON text, by its first key.
    Json(String),
    /// A columnar file.
    Columnar,
    /// Nothing was written into it yet.
    Empty,
}

/// Returns what a file is, if its content says that this program wrote it; `None` for any other file.
pub(super) fn origin(file: &mut File) -> Option<Origin> {
    let length = file.seek(SeekFrom::End(0)).ok()?;
    if length == 0 {
        return Some(Origin::Empty);
    }
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
    if head.starts_with(b"PK") {
        return package(file);
    }
    if head.starts_with(b"PAR1") {
        return columnar(file, length);
    }
    text(&head)
}

fn package(file: &mut File) -> Option<Origin> {
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut package = ZipArchive::new(file).ok()?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = Vec::new();
        package.by_name(name).ok()?.take(HEAD).read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    if part("xl/workbook.xml").is_some_and(|workbook| workbook.contains(COPY_STATE)) {
        return Some(Origin::AnnotatedCopy);
    }
    if part("word/comments.xml").is_some_and(|comments| comments.contains(DOCUMENT_RECORD)) {
        return Some(Origin::AnnotatedCopy);
    }
    let properties = part("docProps/core.xml")?;
    let is_ours = |element: &str| element_text(&properties, element).map(|maker| maker.starts_with(MAKER));
    // Whoever saves a workbook enters himself here.
    let untouched = is_ours("cp:lastModifiedBy").unwrap_or(true);
    if is_ours("dc:creator") != Some(true) || !untouched {
        return None;
    }
    element_text(&properties, "dc:title").map(|title| Origin::Package(shared_title(title)))
}

fn element_text<'a>(xml: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{element}>"))?;
    Some(rest.split_once("</")?.0)
}

/// Returns the part of a title that all files of its kind share: `修改通知：某局` and `修改通知：某校` are of one
/// kind.
fn shared_title(title: &str) -> String {
    title.split(['：', ':']).next().unwrap_or_default().trim().to_owned()
}

fn columnar(file: &mut File, length: u64) -> Option<Origin> {
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL))).ok()?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail).ok()?;
    tail.windows(6)
        .any(|bytes| bytes == b"hebiao")
        .then_some(Origin::Columnar)
}

fn text(head: &[u8]) -> Option<Origin> {
    let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(head);
    let start = text.trim_start();
    if start.starts_with('{') || start.starts_with('[') {
        let key = start.split('"').nth(1)?;
        return JSON_KEYS.contains(&key).then(|| Origin::Json(key.to_owned()));
    }
    if start.starts_with("<!DOCTYPE html>") {
        let title = element_text(&text, "title")?;
        let ours = title.starts_with("核表") || title.starts_with("差异清单");
        return ours.then(|| Origin::Page(shared_title(title)));
    }
    let first = start.lines().next()?;
    if let Some(title) = first.strip_prefix("# ") {
        return Some(Origin::Page(shared_title(title)));
    }
    // Lists may be written in GB18030 for older programs; what is looked at may end within a character.
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let first = match std::str::from_utf8(line) {
        Ok(first) => first.into(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(line).0,
    };
    let first = first.trim_end();
    first.starts_with("序号,").then(|| Origin::Lines(first.to_owned()))
}
