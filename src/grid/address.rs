//! Cell positions and rectangles, zero-based inside and A1 wherever a person or a file sees them.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::address_text::Written;

/// Rows that the xlsx format allows (1,048,576).
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns that the xlsx format allows (16,384: `XFD`).
pub const MAX_COLUMNS: u32 = 16_384;

/// Sheets that one table may reach over.
pub const MAX_PARTS: u32 = 16;

/// What stands before the cells of a table's second sheet; behind it the number of the part, from the third sheet on.
const PART_MARK: &str = "续表";

/// One cell's position. `row` and `column` count from zero; `Display`, `FromStr` and serde speak A1, serde of
/// binary formats the two numbers.
///
/// Where one table goes on over several sheets, the rows of its second sheet count on from [`MAX_ROWS`], those of the
/// third from twice as many: every cell of the table has one place in one order, and knows its part. Such a cell is
/// written `续表!G5`, of the third sheet `续表2!G5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAddress {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellAddress {
    /// Returns the cell in zero-based `row` and `column`.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// This cell of a table's own sheet as one of its further sheets.
    pub const fn in_part(self, part: u32) -> Self {
        Self::new(self.row.saturating_add(part.saturating_mul(MAX_ROWS)), self.column)
    }

    /// Returns which of the table's sheets the cell stands on: 0 for the table's own.
    pub const fn part(self) -> u32 {
        self.row / MAX_ROWS
    }

    /// Returns the cell as its own sheet names it.
    pub const fn on_its_sheet(self) -> Self {
        Self::new(self.row % MAX_ROWS, self.column)
    }

    /// Returns the text that `Display` writes.
    pub(crate) fn text(self) -> String {
        match self.part() {
            0 => Written::of(self).text().to_owned(),
            _ => self.to_string(),
        }
    }

    /// Writes the cell as its own sheet names it.
    pub(crate) fn push_to(self, text: &mut Vec<u8>) {
        text.extend_from_slice(Written::of(self.on_its_sheet()).text().as_bytes());
    }
}

/// Writes what stands before a cell of a further sheet.
fn write_part(f: &mut fmt::Formatter<'_>, part: u32) -> fmt::Result {
    match part {
        0 => Ok(()),
        1 => write!(f, "{PART_MARK}!"),
        part => write!(f, "{PART_MARK}{part}!"),
    }
}

/// Returns a text without the mark of its part, with the part.
fn without_part(text: &str) -> Result<(u32, &str), AddressError> {
    let Some((mark, rest)) = text.split_once('!') else {
        return Ok((0, text));
    };
    let number = mark.strip_prefix(PART_MARK).ok_or(AddressError)?;
    let part = match number {
        "" => 1,
        number => number
            .parse()
            .ok()
            .filter(|part| (2..MAX_PARTS).contains(part))
            .ok_or(AddressError)?,
    };
    Ok((part, rest))
}

/// Returns the letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = String::new();
    // A text takes every letter.
    let _ = write_letters(&mut letters, column);
    letters
}

fn write_letters(into: &mut impl fmt::Write, column: u32) -> fmt::Result {
    let rest = u64::from(column) + 1;
    let above = (rest - 1) / 26;
    if let Some(above) = above.checked_sub(1) {
        write_letters(into, above as u32)?;
    }
    let digit = ((rest - 1) % 26) as u8;
    into.write_char(char::from(b'A' + digit))
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_part(f, self.part())?;
        f.write_str(Written::of(self.on_its_sheet()).text())
    }
}

/// A text that is no A1 address inside the limits of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError;

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an A1 cell address")
    }
}

impl std::error::Error for AddressError {}

impl FromStr for CellAddress {
    type Err = AddressError;

    /// Reads `C5`, `$C$5`, `c5` or `续表!C5`. Errors on anything else and on positions outside a sheet.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let (part, text) = without_part(text)?;
        let mut column: u32 = 0;
        let mut row: u32 = 0;
        let mut seen_digit = false;
        for (index, byte) in text.bytes().enumerate() {
            match byte {
                b'$' if index == 0 || (!seen_digit && column > 0) => {}
                b'a'..=b'z' | b'A'..=b'Z' if !seen_digit => {
                    let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                    column = column * 26 + digit;
                    if column > MAX_COLUMNS {
                        return Err(AddressError);
                    }
                }
                b'0'..=b'9' if column > 0 => {
                    seen_digit = true;
                    row = row * 10 + u32::from(byte - b'0');
                    if row > MAX_ROWS {
                        return Err(AddressError);
                    }
                }
                _ => return Err(AddressError),
            }
        }
        if column == 0 || row == 0 {
            return Err(AddressError);
        }
        Ok(Self::new(row - 1, column - 1).in_part(part))
    }
}

impl Serialize for CellAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return if self.part() == 0 {
                serializer.serialize_str(Written::of(*self).text())
            } else {
                serializer.collect_str(self)
            };
        }
        (self.row, self.column).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CellAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (row, column) = Deserialize::deserialize(deserializer)?;
            return Ok(Self::new(row, column));
        }
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for CellAddress {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellAddress".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^(续表([2-9]|1[0-5])?!)?[A-Z]{1,3}[1-9][0-9]{0,6}$",
            "description": "A cell in A1 notation, as seen in the source file. Of a table that goes on over several sheets, cells of the second have 续表! before them, of the third 续表2!, and so on."
        })
    }
}

/// A rectangle of cells, both corners included. Always in order: `first` is the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRange {
    /// Upper left corner.
    pub first: CellAddress,
    /// Lower right corner.
    pub last: CellAddress,
}

impl CellRange {
    /// This rectangle of a table's own sheet as one of its further sheets.
    pub const fn in_part(self, part: u32) -> Self {
        Self {
            first: self.first.in_part(part),
            last: self.last.in_part(part),
        }
    }

    /// Returns the rectangle as its own sheet names it.
    pub const fn on_its_sheet(self) -> Self {
        Self {
            first: self.first.on_its_sheet(),
            last: self.last.on_its_sheet(),
        }
    }

    /// Returns the rectangle between two corners, given in any order.
    pub fn new(one: CellAddress, other: CellAddress) -> Self {
        Self {
            first: CellAddress::new(one.row.min(other.row), one.column.min(other.column)),
            last: CellAddress::new(one.row.max(other.row), one.column.max(other.column)),
        }
    }

    /// Returns the rectangle of one cell.
    pub const fn single(cell: CellAddress) -> Self {
        Self {
            first: cell,
            last: cell,
        }
    }

    /// Returns whether the cell lies inside.
    pub const fn contains(&self, cell: CellAddress) -> bool {
        self.first.row <= cell.row
            && cell.row <= self.last.row
            && self.first.column <= cell.column
            && cell.column <= self.last.column
    }

    /// Returns whether the two rectangles share a cell.
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.first.row <= other.last.row
            && other.first.row <= self.last.row
            && self.first.column <= other.last.column
            && other.first.column <= self.last.column
    }

    /// Returns columns covered.
    pub const fn width(&self) -> u32 {
        self.last.column - self.first.column + 1
    }

    /// Returns rows covered.
    pub const fn height(&self) -> u32 {
        self.last.row - self.first.row + 1
    }

    /// Returns the smallest rectangle that holds this one and the cell.
    pub fn including(self, cell: CellAddress) -> Self {
        Self {
            first: CellAddress::new(self.first.row.min(cell.row), self.first.column.min(cell.column)),
            last: CellAddress::new(self.last.row.max(cell.row), self.last.column.max(cell.column)),
        }
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = if self.first.part() == self.last.part() {
            self.last.on_its_sheet()
        } else {
            self.last
        };
        write!(f, "{}:{last}", self.first)
    }
}

impl FromStr for CellRange {
    type Err = AddressError;

    /// Reads `A1:H35` or a single `A1`; reversed corners are put in order.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        match text.split_once(':') {
            Some((one, other)) => {
                let (one, mut last): (CellAddress, CellAddress) = (one.parse()?, other.parse()?);
                if last.part() == 0 {
                    last = last.in_part(one.part());
                }
                Ok(Self::new(one, last))
            }
            None => Ok(Self::single(text.parse()?)),
        }
    }
}

impl Serialize for CellRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        (self.first, self.last).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CellRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (first, last) = Deserialize::deserialize(deserializer)?;
            return Ok(Self::new(first, last));
        }
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for CellRange {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellRange".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^(续表([2-9]|1[0-5])?!)?[A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6}$",
            "description": "A rectangle of cells in A1 notation."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_the_same_in_every_way() {
        let columns = [0, 1, 25, 26, 27, 51, 52, 701, 702, MAX_COLUMNS - 1, u32::MAX];
        for column in columns {
            for row in [0, 8, 9, 99, MAX_ROWS - 1] {
                let address = CellAddress::new(row, column);
                assert_eq!(Written::of(address).text(), address.to_string());
            }
        }
    }

    #[test]
    fn a_cell_of_a_further_sheet_says_so() {
        let g5 = CellAddress::new(4, 6);
        for (part, written) in [(0, "G5"), (1, "续表!G5"), (2, "续表2!G5")] {
            let cell = g5.in_part(part);
            assert_eq!(cell.to_string(), written);
            assert_eq!(written.parse(), Ok(cell));
            assert_eq!((cell.part(), cell.on_its_sheet()), (part, g5));
        }
        let range: CellRange = "续表!B2:H24".parse().unwrap_or(CellRange::single(g5));
        assert_eq!(range.to_string(), "续表!B2:H24");
        assert_eq!(range.on_its_sheet().to_string(), "B2:H24");
        for text in ["续表1!G5", "续表16!G5", "附表!G5", "续表!", "!G5"] {
            assert_eq!(text.parse::<CellAddress>(), Err(AddressError), "{text}");
        }
    }
}
