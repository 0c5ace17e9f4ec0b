//! What an output was, told from its content: only a file of the same kind and origin may be replaced by a new one.
//!
//! A name proves nothing: a unit's table may bear the name that is asked for. A workbook of ours that somebody has
//! saved since is no longer ours: it may be a form that was filled in.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::own_result::{HEAD, MAKER, TextOrigin, element_text, shared_title, text_origin};

/// Bytes at the end of a columnar file that hold its maker.
const TAIL: u64 = 64 * 1024;
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
    /// A text.
    Text(TextOrigin),
    /// A columnar file.
    Columnar,
    /// Nothing was written into it yet.
    Empty,
}

/// Returns what a file is, if its content says that this program wrote it; `None` for any other file.
pub(super) fn origin(file: &mut (impl Read + Seek)) -> Option<Origin> {
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
    text_origin(&head).map(Origin::Text)
}

fn package(file: &mut (impl Read + Seek)) -> Option<Origin> {
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

fn columnar(file: &mut (impl Read + Seek), length: u64) -> Option<Origin> {
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL))).ok()?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail).ok()?;
    tail.windows(6)
        .any(|bytes| bytes == b"hebiao")
        .then_some(Origin::Columnar)
}
