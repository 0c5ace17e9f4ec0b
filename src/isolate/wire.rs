//! How a file goes to a worker, and how its workbook comes back.

use std::collections::BTreeMap;
use std::sync::Arc;

use hebiao::grid::{
    Cell, CellAddress, CellRange, CellValue, FileFormat, ReadingLoss, Sheet, TextBlock, Visibility, Workbook,
};
use hebiao::read::ReadError;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What goes before the file's bytes: whether there is a name, its length, the name.
pub fn request_head(file_name: Option<&str>) -> Vec<u8> {
    // Only the extension is of use; a name of any length has it at its end.
    const LONGEST_NAME: usize = 4096;
    let name = file_name.unwrap_or_default().as_bytes();
    let name = name.get(name.len().saturating_sub(LONGEST_NAME)..).unwrap_or_default();
    let mut head = vec![u8::from(file_name.is_some())];
    head.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
    head.extend(name);
    head
}

/// The name and the bytes of a request; `None` when it is none.
pub fn split_request(request: &[u8]) -> Option<(Option<String>, &[u8])> {
    let (has_name, rest) = request.split_first()?;
    let (length, rest) = rest.split_at_checked(2)?;
    let length = u16::from_le_bytes(length.try_into().ok()?);
    let (name, bytes) = rest.split_at_checked(length.into())?;
    let name = String::from_utf8_lossy(name).into_owned();
    Some(((*has_name != 0).then_some(name), bytes))
}

/// The answer for a reading.
pub fn encode(result: Result<Workbook, ReadError>) -> Vec<u8> {
    let answer = match result {
        Ok(workbook) => Answer::Read(workbook.into()),
        Err(error) => Answer::Refused {
            code: error.code().to_owned(),
            message: error.to_string(),
        },
    };
    // An empty answer is no answer, which says the same.
    postcard::to_stdvec(&answer).unwrap_or_default()
}

/// The reading behind an answer; `None` when it is none.
pub fn decode(answer: &[u8]) -> Option<Result<Workbook, ReadError>> {
    match postcard::from_bytes(answer).ok()? {
        Answer::Read(workbook) => workbook.restore().map(Ok),
        Answer::Refused { code, message } => ReadError::restore(&code, message).map(Err),
    }
}

#[derive(Serialize, Deserialize)]
enum Answer {
    Read(WorkbookForm),
    Refused { code: String, message: String },
}

#[derive(Serialize, Deserialize)]
struct WorkbookForm {
    format: FileFormat,
    sheets: Vec<SheetForm>,
    losses: Vec<LossForm>,
    /// Number formats once each; cells name them by position.
    number_formats: Vec<String>,
    text: Vec<TextBlock>,
}

#[derive(Serialize, Deserialize)]
struct SheetForm {
    name: String,
    visibility: u8,
    cells: Vec<CellForm>,
    merges: Vec<(Place, Place)>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    notes: Vec<(Place, String)>,
    losses: Vec<LossForm>,
    form_mark: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct CellForm {
    place: Place,
    value: ValueForm,
    /// `None` when a text is shown as it is.
    shown: Option<String>,
    shown_unsure: bool,
    formula: Option<String>,
    number_format: Option<u32>,
}

#[derive(Serialize, Deserialize)]
enum ValueForm {
    Blank,
    /// Digits and places.
    Number(i128, u32),
    Text(String),
    Boolean(bool),
    Error(String),
}

/// Row and column, from zero.
type Place = (u32, u32);
/// The cell and the message.
type LossForm = (Option<Place>, String);

impl From<Workbook> for WorkbookForm {
    fn from(workbook: Workbook) -> Self {
        let mut formats = Formats::default();
        let sheets = workbook
            .sheets
            .into_iter()
            .map(|sheet| SheetForm {
                cells: sheet.cells().iter().map(|cell| formats.cell(cell)).collect(),
                merges: sheet
                    .merges()
                    .iter()
                    .map(|range| (place(range.first), place(range.last)))
                    .collect(),
                visibility: match sheet.visibility {
                    Visibility::Visible => 0,
                    Visibility::Hidden => 1,
                    Visibility::VeryHidden => 2,
                },
                name: sheet.name,
                hidden_rows: sheet.hidden_rows,
                hidden_columns: sheet.hidden_columns,
                notes: sheet
                    .notes
                    .into_iter()
                    .map(|(cell, note)| (place(cell), note))
                    .collect(),
                losses: sheet.losses.into_iter().map(loss_form).collect(),
                form_mark: sheet.form_mark,
            })
            .collect();
        Self {
            format: workbook.format,
            sheets,
            losses: workbook.losses.into_iter().map(loss_form).collect(),
            number_formats: formats.codes,
            text: workbook.text,
        }
    }
}

/// Number formats met so far.
#[derive(Default)]
struct Formats {
    codes: Vec<String>,
    positions: BTreeMap<Arc<str>, u32>,
}

impl Formats {
    fn cell(&mut self, cell: &Cell) -> CellForm {
        let (value, text) = match &cell.value {
            CellValue::Blank => (ValueForm::Blank, None),
            CellValue::Number(number) => (ValueForm::Number(number.mantissa(), number.scale()), None),
            CellValue::Text(text) => (ValueForm::Text(text.clone()), Some(text)),
            CellValue::Boolean(value) => (ValueForm::Boolean(*value), None),
            CellValue::Error(code) => (ValueForm::Error(code.clone()), None),
        };
        CellForm {
            place: place(cell.address),
            value,
            shown: (text != Some(&cell.shown)).then(|| cell.shown.clone()),
            shown_unsure: cell.shown_unsure,
            formula: cell.formula.clone(),
            number_format: cell.number_format.as_ref().and_then(|code| self.position(code)),
        }
    }

    fn position(&mut self, code: &Arc<str>) -> Option<u32> {
        if let Some(position) = self.positions.get(code) {
            return Some(*position);
        }
        let position = u32::try_from(self.codes.len()).ok()?;
        self.codes.push(code.to_string());
        self.positions.insert(code.clone(), position);
        Some(position)
    }
}

impl WorkbookForm {
    fn restore(self) -> Option<Workbook> {
        let formats: Vec<Arc<str>> = self.number_formats.into_iter().map(Arc::from).collect();
        let sheets = self.sheets.into_iter().map(|sheet| sheet.restore(&formats));
        Some(Workbook {
            format: self.format,
            sheets: sheets.collect::<Option<_>>()?,
            losses: self.losses.into_iter().map(loss).collect(),
            text: self.text,
        })
    }
}

impl SheetForm {
    fn restore(self, formats: &[Arc<str>]) -> Option<Sheet> {
        let cells = self.cells.into_iter().map(|cell| cell.restore(formats));
        let merges = self
            .merges
            .into_iter()
            .map(|(first, last)| CellRange::new(address(first), address(last)));
        let mut sheet = Sheet::new(self.name, cells.collect::<Option<_>>()?, merges.collect());
        sheet.visibility = match self.visibility {
            0 => Visibility::Visible,
            1 => Visibility::Hidden,
            _ => Visibility::VeryHidden,
        };
        sheet.hidden_rows = self.hidden_rows;
        sheet.hidden_columns = self.hidden_columns;
        sheet.notes = self
            .notes
            .into_iter()
            .map(|(cell, note)| (address(cell), note))
            .collect();
        sheet.losses = self.losses.into_iter().map(loss).collect();
        sheet.form_mark = self.form_mark;
        Some(sheet)
    }
}

impl CellForm {
    fn restore(self, formats: &[Arc<str>]) -> Option<Cell> {
        let value = match self.value {
            ValueForm::Blank => CellValue::Blank,
            ValueForm::Number(digits, places) => {
                CellValue::Number(Decimal::try_from_i128_with_scale(digits, places).ok()?)
            }
            ValueForm::Text(text) => CellValue::Text(text),
            ValueForm::Boolean(value) => CellValue::Boolean(value),
            ValueForm::Error(code) => CellValue::Error(code),
        };
        let shown = match (self.shown, &value) {
            (Some(shown), _) => shown,
            (None, CellValue::Text(text)) => text.clone(),
            (None, _) => return None,
        };
        let number_format = match self.number_format {
            Some(position) => Some(formats.get(usize::try_from(position).ok()?)?.clone()),
            None => None,
        };
        Some(Cell {
            address: address(self.place),
            value,
            shown,
            shown_unsure: self.shown_unsure,
            formula: self.formula,
            number_format,
        })
    }
}

const fn place(cell: CellAddress) -> Place {
    (cell.row, cell.column)
}

const fn address((row, column): Place) -> CellAddress {
    CellAddress::new(row, column)
}

fn loss_form(loss: ReadingLoss) -> LossForm {
    (loss.cell.map(place), loss.message)
}

fn loss((cell, message): LossForm) -> ReadingLoss {
    ReadingLoss {
        cell: cell.map(address),
        message,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn workbook() -> Workbook {
        let cell = |row, value: CellValue, shown: &str| Cell {
            address: CellAddress::new(row, 2),
            value,
            shown: shown.to_owned(),
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

    #[test]
    fn a_workbook_comes_back_as_it_went() {
        let expected = workbook();
        assert_eq!(decode(&encode(Ok(expected.clone()))), Some(Ok(expected)));
    }

    #[test]
    fn a_refusal_comes_back_as_it_went() {
        let error = ReadError::too_slow(8);
        assert_eq!(decode(&encode(Err(error.clone()))), Some(Err(error)));
    }

    #[test]
    fn a_mangled_answer_is_none() {
        let answer = encode(Ok(workbook()));
        for length in 0..answer.len() {
            assert_eq!(decode(&answer[..length]), None);
        }
    }

    #[test]
    fn a_request_comes_apart_as_it_was_put_together() {
        for name in [None, Some(""), Some("表.xls")] {
            let mut request = request_head(name);
            request.extend(b"bytes");
            let (found, bytes) = split_request(&request).unwrap();
            assert_eq!((found.as_deref(), bytes), (name, &b"bytes"[..]));
        }
    }
}
