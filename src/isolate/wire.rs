//! How a file goes to a worker, and how its workbook comes back.

use std::borrow::Cow;

use hebiao::grid::{Confirmation, Workbook};
use hebiao::read::ReadError;
use serde::{Deserialize, Serialize};

/// What a worker is asked.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// To read the file whose bytes follow.
    Read {
        /// The name, of which only the end matters.
        name: Option<String>,
        /// Whether [`Request::Confirm`] may come next.
        keep: bool,
    },
    /// To read the file that was kept a second time, with the other reader.
    Confirm,
}

/// What a worker answers.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer<'a> {
    /// The file was read.
    Read(Cow<'a, Workbook>),
    /// It was refused.
    Refused { code: String, message: String },
    /// The outcome of the second reading.
    Confirmed(Confirmation),
}

impl Request {
    /// Returns a request to read a file.
    pub fn read(file_name: Option<&str>, keep: bool) -> Self {
        // Only the extension is of use; a name of any length has it at its end.
        const LONGEST_NAME: usize = 1024;
        let end = |name: &str| {
            let from = name.char_indices().rev().nth(LONGEST_NAME).map_or(0, |(at, _)| at);
            name.get(from..).unwrap_or_default().to_owned()
        };
        let name = file_name.map(end);
        Self::Read { name, keep }
    }

    /// Returns what goes before the file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Returns the request at the start of a message, and the bytes that follow it; `None` when it is none.
    pub fn split(message: &[u8]) -> Option<(Self, &[u8])> {
        postcard::take_from_bytes(message).ok()
    }
}

impl<'a> Answer<'a> {
    /// Returns the answer for a reading.
    pub fn of(result: &'a Result<Workbook, ReadError>) -> Self {
        match result {
            Ok(workbook) => Self::Read(Cow::Borrowed(workbook)),
            Err(error) => Self::Refused {
                code: error.code().to_owned(),
                message: error.to_string(),
            },
        }
    }

    /// Returns its bytes. Empty when it cannot be encoded: an empty answer is no answer.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Returns the answer in a message; `None` when it is none.
    pub fn decode(message: &[u8]) -> Option<Answer<'static>> {
        postcard::from_bytes(message).ok()
    }
}

impl Answer<'_> {
    /// Returns the reading that is answered; `None` when it is another answer.
    pub fn into_reading(self) -> Option<Result<Workbook, ReadError>> {
        match self {
            Self::Read(workbook) => Some(Ok(workbook.into_owned())),
            Self::Refused { code, message } => ReadError::restore(&code, message).map(Err),
            Self::Confirmed(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use std::sync::Arc;

    use hebiao::grid::{Cell, CellAddress, CellValue, FileFormat, ReadingLoss, Sheet, TextBlock, Visibility};

    use super::*;

    fn workbook() -> Workbook {
        let cell = |row, value: CellValue, shown: &str| Cell {
            address: CellAddress::new(row, 2),
            shown_otherwise: value.shown_as(shown.to_owned()),
            value,
            shown_unsure: row == 1,
            formula: (row == 3).then(|| "SUM(A1:A2)".to_owned()),
            number_format: (row < 2).then(|| Arc::from("0%")),
        };
        let cells = vec![
            cell(0, CellValue::Number("0.95".parse().unwrap()), "95%"),
            cell(
                1,
                CellValue::Number("-79228162514264337593543950335".parse().unwrap()),
                "",
            ),
            cell(2, CellValue::Text("同样".to_owned()), "同样"),
            cell(3, CellValue::Blank, ""),
            cell(4, CellValue::Error("#REF!".to_owned()), "#REF!"),
            cell(5, CellValue::Boolean(true), "TRUE"),
            cell(6, CellValue::Text("12".to_owned()), "12家"),
        ];
        let merges = vec!["A1:B2".parse().unwrap(), "B2:C3".parse().unwrap()];
        let mut sheet = Sheet::new("表", cells, merges);
        sheet.visibility = Visibility::VeryHidden;
        sheet.hidden_rows = vec![(1, 3)];
        sheet.hidden_columns = vec![(0, 0)];
        sheet.notes = vec![(CellAddress::new(0, 2), "注".to_owned())];
        sheet.form_mark = Some("表式/1".to_owned());
        assert_eq!(sheet.losses.len(), 1);
        Workbook {
            format: FileFormat::Xls,
            sheets: vec![sheet],
            losses: vec![ReadingLoss {
                cell: None,
                message: "缺".to_owned(),
            }],
            text: vec![TextBlock::Paragraph("段".to_owned()), TextBlock::Table(Some(0))],
        }
    }

    fn sent(result: &Result<Workbook, ReadError>) -> Option<Result<Workbook, ReadError>> {
        Answer::decode(&Answer::of(result).encode())?.into_reading()
    }

    #[test]
    fn a_workbook_comes_back_as_it_went() {
        let expected = Ok(workbook());
        assert_eq!(sent(&expected), Some(expected));
    }

    #[test]
    fn number_formats_are_kept_once() {
        let returned = sent(&Ok(workbook())).unwrap().unwrap();
        let formats: Vec<&Arc<str>> = returned.sheets[0]
            .cells()
            .iter()
            .filter_map(|cell| cell.number_format.as_ref())
            .collect();
        assert_eq!(formats.len(), 2);
        assert!(Arc::ptr_eq(formats[0], formats[1]));
    }

    #[test]
    fn a_refusal_comes_back_as_it_went() {
        let error = Err(ReadError::too_slow(8));
        assert_eq!(sent(&error), Some(error));
    }

    #[test]
    fn a_confirmation_comes_back_as_it_went() {
        let confirmation = Confirmation {
            cells: 330,
            merges: 26,
            ..Confirmation::none("缺")
        };
        let answer = Answer::Confirmed(confirmation);
        assert_eq!(Answer::decode(&answer.encode()), Some(answer));
    }

    #[test]
    fn a_mangled_answer_is_none() {
        let answer = Answer::of(&Ok(workbook())).encode();
        for length in 0..answer.len() {
            assert_eq!(Answer::decode(&answer[..length]), None);
        }
    }

    #[test]
    fn a_request_comes_apart_as_it_was_put_together() {
        for request in [
            Request::read(None, true),
            Request::read(Some(""), false),
            Request::read(Some("表.xls"), true),
            Request::Confirm,
        ] {
            let mut message = request.encode();
            message.extend(b"bytes");
            assert_eq!(Request::split(&message), Some((request, &b"bytes"[..])));
        }
    }

    #[test]
    fn of_a_long_name_the_end_is_sent() {
        let Request::Read { name, .. } = Request::read(Some(&"长".repeat(100_000)), false) else {
            panic!("not a request to read");
        };
        assert!(name.unwrap().len() < 4096);
    }
}
