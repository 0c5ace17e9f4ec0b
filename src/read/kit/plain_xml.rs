//! XML as most programs write it, by its bytes: elements whose tags and texts mean what they spell.
//!
//! A quick way beside [`super::xml`], never instead of it: it takes whole elements of a few known shapes, and whatever
//! is written in any other way (a prefix, an entity, a `\r`, an attribute out of the ordinary) it leaves where it stands.

/// What is left of a document, whose next byte stands behind a tag.
#[derive(Clone, Copy)]
pub(in crate::read) struct PlainXml<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> PlainXml<'a> {
    pub(in crate::read) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns what has not been taken.
    pub(in crate::read) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Passes over white space between elements.
    pub(in crate::read) fn skip_white(&mut self) {
        let white = self
            .bytes()
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
        self.at += white.count();
    }

    /// Passes over white space outside all texts, where a `\r` is no more than the others.
    pub(in crate::read) fn skip_blank(&mut self) {
        let blank = self
            .bytes()
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.at += blank.count();
    }

    /// Passes over what stands before the next such byte, which is ASCII.
    pub(in crate::read) fn skip_to(&mut self, byte: u8) -> Option<()> {
        self.at += memchr::memchr(byte, self.bytes())?;
        Some(())
    }

    /// Takes the beginning of a start tag, up to the end of a name of letters; the name.
    pub(in crate::read) fn tag(&mut self) -> Option<&'a str> {
        let named = self.bytes().strip_prefix(b"<")?;
        let length = named.iter().position(|byte| !byte.is_ascii_alphabetic())?;
        let from = self.at + 1;
        if length == 0 || !matches!(named.get(length), Some(b' ' | b'>' | b'/')) {
            return None;
        }
        self.at = from + length;
        self.text.get(from..from + length)
    }

    /// Takes exactly these bytes, which are ASCII; says whether they stood there.
    #[inline]
    pub(in crate::read) fn take(&mut self, wanted: &str) -> bool {
        let is_there = self.bytes().starts_with(wanted.as_bytes());
        if is_there {
            self.at += wanted.len();
        }
        is_there
    }

    /// Takes one more attribute of a tag, of which the name stands before: ` name="value"`. A value that may not mean
    /// what it spells is none.
    #[inline]
    pub(in crate::read) fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        let (b' ', named) = self.bytes().split_first()? else {
            return None;
        };
        self.attribute_behind(named)
    }

    /// Takes an attribute, of which the blank before it has been seen.
    fn attribute_behind(&mut self, named: &'a [u8]) -> Option<(&'a str, &'a str)> {
        let name = named
            .iter()
            .position(|byte| !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b':' | b'_'))?;
        let valued = named.get(name..)?.strip_prefix(b"=\"")?;
        // Most values are short; a long one is searched for its end, and all of it looked at together.
        const SHORT: usize = 12;
        let is_other = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'\t' | b'\n' | b'\r');
        let short = valued
            .iter()
            .take(SHORT)
            .position(|byte| *byte == b'"' || is_other(byte));
        let value = match short {
            Some(value) => value,
            None => SHORT + memchr::memchr(b'"', valued.get(SHORT..)?)?,
        };
        let has_other = |value: &[u8]| value.iter().fold(false, |found, byte| found | is_other(byte));
        if name == 0 || valued.get(value) != Some(&b'"') || (value > SHORT && has_other(valued.get(SHORT..value)?)) {
            return None;
        }
        let name_at = self.at + 1;
        let value_at = name_at + name + 2;
        self.at = value_at + value + 1;
        Some((
            self.text.get(name_at..name_at + name)?,
            self.text.get(value_at..value_at + value)?,
        ))
    }

    /// Takes an attribute whose name, `=` and first quote stand here; its value of letters and digits.
    #[inline]
    pub(in crate::read) fn value_of(&mut self, opening: &str) -> Option<&'a str> {
        let valued = self.bytes().strip_prefix(opening.as_bytes())?;
        let length = valued.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        if valued.get(length) != Some(&b'"') {
            return None;
        }
        let from = self.at + opening.len();
        self.at = from + length + 1;
        self.text.get(from..from + length)
    }

    /// Takes the characters up to the next tag; `None` where they may not mean what they spell.
    #[inline]
    pub(in crate::read) fn characters(&mut self) -> Option<&'a str> {
        // Most values are an index or a number of a few digits; a search over long texts pays only beyond.
        const SHORT: usize = 8;
        let bytes = self.bytes();
        let is_end = |byte: &u8| matches!(byte, b'<' | b'&' | b'\r');
        let length = match bytes.iter().take(SHORT).position(is_end) {
            Some(length) => length,
            None => SHORT + memchr::memchr3(b'<', b'&', b'\r', bytes.get(SHORT..)?)?,
        };
        if bytes.get(length) != Some(&b'<') {
            return None;
        }
        let from = self.at;
        self.at += length;
        self.text.get(from..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_else_is_left_alone() {
        let mut xml = PlainXml::new(" \n<c r=\"A1\" s=\"2\"><v>绩效</v></c> rest");
        xml.skip_white();
        assert!(xml.take("<c"));
        assert_eq!(xml.attribute(), Some(("r", "A1")));
        assert_eq!(xml.attribute(), Some(("s", "2")));
        assert_eq!(xml.attribute(), None);
        assert!(xml.take("><v>"));
        assert_eq!(xml.characters(), Some("绩效"));
        assert!(!xml.take("</w>"));
        assert!(xml.take("</v></c>"));
        assert_eq!(xml.rest(), " rest");
        for text in [
            " a='1'",
            " a=\"&lt;\"",
            " a = \"1\"",
            "  a=\"1\"",
            " a=\"1",
            " =\"1\"",
            " a=\"\n\"",
        ] {
            assert_eq!(PlainXml::new(text).attribute(), None, "{text}");
        }
        for text in ["1&amp;2<", "1\r\n<", "longer than eight &amp;<", "no end", ""] {
            assert_eq!(PlainXml::new(text).characters(), None, "{text}");
        }
        assert_eq!(
            PlainXml::new("longer than eight<").characters(),
            Some("longer than eight")
        );
    }
}
