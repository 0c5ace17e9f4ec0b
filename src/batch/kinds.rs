//! What a file met in a folder, an archive or by a pattern is, by its name alone: a table, or something to pass over.

use std::collections::BTreeSet;

use crate::text::file_names::{PathMark, path_mark};
use crate::text::own_markers::{ANNOTATED_STEM, NORMALIZED_STEM};

/// Extensions that a table may come under. Documents and archives that are not read are among them where units hand in
/// tables so: each then is a file with its reason. What is mostly an attachment (pdf, pictures) is not, and neither is
/// json, which holds earlier results.
const TABLES: &[&str] = &[
    "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ett", "ods", "ots", "fods", "csv", "tsv", "txt",
    "html", "htm", "mht", "mhtml", "xml", "docx", "docm", "doc", "wps", "numbers", "rar", "7z",
];

/// What stands before the extension of the program's own outputs.
const OWN_STEMS: &[&str] = &[NORMALIZED_STEM, ".差异清单", ".修改通知"];

/// Why a file was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Hidden,
    NotATable,
    OwnOutput,
}

/// Extensions of what people hand in instead of a table, though no table is read from it.
const DOCUMENTS: &[&str] = &[
    "pdf", "ofd", "jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp", "heic",
];

/// Files passed over, by reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Hidden files and folders, and what Excel and WPS leave beside an open file (`~$…`, `.~…`).
    pub hidden: usize,
    /// Files of another kind.
    pub not_tables: usize,
    /// What this program wrote: normalized tables, discrepancy lists, notices, annotated copies beside their originals.
    pub own_outputs: usize,
    /// Files that were there already, under the same or another name.
    pub duplicates: usize,
    /// Links that lead back to a folder above them: what is behind them was read once already.
    pub links_in_circles: usize,
    /// Of [`Skipped::not_tables`], the paths of documents and pictures: somebody may have handed in nothing else.
    pub documents: Vec<String>,
}

impl Skipped {
    /// Returns all of them.
    pub const fn total(&self) -> usize {
        self.hidden + self.not_tables + self.own_outputs + self.duplicates + self.links_in_circles
    }

    /// Counts a file of this path, as shown.
    pub(super) fn count(&mut self, pass: Pass, shown: &str) {
        match pass {
            Pass::Hidden => self.hidden += 1,
            Pass::NotATable => {
                self.not_tables += 1;
                if extension(shown).is_some_and(|it| DOCUMENTS.contains(&it.as_str())) {
                    self.documents.push(shown.to_owned());
                }
            }
            Pass::OwnOutput => self.own_outputs += 1,
        }
    }
}

/// Returns why a file of this name is passed over; `None` for one to read. `any_kind` when whoever named it chose the
/// kind.
pub(super) fn pass(name: &str, any_kind: bool) -> Option<Pass> {
    if is_hidden(name) {
        Some(Pass::Hidden)
    } else if is_own_output(name) {
        Some(Pass::OwnOutput)
    } else if any_kind
        || is_zip(name)
        || is_report_elsewhere(name)
        || extension(name).is_some_and(|it| TABLES.contains(&it.as_str()))
    {
        None
    } else {
        Some(Pass::NotATable)
    }
}

/// Returns whether a name is that of an evaluation report in a format that is not read: it gets its reason.
fn is_report_elsewhere(name: &str) -> bool {
    extension(name).is_some_and(|it| it == "pdf")
        && ["绩效评价报告", "绩效自评报告", "自评报告"]
            .iter()
            .any(|it| name.contains(it))
}

/// Returns whether a file or folder of this name is hidden, or left beside an open file.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX"
}

/// Returns whether a file name is that of something this program wrote for a table (`表.规范表.xlsx`). Met in a
/// folder, such a file is no unit's table. An annotated copy is not among them: units hand it in again, corrected.
fn is_own_output(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(stem, _)| OWN_STEMS.iter().any(|own| stem.ends_with(own)))
}

/// Tells annotated copies that lie beside what they were made from, or beside what was written with them, from those
/// that units handed in.
#[derive(Default)]
pub(super) struct Copies(BTreeSet<PathMark>);

impl Copies {
    /// Takes note of a file, by its path: a table, or an output.
    pub(super) fn note(&mut self, path: &str) {
        let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
        if !stem.ends_with(ANNOTATED_STEM) {
            let own = OWN_STEMS.iter().find_map(|own| stem.strip_suffix(own));
            self.0.insert(path_mark(own.unwrap_or(stem)));
        }
    }

    /// Returns whether the path is that of an annotated copy whose original, or whose other outputs, were noted.
    pub(super) fn is_copy(&self, path: &str) -> bool {
        copied(path).is_some_and(|stem| self.0.contains(&path_mark(stem)))
    }
}

/// Returns the path of an archive's entry if it is a table to read; else counts why it is passed over.
pub(super) fn wanted_in_archive(parts: &[String], copies: &Copies, skipped: &mut Skipped) -> Option<String> {
    let (name, folders) = parts.split_last()?;
    if folders.iter().any(|folder| is_hidden(folder)) {
        skipped.hidden += 1;
        return None;
    }
    let path = parts.join("/");
    if let Some(pass) = pass(name, false) {
        skipped.count(pass, &path);
        return None;
    }
    if copies.is_copy(&path) {
        skipped.own_outputs += 1;
        return None;
    }
    Some(path)
}

/// Returns which of a folder's files, by their paths with `/` between the parts, are tables to read, in the order of
/// their paths, and what was passed over. Nothing is opened.
///
/// ```
/// let paths = ["甲/表.xlsx", "甲/表.规范表.xlsx", "甲/照片.jpg", "乙/表.xls"].map(str::to_owned);
/// let (wanted, skipped) = hebiao::batch::tables_among(&paths);
/// assert_eq!((wanted, skipped.total()), (vec![3, 0], 2));
/// ```
pub fn tables_among(paths: &[String]) -> (Vec<usize>, Skipped) {
    let mut copies = Copies::default();
    for path in paths {
        let name = path.rsplit('/').next().unwrap_or_default();
        if matches!(pass(name, false), None | Some(Pass::OwnOutput)) {
            copies.note(path);
        }
    }
    let mut skipped = Skipped::default();
    let mut wanted: Vec<(String, usize)> = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let path = wanted_in_archive(&parts, &copies, &mut skipped);
        wanted.extend(path.map(|path| (path, index)));
    }
    wanted.sort();
    (wanted.into_iter().map(|(_, index)| index).collect(), skipped)
}

/// Returns what an annotated copy of this name was made from, without its extension.
fn copied(path: &str) -> Option<&str> {
    path.rsplit_once('.')
        .and_then(|(stem, _)| stem.strip_suffix(ANNOTATED_STEM))
}

/// Returns whether a path is that of an annotated copy, of a file here or elsewhere.
#[cfg(feature = "batch")]
pub(super) fn may_be_copy(path: &str) -> bool {
    copied(path).is_some()
}

/// Returns whether a name is a zip archive's.
pub(super) fn is_zip(name: &str) -> bool {
    extension(name).is_some_and(|it| it == "zip")
}

/// Returns the extension in lower case.
fn extension(name: &str) -> Option<String> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(extension.to_ascii_lowercase())
}
