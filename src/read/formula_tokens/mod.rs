//! Formulas of the binary formats: from tokens in postfix order to the text that a person would type.
//!
//! Speaks BIFF5, BIFF8 and BIFF12 ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.97). What it does not know gives no text at all,
//! never a wrong one. It knows no cells: what is behind names and sheets is asked of [`Names`].

mod functions;
mod reference;
mod tree;

use std::rc::Rc;

use encoding_rs::Encoding;

use super::kit::cell_builder::error_value;
use super::kit::code_page::decoded;
use super::kit::cursor::Cursor;
use super::kit::decimal::from_binary;
use crate::grid::{CellAddress, CellValue};
use functions::function;
use reference::{Base, area, reference};
use tree::Tree;

/// Which binary form the tokens have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// xls of Excel 5 and 95, with texts in this encoding.
    Biff5(&'static Encoding),
    /// xls of Excel 97 and later.
    Biff8,
    /// xlsb.
    Biff12,
}

/// What formulas of a workbook refer to by number.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Sheet prefixes as written in a formula, without the exclamation mark, by the index of the reference.
    pub sheets: Vec<Option<String>>,
    /// Names defined in the workbook, in order.
    pub defined: Vec<String>,
    /// Names defined elsewhere (add-in functions), by the index of the reference and their order there.
    pub external: Vec<Rc<[String]>>,
}

impl Names {
    fn sheet(&self, index: u16) -> Option<&str> {
        self.sheets.get(usize::from(index))?.as_deref()
    }
}

/// Returns a formula that is written down once for several cells: where the cell's tokens point to.
pub(super) fn shared_anchor(tokens: &[u8], dialect: Dialect) -> Option<(u32, Option<u32>)> {
    let mut cursor = Cursor::new(tokens);
    if cursor.u8()? != 0x01 {
        return None;
    }
    match dialect {
        Dialect::Biff12 => Some((cursor.u32()?, None)),
        _ => Some((cursor.u16()?.into(), Some(cursor.u16()?.into()))),
    }
}

/// Returns the text of a formula as it reads in a cell; `None` when some token is not understood or the text is too
/// long.
///
/// Linear in the tokens: pieces are joined once, at the end.
pub(super) fn text(tokens: &[u8], cell: CellAddress, dialect: Dialect, names: &Names, limit: usize) -> Option<String> {
    let mut decoder = Decoder {
        cursor: Cursor::new(tokens),
        tree: Tree::default(),
        base: Base { cell, dialect },
        names,
    };
    while !decoder.cursor.is_empty() {
        decoder.token()?;
    }
    decoder.tree.text(limit)
}

struct Decoder<'a> {
    cursor: Cursor<'a>,
    tree: Tree,
    base: Base,
    names: &'a Names,
}

impl Decoder<'_> {
    fn token(&mut self) -> Option<()> {
        let token = self.cursor.u8()?;
        match token {
            0x03 => self.tree.binary("+"),
            0x04 => self.tree.binary("-"),
            0x05 => self.tree.binary("*"),
            0x06 => self.tree.binary("/"),
            0x07 => self.tree.binary("^"),
            0x08 => self.tree.binary("&"),
            0x09 => self.tree.binary("<"),
            0x0A => self.tree.binary("<="),
            0x0B => self.tree.binary("="),
            0x0C => self.tree.binary(">="),
            0x0D => self.tree.binary(">"),
            0x0E => self.tree.binary("<>"),
            0x0F => self.tree.binary(" "),
            0x10 => self.tree.binary(","),
            0x11 => self.tree.binary(":"),
            0x12 => self.tree.around("+", ""),
            0x13 => self.tree.around("-", ""),
            0x14 => self.tree.around("", "%"),
            0x15 => self.tree.around("(", ")"),
            0x16 => self.leaf(String::new()),
            0x17 => {
                let text = self.string()?;
                self.leaf(format!("\"{}\"", text.replace('"', "\"\"")))
            }
            0x19 => self.attribute(),
            0x1C => match error_value(self.cursor.u8()?) {
                CellValue::Error(code) => self.leaf(code),
                _ => None,
            },
            0x1D => {
                let value = self.cursor.u8()?;
                self.leaf(if value == 0 { "FALSE" } else { "TRUE" }.to_owned())
            }
            0x1E => {
                let value = self.cursor.u16()?;
                self.leaf(value.to_string())
            }
            0x1F => {
                let value = from_binary(self.cursor.f64()?)?;
                self.leaf(value.to_string())
            }
            0x20..=0x7F => self.operand(token),
            _ => None,
        }
    }

    /// Tokens that exist in three classes (reference, value, array), which read the same.
    fn operand(&mut self, token: u8) -> Option<()> {
        let is_biff5 = matches!(self.base.dialect, Dialect::Biff5(_));
        let is_biff12 = self.base.dialect == Dialect::Biff12;
        match (token & 0x1F) | 0x20 {
            0x20 => {
                self.cursor.skip(if is_biff12 { 14 } else { 7 })?;
                self.leaf("{…}".to_owned())
            }
            0x21 => {
                let (name, count) = function(self.cursor.u16()?)?;
                self.tree.call(name, usize::from(count?))
            }
            0x22 => {
                let count = usize::from(self.cursor.u8()? & 0x7F);
                match self.cursor.u16()? & 0x7FFF {
                    // The first argument names the function.
                    255 => self.tree.call_by_name(count.checked_sub(1)?),
                    index => self.tree.call(function(index)?.0, count),
                }
            }
            0x23 => {
                let index = if is_biff12 {
                    self.cursor.u32()?
                } else {
                    self.cursor.u16()?.into()
                };
                self.cursor.skip(match self.base.dialect {
                    Dialect::Biff5(_) => 12,
                    Dialect::Biff8 => 2,
                    Dialect::Biff12 => 0,
                })?;
                let index = usize::try_from(index).ok()?.checked_sub(1)?;
                let name = self.names.defined.get(index)?.clone();
                self.leaf(name)
            }
            0x24 => {
                let text = reference(&mut self.cursor, self.base, false)?;
                self.leaf(text)
            }
            0x25 => {
                let text = area(&mut self.cursor, self.base, false)?;
                self.leaf(text)
            }
            // Where a union was evaluated last; the union itself follows.
            0x26..=0x28 => self.cursor.skip(6),
            0x29 => self.cursor.skip(2),
            0x2A => {
                self.cursor.skip(reference::size(self.base.dialect))?;
                self.leaf("#REF!".to_owned())
            }
            0x2B => {
                self.cursor.skip(reference::area_size(self.base.dialect))?;
                self.leaf("#REF!".to_owned())
            }
            0x2C => {
                let text = reference(&mut self.cursor, self.base, true)?;
                self.leaf(text)
            }
            0x2D => {
                let text = area(&mut self.cursor, self.base, true)?;
                self.leaf(text)
            }
            0x39 if !is_biff5 => {
                let sheet = usize::from(self.cursor.u16()?);
                let index = if is_biff12 {
                    usize::try_from(self.cursor.u32()?).ok()?
                } else {
                    let index = usize::from(self.cursor.u16()?);
                    self.cursor.skip(2)?;
                    index
                };
                let name = self.names.external.get(sheet)?.get(index.checked_sub(1)?)?.clone();
                self.leaf(name)
            }
            0x3A..=0x3D => self.on_other_sheet(token),
            _ => None,
        }
    }

    fn on_other_sheet(&mut self, token: u8) -> Option<()> {
        let index = match self.base.dialect {
            Dialect::Biff5(_) => {
                let in_this_book = self.cursor.i16()? < 0;
                self.cursor.skip(8)?;
                let first = self.cursor.u16()?;
                let last = self.cursor.u16()?;
                (in_this_book && first == last).then_some(first)?
            }
            _ => self.cursor.u16()?,
        };
        let sheet = self.names.sheet(index)?.to_owned();
        let place = match (token & 0x1F) | 0x20 {
            0x3A => reference(&mut self.cursor, self.base, false)?,
            0x3B => area(&mut self.cursor, self.base, false)?,
            0x3C => {
                self.cursor.skip(reference::size(self.base.dialect))?;
                "#REF!".to_owned()
            }
            _ => {
                self.cursor.skip(reference::area_size(self.base.dialect))?;
                "#REF!".to_owned()
            }
        };
        self.leaf(format!("{sheet}!{place}"))
    }

    /// Hints for evaluation; only the short form of SUM says something new.
    fn attribute(&mut self) -> Option<()> {
        let kind = self.cursor.u8()?;
        let data = self.cursor.u16()?;
        if kind & 0x04 != 0 {
            return self.cursor.skip((usize::from(data) + 1) * 2);
        }
        if kind & 0x10 != 0 {
            return self.tree.call("SUM", 1);
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        Some(match self.base.dialect {
            Dialect::Biff5(encoding) => {
                let count = usize::from(self.cursor.u8()?);
                decoded(self.cursor.take(count)?, encoding).0
            }
            Dialect::Biff8 => {
                let count = usize::from(self.cursor.u8()?);
                if self.cursor.u8()? & 1 == 0 {
                    self.cursor.take(count)?.iter().map(|byte| char::from(*byte)).collect()
                } else {
                    utf16(self.cursor.take(count * 2)?)
                }
            }
            Dialect::Biff12 => {
                let count = usize::from(self.cursor.u16()?);
                utf16(self.cursor.take(count * 2)?)
            }
        })
    }

    fn leaf(&mut self, text: String) -> Option<()> {
        self.tree.leaf(text);
        Some(())
    }
}

/// Little-endian UTF-16; lone surrogates become replacement characters.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| {
        pair.iter()
            .rev()
            .fold(0_u16, |unit, byte| (unit << 8) | u16::from(*byte))
    });
    char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Returns a sheet's name as a formula writes it: in quotes when it holds more than letters and digits.
pub(super) fn sheet_prefix(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
        && name.chars().next().is_some_and(|c| !c.is_ascii_digit());
    if is_plain {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "''"))
    }
}
