//! Tags of an XML text with their positions, one after the other.
//!
//! It holds nothing of the document but the tag at hand, so that a sheet of any size can be walked.

use std::ops::Range;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::fault::Fault;

/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 100;

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `<a>`
    Open,
    /// `<a/>`
    Empty,
    /// `</a>`
    Close,
}

/// One tag.
#[derive(Debug, Clone)]
pub struct Tag<'a> {
    /// What it does.
    pub kind: TagKind,
    /// Its element's name without the prefix.
    pub name: &'a str,
    /// Where it stands.
    pub range: Range<usize>,
    /// How many elements are open around its element.
    pub depth: usize,
}

/// A walk over the tags of a text.
pub struct Tags<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    at: usize,
    depth: usize,
    is_lenient: bool,
}

impl<'a> Tags<'a> {
    /// Walks over a well-formed text. It must not begin with a byte order mark.
    pub fn new(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().allow_dangling_amp = true;
        Self {
            source,
            reader,
            at: 0,
            depth: 0,
            is_lenient: false,
        }
    }

    /// Walks over a text whose elements may be closed in any order or not at all, as in a VML drawing.
    pub fn lenient(source: &'a str) -> Self {
        let mut tags = Self::new(source);
        let config = tags.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        tags.is_lenient = true;
        tags
    }

    /// Returns the next tag; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Tag<'a>>, Fault> {
        loop {
            let start = self.at;
            let event = self.reader.read_event().map_err(|_| Fault::Broken)?;
            self.at = usize::try_from(self.reader.buffer_position()).map_err(|_| Fault::Broken)?;
            let (kind, depth) = match event {
                Event::Start(_) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH && !self.is_lenient {
                        return Err(Fault::Broken);
                    }
                    (TagKind::Open, self.depth - 1)
                }
                Event::Empty(_) => (TagKind::Empty, self.depth),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    (TagKind::Close, self.depth)
                }
                Event::Eof if self.depth > 0 && !self.is_lenient => return Err(Fault::Broken),
                Event::Eof => return Ok(None),
                _ => continue,
            };
            let range = start..self.at;
            let name = local_name(qualified_name(slice(self.source, range.clone())));
            return Ok(Some(Tag {
                kind,
                name,
                range,
                depth,
            }));
        }
    }
}

/// Returns the piece of a text; nothing where there is none.
pub fn slice(source: &str, range: Range<usize>) -> &str {
    source.get(range).unwrap_or_default()
}

/// Returns the name in a tag as written, with its prefix.
pub fn qualified_name(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
    slice(inner, 0..end.unwrap_or(inner.len()))
}

/// Returns a name without its prefix.
pub fn local_name(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Returns a name's prefix with its colon; empty when it has none.
pub fn prefix_of(name: &str) -> &str {
    slice(name, 0..name.len() - local_name(name).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_positions_and_depths() {
        let source = "<?xml version=\"1.0\"?><a><b:c/>文<d>&amp;</d></a>";
        let mut tags = Tags::new(source);
        let mut seen = Vec::new();
        while let Ok(Some(tag)) = tags.next() {
            seen.push((slice(source, tag.range.clone()), tag.name, tag.depth));
        }
        let expected = [
            ("<a>", "a", 0),
            ("<b:c/>", "c", 1),
            ("<d>", "d", 1),
            ("</d>", "d", 1),
            ("</a>", "a", 0),
        ];
        assert_eq!(seen, expected);
    }
}
