//! The notes part of a sheet (`comments`), read, and with the blocks of an earlier run taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::attributes::{escaped, unescaped};
use super::edits::Edits;
use super::fault::Fault;
use super::note_block::find_block;
use super::tags::slice;
use super::tree::{Element, Tree};
use crate::grid::CellAddress;

/// The author under which notes are filed; it does not show in their text.
pub const AUTHOR: &str = "核表 hebiao";
/// How Excel files the stand-in for a conversation, which it writes anew from the conversation itself.
const CONVERSATION: &str = "tc=";
/// A note that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its text.
    pub text: String,
    /// Whether it stands for a conversation (threaded comment).
    pub is_conversation: bool,
}

/// The notes part without the blocks of an earlier run.
#[derive(Debug)]
pub struct Cleaned {
    /// The part.
    pub text: String,
    /// Cells whose notes held nothing else and are gone.
    pub gone: BTreeSet<CellAddress>,
    /// How many notes are left.
    pub left: usize,
}

/// A piece of a note's text.
struct Piece {
    /// The element to be taken out when nothing of it is left: the run, or the text itself.
    whole: Range<usize>,
    inner: Range<usize>,
    text: String,
}

/// Returns the element that holds the notes.
pub fn list<'t, 'a>(tree: &'t Tree<'a>) -> Result<&'t Element<'a>, Fault> {
    tree.child(tree.root()?, "commentList").ok_or(Fault::Broken)
}

fn pieces(tree: &Tree, comment: &Element) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let Some(text) = tree.child(comment, "text") else {
        return pieces;
    };
    for child in tree.children(text) {
        let inner = match child.name {
            "t" => Some(child),
            "r" => tree.child(child, "t"),
            _ => None,
        };
        if let Some(inner) = inner {
            let range = inner.tag.end..inner.inner_end.max(inner.tag.end);
            pieces.push(Piece {
                whole: child.whole.clone(),
                text: content(slice(tree.source(), range.clone())),
                inner: range,
            });
        }
    }
    pieces
}

/// Returns the characters between two tags that hold no element.
fn content(raw: &str) -> String {
    let mut text = String::new();
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once("<![CDATA[") {
        text.push_str(&unescaped(before));
        let (inside, after) = after.split_once("]]>").unwrap_or((after, ""));
        text.push_str(inside);
        rest = after;
    }
    text.push_str(&unescaped(rest));
    text
}

/// Returns the cell of a note.
pub fn cell_of(tree: &Tree, comment: &Element) -> Option<CellAddress> {
    tree.attribute(comment, "ref")?.trim().parse().ok()
}

/// Returns the names under which notes are filed.
pub fn authors(tree: &Tree) -> Result<Vec<String>, Fault> {
    let Some(authors) = tree.child(tree.root()?, "authors") else {
        return Ok(Vec::new());
    };
    let names = tree.children(authors).map(|author| {
        content(slice(
            tree.source(),
            author.tag.end..author.inner_end.max(author.tag.end),
        ))
    });
    Ok(names.collect())
}

/// Returns the notes that are there, by cell.
pub fn read(source: &str) -> Result<BTreeMap<CellAddress, Note>, Fault> {
    let tree = Tree::of(source)?;
    let authors = authors(&tree)?;
    let mut notes = BTreeMap::new();
    for comment in tree.children(list(&tree)?) {
        if let Some(cell) = cell_of(&tree, comment) {
            let author = tree
                .attribute(comment, "authorId")
                .and_then(|id| id.trim().parse::<usize>().ok());
            let author = author.and_then(|index| authors.get(index));
            notes.insert(
                cell,
                Note {
                    text: pieces(&tree, comment).into_iter().map(|piece| piece.text).collect(),
                    is_conversation: author.is_some_and(|name| name.starts_with(CONVERSATION)),
                },
            );
        }
    }
    Ok(notes)
}

/// Takes the blocks of an earlier run out; `None` when there is none.
pub fn without_blocks(source: &str) -> Result<Option<Cleaned>, Fault> {
    let tree = Tree::of(source)?;
    let mut edits = Edits::default();
    let mut gone = BTreeSet::new();
    let mut left = 0;
    let mut authors_left = BTreeSet::new();
    for comment in tree.children(list(&tree)?) {
        let pieces = pieces(&tree, comment);
        let mut text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let cut = blocks(&text);
        for range in cut.iter().rev() {
            text.replace_range(range.clone(), "");
        }
        match cell_of(&tree, comment) {
            Some(cell) if !cut.is_empty() && text.trim().is_empty() => {
                gone.insert(cell);
                edits.remove(comment.whole.clone());
                continue;
            }
            _ => {
                left += 1;
                authors_left.insert(tree.attribute(comment, "authorId").unwrap_or_default());
            }
        }
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.text.len();
            cut_piece(&piece, at, &cut, &mut edits);
            at = end;
        }
    }
    if edits.is_empty() {
        return Ok(None);
    }
    let names = authors(&tree)?;
    if let Some(authors) = tree.child(tree.root()?, "authors")
        && let Some(last) = tree.children(authors).last()
        && names.last().is_some_and(|name| name == AUTHOR)
        && !authors_left.contains(&(names.len() - 1).to_string())
    {
        edits.remove(last.whole.clone());
    }
    Ok(Some(Cleaned {
        text: edits.apply(source).ok_or(Fault::Broken)?,
        gone,
        left,
    }))
}

/// Returns all blocks in a note's text, in order.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut list = Vec::new();
    let mut at = 0;
    while let Some(range) = text.get(at..).and_then(find_block).filter(|range| !range.is_empty()) {
        let mut end = at + range.end;
        if at + range.start == 0 {
            // The line break before what people wrote below.
            let rest = text.get(end..).unwrap_or_default();
            end += rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        }
        list.push(at + range.start..end);
        at = end;
    }
    list
}

fn cut_piece(piece: &Piece, at: usize, cut: &[Range<usize>], edits: &mut Edits) {
    let mut kept = String::new();
    let mut from = 0;
    let mut touched = false;
    for range in cut {
        let start = range.start.clamp(at, at + piece.text.len()) - at;
        let end = range.end.clamp(at, at + piece.text.len()) - at;
        if start < end {
            touched = true;
            kept.push_str(slice(&piece.text, from..start));
            from = end;
        }
    }
    if !touched {
        return;
    }
    kept.push_str(slice(&piece.text, from..piece.text.len()));
    if kept.is_empty() {
        edits.remove(piece.whole.clone());
    } else {
        edits.replace(piece.inner.clone(), escaped(&kept));
    }
}
