//! One cell as the second reader gives it, and whether it is what the first reader read.

use calamine::{Data, DataRef};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::grid::{Cell, CellValue, FileFormat};
use crate::read::kit::decimal::from_binary;
use crate::read::kit::iso_date;
use crate::read::number_format::Epoch;
use crate::read::ods::duration;

/// A value of the second reader.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Theirs<'a> {
    Nothing,
    Number(f64),
    Text(&'a str),
    Boolean(bool),
    Error(&'static str),
    /// An ISO 8601 date or time.
    Date(&'a str),
    /// An ISO 8601 duration.
    Duration(&'a str),
}

/// The outcome for one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Different,
    /// The second reader is known not to read such cells.
    NotCompared,
}

/// What values of a workbook are understood by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub format: FileFormat,
    pub epoch: Epoch,
    /// Where this program cuts a text.
    pub text_length: usize,
}

impl<'a> From<&'a DataRef<'_>> for Theirs<'a> {
    fn from(data: &'a DataRef<'_>) -> Self {
        match data {
            DataRef::Int(number) => Self::Number(number.to_f64().unwrap_or(f64::NAN)),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(value) => Self::Boolean(*value),
            DataRef::DateTime(date) => Self::Number(date.as_f64()),
            DataRef::DateTimeIso(text) => Self::Date(text),
            DataRef::DurationIso(text) => Self::Duration(text),
            DataRef::Error(error) => Self::Error(code_of(error)),
            DataRef::Empty => Self::Nothing,
        }
    }
}

impl<'a> From<&'a Data> for Theirs<'a> {
    fn from(data: &'a Data) -> Self {
        match data {
            Data::Int(number) => Self::Number(number.to_f64().unwrap_or(f64::NAN)),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) => Self::Text(text),
            Data::Bool(value) => Self::Boolean(*value),
            Data::DateTime(date) => Self::Number(date.as_f64()),
            Data::DateTimeIso(text) => Self::Date(text),
            Data::DurationIso(text) => Self::Duration(text),
            Data::Error(error) => Self::Error(code_of(error)),
            Data::Empty => Self::Nothing,
        }
    }
}

const fn code_of(error: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType;
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

impl Theirs<'_> {
    /// Returns whether there is nothing to see in it.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// Compares it with the first reader's cell at the same place.
    pub(super) fn compare(&self, ours: &Cell, terms: Terms) -> Comparison {
        let is_equal = match (&ours.value, self) {
            (CellValue::Blank, theirs) => theirs.is_blank(),
            (CellValue::Text(ours), theirs) if ours.trim().is_empty() => theirs.is_blank(),
            (CellValue::Text(ours), theirs) if theirs.is_blank() && has_box(ours) => return Comparison::NotCompared,
            (CellValue::Text(ours) | CellValue::Error(ours), Self::Text(theirs)) => same_text(ours, theirs, terms),
            (CellValue::Error(_), Self::Nothing) if terms.format == FileFormat::Xlsb => return Comparison::NotCompared,
            (CellValue::Error(ours), Self::Error(theirs)) => ours == theirs,
            (CellValue::Number(ours), Self::Number(theirs)) => same_number(*ours, *theirs),
            (CellValue::Number(ours), Self::Date(theirs)) => iso_date::serial(theirs, terms.epoch) == Some(*ours),
            (CellValue::Number(ours), Self::Duration(theirs)) => duration(theirs) == Some(*ours),
            (CellValue::Boolean(ours), Self::Boolean(theirs)) => ours == theirs,
            _ => false,
        };
        if is_equal {
            Comparison::Equal
        } else {
            Comparison::Different
        }
    }

    /// Returns the value in words, for a message.
    pub(super) fn described(&self) -> String {
        match self {
            Self::Nothing => "空格".to_owned(),
            Self::Number(number) => match from_binary(*number) {
                Some(number) => format!("数 {number}"),
                None => format!("数 {number:e}"),
            },
            Self::Text(text) | Self::Date(text) | Self::Duration(text) => quoted(text),
            Self::Boolean(value) => truth(*value).to_owned(),
            Self::Error(code) => (*code).to_owned(),
        }
    }
}

/// Returns the first reader's value in words, for a message.
pub(super) fn described(ours: &CellValue) -> String {
    match ours {
        CellValue::Blank => "空格".to_owned(),
        CellValue::Number(number) => format!("数 {number}"),
        CellValue::Text(text) => quoted(text),
        CellValue::Boolean(value) => truth(*value).to_owned(),
        CellValue::Error(code) => code.clone(),
    }
}

const fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// Returns a text in quotes, cut to what a message can carry.
fn quoted(text: &str) -> String {
    const LETTERS: usize = 40;
    let mut letters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let head: String = letters.by_ref().take(LETTERS).collect();
    let rest = if letters.next().is_some() { "…" } else { "" };
    format!("“{head}{rest}”")
}

/// Returns whether the text is what floating check boxes say where a cell is empty.
fn has_box(text: &str) -> bool {
    text.contains(['☑', '□', '●', '○'])
}

/// Returns whether two texts are the same but for line ends and blanks at their ends.
fn same_text(ours: &str, theirs: &str, terms: Terms) -> bool {
    if ours == theirs {
        return true;
    }
    let theirs = theirs.replace("\r\n", "\n").replace('\r', "\n");
    let is_cut = ours.len() >= terms.text_length && ours.chars().count() >= terms.text_length;
    if is_cut {
        return theirs.starts_with(ours);
    }
    ours.trim() == theirs.trim()
}

/// Returns whether two numbers have the same 15 significant digits.
fn same_number(ours: Decimal, theirs: f64) -> bool {
    ours.to_f64() == Some(theirs) || from_binary(theirs) == Some(ours)
}
