//! Tags of an XML text with their positions, one after the other, and the attributes of a tag.
//!
//! It holds nothing of the document but the tag at hand, so that a sheet of any size can be walked.

use std::borrow::Cow;
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

    /// The next tag; `None` at the end.
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

/// The piece of a text; nothing where there is none.
pub fn slice(source: &str, range: Range<usize>) -> &str {
    source.get(range).unwrap_or_default()
}

/// The name in a tag as written, with its prefix.
pub fn qualified_name(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
    slice(inner, 0..end.unwrap_or(inner.len()))
}

/// A name without its prefix.
pub fn local_name(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A name's prefix with its colon; empty when it has none.
pub fn prefix_of(name: &str) -> &str {
    slice(name, 0..name.len() - local_name(name).len())
}

/// One attribute of a tag; the ranges count in the tag's text.
#[derive(Debug, Clone)]
pub struct Attribute<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Its value as written, escapes unresolved.
    pub raw: &'a str,
    /// The attribute with the white space before it.
    pub whole: Range<usize>,
    /// The value without its quotes.
    pub value: Range<usize>,
}

impl<'a> Attribute<'a> {
    /// The value with escapes resolved.
    pub fn text(&self) -> Cow<'a, str> {
        unescaped(self.raw)
    }
}

/// The text with escapes resolved; as written where one is unknown.
pub fn unescaped(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

/// The attributes of a tag, in order; one that is not well-formed ends the list.
pub fn attributes(tag: &str) -> Vec<Attribute<'_>> {
    let mut list = Vec::new();
    let mut at = tag.len() - tag.trim_start_matches('<').len() + qualified_name(tag).len();
    while let Some(rest) = tag.get(at..) {
        let name_at = at + rest.len() - rest.trim_ascii_start().len();
        let named = tag.get(name_at..).unwrap_or_default();
        let name_end = named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'));
        let Some(name_end @ 1..) = name_end else { break };
        let after = slice(named, name_end..named.len()).trim_ascii_start();
        let Some(after) = after.strip_prefix('=') else { break };
        let after = after.trim_ascii_start();
        let Some(quote @ ('"' | '\'')) = after.chars().next() else {
            break;
        };
        let value_at = tag.len() - after.len() + 1;
        let Some(length) = slice(tag, value_at..tag.len()).find(quote) else {
            break;
        };
        let value = value_at..value_at + length;
        list.push(Attribute {
            name: slice(named, 0..name_end),
            raw: slice(tag, value.clone()),
            whole: at..value.end + 1,
            value: value.clone(),
        });
        at = value.end + 1;
    }
    list
}

/// The value of the attribute with this name as written.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(tag).iter().find(|it| it.name == name).map(Attribute::text)
}

/// The value of the attribute in the relationships' namespace, whatever its prefix.
pub fn relationship_id(tag: &str) -> Option<Cow<'_, str>> {
    let attributes = attributes(tag);
    let prefixed = attributes
        .iter()
        .find(|it| it.name != "id" && local_name(it.name) == "id");
    prefixed.map(Attribute::text)
}

/// The tag with an attribute set, added at its end or taken away (`None`); the others stay as they are.
pub fn with_attribute(tag: &str, name: &str, value: Option<&str>) -> String {
    let attributes = attributes(tag);
    let found = attributes.iter().find(|it| it.name == name);
    let (range, text) = match (found, value) {
        (Some(found), Some(value)) => (found.value.clone(), value.to_owned()),
        (Some(found), None) => (found.whole.clone(), String::new()),
        (None, Some(value)) => {
            let end = attributes.last().map_or_else(
                || tag.len() - tag.trim_start_matches('<').len() + qualified_name(tag).len(),
                |last| last.whole.end,
            );
            (end..end, format!(" {name}=\"{value}\""))
        }
        (None, None) => return tag.to_owned(),
    };
    format!(
        "{}{text}{}",
        slice(tag, 0..range.start),
        slice(tag, range.end..tag.len())
    )
}

/// A text as it may stand between tags and in attributes.
pub fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            other => result.push(other),
        }
    }
    result
}

/// The prefix that a root's declarations bind to one of the namespaces, with its colon.
pub fn bound_prefix(root: &str, namespaces: &[&str]) -> Option<String> {
    attributes(root).iter().find_map(|it| {
        let prefix = it.name.strip_prefix("xmlns:")?;
        namespaces.contains(&it.raw).then(|| format!("{prefix}:"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_as_written() {
        let tag = "<x:c r = 'B2'\n s=\"3\" t=\"a&amp;b\"/>";
        let list = attributes(tag);
        let names: Vec<&str> = list.iter().map(|it| it.name).collect();
        assert_eq!(names, ["r", "s", "t"]);
        assert_eq!(attribute(tag, "t").as_deref(), Some("a&b"));
        assert_eq!(
            with_attribute(tag, "s", Some("7")),
            "<x:c r = 'B2'\n s=\"7\" t=\"a&amp;b\"/>"
        );
        assert_eq!(with_attribute(tag, "s", None), "<x:c r = 'B2' t=\"a&amp;b\"/>");
        assert_eq!(with_attribute("<c/>", "s", Some("7")), "<c s=\"7\"/>");
        assert_eq!(with_attribute("<c r='1' />", "s", Some("7")), "<c r='1' s=\"7\" />");
    }

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
