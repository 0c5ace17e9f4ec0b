//! The paragraphs of a document that findings quote, each character with its place in the XML.
//!
//! It counts paragraphs and characters as the reader of documents does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::Quote;
use crate::read::kit::symbol_font::{Drawn, SymbolFont};
use crate::write::annotated::fault::Fault;
use crate::write::annotated::tags::{Tag, TagKind, Tags, slice};

use super::elements::{form_box, is_preserved, local_attribute, run_style, skip};
use super::text_places::{self, Place};

/// Elements around paragraphs that the reader looks into.
const AROUND_PARAGRAPHS: [&str; 10] = [
    "document",
    "body",
    "sdt",
    "sdtContent",
    "customXml",
    "smartTag",
    "ins",
    "moveTo",
    "AlternateContent",
    "Choice",
];

/// Elements around runs that the reader looks into.
const AROUND_RUNS: [&str; 16] = [
    "hyperlink",
    "ins",
    "moveTo",
    "smartTag",
    "sdt",
    "sdtContent",
    "fldSimple",
    "customXml",
    "bdo",
    "dir",
    "AlternateContent",
    "Choice",
    "oMath",
    "oMathPara",
    "ruby",
    "rubyBase",
];

/// Those in which the ends of a comment's range may stand, so that only the sentence is covered.
const HOLDS_MARKS: [&str; 4] = ["hyperlink", "ins", "moveTo", "smartTag"];

/// Elements inside runs that the reader looks into.
const INSIDE_RUNS: [&str; 5] = ["AlternateContent", "Choice", "ruby", "rubyBase", "r"];

/// One character of a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Character {
    /// As the reader gives it.
    pub shown: char,
    /// Where its writing begins, and ends.
    pub start: usize,
    pub end: usize,
    /// Its piece, among the paragraph's.
    pub piece: usize,
}

/// An element that gives characters: a text, a tab, a break.
#[derive(Debug, Clone)]
pub struct Piece {
    pub whole: Range<usize>,
    pub tag: Range<usize>,
    /// Its run, among the paragraph's.
    pub run: usize,
    /// Whether it is a text that may be parted: white space at its ends that does not count would begin to count.
    pub may_be_parted: bool,
    /// Whether it stands in its run directly.
    pub is_child: bool,
    /// Whether white space at the ends of a text counts.
    pub is_preserved: bool,
}

/// A run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pub whole: Range<usize>,
    pub tag: Range<usize>,
    pub properties: Option<Range<usize>>,
    /// The paragraph's child that it is, or lies in; among the paragraph's.
    pub top: usize,
    /// Whether the ends of a range may stand beside it.
    pub holds_marks: bool,
    pub is_top: bool,
}

/// A child of a paragraph.
#[derive(Debug, Clone, Default)]
pub struct Top {
    pub whole: Range<usize>,
    /// Fields that are open behind it.
    pub open_fields: usize,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    pub inner_end: usize,
    pub characters: Vec<Character>,
    pub pieces: Vec<Piece>,
    pub runs: Vec<Run>,
    pub tops: Vec<Top>,
}

impl Paragraph {
    /// Returns the characters of a quoted sentence, from the first to behind the last, with what the finding is about;
    /// `None` where the sentence is not there.
    pub fn sentence(&self, quote: &Quote) -> Option<Range<usize>> {
        /// Characters of a sentence that lie before and behind what a finding is about.
        const AROUND: usize = 1_000;
        let [first, last] = quote.range;
        let from = first.saturating_sub(AROUND);
        let to = last.saturating_add(AROUND).min(self.characters.len());
        let around = self.characters.get(from..to)?.iter().zip(from..);
        // White space is told in one spelling by a quote.
        let (shown, places): (Vec<char>, Vec<usize>) = around
            .map(|(character, place)| (character.shown, place))
            .filter(|(shown, _)| !shown.is_whitespace())
            .unzip();
        let quoted = quote.text.trim_matches('…').chars();
        let quoted: Vec<char> = quoted.filter(|character| !character.is_whitespace()).collect();
        if quoted.is_empty() || last > self.characters.len() {
            return None;
        }
        let covered = |at: usize| {
            let start = *places.get(at)?;
            let end = places.get(at + quoted.len() - 1)? + 1;
            Some((start, end))
        };
        // A paragraph may say a sentence twice.
        let mut found = shown
            .windows(quoted.len())
            .enumerate()
            .filter(|(_, window)| *window == quoted)
            .filter_map(|(at, _)| covered(at));
        // What is quoted may begin with blanks.
        let is_text = |place: &usize| self.characters.get(*place).is_some_and(|it| !it.shown.is_whitespace());
        let begins = (first..last).find(is_text).unwrap_or(first);
        let (start, end) = found.find(|(start, end)| *start <= begins && begins < (*end).max(start + 1))?;
        Some(start.min(first)..end.max(last))
    }
}

/// Returns the wanted paragraphs of a document by their numbers, from 1.
pub fn paragraphs(source: &str, wanted: &BTreeSet<usize>) -> Result<BTreeMap<usize, Paragraph>, Fault> {
    let mut found = BTreeMap::new();
    let mut tags = Tags::new(source);
    let mut number = 0;
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close {
            continue;
        }
        if tag.name == "p" {
            number += 1;
            if tag.kind == TagKind::Empty {
                continue;
            }
            if wanted.contains(&number) {
                let mut paragraph = ParagraphWalk::new(source, &tag);
                paragraph.read(&mut tags)?;
                found.insert(number, paragraph.paragraph);
            } else {
                skip(&mut tags, &tag)?;
            }
        } else if !AROUND_PARAGRAPHS.contains(&tag.name) {
            skip(&mut tags, &tag)?;
        }
    }
    Ok(found)
}

struct ParagraphWalk<'a> {
    source: &'a str,
    depth: usize,
    open_fields: usize,
    /// Names of the elements between the paragraph and what is at hand.
    around: Vec<&'a str>,
    paragraph: Paragraph,
}

impl<'a> ParagraphWalk<'a> {
    fn new(source: &'a str, tag: &Tag<'a>) -> Self {
        Self {
            source,
            depth: tag.depth,
            open_fields: 0,
            around: Vec::new(),
            paragraph: Paragraph::default(),
        }
    }

    /// Reads up to the end of the paragraph.
    fn read(&mut self, tags: &mut Tags<'a>) -> Result<(), Fault> {
        while let Some(tag) = tags.next()? {
            if tag.kind == TagKind::Close {
                if tag.depth == self.depth {
                    self.paragraph.inner_end = tag.range.start;
                    return Ok(());
                }
                self.around.pop();
                self.end_top(tag.depth, tag.range.end);
                continue;
            }
            if tag.depth == self.depth + 1 && tag.name != "pPr" {
                self.paragraph.tops.push(Top {
                    whole: tag.range.clone(),
                    open_fields: self.open_fields,
                });
            }
            if tag.name == "r" {
                let end = self.run(tags, &tag)?;
                self.end_top(tag.depth, end);
            } else if !AROUND_RUNS.contains(&tag.name) {
                let end = skip(tags, &tag)?.end;
                if tag.name != "pPr" {
                    self.end_top(tag.depth, end);
                }
            } else if tag.kind == TagKind::Open {
                self.around.push(tag.name);
            }
        }
        Err(Fault::Broken)
    }

    fn end_top(&mut self, depth: usize, end: usize) {
        if depth == self.depth + 1
            && let Some(top) = self.paragraph.tops.last_mut()
        {
            top.whole.end = end;
            top.open_fields = self.open_fields;
        }
    }

    /// Reads a run; gives where it ends. What is hidden gives no character.
    fn run(&mut self, tags: &mut Tags<'a>, run: &Tag<'a>) -> Result<usize, Fault> {
        let index = self.paragraph.runs.len();
        self.paragraph.runs.push(Run {
            whole: run.range.clone(),
            tag: run.range.clone(),
            properties: None,
            top: self.paragraph.tops.len().saturating_sub(1),
            holds_marks: self.around.iter().all(|name| HOLDS_MARKS.contains(name)),
            is_top: run.depth == self.depth + 1,
        });
        if run.kind == TagKind::Empty {
            return Ok(run.range.end);
        }
        let (first, first_piece) = (self.paragraph.characters.len(), self.paragraph.pieces.len());
        let mut is_hidden = false;
        let mut font = None;
        let end = loop {
            let Some(tag) = tags.next()? else {
                return Err(Fault::Broken);
            };
            if tag.kind == TagKind::Close {
                if tag.depth == run.depth {
                    break tag.range.end;
                }
                continue;
            }
            let piece = |whole: Range<usize>| Piece {
                whole,
                tag: tag.range.clone(),
                run: index,
                may_be_parted: false,
                is_child: tag.depth == run.depth + 1,
                is_preserved: false,
            };
            match tag.name {
                "rPr" => {
                    let (end, style) = run_style(self.source, tags, &tag)?;
                    is_hidden = style.0.unwrap_or(false);
                    font = style.1;
                    if tag.depth == run.depth + 1
                        && let Some(run) = self.paragraph.runs.get_mut(index)
                    {
                        run.properties = Some(tag.range.start..end);
                    }
                }
                "t" => {
                    let end = skip(tags, &tag)?;
                    let mut piece = piece(tag.range.start..end.end);
                    piece.is_preserved = is_preserved(slice(self.source, tag.range.clone()));
                    let inner = if tag.kind == TagKind::Empty {
                        tag.range.end..tag.range.end
                    } else {
                        tag.range.end..end.start
                    };
                    let mut places = text_places::read(self.source, inner)?;
                    let written = places.len();
                    if !piece.is_preserved {
                        text_places::trim(&mut places);
                    }
                    piece.may_be_parted = places.len() == written;
                    let drawn = |shown| match font.map(|font: SymbolFont| font.draws(shown)) {
                        Some(Drawn::Mark(mark)) => mark,
                        _ => shown,
                    };
                    self.add(
                        piece,
                        places.iter().map(|place| Place {
                            shown: drawn(place.shown),
                            ..*place
                        }),
                    );
                }
                "sym" => {
                    let end = skip(tags, &tag)?.end;
                    let text = slice(self.source, tag.range.clone());
                    let code = local_attribute(text, "char");
                    let code = code.and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                    if let Some(c) = code.and_then(char::from_u32) {
                        let font = SymbolFont::named(&local_attribute(text, "font").unwrap_or_default());
                        let shown = match font.map(|font| font.draws(c)) {
                            Some(Drawn::Mark(mark)) => mark,
                            _ => char::REPLACEMENT_CHARACTER,
                        };
                        self.add_one(piece(tag.range.start..end), shown);
                    }
                }
                "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" => {
                    let shown = match tag.name {
                        "tab" | "ptab" => '\t',
                        "noBreakHyphen" => '-',
                        _ => '\n',
                    };
                    let end = skip(tags, &tag)?.end;
                    self.add_one(piece(tag.range.start..end), shown);
                }
                "fldChar" => {
                    let text = slice(self.source, tag.range.clone());
                    match local_attribute(text, "fldCharType").as_deref() {
                        Some("begin") => self.open_fields += 1,
                        Some("end") => self.open_fields = self.open_fields.saturating_sub(1),
                        _ => {}
                    }
                    let (end, shown) = form_box(self.source, tags, &tag)?;
                    if let Some(shown) = shown {
                        self.add_one(piece(tag.range.start..end), shown);
                    }
                }
                name if INSIDE_RUNS.contains(&name) => {}
                _ => {
                    skip(tags, &tag)?;
                }
            }
        };
        if is_hidden {
            self.paragraph.characters.truncate(first);
            self.paragraph.pieces.truncate(first_piece);
        }
        if let Some(run) = self.paragraph.runs.get_mut(index) {
            run.whole.end = end;
        }
        Ok(end)
    }

    fn add(&mut self, piece: Piece, places: impl Iterator<Item = Place>) {
        let index = self.paragraph.pieces.len();
        self.paragraph.pieces.push(piece);
        self.paragraph.characters.extend(places.map(|place| Character {
            shown: place.shown,
            start: place.start,
            end: place.end,
            piece: index,
        }));
    }

    fn add_one(&mut self, piece: Piece, shown: char) {
        let (start, end) = (piece.whole.start, piece.whole.end);
        self.add(piece, std::iter::once(Place { shown, start, end }));
    }
}
