//! Paragraphs of a cell or a note: characters with white space as the format means it.

use crate::read::kit::package::PartError;
use crate::read::kit::xml::{Node, Xml};

use super::{local_attribute, repeated};

/// More blanks in a row than any cell holds.
const MOST_SPACES: u32 = 32_767;

/// Parts of a text in order: where each ends, in bytes of the whole text, and its style, if it has one of its own.
pub(super) type Parts = Vec<(usize, Option<Box<str>>)>;

/// Appends the paragraph that has just begun, up to its end. Runs of white space are one blank, and none at the start.
pub(super) fn read(xml: &mut Xml, out: &mut String, parts: &mut Parts) -> Result<(), PartError> {
    let inside = xml.depth();
    let start = out.len();
    // The styled parts that are open, with their depths.
    let mut open: Vec<(usize, Option<Box<str>>)> = Vec::new();
    // Whether white space here would be the first, or follow some.
    let mut after_space = true;
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Node::Text(text) => {
                for character in text.chars() {
                    let is_space = matches!(character, ' ' | '\t' | '\n' | '\r');
                    if !is_space {
                        out.push(character);
                    } else if !after_space {
                        out.push(' ');
                    }
                    after_space = is_space;
                }
            }
            Node::Start(element) => match element.local_name().as_ref() {
                "s" => {
                    let count = repeated(&element, "c").min(MOST_SPACES);
                    out.extend((0..count).map(|_| ' '));
                    after_space = false;
                }
                "tab" => {
                    out.push('\t');
                    after_space = false;
                }
                "line-break" => {
                    out.push('\n');
                    after_space = false;
                }
                "span" => {
                    close(parts, out.len(), &open);
                    open.push((depth + 1, local_attribute(&element, "style-name").map(Into::into)));
                }
                // The reading aid above a text is no part of it.
                "ruby-text" | "annotation" | "note" | "script" => xml.skip()?,
                _ => {}
            },
            Node::End(_) if depth == inside => break,
            Node::End(_) if open.last().is_some_and(|(opened, _)| *opened == depth) => {
                close(parts, out.len(), &open);
                open.pop();
            }
            Node::Eof => return Err(PartError::Broken),
            _ => {}
        }
    }
    // A blank before the paragraph's end is not seen, unless it was written as one.
    if after_space && out.len() > start && out.ends_with(' ') {
        out.pop();
        if let Some((end, _)) = parts.last_mut() {
            *end = out.len().min(*end);
        }
    }
    close(parts, out.len(), &[]);
    Ok(())
}

/// Ends a part, if it holds something; its style is the innermost one that is open.
fn close(parts: &mut Parts, end: usize, open: &[(usize, Option<Box<str>>)]) {
    if parts.last().map_or(0, |(end, _)| *end) < end {
        parts.push((end, open.iter().rev().find_map(|(_, style)| style.clone())));
    }
}
