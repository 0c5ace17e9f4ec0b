//! Rows and cells written as most programs write them: `<row r="5"><c r="C5" s="1" t="s"><v>7</v></c></row>`.
//!
//! Whatever is written in another way is left to the full reader, cell by cell. Both must read the same: see
//! `tests/plain_reading.rs` and the fuzz target `xlsx`.

use super::cells::{CellElement, Kind};
use super::text::{RichText, unescape_into};
use crate::grid::{CellAddress, MAX_COLUMNS, MAX_ROWS};
use crate::read::kit::plain_xml::PlainXml;

/// The start tag of a row.
pub(super) struct PlainRow {
    pub row: u32,
    pub is_hidden: bool,
    /// The tag is also the row's end.
    pub is_empty: bool,
}

/// Takes the start tag of a row that says its number.
pub(super) fn row(xml: &mut PlainXml) -> Option<PlainRow> {
    let mut ahead = *xml;
    ahead.skip_white();
    if !ahead.take("<row") {
        return None;
    }
    let (mut number, mut hidden, mut height) = (None, None, None);
    while let Some((name, value)) = ahead.attribute() {
        let slot = match name {
            "r" => &mut number,
            "hidden" => &mut hidden,
            "ht" => &mut height,
            _ => continue,
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let is_empty = ahead.take("/>");
    if !is_empty && !ahead.take(">") {
        return None;
    }
    let row = short_number(number?)?.checked_sub(1).filter(|row| *row < MAX_ROWS)?;
    let is_hidden = hidden.is_some_and(|hidden| matches!(hidden.trim(), "1" | "true" | "on"));
    *xml = ahead;
    Some(PlainRow {
        row,
        is_hidden: is_hidden || height.is_some_and(has_no_height),
        is_empty,
    })
}

/// Takes the end of a row.
pub(super) fn row_end(xml: &mut PlainXml) -> bool {
    let mut ahead = *xml;
    ahead.skip_white();
    let is_end = ahead.take("</row>");
    if is_end {
        *xml = ahead;
    }
    is_end
}

/// Takes a merged region; its reference as it is written.
pub(super) fn merge<'a>(xml: &mut PlainXml<'a>) -> Option<&'a str> {
    let mut ahead = *xml;
    ahead.skip_white();
    if !ahead.take("<mergeCell") {
        return None;
    }
    let (name, reference) = ahead.attribute()?;
    if name != "ref" || !ahead.take("/>") {
        return None;
    }
    *xml = ahead;
    Some(reference)
}

/// Returns whether a height of a row is zero.
pub(super) fn has_no_height(height: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    // A short plain number with another digit than 0 is no zero, if it is a number at all.
    if height.len() < 20 && height.bytes().all(is_plain) && height.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        return false;
    }
    height.trim().parse() == Ok(0.0)
}

/// Takes a cell; `expected` is its place unless it says otherwise.
pub(super) fn cell<'a>(xml: &mut PlainXml<'a>, expected: CellAddress) -> Option<(CellAddress, CellElement<'a>)> {
    let mut ahead = *xml;
    ahead.skip_white();
    if !ahead.take("<c") {
        return None;
    }
    let mut address = expected;
    let mut element = CellElement::default();
    // Nearly every cell begins so.
    if let Some(place) = ahead.value_of(" r=\"") {
        address = plain_address(place)?;
    }
    if let Some(style) = ahead.value_of(" s=\"") {
        element.style = Some(usize::try_from(short_number(style)?).ok()?);
    }
    if let Some(kind) = ahead.value_of(" t=\"") {
        element.kind = Kind::of(kind);
    }
    while let Some((name, value)) = ahead.attribute() {
        match name {
            "r" => address = plain_address(value)?,
            "s" => element.style = Some(usize::try_from(short_number(value)?).ok()?),
            "t" => element.kind = Kind::of(value),
            _ => {}
        }
    }
    if address.column >= MAX_COLUMNS {
        return None;
    }
    if !ahead.take("/>") {
        if !ahead.take(">") {
            return None;
        }
        if ahead.take("<f>") {
            element.formula = Some(ahead.characters()?);
            if !ahead.take("</f>") {
                return None;
            }
        }
        if ahead.take("<v>") {
            element.value = Some(ahead.characters()?);
            if !ahead.take("</v>") {
                return None;
            }
        } else if ahead.take("<is>") {
            let inline = element.inline.insert(RichText::default());
            plain_text_into(&mut ahead, &mut inline.text)?;
            if !ahead.take("</is>") {
                return None;
            }
        }
        if !ahead.take("</c>") {
            return None;
        }
    }
    *xml = ahead;
    Some((address, element))
}

/// Takes a `<t>` alone, without runs, and appends its text as a cell has it.
pub(super) fn plain_text_into(xml: &mut PlainXml, out: &mut String) -> Option<()> {
    let is_preserved = if xml.take("<t>") {
        false
    } else if xml.take("<t xml:space=\"preserve\">") {
        true
    } else {
        return None;
    };
    let characters = xml.characters()?;
    let kept = if is_preserved {
        characters
    } else {
        without_white(characters)
    };
    unescape_into(kept, out);
    xml.take("</t>").then_some(())
}

/// Returns a text without XML's white space around it; most have none.
fn without_white(text: &str) -> &str {
    let is_white = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t' | b'\n' | b'\r'));
    if is_white(text.as_bytes().first()) || is_white(text.as_bytes().last()) {
        text.trim_matches([' ', '\t', '\n', '\r'])
    } else {
        text
    }
}

/// Returns an address in capital letters and digits.
fn plain_address(text: &str) -> Option<CellAddress> {
    let mut column: u32 = 0;
    let mut rest = text.as_bytes();
    while let [letter @ b'A'..=b'Z', after @ ..] = rest {
        column = column * 26 + u32::from(letter - b'A') + 1;
        if column > MAX_COLUMNS {
            return None;
        }
        rest = after;
    }
    let row = number_of(rest)?;
    if row > MAX_ROWS {
        return None;
    }
    Some(CellAddress::new(row.checked_sub(1)?, column.checked_sub(1)?))
}

fn short_number(text: &str) -> Option<u32> {
    number_of(text.as_bytes())
}

/// Returns a number of one to seven digits.
fn number_of(digits: &[u8]) -> Option<u32> {
    const MOST_DIGITS: usize = 7;
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return None;
    }
    digits.iter().try_fold(0, |number: u32, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_height_of_zero_is_known_however_it_is_written() {
        for (height, is_zero) in [
            ("0", true),
            ("0.0", true),
            (" 0 ", true),
            ("-0", true),
            ("0e5", true),
            ("15", false),
            ("14.25", false),
            ("0.1", false),
            ("1..", false),
            ("", false),
            ("x", false),
        ] {
            assert_eq!(has_no_height(height), is_zero, "{height:?}");
        }
    }
}
