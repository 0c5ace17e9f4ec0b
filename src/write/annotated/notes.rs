//! The notes part of a sheet (`comments`), read, and with the blocks of an earlier run taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::attributes::unescaped;
use super::edits::Edits;
use super::fault::Fault;
use super::note_block::{Block, find_block};
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
    let names = authors(&tree)?;
    for comment in tree.children(list(&tree)?) {
        let pieces = pieces(&tree, comment);
        let mut text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let author = tree.attribute(comment, "authorId").unwrap_or_default();
        let named = author.trim().parse::<usize>().ok().and_then(|index| names.get(index));
        let blocks = blocks(&text, named.is_some_and(|name| name == AUTHOR));
        let cut: Vec<Range<usize>> = blocks.iter().map(|block| block.range.clone()).collect();
        for range in cut.iter().rev() {
            text.replace_range(range.clone(), "");
        }
        // A note that was there stays, though it have no text: it may hold a picture.
        let was_there = blocks.iter().any(|block| block.has_opening);
        match cell_of(&tree, comment) {
            Some(cell) if !cut.is_empty() && !was_there && text.trim().is_empty() => {
                gone.insert(cell);
                edits.remove(comment.whole.clone());
                continue;
            }
            _ => {
                left += 1;
                authors_left.insert(author);
            }
        }
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.text.len();
            cut_piece(source, &piece, at, &cut, &mut edits);
            at = end;
        }
    }
    if edits.is_empty() {
        return Ok(None);
    }
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
fn blocks(text: &str, is_ours: bool) -> Vec<Block> {
    let mut list = Vec::new();
    let mut at = 0;
    let find = |at: usize| find_block(text.get(at..)?, is_ours).filter(|block| !block.range.is_empty());
    while let Some(Block { range, has_opening }) = find(at) {
        let mut end = at + range.end;
        if at + range.start == 0 {
            // The line break before what people wrote below.
            let rest = text.get(end..).unwrap_or_default();
            end += rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        }
        list.push(Block {
            range: at + range.start..end,
            has_opening,
        });
        at = end;
    }
    list
}

fn cut_piece(source: &str, piece: &Piece, at: usize, cut: &[Range<usize>], edits: &mut Edits) {
    let raw = slice(source, piece.inner.clone());
    let within = |place: usize| place.clamp(at, at + piece.text.len()) - at;
    let cut: Vec<Range<usize>> = cut
        .iter()
        .map(|range| within(range.start)..within(range.end))
        .filter(|range| !range.is_empty())
        .collect();
    let gone: usize = cut.iter().map(Range::len).sum();
    if gone == 0 {
        return;
    }
    if gone == piece.text.len() {
        edits.remove(piece.whole.clone());
        return;
    }
    // What people wrote stays as it is written.
    for range in cut {
        let places = (raw_place(raw, range.start), raw_place(raw, range.end));
        edits.remove(piece.inner.start + places.0..piece.inner.start + places.1);
    }
}

/// Returns where a place in the characters of an element stands in its text as written.
fn raw_place(raw: &str, place: usize) -> usize {
    const CHARACTERS: (&str, &str) = ("<![CDATA[", "]]>");
    let (mut at, mut met) = (0, 0);
    while met < place {
        let rest = slice(raw, at..raw.len());
        if let Some(inside) = rest.strip_prefix(CHARACTERS.0) {
            let length = inside.find(CHARACTERS.1).unwrap_or(inside.len());
            if met + length > place {
                return at + CHARACTERS.0.len() + (place - met);
            }
            met += length;
            at = (at + CHARACTERS.0.len() + length + CHARACTERS.1.len()).min(raw.len());
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        let length = match first {
            '&' => rest.find(';').map_or(1, |end| end + 1),
            other => other.len_utf8(),
        };
        met += unescaped(slice(rest, 0..length)).len();
        at += length;
    }
    at
}
