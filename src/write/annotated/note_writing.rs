//! Blocks put into the notes part of a sheet: below what a note holds, else as notes of their own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attributes::escaped;
use super::edits::Edits;
use super::fault::Fault;
use super::notes::{AUTHOR, authors, cell_of, list};
use super::relations::insert_last;
use super::tree::{Element, Tree, with_prefix};
use crate::grid::CellAddress;

const RUN_STYLE: &str =
    "<rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/></rPr>";

/// More names than notes are filed under.
const MOST_AUTHORS: usize = 1_000;

/// Returns the part with a block on each cell: below the note that is there, else as a note of its own.
pub fn with_blocks(source: &str, blocks: &BTreeMap<CellAddress, String>) -> Result<String, Fault> {
    let source = &with_author(source)?;
    let tree = Tree::of(source)?;
    let author = authors(&tree)?.iter().position(|name| name == AUTHOR).unwrap_or(0);
    let prefix = tree.prefix()?;
    let comment_list = list(&tree)?;
    let mut edits = Edits::default();
    let mut new: BTreeMap<CellAddress, &String> = blocks.iter().map(|(cell, block)| (*cell, block)).collect();
    for comment in tree.children(comment_list) {
        let Some(block) = cell_of(&tree, comment).and_then(|cell| new.remove(&cell)) else {
            continue;
        };
        let run = run(prefix, block);
        let Some(text) = tree.child(comment, "text") else {
            let whole = insert_last_at(&tree, comment, &format!("<{prefix}text>{run}</{prefix}text>"));
            edits.replace(whole.0, whole.1);
            continue;
        };
        let last_run = tree.children(text).filter(|child| child.name == "r").last();
        let plain = tree.child(text, "t").filter(|child| child.inner_end > child.tag.end);
        match (last_run, plain) {
            (Some(last), _) => edits.insert(last.whole.end, run),
            (None, Some(plain)) => edits.insert(plain.inner_end, cell_string(block)),
            (None, None) => {
                let (range, text) = insert_last_at(&tree, text, &run);
                edits.replace(range, text);
            }
        }
    }
    let comments: String = new
        .iter()
        .map(|(cell, block)| {
            format!(
                "<{prefix}comment ref=\"{cell}\" authorId=\"{author}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                run(prefix, block)
            )
        })
        .collect();
    if !comments.is_empty() {
        let (range, text) = insert_last_at(&tree, comment_list, &comments);
        edits.replace(range, text);
    }
    edits.apply(source).ok_or(Fault::Broken)
}

/// Returns the change that puts a text last inside an element.
fn insert_last_at(tree: &Tree, parent: &Element, text: &str) -> (Range<usize>, String) {
    let tag = tree.tag(parent);
    match tag.strip_suffix("/>") {
        Some(open) => {
            let name = super::tags::qualified_name(tag);
            (parent.tag.clone(), format!("{}>{text}</{name}>", open.trim_end()))
        }
        None => (parent.inner_end..parent.inner_end, text.to_owned()),
    }
}

fn with_author(source: &str) -> Result<String, Fault> {
    let tree = Tree::of(source)?;
    let names = authors(&tree)?;
    if names.iter().any(|name| name == AUTHOR) {
        return Ok(source.to_owned());
    }
    let prefix = tree.prefix()?;
    // Notes may be filed under a number that no name has; ours must not become theirs.
    let numbers = tree.children(list(&tree)?).filter_map(|comment| {
        let number = tree.attribute(comment, "authorId")?;
        number
            .trim()
            .parse::<usize>()
            .ok()
            .filter(|number| *number < MOST_AUTHORS)
    });
    let missing = numbers.max().map_or(0, |number| number + 1).saturating_sub(names.len());
    let nobody = format!("<{prefix}author></{prefix}author>").repeat(missing);
    let author = format!("{nobody}<{prefix}author>{AUTHOR}</{prefix}author>");
    match tree.child(tree.root()?, "authors") {
        Some(authors) => insert_last(&tree, authors, &author),
        None => {
            let mut edits = Edits::default();
            edits.insert(
                list(&tree)?.whole.start,
                format!("<{prefix}authors>{author}</{prefix}authors>"),
            );
            edits.apply(source).ok_or(Fault::Broken)
        }
    }
}

fn run(prefix: &str, block: &str) -> String {
    format!(
        "<{prefix}r>{}<{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        with_prefix(RUN_STYLE, prefix),
        cell_string(block)
    )
}

/// Returns a text as the format writes texts: what looks like one of its own escapes is escaped.
pub fn cell_string(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        result.push_str(before);
        let looks_escaped = after.as_bytes().get(2..7).is_some_and(|code| {
            let (hex, end) = code.split_at(4);
            hex.iter().all(u8::is_ascii_hexdigit) && end == b"_"
        });
        result.push_str(if looks_escaped { "_x005F_x" } else { "_x" });
        rest = after.get(2..).unwrap_or_default();
    }
    result.push_str(rest);
    escaped(&result)
}

/// Returns a notes part without notes.
pub fn empty_part(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::write::annotated::notes::{read, without_blocks};

    const PART: &str = "<x:comments xmlns:x=\"u\"><x:authors><x:author>王</x:author></x:authors><x:commentList>\
        <x:comment ref=\"B2\" authorId=\"0\"><x:text><x:t>原有 &amp; 说明</x:t></x:text></x:comment>\
        <x:comment ref=\"C3\" authorId=\"0\"><x:text><x:r><x:rPr><x:b/></x:rPr><x:t>粗</x:t></x:r><x:r><x:t>细</x:t></x:r></x:text></x:comment>\
        </x:commentList></x:comments>";

    #[test]
    fn blocks_come_and_go_and_the_part_is_what_it_was() {
        let block = "\n──── 核表批注 ────\n【错误 A01】总分 <94>\n────────────".to_owned();
        let own = "【错误 A01】总分_x000D_\n────────────".to_owned();
        let blocks: BTreeMap<CellAddress, String> = [("B2", &block), ("C3", &block), ("D4", &own)]
            .into_iter()
            .map(|(cell, block)| (cell.parse().unwrap(), block.clone()))
            .collect();
        let with = with_blocks(PART, &blocks).unwrap();
        let notes = read(&with).unwrap();
        assert_eq!(notes.len(), 3);
        assert_eq!(notes[&"B2".parse().unwrap()].text, format!("原有 & 说明{block}"));
        assert_eq!(notes[&"C3".parse().unwrap()].text, format!("粗细{block}"));
        let cleaned = without_blocks(&with).unwrap().unwrap();
        assert_eq!(cleaned.text, PART);
        assert_eq!(cleaned.left, 2);
        assert_eq!(cleaned.gone.len(), 1);
        assert!(without_blocks(PART).unwrap().is_none());
    }

    #[test]
    fn what_looks_like_an_escape_is_written_as_text() {
        assert_eq!(cell_string("a_x000D_b_x_xyz1_"), "a_x005F_x000D_b_x_xyz1_");
    }
}
