//! The elements of a small part with their positions: lists of styles, relationships, notes.

use std::ops::Range;

use super::attributes::{attribute, attributes};
use super::fault::Fault;
use super::tags::{Tag, TagKind, Tags, local_name, prefix_of, qualified_name, slice};

/// Most elements of a part that is held as a tree.
const MAX_ELEMENTS: usize = 1_000_000;

/// One element.
#[derive(Debug, Clone)]
pub struct Element<'a> {
    /// The name without the prefix.
    pub name: &'a str,
    /// The start tag.
    pub tag: Range<usize>,
    /// From the start tag to the end tag.
    pub whole: Range<usize>,
    /// Where the end tag begins; the end of the start tag for an empty element.
    pub inner_end: usize,
    /// Its place in the tree's list after its last descendant.
    pub after: usize,
}

/// The elements of a text, in document order.
#[derive(Debug)]
pub struct Tree<'a> {
    source: &'a str,
    elements: Vec<Element<'a>>,
}

impl<'a> Tree<'a> {
    /// Reads a well-formed text.
    pub fn of(source: &'a str) -> Result<Self, Fault> {
        let mut elements: Vec<Element<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut tags = Tags::new(source);
        while let Some(tag) = tags.next()? {
            if elements.len() >= MAX_ELEMENTS {
                return Err(Fault::TooLarge);
            }
            let Tag { kind, name, range, .. } = tag;
            if kind == TagKind::Close {
                let after = elements.len();
                if let Some(element) = open.pop().and_then(|index| elements.get_mut(index)) {
                    element.inner_end = range.start;
                    element.whole.end = range.end;
                    element.after = after;
                }
                continue;
            }
            if kind == TagKind::Open {
                open.push(elements.len());
            }
            let after = elements.len() + 1;
            elements.push(Element {
                name,
                whole: range.clone(),
                inner_end: range.end,
                tag: range,
                after,
            });
        }
        if elements.is_empty() {
            return Err(Fault::Broken);
        }
        Ok(Self { source, elements })
    }

    /// Returns the text.
    pub const fn source(&self) -> &'a str {
        self.source
    }

    /// Returns the outermost element.
    pub fn root(&self) -> Result<&Element<'a>, Fault> {
        self.elements.first().ok_or(Fault::Broken)
    }

    /// Returns the start tag of an element as written.
    pub fn tag(&self, element: &Element) -> &'a str {
        slice(self.source, element.tag.clone())
    }

    /// Returns an element as written, with all that it holds.
    pub fn whole(&self, element: &Element) -> &'a str {
        slice(self.source, element.whole.clone())
    }

    /// Returns the prefix of the outermost element, with its colon.
    pub fn prefix(&self) -> Result<&'a str, Fault> {
        Ok(prefix_of(qualified_name(self.tag(self.root()?))))
    }

    /// Returns the elements directly inside one.
    pub fn children<'t>(&'t self, parent: &Element) -> impl Iterator<Item = &'t Element<'a>> + use<'t, 'a> {
        let end = parent.after;
        // The first child follows its parent at once; each next one stands after the last descendant of the one before.
        let start = self
            .elements
            .partition_point(|element| element.tag.start <= parent.tag.start);
        let mut at = start;
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let element = self.elements.get(at)?;
            at = element.after.max(at + 1);
            Some(element)
        })
    }

    /// Returns the first child with this name.
    pub fn child(&self, parent: &Element, name: &str) -> Option<&Element<'a>> {
        self.children(parent).find(|element| element.name == name)
    }

    /// Returns the value of an element's attribute, escapes resolved.
    pub fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        attribute(self.tag(element), name).map(std::borrow::Cow::into_owned)
    }

    /// Returns the element in one way of writing, to be compared: names without prefixes, attributes by name, no
    /// text.
    pub fn canonical(&self, element: &Element) -> String {
        let mut out = String::new();
        self.write_canonical(element, &mut out);
        out
    }

    fn write_canonical(&self, element: &Element, out: &mut String) {
        let mut list: Vec<(&str, String)> = attributes(self.tag(element))
            .into_iter()
            .filter(|it| it.name != "xmlns" && !it.name.starts_with("xmlns:"))
            .map(|it| (local_name(it.name), it.raw.replace('\'', "&apos;")))
            .collect();
        list.sort();
        out.push('<');
        out.push_str(element.name);
        for (name, value) in list {
            out.push(' ');
            out.push_str(name);
            out.push_str("='");
            out.push_str(&value);
            out.push('\'');
        }
        let length = out.len();
        out.push('>');
        for child in self.children(element) {
            self.write_canonical(child, out);
        }
        if out.len() == length + 1 {
            out.truncate(length);
            out.push_str("/>");
        } else {
            out.push_str("</");
            out.push_str(element.name);
            out.push('>');
        }
    }
}

/// Returns the same of a text that is one element.
pub fn canonical(xml: &str) -> Result<String, Fault> {
    let tree = Tree::of(xml)?;
    Ok(tree.canonical(tree.root()?))
}

/// Returns a text written without prefixes, with one put before each name. It holds no `<` but those of its tags.
pub fn with_prefix(xml: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return xml.to_owned();
    }
    xml.replace("</", "\u{0}")
        .replace('<', &format!("<{prefix}"))
        .replace('\u{0}', &format!("</{prefix}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_way_of_writing() {
        let one = "<x:fill xmlns:x='u'>\n <x:patternFill patternType=\"solid\" a='1'><x:fgColor rgb=\"F\"></x:fgColor></x:patternFill></x:fill>";
        let other = "<fill><patternFill a=\"1\" patternType='solid'><fgColor rgb='F'/></patternFill></fill>";
        assert_eq!(canonical(one).unwrap(), canonical(other).unwrap());
        assert_eq!(
            with_prefix(&canonical(other).unwrap(), "x:"),
            "<x:fill><x:patternFill a='1' patternType='solid'><x:fgColor rgb='F'/></x:patternFill></x:fill>"
        );
    }

    #[test]
    fn children_skip_what_lies_deeper() {
        let tree = Tree::of("<a><b><c/><c/></b><d/><b/></a>").unwrap();
        let names: Vec<&str> = tree.children(tree.root().unwrap()).map(|it| it.name).collect();
        assert_eq!(names, ["b", "d", "b"]);
    }
}
