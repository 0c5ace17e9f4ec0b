//! A page as a stream of the tags, attributes and texts that tables are made of.
//!
//! The tokenizer is the library's and does what browsers do with broken markup; tags are closed by whoever builds the
//! table. Attributes that say nothing about tables are dropped at once.

use std::cell::Cell;
use std::rc::Rc;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable as _, Reader, Span, StringReader, Tokenizer};

use super::attributes::Attributes;

/// Elements that matter to a table's reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Table,
    Caption,
    ColumnGroup,
    Column,
    RowGroup,
    Row,
    Cell,
    Break,
    /// A block: its text stands on lines of its own.
    Block,
    Input,
    Option,
    /// Its text is never shown: head matter, scripts.
    Unshown,
    Style,
    Frameset,
    Other,
}

/// One step through a page.
#[derive(Debug)]
// One token lives at a time; a box would cost an allocation for each tag.
#[allow(clippy::large_enum_variant)]
pub(super) enum Token {
    Start {
        tag: Tag,
        name: Name,
        attributes: Attributes,
    },
    End {
        tag: Tag,
        name: Name,
    },
    Text(String),
    Comment(String),
}

/// An element's name, cut: names that matter are short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Name([u8; 12]);

impl Name {
    fn of(name: &[u8]) -> Self {
        let mut short = [0; 12];
        for (to, from) in short.iter_mut().zip(name) {
            *to = *from;
        }
        Self(short)
    }
}

impl Tag {
    fn of(name: &[u8]) -> Self {
        match name {
            b"table" => Self::Table,
            b"caption" => Self::Caption,
            b"colgroup" => Self::ColumnGroup,
            b"col" => Self::Column,
            b"thead" | b"tbody" | b"tfoot" => Self::RowGroup,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"br" => Self::Break,
            b"p" | b"div" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5"
            | b"h6" | b"center" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"hr" | b"pre"
            | b"blockquote" | b"form" | b"fieldset" | b"body" => Self::Block,
            b"input" => Self::Input,
            b"option" => Self::Option,
            b"script" | b"title" | b"noscript" | b"noframes" | b"iframe" | b"object" | b"xml" | b"o:p_"
            | b"template" => Self::Unshown,
            b"style" => Self::Style,
            b"frameset" => Self::Frameset,
            _ => Self::Other,
        }
    }
}

/// Attributes of one element at most. The tokenizer nests its calls attribute by attribute.
pub(super) const MOST_ATTRIBUTES: usize = 256;

/// An element has more than [`MOST_ATTRIBUTES`].
#[derive(Debug)]
pub(super) struct TooManyAttributes;

impl std::fmt::Display for TooManyAttributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("too many attributes")
    }
}

impl std::error::Error for TooManyAttributes {}

/// Stops giving characters once an element has too many attributes.
struct Guarded<'a> {
    inner: StringReader<'a>,
    attributes: Rc<Cell<usize>>,
}

impl Guarded<'_> {
    fn check(&self) -> Result<(), TooManyAttributes> {
        if self.attributes.get() > MOST_ATTRIBUTES {
            Err(TooManyAttributes)
        } else {
            Ok(())
        }
    }
}

impl Reader for Guarded<'_> {
    type Error = TooManyAttributes;

    fn read_byte(&mut self) -> Result<Option<u8>, TooManyAttributes> {
        self.check()?;
        self.inner.read_byte().map_err(|never| match never {})
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, TooManyAttributes> {
        self.check()?;
        self.inner
            .try_read_string(text, case_sensitive)
            .map_err(|never| match never {})
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, TooManyAttributes> {
        self.check()?;
        self.inner.read_until(needle, buffer).map_err(|never| match never {})
    }
}

/// Returns the page's tokens, whatever the text.
///
/// Stops with an error at an element with more than [`MOST_ATTRIBUTES`].
pub(super) fn tokens(page: &str) -> impl Iterator<Item = Result<Token, TooManyAttributes>> + '_ {
    let attribute_count = Rc::new(Cell::new(0));
    let reader = Guarded {
        inner: page.to_reader(),
        attributes: Rc::clone(&attribute_count),
    };
    let mut open: Option<(Tag, Name, Attributes)> = None;
    let mut attribute = String::new();
    let mut emitter = CallbackEmitter::new(move |event: CallbackEvent<'_>, _: Span<()>| -> Option<Token> {
        attribute_count.set(match event {
            CallbackEvent::AttributeName { .. } => attribute_count.get() + 1,
            CallbackEvent::AttributeValue { .. } | CallbackEvent::Error(_) => attribute_count.get(),
            _ => 0,
        });
        match event {
            CallbackEvent::OpenStartTag { name } => {
                open = Some((Tag::of(name), Name::of(name), Attributes::default()));
                None
            }
            CallbackEvent::AttributeName { name } => {
                attribute.clear();
                attribute.push_str(std::str::from_utf8(name).unwrap_or_default());
                if let Some((tag, _, attributes)) = &mut open {
                    attributes.set(*tag, &attribute, "");
                }
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((tag, _, attributes)) = &mut open {
                    attributes.set(*tag, &attribute, &String::from_utf8_lossy(value));
                }
                None
            }
            CallbackEvent::CloseStartTag { .. } => {
                open.take()
                    .map(|(tag, name, attributes)| Token::Start { tag, name, attributes })
            }
            CallbackEvent::EndTag { name } => Some(Token::End {
                tag: Tag::of(name),
                name: Name::of(name),
            }),
            CallbackEvent::String { value } => Some(Token::Text(String::from_utf8_lossy(value).into_owned())),
            CallbackEvent::Comment { value } => Some(Token::Comment(String::from_utf8_lossy(value).into_owned())),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => None,
        }
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(reader, emitter)
}
