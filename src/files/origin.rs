//! What an output was, told from its content: only a file of the same kind and origin may be replaced by a new one.
//!
//! A name proves nothing: a unit's table may bear the name that is asked for. A workbook of ours that somebody has
//! saved since is no longer ours: it may be a form that was filled in.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

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

/// Titles of our workbooks and letters that hold no table.
const RESULT_TITLES: [&str; 6] = [
    "绩效评价汇总",
    "对比",
    "目录",
    "修改通知台账",
    "差异清单",
    "绩效评价表修改通知",
];
/// How the first lines of our separated values begin: 项目汇总 and 差异清单.
const CSV_BEGINNINGS: [&str; 2] = ["序号,主管部门,预算单位,项目名称,评价类型,年度,", "序号,编号,规则,级别,"];

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

/// Returns whether a file is a result that this program wrote for its user, whatever its name is now and whoever has
/// saved it since: a summary, a comparison, an index, a list, a page or a notice. Never a table: a normalized or
/// annotated one and a blank form may be what a unit hands in.
pub(crate) fn is_own_result(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
    let is_of_ours = extension.is_some_and(|it| ["xlsx", "docx", "csv", "txt", "html", "htm"].contains(&it.as_str()));
    is_of_ours && File::open(path).is_ok_and(|mut file| is_result(&mut file) == Some(true))
}

fn is_result(file: &mut File) -> Option<bool> {
    let mut start = [0; 2];
    file.read_exact(&mut start).ok()?;
    if &start != b"PK" {
        file.seek(SeekFrom::Start(0)).ok()?;
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).ok()?;
        return Some(match text(&head)? {
            Origin::Lines(line) => CSV_BEGINNINGS.iter().any(|beginning| line.starts_with(beginning)),
            Origin::Page(_) => head.starts_with(b"<"),
            _ => false,
        });
    }
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut package = ZipArchive::new(file).ok()?;
    let mut properties = Vec::new();
    let part = package.by_name("docProps/core.xml").ok()?;
    part.take(HEAD).read_to_end(&mut properties).ok()?;
    let properties = String::from_utf8_lossy(&properties);
    let title = shared_title(element_text(&properties, "dc:title")?);
    Some(element_text(&properties, "dc:creator")?.starts_with(MAKER) && RESULT_TITLES.contains(&title.as_str()))
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
