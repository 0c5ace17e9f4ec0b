//! Results of this program, known by their content: summaries, lists, pages and letters that hold no table.

use std::io::{Read, Seek, SeekFrom};

use zip::{CompressionMethod, ZipArchive};

use crate::read::kit::inflater::Inflater;

/// What all our workbooks and letters name as their maker.
pub(super) const MAKER: &str = "核表 hebiao";
/// Bytes of a text, or of a part of a package, that are looked at.
pub(super) const HEAD: u64 = 64 * 1024;
/// First keys of our JSON texts: report, result lines, baseline, list, summary, comparison.
const JSON_KEYS: [&str; 6] = [
    "schema_version",
    "file",
    "baseline_version",
    "list_version",
    "summary_version",
    "comparison_version",
];
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

/// Kind of a text that this program wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextOrigin {
    /// A list, by its first line.
    Lines(String),
    /// A page or Markdown text, by its title up to the first colon.
    Page(String),
    /// A JSON text, by its first key.
    Json(String),
}

/// Returns whether a file is a result that this program wrote for its user, whatever its name is now and whoever has
/// saved it since: a summary, a comparison, an index, a list, a page or a notice. Never a table: a normalized or
/// annotated one and a blank form may be what a unit hands in.
///
/// ```
/// use std::io::Cursor;
///
/// let list = "序号,编号,规则,级别,表\n1,A01,…";
/// assert!(hebiao::files::is_own_result("去年的清单.csv", || Some(Cursor::new(list))));
/// assert!(!hebiao::files::is_own_result("自评表.csv", || Some(Cursor::new("项目支出绩效自评表"))));
/// ```
pub fn is_own_result<C: Read + Seek>(name: &str, content: impl FnOnce() -> Option<C>) -> bool {
    let extension = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
    let is_of_ours = extension.is_some_and(|it| ["xlsx", "docx", "csv", "txt", "html", "htm"].contains(&it.as_str()));
    is_of_ours && content().is_some_and(|mut content| is_result(&mut content) == Some(true))
}

fn is_result(file: &mut (impl Read + Seek)) -> Option<bool> {
    let mut start = [0; 2];
    file.read_exact(&mut start).ok()?;
    if &start != b"PK" {
        file.seek(SeekFrom::Start(0)).ok()?;
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).ok()?;
        return Some(match text_origin(&head)? {
            TextOrigin::Lines(line) => CSV_BEGINNINGS.iter().any(|beginning| line.starts_with(beginning)),
            TextOrigin::Page(_) => head.starts_with(b"<"),
            TextOrigin::Json(_) => false,
        });
    }
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut package = ZipArchive::new(file).ok()?;
    let place = package.index_for_name("docProps/core.xml")?;
    let properties = inflated_at_once(&mut package, place).or_else(|| {
        let mut properties = Vec::new();
        let part = package.by_index(place).ok()?;
        part.take(HEAD).read_to_end(&mut properties).ok()?;
        Some(properties)
    })?;
    let properties = String::from_utf8_lossy(&properties);
    let title = shared_title(element_text(&properties, "dc:title")?);
    Some(element_text(&properties, "dc:creator")?.starts_with(MAKER) && RESULT_TITLES.contains(&title.as_str()))
}

/// Returns a short part without a stream, which costs more than all else; `None` of any that is out of the ordinary.
fn inflated_at_once(package: &mut ZipArchive<impl Read + Seek>, place: usize) -> Option<Vec<u8>> {
    let mut entry = package.by_index_raw(place).ok()?;
    let (length, sum) = (usize::try_from(entry.size()).ok()?, entry.crc32());
    let is_usual = entry.compression() == CompressionMethod::Deflated && !entry.encrypted();
    if !is_usual || entry.size() > HEAD || entry.compressed_size() > HEAD {
        return None;
    }
    let mut packed = Vec::new();
    entry.read_to_end(&mut packed).ok()?;
    let mut part = Vec::new();
    let is_sound = Inflater::default().inflate(&packed, length, &mut part) && crc32fast::hash(&part) == sum;
    is_sound.then_some(part)
}

pub(super) fn element_text<'a>(xml: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{element}>"))?;
    Some(rest.split_once("</")?.0)
}

/// Returns the part of a title that all files of its kind share: `修改通知：某局` and `修改通知：某校` are of one
/// kind.
pub(super) fn shared_title(title: &str) -> String {
    title.split(['：', ':']).next().unwrap_or_default().trim().to_owned()
}

/// Returns what a text is, by its beginning, if this program wrote it.
pub(super) fn text_origin(head: &[u8]) -> Option<TextOrigin> {
    let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(head);
    let start = text.trim_start();
    if start.starts_with('{') || start.starts_with('[') {
        let key = start.split('"').nth(1)?;
        return JSON_KEYS.contains(&key).then(|| TextOrigin::Json(key.to_owned()));
    }
    if start.starts_with("<!DOCTYPE html>") {
        let title = element_text(&text, "title")?;
        let ours = title.starts_with("核表") || title.starts_with("差异清单");
        return ours.then(|| TextOrigin::Page(shared_title(title)));
    }
    let first = start.lines().next()?;
    if let Some(title) = first.strip_prefix("# ") {
        return Some(TextOrigin::Page(shared_title(title)));
    }
    // Lists may be written in GB18030 for older programs; what is looked at may end within a character.
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let first = match std::str::from_utf8(line) {
        Ok(first) => first.into(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(line).0,
    };
    let first = first.trim_end();
    first.starts_with("序号,").then(|| TextOrigin::Lines(first.to_owned()))
}
