//! XML as a stream of starts, ends and texts, whatever its prefixes and encoding.
//!
//! Elements are told apart by their local names, so that `<x:row>` is `<row>`. Entities other than XML's own five are
//! never expanded: they stay as written.

use std::borrow::Cow;
use std::io::BufRead;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::ReadError;
use super::decoded_stream::DecodedStream;
use super::package::{Fault, fault_of_io};

/// One step through a document.
pub(super) enum Node<'a> {
    /// An element begins. Every start has its end, also that of an empty element.
    Start(BytesStart<'a>),
    /// An element ends.
    End(BytesEnd<'a>),
    /// Characters; a text may come in several pieces.
    Text(Cow<'a, str>),
    /// Something that carries nothing: a comment, a declaration.
    Other,
    /// The document is over, all elements closed.
    Eof,
}

/// A document being read.
pub(super) struct Xml<'a> {
    reader: Reader<DecodedStream<Box<dyn BufRead + 'a>>>,
    buffer: Vec<u8>,
    depth: usize,
    depth_limit: usize,
    is_lenient: bool,
}

impl<'a> Xml<'a> {
    /// Starts reading. The encoding is that of the byte order mark or the declaration, else UTF-8.
    pub(super) fn new(mut source: Box<dyn BufRead + 'a>, depth_limit: usize) -> Result<Self, Fault> {
        let encoding = encoding_of(source.fill_buf().map_err(|error| fault_of_io(&error))?);
        let mut reader = Reader::from_reader(DecodedStream::new(source, encoding));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Ok(Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            depth_limit,
            is_lenient: false,
        })
    }

    /// Lets elements be closed in any order or not at all, as in the HTML inside a VML drawing.
    pub(super) fn lenient(mut self) -> Self {
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        self.is_lenient = true;
        self
    }

    /// Whether characters stand as `�` because their bytes were no text.
    pub(super) fn has_bad_text(&self) -> bool {
        self.reader.get_ref().has_replaced()
    }

    /// How many elements are open.
    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    /// The next step. After [`Node::Eof`] or a fault there is nothing more to ask for.
    pub(super) fn next(&mut self) -> Result<Node<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().begin_piece();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(start)) => {
                self.depth += 1;
                if self.depth > self.depth_limit && !self.is_lenient {
                    return Err(Fault::Limit(ReadError::too_many(
                        "内部结构的嵌套层数",
                        self.depth_limit,
                    )));
                }
                Ok(Node::Start(start))
            }
            Ok(Event::End(end)) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Node::End(end))
            }
            Ok(Event::Text(text)) => Ok(Node::Text(text.xml10_content())),
            Ok(Event::CData(text)) => Ok(Node::Text(text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => Ok(Node::Text(resolve(&reference))),
            Ok(Event::Eof) if self.depth > 0 && !self.is_lenient => Err(Fault::Broken),
            Ok(Event::Eof) => Ok(Node::Eof),
            Ok(_) => Ok(Node::Other),
            Err(quick_xml::Error::Io(error)) => Err(fault_of_io(&error)),
            Err(_) => Err(Fault::Broken),
        }
    }

    /// Passes over the element that has just begun, with all that it holds.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Node::Eof) {
                return Err(Fault::Broken);
            }
        }
        Ok(())
    }

    /// Appends the characters of the element that has just begun, up to its end; elements inside are passed over.
    pub(super) fn text_into(&mut self, out: &mut String) -> Result<(), Fault> {
        let inside = self.depth;
        loop {
            let depth = self.depth;
            match self.next()? {
                Node::Text(text) if depth == inside => out.push_str(&text),
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(Fault::Broken),
                _ => {}
            }
        }
    }
}

/// The value of an attribute without a prefix.
pub(super) fn attribute<'a>(start: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    attributes(start).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether an attribute says yes (`1`, `true`, `on`).
pub(super) fn is_on(start: &BytesStart, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// All attributes by their names as written; one that is not well-formed ends the list.
pub(super) fn attributes<'a>(start: &'a BytesStart) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.map_while(Result::ok).map(|attribute| {
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .unwrap_or(attribute.value);
        (attribute.key.0, value)
    })
}

fn resolve(reference: &BytesRef) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    match resolve_predefined_entity(reference) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{};", &**reference)),
    }
}

fn encoding_of(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    match head {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared_encoding(head).unwrap_or(UTF_8),
    }
}

/// The encoding that an XML declaration names. One that reads as ASCII is not UTF-16, whatever it says.
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..head.len().min(200))?;
    let text = String::from_utf8_lossy(head);
    let (declaration, _) = text.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.split(quote).nth(1)?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}
