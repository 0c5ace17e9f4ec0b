//! XML as a stream of starts, ends and texts, whatever its prefixes and encoding.
//!
//! Elements are told apart by their local names, so that `<x:row>` is `<row>`. Entities other than XML's own five are
//! never expanded: they stay as written.

use std::borrow::Cow;
use std::io::BufRead;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr3};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::reader::{Config, Reader};

use super::content_end::from_end_tag;
use super::decoded_stream::DecodedStream;
use super::package::{PartError, fault_of_io};
use crate::read::ReadError;

/// One step through a document.
pub(in crate::read) enum Node<'a> {
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

/// Where the document comes from.
enum Source<'a> {
    /// Unpacked as a whole: its pieces are borrowed.
    Text(&'a str, Reader<&'a [u8]>),
    /// Unpacked and decoded as it is read, each piece put into the buffer.
    Stream(Box<Reader<DecodedStream<Box<dyn BufRead + 'a>>>>, Vec<u8>),
}

/// A document being read.
pub(in crate::read) struct Xml<'a> {
    source: Source<'a>,
    depth: usize,
    depth_limit: usize,
    is_lenient: bool,
    /// The last step.
    last: Last,
    /// Nobody else reads any of it.
    in_full: bool,
}

/// The last step through a document, as far as it decides whether what follows stands between two elements' tags.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Start,
    End,
    Other,
}

impl<'a> Xml<'a> {
    /// Starts reading. The encoding is that of the byte order mark or the declaration, else UTF-8.
    pub(in crate::read) fn new(mut source: Box<dyn BufRead + 'a>, depth_limit: usize) -> Result<Self, PartError> {
        let encoding = encoding_of(source.fill_buf().map_err(|error| fault_of_io(&error))?);
        let reader = Box::new(Reader::from_reader(DecodedStream::new(source, encoding)));
        Ok(Self::from(Source::Stream(reader, Vec::new()), depth_limit))
    }

    /// Starts reading a text without a byte order mark.
    pub(in crate::read) fn of_text(text: &'a str, depth_limit: usize) -> Self {
        Self::from(Source::Text(text, Reader::from_str(text)), depth_limit)
    }

    fn from(source: Source<'a>, depth_limit: usize) -> Self {
        let mut xml = Self {
            source,
            depth: 0,
            depth_limit,
            is_lenient: false,
            last: Last::Other,
            in_full: false,
        };
        let config = xml.config();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        xml
    }

    fn config(&mut self) -> &mut Config {
        match &mut self.source {
            Source::Text(_, reader) => reader.config_mut(),
            Source::Stream(reader, _) => reader.config_mut(),
        }
    }

    /// Lets elements be closed in any order or not at all, as in the HTML inside a VML drawing.
    pub(in crate::read) fn lenient(mut self) -> Self {
        let config = self.config();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        self.is_lenient = true;
        self
    }

    /// Keeps [`Self::rest`] to itself.
    pub(in crate::read) const fn in_full(mut self, in_full: bool) -> Self {
        self.in_full = in_full;
        self
    }

    /// Returns whether characters stand as `�` because their bytes were no text.
    pub(in crate::read) fn has_bad_text(&self) -> bool {
        match &self.source {
            Source::Text(..) => false,
            Source::Stream(reader, _) => reader.get_ref().has_replaced(),
        }
    }

    /// Returns how many elements are open.
    pub(in crate::read) const fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the next step. After [`Node::Eof`] or a fault there is nothing more to ask for.
    pub(in crate::read) fn next(&mut self) -> Result<Node<'_>, PartError> {
        let event = match &mut self.source {
            Source::Text(_, reader) => reader.read_event(),
            Source::Stream(reader, buffer) => {
                buffer.clear();
                reader.get_mut().begin_piece();
                reader.read_event_into(buffer)
            }
        };
        self.last = match event {
            Ok(Event::Start(_)) => Last::Start,
            Ok(Event::End(_)) => Last::End,
            _ => Last::Other,
        };
        match event {
            Ok(Event::Start(start)) => {
                self.depth += 1;
                if self.depth > self.depth_limit && !self.is_lenient {
                    return Err(PartError::Limit(ReadError::too_many(
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
            Ok(Event::Eof) if self.depth > 0 && !self.is_lenient => Err(PartError::Broken),
            Ok(Event::Eof) => Ok(Node::Eof),
            Ok(_) => Ok(Node::Other),
            Err(quick_xml::Error::Io(error)) => Err(fault_of_io(&error)),
            Err(_) => Err(PartError::Broken),
        }
    }

    /// Returns what is left of a document that was unpacked as a whole, where `levels` more elements may be open, so that
    /// another can read whole elements of it; then it is told so by [`Self::advance`].
    ///
    /// `None` of a stream, and wherever the next byte does not stand behind a tag.
    pub(in crate::read) fn rest(&self, levels: usize) -> Option<&'a str> {
        let Source::Text(text, reader) = &self.source else {
            return None;
        };
        if self.in_full || self.depth.saturating_add(levels) > self.depth_limit {
            return None;
        }
        let (before, rest) = text.split_at_checked(text.len().checked_sub(reader.get_ref().len())?)?;
        let is_behind_a_tag = match self.last {
            // The end of an empty element is still to come, though it has been read.
            Last::Start => !before.ends_with("/>"),
            Last::End => true,
            Last::Other => false,
        };
        is_behind_a_tag.then_some(rest)
    }

    /// Returns the whole of a document that was unpacked as such and not begun, whose elements are this deep at most, so
    /// that another can read it in a quicker way.
    pub(in crate::read) fn whole(&self, levels: usize) -> Option<&'a str> {
        match &self.source {
            Source::Text(text, reader) if !self.in_full && levels <= self.depth_limit => {
                (reader.get_ref().len() == text.len()).then_some(*text)
            }
            _ => None,
        }
    }

    /// Goes on behind whole elements that another has read from [`Self::rest`].
    pub(in crate::read) fn advance(&mut self, to: &'a str) {
        if let Source::Text(_, reader) = &mut self.source {
            *reader.get_mut() = to.as_bytes();
        }
    }

    /// Passes over the element that has just begun, with all that it holds.
    pub(in crate::read) fn skip(&mut self) -> Result<(), PartError> {
        let outside = self.depth.saturating_sub(1);
        let levels = self.depth_limit.saturating_sub(self.depth);
        if !self.is_lenient
            && let Some(end) = self.rest(0).and_then(|rest| from_end_tag(rest, levels))
        {
            self.advance(end);
        }
        while self.depth > outside {
            if matches!(self.next()?, Node::Eof) {
                return Err(PartError::Broken);
            }
        }
        Ok(())
    }

    /// Appends the characters of the element that has just begun, up to its end; elements inside are passed over.
    pub(in crate::read) fn text_into(&mut self, out: &mut String) -> Result<(), PartError> {
        let inside = self.depth;
        loop {
            let depth = self.depth;
            match self.next()? {
                Node::Text(text) if depth == inside => out.push_str(&text),
                Node::End(_) if depth == inside => return Ok(()),
                Node::Eof => return Err(PartError::Broken),
                _ => {}
            }
        }
    }
}

/// Returns the value of an attribute without a prefix.
pub(in crate::read) fn attribute<'a>(start: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    as_written(start)
        .find(|attribute| attribute.key.0 == name)
        .map(value_of)
}

/// Returns whether an attribute says yes (`1`, `true`, `on`).
pub(in crate::read) fn is_on(start: &BytesStart, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// Returns all attributes by their names as written; one that is not well-formed ends the list.
pub(in crate::read) fn attributes<'a>(start: &'a BytesStart) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    as_written(start).map(|attribute| (attribute.key.0, value_of(attribute)))
}

fn as_written<'a>(start: &'a BytesStart) -> impl Iterator<Item = Attribute<'a>> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.map_while(Result::ok)
}

/// Returns what an attribute's value means.
fn value_of(attribute: Attribute<'_>) -> Cow<'_, str> {
    let written = attribute.value.as_bytes();
    let is_plain = memchr3(b'&', b'\n', b'\r', written).is_none() && memchr(b'\t', written).is_none();
    if is_plain {
        return attribute.value;
    }
    let normalized = attribute.normalized_value(XmlVersion::Implicit1_0);
    normalized.unwrap_or(attribute.value)
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

/// Returns the encoding of a document that begins so.
pub(in crate::read) fn encoding_of(head: &[u8]) -> &'static Encoding {
    // As nearly every program begins its documents.
    const USUAL: [&[u8]; 2] = [
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"",
        b"<?xml version=\"1.0\" encoding=\"utf-8\"",
    ];
    if USUAL.iter().any(|usual| head.starts_with(usual)) {
        return UTF_8;
    }
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    match head {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared_encoding(head).unwrap_or(UTF_8),
    }
}

/// Returns the encoding that an XML declaration names. One that reads as ASCII is not UTF-16, whatever it says.
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
