//! The ends of comments' ranges put around sentences, with runs parted where a sentence begins or ends within one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::walk::{Character, Paragraph, Piece};
use crate::write::annotated::attributes::with_attribute;
use crate::write::annotated::fault::Fault;
use crate::write::annotated::tags::{qualified_name, slice};

/// Most bytes that are put into a document.
const MAX_ADDED: usize = 16 * 1024 * 1024;

/// What is put in at one place.
#[derive(Debug, Default)]
struct Point {
    /// Closes what is parted there, and opens it again.
    closing: String,
    opening: String,
    ends: String,
    references: String,
    starts: String,
}

/// How elements and attributes are named in the document.
#[derive(Debug, Clone)]
pub struct Names {
    /// Prefix of elements, with its colon.
    pub element: String,
    /// Prefix of attributes, with its colon.
    pub attribute: String,
    /// A declaration of that prefix, where the document has none.
    pub declaration: String,
}

/// A comment's range being put in.
#[derive(Debug, Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// What is put into a document.
#[derive(Debug)]
pub struct Anchors<'a> {
    source: &'a str,
    names: Names,
    points: BTreeMap<usize, Point>,
}

impl<'a> Anchors<'a> {
    pub const fn new(source: &'a str, names: Names) -> Self {
        Self {
            source,
            names,
            points: BTreeMap::new(),
        }
    }

    /// Puts a comment on the characters of a paragraph; on all of it where there are none.
    pub fn add(&mut self, paragraph: &Paragraph, covered: Range<usize>, id: usize) {
        let mark = |names: &Names, element: &str| {
            let Names {
                element: prefix,
                attribute,
                declaration,
            } = names;
            format!("<{prefix}{element}{declaration} {attribute}id=\"{id}\"/>")
        };
        let start = mark(&self.names, "commentRangeStart");
        let end = mark(&self.names, "commentRangeEnd");
        let run = format!("{}r", self.names.element);
        let reference = format!("<{run}>{}</{run}>", mark(&self.names, "commentReference"));

        let (first, last) = (covered.start, covered.end);
        let covered = paragraph.characters.get(covered).unwrap_or_default();
        let (start_at, end_at, reference_at) = match (covered.first(), covered.last()) {
            (Some(_), Some(_)) => {
                let start_at = self.edge(paragraph, first, Edge::Start);
                let end_at = self.edge(paragraph, last - 1, Edge::End);
                let reference_at = reference_place(paragraph, last - 1, end_at);
                (start_at, end_at, reference_at)
            }
            _ => {
                let start_at = paragraph
                    .tops
                    .first()
                    .map_or(paragraph.inner_end, |top| top.whole.start);
                (start_at, paragraph.inner_end, paragraph.inner_end)
            }
        };
        self.points.entry(start_at).or_default().starts.push_str(&start);
        self.points.entry(end_at).or_default().ends.push_str(&end);
        self.points
            .entry(reference_at)
            .or_default()
            .references
            .push_str(&reference);
    }

    /// Returns where the range begins before a character, or ends behind it; parts its run where that is within one.
    fn edge(&mut self, paragraph: &Paragraph, index: usize, edge: Edge) -> usize {
        let Some((character, piece)) = character_at(paragraph, index) else {
            return paragraph.inner_end;
        };
        let Some(run) = paragraph.runs.get(piece.run) else {
            return paragraph.inner_end;
        };
        let beside = |range: &Range<usize>| match edge {
            Edge::Start => range.start,
            Edge::End => range.end,
        };
        if !run.holds_marks {
            return paragraph
                .tops
                .get(run.top)
                .map_or(paragraph.inner_end, |top| beside(&top.whole));
        }
        let next = match edge {
            Edge::Start => index.checked_sub(1),
            Edge::End => Some(index + 1),
        };
        let next = next.and_then(|next| character_at(paragraph, next));
        if !piece.is_child || next.is_none_or(|(_, next)| next.run != piece.run) {
            return beside(&run.whole);
        }
        let is_within_piece = next.is_some_and(|(next, _)| next.piece == character.piece);
        let right = if is_within_piece && piece.may_be_parted {
            parting_place(paragraph, index, edge, character, piece.is_preserved)
        } else {
            None
        };
        let Some(right) = right else {
            let neighbour = match edge {
                Edge::Start => character.piece.checked_sub(1),
                Edge::End => Some(character.piece + 1),
            };
            let neighbour = neighbour.and_then(|neighbour| paragraph.pieces.get(neighbour));
            if neighbour.is_none_or(|neighbour| neighbour.run != piece.run) {
                return beside(&run.whole);
            }
            let at = beside(&piece.whole);
            self.part_run(at, paragraph, piece, "", "");
            return at;
        };
        let tag = slice(self.source, piece.tag.clone());
        let closing = format!("</{}>", qualified_name(tag));
        let opening = if piece.is_preserved || !right.shown.is_whitespace() {
            tag.to_owned()
        } else {
            with_attribute(tag, "xml:space", Some("preserve"))
        };
        self.part_run(right.start, paragraph, piece, &closing, &opening);
        right.start
    }

    /// Ends the run of a piece at a place, and begins it again with the same properties.
    fn part_run(&mut self, at: usize, paragraph: &Paragraph, piece: &Piece, closing: &str, opening: &str) {
        let Some(run) = paragraph.runs.get(piece.run) else {
            return;
        };
        let point = self.points.entry(at).or_default();
        if !point.closing.is_empty() {
            return;
        }
        let tag = slice(self.source, run.tag.clone());
        let properties = run
            .properties
            .as_ref()
            .map_or("", |range| slice(self.source, range.clone()));
        point.closing = format!("{closing}</{}>", qualified_name(tag));
        point.opening = format!("{tag}{properties}{opening}");
    }

    /// Returns the document with all that was put in, and where in it that stands: place and length.
    pub fn apply(self) -> Result<(String, Vec<(usize, usize)>), Fault> {
        let added: usize = self.points.values().map(Point::length).sum();
        if added > MAX_ADDED {
            return Err(Fault::TooLarge);
        }
        let mut result = String::with_capacity(self.source.len() + added);
        let mut places = Vec::with_capacity(self.points.len());
        let mut at = 0;
        for (place, point) in &self.points {
            result.push_str(self.source.get(at..*place).ok_or(Fault::Broken)?);
            places.push((result.len(), point.length()));
            for text in point.texts() {
                result.push_str(text);
            }
            at = *place;
        }
        result.push_str(self.source.get(at..).ok_or(Fault::Broken)?);
        Ok((result, places))
    }
}

impl Point {
    fn texts(&self) -> [&str; 5] {
        [&self.closing, &self.ends, &self.references, &self.starts, &self.opening]
    }

    fn length(&self) -> usize {
        self.texts().iter().map(|text| text.len()).sum()
    }
}

/// Returns the first character of the second part where a text is parted before or behind a character of it; `None`
/// where there is no second part.
fn parting_place<'p>(
    paragraph: &'p Paragraph,
    index: usize,
    edge: Edge,
    character: &Character,
    is_preserved: bool,
) -> Option<&'p Character> {
    let of_piece = |index: usize| {
        let found = paragraph.characters.get(index)?;
        (found.piece == character.piece).then_some(found)
    };
    let mut first = index;
    if matches!(edge, Edge::End) {
        // Characters that are written as one stay together.
        while of_piece(first).is_some_and(|right| right.start < character.end) {
            first += 1;
        }
    }
    let mut right = of_piece(first)?;
    while let Some(before) = first.checked_sub(1).and_then(of_piece) {
        // White space at the end of the first part would be lost.
        if before.start != right.start && (is_preserved || !before.shown.is_whitespace()) {
            break;
        }
        first -= 1;
        right = before;
    }
    Some(right)
}

fn character_at(paragraph: &Paragraph, index: usize) -> Option<(&Character, &Piece)> {
    let character = paragraph.characters.get(index)?;
    Some((character, paragraph.pieces.get(character.piece)?))
}

/// Returns where the mark that refers to the comment stands: behind the range, outside of what holds more than runs,
/// and outside of fields, whose content goes when they are brought up to date.
fn reference_place(paragraph: &Paragraph, last: usize, end_at: usize) -> usize {
    let run = character_at(paragraph, last).and_then(|(_, piece)| paragraph.runs.get(piece.run));
    let Some(run) = run else {
        return paragraph.inner_end;
    };
    let own = paragraph.tops.get(run.top);
    if run.is_top && own.is_some_and(|top| top.open_fields == 0) {
        return end_at;
    }
    paragraph
        .tops
        .iter()
        .skip(run.top)
        .find(|top| top.open_fields == 0)
        .map_or(paragraph.inner_end, |top| top.whole.end)
}
