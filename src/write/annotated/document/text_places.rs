//! The characters of a text element, each with its place: plain ones, escapes, and pieces of CDATA as a whole.

use std::ops::Range;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::write::annotated::fault::Fault;
use crate::write::annotated::tags::slice;

/// A character, and where its writing begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub shown: char,
    pub start: usize,
    pub end: usize,
}

/// Reads what stands between two tags; elements there are passed over.
pub fn read(source: &str, inner: Range<usize>) -> Result<Vec<Place>, Fault> {
    let mut reader = Reader::from_str(slice(source, inner.clone()));
    reader.config_mut().allow_dangling_amp = true;
    let mut places = Vec::new();
    let mut at = inner.start;
    let mut depth = 0_usize;
    loop {
        let start = at;
        let event = reader.read_event().map_err(|_| Fault::Broken)?;
        let position = usize::try_from(reader.buffer_position()).map_err(|_| Fault::Broken)?;
        at = inner.start.saturating_add(position);
        let whole = |shown: char| Place { shown, start, end: at };
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return Ok(places),
            _ if depth > 0 => {}
            Event::Text(_) => plain(source, start..at, &mut places),
            Event::CData(text) => places.extend(text.xml10_content().chars().map(whole)),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(shown)) => places.push(whole(shown)),
                _ => match resolve_predefined_entity(&reference) {
                    Some(text) => places.extend(text.chars().map(whole)),
                    None => places.extend(slice(source, start..at).chars().map(whole)),
                },
            },
            _ => {}
        }
    }
}

/// Each character by itself; the two signs of a line end are one.
fn plain(source: &str, range: Range<usize>, places: &mut Vec<Place>) {
    let start = range.start;
    let mut characters = slice(source, range).char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let mut end = offset + character.len_utf8();
        let mut shown = character;
        if character == '\r' {
            shown = '\n';
            if let Some((next, _)) = characters.next_if(|(_, next)| *next == '\n') {
                end = next + 1;
            }
        }
        places.push(Place {
            shown,
            start: start + offset,
            end: start + end,
        });
    }
}

/// Takes away the white space at both ends.
pub fn trim(places: &mut Vec<Place>) {
    let is_blank = |place: &Place| matches!(place.shown, ' ' | '\t' | '\n' | '\r');
    let kept = places
        .iter()
        .rposition(|place| !is_blank(place))
        .map_or(0, |last| last + 1);
    places.truncate(kept);
    let blank = places.iter().take_while(|place| is_blank(place)).count();
    places.drain(..blank);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_character_has_its_place() {
        let source = "<t> 得&amp;&#x5206;<![CDATA[<9]]>\r\n& </t>";
        let mut places = read(source, 3..source.len() - 4).unwrap();
        trim(&mut places);
        let shown: Vec<(char, &str)> = places
            .iter()
            .map(|place| (place.shown, slice(source, place.start..place.end)))
            .collect();
        let expected = [
            ('得', "得"),
            ('&', "&amp;"),
            ('分', "&#x5206;"),
            ('<', "<![CDATA[<9]]>"),
            ('9', "<![CDATA[<9]]>"),
            ('\n', "\r\n"),
            ('&', "&"),
        ];
        assert_eq!(shown, expected);
    }
}
