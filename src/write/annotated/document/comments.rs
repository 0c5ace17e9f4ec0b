//! The comments part of a document: comments of ours put in, and taken away again.

use std::collections::BTreeSet;

use super::elements::local_attribute;
use super::record::Record;
use crate::model::Discrepancy;
use crate::write::annotated::attributes::{escaped, unescaped};
use crate::write::annotated::edits::Edits;
use crate::write::annotated::fault::Fault;
use crate::write::annotated::relations::insert_last;
use crate::write::annotated::tags::slice;
use crate::write::annotated::tree::{Element, Tree};
use crate::write::kit::cell_text;

/// Whom our comments name as their author.
const AUTHOR: &str = "核表 hebiao";
const INITIALS: &str = "核表";
/// Last line of our comments; whatever people write below stays theirs.
const CLOSING: &str = "──── 核表批注 ────";
/// Most UTF-16 units of one comment.
const MAX_UNITS: usize = 1_000;

/// A comments part without what an earlier run put in.
pub struct Cleaned {
    pub text: String,
    /// Comments left.
    pub left: usize,
    /// Ids of the comments that are gone.
    pub gone: BTreeSet<String>,
    /// Marks of their paragraphs, by which other parts speak of them.
    pub paragraphs: BTreeSet<String>,
    pub record: Option<Record>,
}

/// Takes our comments out of a comments part. What people wrote below one stays.
pub fn without_own(source: &str) -> Result<Cleaned, Fault> {
    let tree = Tree::of(source)?;
    let mut edits = Edits::default();
    let record = Record::find(source).map(|(record, range)| {
        edits.remove(range);
        record
    });
    let (mut left, mut gone, mut paragraphs) = (0, BTreeSet::new(), BTreeSet::new());
    for comment in tree.children(tree.root()?) {
        if comment.name != "comment" {
            continue;
        }
        let Some(own) = own_paragraphs(&tree, comment) else {
            left += 1;
            continue;
        };
        for paragraph in &own {
            paragraphs.extend(local_attribute(tree.tag(paragraph), "paraId"));
        }
        let end = own.last().map_or(comment.whole.end, |last| last.whole.end);
        if tree.children(comment).any(|child| child.whole.start >= end) {
            left += 1;
            let start = own.first().map_or(end, |first| first.whole.start);
            edits.remove(start..end);
        } else {
            gone.extend(local_attribute(tree.tag(comment), "id"));
            edits.remove(comment.whole.clone());
        }
    }
    let text = edits.apply(source).ok_or(Fault::Broken)?;
    Ok(Cleaned {
        text,
        left,
        gone,
        paragraphs,
        record,
    })
}

/// Returns the paragraphs of ours in a comment, up to our last line; `None` where it is not our comment.
fn own_paragraphs<'t, 'a>(tree: &'t Tree<'a>, comment: &Element) -> Option<Vec<&'t Element<'a>>> {
    if local_attribute(tree.tag(comment), "author").as_deref() != Some(AUTHOR) {
        return None;
    }
    let children: Vec<&Element> = tree.children(comment).filter(|child| child.name == "p").collect();
    let last = children
        .iter()
        .position(|paragraph| text_of(tree, paragraph).trim() == CLOSING)?;
    Some(children.into_iter().take(last + 1).collect())
}

/// Returns the text in a paragraph.
fn text_of(tree: &Tree, paragraph: &Element) -> String {
    let mut text = String::new();
    let mut open: Vec<&Element> = tree.children(paragraph).collect();
    open.reverse();
    while let Some(element) = open.pop() {
        if element.name == "t" {
            let inner = element.tag.end..element.inner_end.max(element.tag.end);
            text.push_str(&unescaped(slice(tree.source(), inner)));
        } else {
            let mut inside: Vec<&Element> = tree.children(element).collect();
            inside.reverse();
            open.extend(inside);
        }
    }
    text
}

/// Returns the ids of all comments in a part.
pub fn ids(source: &str) -> Result<BTreeSet<String>, Fault> {
    let tree = Tree::of(source)?;
    let comments = tree.children(tree.root()?).filter(|child| child.name == "comment");
    Ok(comments
        .filter_map(|comment| local_attribute(tree.tag(comment), "id"))
        .collect())
}

/// Returns a part without comments.
pub fn empty_part(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{namespace}\"></w:comments>"
    )
}

/// Returns the part with comments behind those that are there, and the record before all.
pub fn with_comments(source: &str, comments: &str, record: &Record) -> Result<String, Fault> {
    let tree = Tree::of(source)?;
    let source = insert_last(&tree, tree.root()?, comments)?;
    let tree = Tree::of(&source)?;
    let mut edits = Edits::default();
    edits.insert(tree.root()?.tag.end, record.text());
    edits.apply(&source).ok_or(Fault::Broken)
}

/// Returns how the part names its elements, and its attributes.
pub fn prefixes(source: &str, namespaces: &[&str]) -> Result<(String, String, String), Fault> {
    let tree = Tree::of(source)?;
    let prefix = tree.prefix()?.to_owned();
    Ok(super::attribute_prefix(tree.tag(tree.root()?), prefix, namespaces))
}

/// Returns one comment. `place` says where in which table.
pub fn comment(
    (element, attribute, declaration): &(String, String, String),
    id: usize,
    finding: &Discrepancy,
    place: &str,
) -> String {
    let heading = format!("【{} {}】{}", finding.severity.title(), finding.code, finding.title);
    let words = finding
        .quote
        .as_ref()
        .map(crate::model::Quote::in_words)
        .unwrap_or_default();
    let message = finding.message.strip_suffix(words.as_str()).unwrap_or(&finding.message);
    let mut lines = vec![message.to_owned()];
    if !finding.suggestion.trim().is_empty() {
        lines.push(format!("修改建议：{}", finding.suggestion));
    }
    lines.push(format!("对照的评价表：{place}"));
    let body = cell_text::shortened(&lines.join("\n"), MAX_UNITS);
    let e = element;
    let run = |text: &str, properties: &str| {
        format!(
            "<{e}r>{properties}<{e}t xml:space=\"preserve\">{}</{e}t></{e}r>",
            escaped(&cell_text::clean(text))
        )
    };
    let mut text = format!(
        "<{e}comment{declaration} {attribute}id=\"{id}\" {attribute}author=\"{AUTHOR}\" {attribute}initials=\"{INITIALS}\">\
         <{e}p><{e}r><{e}annotationRef/></{e}r>{}</{e}p>",
        run(&heading, &format!("<{e}rPr><{e}b/></{e}rPr>"))
    );
    for line in body.lines().chain([CLOSING]) {
        text.push_str(&format!("<{e}p>{}</{e}p>", run(line, "")));
    }
    text.push_str(&format!("</{e}comment>"));
    text
}

/// Returns a part that speaks of comments' paragraphs without those that are gone: their own entries, and answers'
/// pointing to them.
pub fn without_paragraphs(source: &str, gone: &BTreeSet<String>) -> Result<String, Fault> {
    let tree = Tree::of(source)?;
    let mut edits = Edits::default();
    for entry in tree.children(tree.root()?) {
        let tag = tree.tag(entry);
        let names = |name: &str| local_attribute(tag, name).is_some_and(|paragraph| gone.contains(&paragraph));
        if names("paraId") {
            edits.remove(entry.whole.clone());
        } else if names("paraIdParent") {
            let parent = crate::write::annotated::attributes::attributes(tag)
                .into_iter()
                .find(|attribute| attribute.name.ends_with("paraIdParent"));
            if let Some(parent) = parent {
                edits.remove(entry.tag.start + parent.whole.start..entry.tag.start + parent.whole.end);
            }
        }
    }
    edits.apply(source).ok_or(Fault::Broken)
}
