//! 批注副本 of a report in prose: the unit's own Word document with a comment at each sentence that the table
//! contradicts.
//!
//! As with workbooks, only what must change is changed: the document gets marks at byte positions, the comments part
//! gets comments, and every other part keeps its very bytes. A copy handed in again loses our comments first.

mod anchors;
mod comments;
mod elements;
mod record;
mod text_places;
mod walk;

use std::collections::BTreeSet;

use super::attributes::bound_prefix;
use super::content_types::{self, Place};
use super::fault::Fault;
use super::parts::{self, Parts};
use super::relations::{RELATIONSHIP_NAMESPACES, Relations, folder_of};
use super::tags::{TagKind, Tags, prefix_of, qualified_name, slice};
use crate::model::Discrepancy;
use crate::read::detect::main_part;
use crate::report::FileReport;
use crate::write::WriteError;
use anchors::{Anchors, Names};
use record::Record;

/// Namespaces of a document, the usual and the strict one.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

const PACKAGE: &str = "压缩结构";
const DOCUMENT: &str = "文档正文";
const COMMENTS: &str = "文档的批注";

/// A finding that quotes a report, with where it stands in which table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedFinding {
    /// The finding; its quote tells the report and the sentence.
    pub finding: Discrepancy,
    /// File, sheet and cell of the table, in words.
    pub place: String,
}

impl QuotedFinding {
    /// Returns the findings of a file's tables that quote a report. Those that are set aside are not among them.
    pub fn of(report: &FileReport) -> Vec<Self> {
        let name = report.file.rsplit('/').next().unwrap_or_default();
        let tables = report.tables.iter();
        tables
            .flat_map(|table| table.discrepancies.iter().map(move |finding| (table, finding)))
            .filter(|(_, finding)| finding.quote.is_some())
            .map(|(table, finding)| {
                let (sheet, cell) = table.place(finding.cell);
                let is_own = finding.quote.as_ref().is_some_and(|quote| quote.file == report.file);
                // The name of a copy is another than that of the report itself.
                let file = if is_own { "本报告" } else { name };
                Self {
                    finding: finding.clone(),
                    place: format!("{file}“{sheet}”{cell}"),
                }
            })
            .collect()
    }

    /// Returns how many comments these findings of one report are in its copy.
    pub fn comments(findings: &[Self]) -> usize {
        in_order(findings).len()
    }

    /// Returns the report's file as the quote names it.
    pub fn report(&self) -> &str {
        self.finding.quote.as_ref().map_or("", |quote| quote.file.as_str())
    }
}

/// Returns a report in prose, a Word document, with a comment at each sentence that a finding quotes.
///
/// `findings` must quote exactly this document, in whatever order; findings of one sentence that say the same are one
/// comment. Comments of an earlier run are removed first, people's own stay. The same input gives the same bytes.
///
/// # Errors
///
/// [`WriteError::NoReportDocument`] for other formats, [`WriteError::OtherFile`] when a quoted sentence is not where
/// the quote says, [`WriteError::Source`] and [`WriteError::OddDocument`] when the document is damaged, beyond a limit
/// or cannot be changed without loss.
///
/// ```no_run
/// # use hebiao::{check_bytes, standard::Standard};
/// use hebiao::write::{QuotedFinding, annotated_report};
///
/// let bytes = std::fs::read("自评报告.docx")?;
/// let report = check_bytes("自评报告.docx", &bytes, Standard::ministry()).report;
/// let copy = annotated_report(&bytes, &QuotedFinding::of(&report))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annotated_report(original: &[u8], findings: &[QuotedFinding]) -> Result<Vec<u8>, WriteError> {
    if document_extension(original).is_none() {
        return Err(WriteError::NoReportDocument);
    }
    let limits = parts::limits();
    let mut document = Document::open(original, &limits)?;
    document.clean().map_err(|fault| fault.into_document_error(COMMENTS))?;
    document.mark(findings)?;
    document
        .parts
        .write()
        .map_err(|fault| fault.into_document_error(PACKAGE))
}

/// Returns the extension that fits a copy of these bytes (`docx`, `docm`, `dotx`, `dotm`), by what the package says of
/// itself. `None` when it is no Word document.
pub fn document_extension(original: &[u8]) -> Option<&'static str> {
    let limits = parts::limits();
    let mut parts = Parts::open(original, &limits).ok()?;
    let main = main_part(parts.source()).ok()?;
    let kind = content_types::type_of(&mut parts, &main).ok()?.unwrap_or_default();
    if !kind.contains("wordprocessingml") && !kind.contains("ms-word") && !main.starts_with("word/") {
        return None;
    }
    Some(match (kind.contains("template"), kind.contains("macroenabled")) {
        (false, false) => "docx",
        (false, true) => "docm",
        (true, false) => "dotx",
        (true, true) => "dotm",
    })
}

/// The copy in the making.
struct Document<'a> {
    parts: Parts<'a>,
    main: String,
    relations: Relations,
    comments: Option<String>,
    text: String,
    /// Whether the part for comments, if there is one, was made by an earlier run.
    is_new_part: bool,
}

impl<'a> Document<'a> {
    fn open(original: &'a [u8], limits: &'a crate::read::Limits) -> Result<Self, WriteError> {
        let in_document = |fault: Fault| fault.into_document_error(DOCUMENT);
        let mut parts = Parts::open(original, limits).map_err(|fault| fault.into_document_error(PACKAGE))?;
        let main = main_part(parts.source()).map_err(|fault| in_document(fault.into()))?;
        let text = parts.text(&main).map_err(in_document)?;
        let text = text.ok_or_else(|| in_document(Fault::Broken))?;
        let relations = Relations::of(&mut parts, &main).map_err(in_document)?;
        let comments = relations.target_of("comments").map(str::to_owned);
        // A second list of comments beside the one that is missing would be no document.
        if comments.as_ref().is_some_and(|part| !parts.contains(part)) {
            return Err(WriteError::OddDocument("登记了批注，批注却不在文件里".to_owned()));
        }
        Ok(Self {
            parts,
            main,
            relations,
            comments,
            text,
            is_new_part: false,
        })
    }

    /// Takes away what an earlier run put in.
    fn clean(&mut self) -> Result<(), Fault> {
        let Some(part) = self.comments.clone() else {
            return Ok(());
        };
        let Some(source) = self.parts.text(&part)? else {
            return Ok(());
        };
        let cleaned = comments::without_own(&source)?;
        if cleaned.text == source {
            return Ok(());
        }
        let undone = cleaned.record.as_ref().and_then(|record| record.undo(&self.text));
        self.text = match undone {
            Some(text) => text,
            None => record::without_marks(&self.text, &cleaned.gone)?,
        };
        self.parts.set(&self.main, self.text.clone())?;
        if let Some(extended) = self.relations.target_of("commentsExtended").map(str::to_owned)
            && !cleaned.paragraphs.is_empty()
            && let Some(text) = self.parts.text(&extended)?
        {
            let changed = comments::without_paragraphs(&text, &cleaned.paragraphs)?;
            if changed != text {
                self.parts.set(&extended, changed)?;
            }
        }
        if cleaned.left == 0 && cleaned.record.is_some_and(|record| record.is_new_part) {
            self.parts.drop_part(&part);
            self.relations.remove_target(&mut self.parts, &part)?;
            content_types::withdraw(&mut self.parts, &part)?;
            self.comments = None;
            return Ok(());
        }
        self.parts.set(&part, cleaned.text)
    }

    fn mark(&mut self, findings: &[QuotedFinding]) -> Result<(), WriteError> {
        let findings = in_order(findings);
        if findings.is_empty() {
            return Ok(());
        }
        let in_document = |fault: Fault| fault.into_document_error(DOCUMENT);
        let in_comments = |fault: Fault| fault.into_document_error(COMMENTS);
        let quotes = findings.iter().filter_map(|(finding, _)| finding.quote.as_ref());
        let wanted: BTreeSet<usize> = quotes.map(|quote| quote.paragraph).collect();
        let paragraphs = walk::paragraphs(&self.text, &wanted).map_err(in_document)?;
        let (names, is_strict) = names_of(&self.text).map_err(in_document)?;
        let (part, source) = self.comments_part(is_strict).map_err(in_comments)?;
        let prefixes = comments::prefixes(&source, &NAMESPACES).map_err(in_comments)?;
        let mut taken = comments::ids(&source).map_err(in_comments)?;
        taken.extend(record::ids_of_marks(&self.text).map_err(in_document)?);
        let mut free = (0_usize..).filter(|id| !taken.contains(&id.to_string()));

        let mut anchors = Anchors::new(&self.text, names);
        let mut texts = String::new();
        for (finding, place) in &findings {
            let Some(quote) = &finding.quote else { continue };
            let paragraph = paragraphs.get(&quote.paragraph).ok_or(WriteError::OtherFile)?;
            let sentence = paragraph.sentence(quote).ok_or(WriteError::OtherFile)?;
            let id = free.next().unwrap_or_default();
            anchors.add(paragraph, sentence, id);
            texts.push_str(&comments::comment(&prefixes, id, finding, place));
        }
        let (text, places) = anchors.apply().map_err(in_document)?;
        let record = Record::new(self.is_new_part, &text, places);
        let source = comments::with_comments(&source, &texts, &record).map_err(in_comments)?;
        self.parts.set(&part, source).map_err(in_comments)?;
        self.parts.set(&self.main, text).map_err(in_document)
    }

    /// Returns the comments part and its text; one of its own where there is none.
    fn comments_part(&mut self, is_strict: bool) -> Result<(String, String), Fault> {
        if let Some(part) = self.comments.clone()
            && let Some(text) = self.parts.text(&part)?
        {
            return Ok((part, text));
        }
        let choose = |both: [&'static str; 2]| if is_strict { both[1] } else { both[0] };
        let folder = folder_of(&self.main);
        let usual = if folder.is_empty() {
            "comments.xml".to_owned()
        } else {
            format!("{folder}/comments.xml")
        };
        // What is declared without being there stays so when the copy is cleaned.
        let part = if self.parts.contains(&usual) || content_types::is_declared(&mut self.parts, &usual)? {
            self.parts.free_name(&self.main, "hebiaoComments", ".xml")?
        } else {
            usual
        };
        content_types::declare(&mut self.parts, &part, content_types::DOCUMENT_COMMENTS, Place::Last)?;
        let types = choose(RELATIONSHIP_NAMESPACES);
        self.relations.add(&mut self.parts, types, "comments", &part)?;
        self.is_new_part = true;
        self.comments = Some(part.clone());
        Ok((part, comments::empty_part(choose(NAMESPACES))))
    }
}

/// Returns the findings in the order of the text, with their places; those that say the same of one place of the report
/// are one, with the places of all.
fn in_order(findings: &[QuotedFinding]) -> Vec<(&Discrepancy, String)> {
    let key = |finding: &Discrepancy| {
        let place = finding.quote.as_ref().map(|quote| (quote.paragraph, quote.range));
        (place, finding.code.clone(), finding.message.clone())
    };
    let mut sorted: Vec<&QuotedFinding> = findings.iter().filter(|one| one.finding.quote.is_some()).collect();
    sorted.sort_by_cached_key(|one| (key(&one.finding), one.place.clone()));
    sorted.dedup_by(|one, other| one.place == other.place && key(&one.finding) == key(&other.finding));
    let mut comments: Vec<(&Discrepancy, String)> = Vec::with_capacity(sorted.len());
    for one in sorted {
        match comments.last_mut() {
            Some((same, places)) if key(same) == key(&one.finding) => {
                places.push('；');
                places.push_str(&one.place);
            }
            _ => comments.push((&one.finding, one.place.clone())),
        }
    }
    comments
}

/// Returns how a document names elements and attributes, and whether it is of the strict kind.
fn names_of(document: &str) -> Result<(Names, bool), Fault> {
    let mut tags = Tags::new(document);
    let root = loop {
        match tags.next()? {
            Some(tag) if tag.kind != TagKind::Close => break slice(document, tag.range),
            Some(_) => {}
            None => return Err(Fault::Broken),
        }
    };
    let (element, attribute, declaration) =
        attribute_prefix(root, prefix_of(qualified_name(root)).to_owned(), &NAMESPACES);
    let is_strict = root.contains(NAMESPACES[1]);
    Ok((
        Names {
            element,
            attribute,
            declaration,
        },
        is_strict,
    ))
}

/// Returns the prefix of elements, that of attributes, and a declaration of the latter where there is none yet.
fn attribute_prefix(root: &str, element: String, namespaces: &[&str]) -> (String, String, String) {
    if !element.is_empty() {
        return (element.clone(), element, String::new());
    }
    match bound_prefix(root, namespaces) {
        Some(prefix) => (element, prefix, String::new()),
        None => {
            let namespace = namespaces.iter().rev().find(|namespace| root.contains(**namespace));
            let namespace = namespace.or(namespaces.first()).copied().unwrap_or_default();
            (element, "hb:".to_owned(), format!(" xmlns:hb=\"{namespace}\""))
        }
    }
}
