//! The attributes of a tag, read and changed in the tag's own text; and texts as they stand in XML.

use std::borrow::Cow;
use std::ops::Range;

use super::tags::{local_name, qualified_name, slice};

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
    /// Returns the value with escapes resolved.
    pub fn text(&self) -> Cow<'a, str> {
        unescaped(self.raw)
    }
}

/// Returns the text with escapes resolved; as written where one is unknown.
pub fn unescaped(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

/// Returns the attributes of a tag, in order; one that is not well-formed ends the list.
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

/// Returns the value of the attribute with this name as written.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(tag).iter().find(|it| it.name == name).map(Attribute::text)
}

/// Returns the value of the attribute in the relationships' namespace, whatever its prefix.
pub fn relationship_id(tag: &str) -> Option<Cow<'_, str>> {
    let attributes = attributes(tag);
    let prefixed = attributes
        .iter()
        .find(|it| it.name != "id" && local_name(it.name) == "id");
    prefixed.map(Attribute::text)
}

/// Returns the tag with an attribute set, added at its end or taken away (`None`); the others stay as they are.
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

/// Returns a text as it may stand between tags and in attributes.
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

/// Returns the prefix that a root's declarations bind to one of the namespaces, with its colon.
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
}
