//! What an earlier run put into a document, written down so that an unchanged copy becomes again what it was, byte by
//! byte.
//!
//! The record is a comment of XML in the comments part. A program that saves the document drops it; then comments of
//! ours are known by their author and their last line, and what parted runs stays, which changes no text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::elements::local_attribute;
use crate::write::annotated::copy::fingerprint;
use crate::write::annotated::edits::Edits;
use crate::write::annotated::fault::Fault;
use crate::write::annotated::tags::{TagKind, Tags, slice};

/// Begins the record.
const OPENING: &str = "<!--hebiao:1 ";
const CLOSING: &str = "-->";

/// The record of an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whether the comments part was made by that run.
    pub is_new_part: bool,
    /// Mark of the document with what was put in.
    document: String,
    /// Where that stands: place and length.
    places: Vec<(usize, usize)>,
}

impl Record {
    pub fn new(is_new_part: bool, document: &str, places: Vec<(usize, usize)>) -> Self {
        Self {
            is_new_part,
            document: mark_of(document),
            places,
        }
    }

    /// Returns the record in a comments part, and where it stands there.
    pub fn find(comments: &str) -> Option<(Self, Range<usize>)> {
        let start = comments.find(OPENING)?;
        let inner = comments.get(start + OPENING.len()..)?;
        let length = inner.find(CLOSING)?;
        let range = start..start + OPENING.len() + length + CLOSING.len();
        let mut words = inner.get(..length)?.split(' ');
        let is_new_part = match words.next()? {
            "new" => true,
            "added" => false,
            _ => return None,
        };
        let document = words.next()?.to_owned();
        let places: Option<Vec<(usize, usize)>> = words
            .map(|word| {
                let (place, length) = word.split_once('+')?;
                Some((place.parse().ok()?, length.parse().ok()?))
            })
            .collect();
        let record = Self {
            is_new_part,
            document,
            places: places?,
        };
        Some((record, range))
    }

    /// Returns the record as it is written.
    pub fn text(&self) -> String {
        let origin = if self.is_new_part { "new" } else { "added" };
        let mut text = format!("{OPENING}{origin} {}", self.document);
        for (place, length) in &self.places {
            text.push_str(&format!(" {place}+{length}"));
        }
        text.push_str(CLOSING);
        text
    }

    /// Returns the document without what was put in; `None` where it is not the document of the record, or where the
    /// record would take away more than marks.
    pub fn undo(&self, document: &str) -> Option<String> {
        if self.document != mark_of(document) {
            return None;
        }
        let mut edits = Edits::default();
        for (place, length) in &self.places {
            let range = *place..place.checked_add(*length)?;
            is_only_marks(document.get(range.clone())?).then_some(())?;
            edits.remove(range);
        }
        edits.apply(document)
    }
}

fn mark_of(document: &str) -> String {
    fingerprint(document.as_bytes()).chars().take(16).collect()
}

/// Returns whether a piece of a document holds nothing but what this program puts in: marks, and runs closed and opened
/// again.
fn is_only_marks(piece: &str) -> bool {
    const PUT_IN: [&str; 5] = ["commentRangeStart", "commentRangeEnd", "commentReference", "r", "t"];
    let mut tags = Tags::lenient(piece);
    let mut at = 0;
    let mut properties = 0_usize;
    loop {
        let Ok(tag) = tags.next() else { return false };
        let Some(tag) = tag else {
            return at == piece.len() && properties == 0;
        };
        // Text between tags would be lost. Within properties nothing is shown: what odd text they hold was repeated with
        // them.
        if tag.range.start != at && properties == 0 {
            return false;
        }
        at = tag.range.end;
        match (tag.name, tag.kind) {
            ("rPr", TagKind::Open) => properties += 1,
            ("rPr", TagKind::Close) => properties = properties.saturating_sub(1),
            ("rPr", TagKind::Empty) => {}
            (name, _) if properties == 0 && !PUT_IN.contains(&name) => return false,
            _ => {}
        }
    }
}

/// Returns the ids that marks in a document bear, of comments that there are or not.
pub fn ids_of_marks(document: &str) -> Result<BTreeSet<String>, Fault> {
    let mut ids = BTreeSet::new();
    if !document.contains("commentR") {
        return Ok(ids);
    }
    let mut tags = Tags::new(document);
    while let Some(tag) = tags.next()? {
        if tag.name.starts_with("commentR") {
            ids.extend(local_attribute(slice(document, tag.range), "id"));
        }
    }
    Ok(ids)
}

/// Returns a document without the marks of these comments, however it was saved since.
pub fn without_marks(document: &str, ids: &BTreeSet<String>) -> Result<String, Fault> {
    let mut edits = Edits::default();
    let mut tags = Tags::new(document);
    // The run at hand: its beginning, and whether it holds nothing but properties and marks of ours.
    let mut run: Option<(usize, usize)> = None;
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut holds_more = false;
    let mut properties: Option<usize> = None;
    let mut mark: Option<(usize, usize)> = None;
    while let Some(tag) = tags.next()? {
        let is_own = |text: &str| local_attribute(text, "id").is_some_and(|id| ids.contains(&id));
        let text = slice(document, tag.range.clone());
        match (tag.kind, tag.name) {
            (TagKind::Open, "r") if run.is_none() => {
                run = Some((tag.range.start, tag.depth));
                holds_more = false;
            }
            (TagKind::Close, "r") if run.is_some_and(|(_, depth)| depth == tag.depth) => {
                let start = run.take().map_or(tag.range.start, |(start, _)| start);
                if holds_more || marks.is_empty() {
                    marks.drain(..).for_each(|mark| edits.remove(mark));
                } else {
                    marks.clear();
                    edits.remove(start..tag.range.end);
                }
            }
            (TagKind::Open, "rPr") if properties.is_none() => properties = Some(tag.depth),
            (TagKind::Close, "rPr") if properties == Some(tag.depth) => properties = None,
            (TagKind::Empty, "commentRangeStart" | "commentRangeEnd") if is_own(text) => edits.remove(tag.range),
            (TagKind::Open, "commentRangeStart" | "commentRangeEnd" | "commentReference") if is_own(text) => {
                mark = Some((tag.range.start, tag.depth));
            }
            (TagKind::Close, name) if mark.is_some_and(|(_, depth)| depth == tag.depth) => {
                let whole = mark.take().map_or(tag.range.start, |(start, _)| start)..tag.range.end;
                if name == "commentReference" && run.is_some() {
                    marks.push(whole);
                } else {
                    edits.remove(whole);
                }
            }
            (TagKind::Empty, "commentReference") if is_own(text) => {
                if run.is_some() {
                    marks.push(tag.range);
                } else {
                    edits.remove(tag.range);
                }
            }
            (TagKind::Empty, "rPr") => {}
            _ if properties.is_some() || mark.is_some() => {}
            _ => holds_more = true,
        }
    }
    edits.apply(document).ok_or(Fault::Broken)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_record_gives_back_the_document_and_nothing_more() {
        let original = "<w:r><w:rPr><w:b/></w:rPr><w:t>得分96分</w:t></w:r>";
        let put_in = "</w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:b/></w:rPr><w:t>";
        let at = original.find("96").unwrap();
        let mut document = original.to_owned();
        document.insert_str(at, put_in);
        let record = Record::new(true, &document, vec![(at, put_in.len())]);
        let (read, range) = Record::find(&format!("<c>{}</c>", record.text())).unwrap();
        assert_eq!((&read, range.start), (&record, 3));
        assert_eq!(read.undo(&document).as_deref(), Some(original));
        assert_eq!(read.undo(&document.replace("96", "94")), None);
        // Properties are repeated with whatever stands in them.
        let odd = "</t></r><r><rPr>x<b/>\n</rPr><t>";
        let record = Record::new(true, odd, vec![(0, odd.len())]);
        assert_eq!(record.undo(odd).as_deref(), Some(""));
        // A record that would take away text, or a picture, is not believed.
        let takes_text = Record::new(true, original, vec![(at, 2)]);
        assert_eq!(takes_text.undo(original), None);
        let picture = "<w:drawing/>";
        assert_eq!(Record::new(true, picture, vec![(0, picture.len())]).undo(picture), None);
        assert_eq!(Record::find("<!--hebiao:1 new 12 9+x-->"), None);
    }

    #[test]
    fn marks_go_with_their_run_unless_it_holds_more() {
        let ids = BTreeSet::from(["1".to_owned()]);
        let document = "<p><commentRangeStart w:id=\"1\"/><r><t>甲</t></r><commentRangeEnd w:id=\"1\"></commentRangeEnd>\
            <r><rPr><rStyle/></rPr><commentReference w:id=\"1\"/></r><r><commentReference w:id=\"1\"/><t>乙</t></r>\
            <r><commentReference w:id=\"2\"/></r></p>";
        assert_eq!(
            without_marks(document, &ids).unwrap(),
            "<p><r><t>甲</t></r><r><t>乙</t></r><r><commentReference w:id=\"2\"/></r></p>"
        );
    }
}
