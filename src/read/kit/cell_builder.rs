//! From a stored value, its formula and its number format to a cell, for readers of binary formats.

use rust_decimal::Decimal;

use super::budget::Budget;
use super::cell_format::Look;
use super::losses::Losses;
use super::package::PartError;
use crate::grid::{Cell, CellAddress, CellValue};
use crate::read::number_format::{Epoch, Shown};

/// What a sheet's cells are made with.
pub(in crate::read) struct CellBuilder<'a> {
    pub epoch: Epoch,
    pub budget: &'a mut Budget,
    pub losses: &'a mut Losses,
}

impl CellBuilder<'_> {
    /// Returns the cell, or nothing when it holds neither text nor number nor formula.
    ///
    /// `shown` is what the file itself says is seen; without it the value goes through its number format.
    pub(in crate::read) fn cell(
        &mut self,
        address: CellAddress,
        mut value: CellValue,
        mut formula: Option<String>,
        look: Look,
        shown: Option<String>,
    ) -> Result<Option<Cell>, PartError> {
        let is_empty = match &value {
            CellValue::Text(text) => text.is_empty(),
            value => *value == CellValue::Blank,
        };
        if is_empty && formula.is_none() {
            return Ok(None);
        }
        shorten(
            &mut value,
            &mut formula,
            address,
            self.budget.limits.text_length,
            self.losses,
        );
        let is_number = matches!(value, CellValue::Number(_));
        let Look {
            format,
            fonts,
            is_check_box,
        } = look;
        let leaves_texts = fonts.runs.is_empty() && fonts.of_cell.is_none() && format.format.leaves_texts();
        let shown = match (shown, &value) {
            (None, CellValue::Text(_)) if leaves_texts => None,
            (Some(mut text), _) => {
                cut(&mut text, self.budget.limits.text_length);
                Some(Shown::sure(fonts.draw(&text, address, self.losses)))
            }
            (None, CellValue::Text(text)) if !fonts.runs.is_empty() => {
                Some(format.format.text(&fonts.draw(text, address, self.losses)))
            }
            (None, CellValue::Boolean(value)) if is_check_box => {
                Some(Shown::sure(if *value { "☑" } else { "□" }.to_owned()))
            }
            (None, value) => {
                let mut shown = match value {
                    CellValue::Blank => Shown::sure(String::new()),
                    CellValue::Number(number) => format.format.number(*number, self.epoch),
                    CellValue::Text(text) => format.format.text(text),
                    CellValue::Boolean(value) => Shown::sure(if *value { "TRUE" } else { "FALSE" }.to_owned()),
                    CellValue::Error(code) => Shown::sure(code.clone()),
                };
                if fonts.of_cell.is_some() {
                    shown.text = fonts.draw(&shown.text, address, self.losses);
                }
                Some(shown)
            }
        };
        let is_unsure = shown.as_ref().is_some_and(|shown| shown.unsure);
        let cell = Cell {
            address,
            shown_otherwise: shown.and_then(|shown| value.shown_as(shown.text)),
            value,
            shown_unsure: is_unsure || (is_number && format.is_unknown),
            formula,
            number_format: format.code.clone(),
        };
        self.budget.take_cell(&cell)?;
        Ok(Some(cell))
    }

    /// Returns the value of a binary number; one that no decimal can hold is kept as text and listed.
    pub(in crate::read) fn number(&mut self, address: CellAddress, number: Option<Decimal>, binary: f64) -> CellValue {
        match number {
            Some(number) => CellValue::Number(number),
            None if !binary.is_finite() => {
                self.losses.add(Some(address), || {
                    "单元格的数值不是有效的数，已当作错误值读取".to_owned()
                });
                CellValue::Error("#NUM!".to_owned())
            }
            None => {
                self.losses.add(Some(address), || {
                    format!("单元格的数值 {binary:e} 超出可计算的范围，已当作文字读取")
                });
                CellValue::Text(format!("{binary:e}"))
            }
        }
    }
}

/// Shortens a cell's text and formula to `limit` characters, and lists what was cut.
pub(super) fn shorten(
    value: &mut CellValue,
    formula: &mut Option<String>,
    address: CellAddress,
    limit: usize,
    losses: &mut Losses,
) {
    if let CellValue::Text(text) = value
        && cut(text, limit)
    {
        losses.add(Some(address), || too_long(limit));
    }
    if let Some(formula) = formula {
        shorten_formula(formula, address, limit, losses);
    }
}

/// Shortens a formula to `limit` characters, and lists that it was.
pub(in crate::read) fn shorten_formula(formula: &mut String, address: CellAddress, limit: usize, losses: &mut Losses) {
    if cut(formula, limit) {
        losses.add(Some(address), || {
            format!("公式超过 {limit} 个字符，只读到前 {limit} 个")
        });
    }
}

/// Shortens to `limit` characters; says whether anything was cut.
pub(in crate::read) fn cut(text: &mut String, limit: usize) -> bool {
    // Bytes are never fewer than characters, so most texts need no count.
    if text.len() <= limit {
        return false;
    }
    match text.char_indices().nth(limit) {
        Some((end, _)) => {
            text.truncate(end);
            true
        }
        None => false,
    }
}

/// Returns the beginning of a text on one line, to name it by.
pub(in crate::read) fn shortened(text: &str) -> String {
    const NAMED: usize = 30;
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    if line.chars().count() > NAMED {
        line = line.chars().take(NAMED).chain(['…']).collect();
    }
    line
}

pub(in crate::read) fn too_long(limit: usize) -> String {
    format!("有文字超过 {limit} 个字符，只读到前 {limit} 个")
}

/// Returns what is said of check boxes and option buttons that float over a sheet, where the format's are not read.
pub(in crate::read) fn unread_boxes(count: usize) -> String {
    format!("工作表上有 {count} 个浮动的复选框或选项按钮，是否勾选没有读到；请在 Excel 或 WPS 中另存为 .xlsx 再试")
}

/// Returns the same where it is not known what the controls are.
pub(in crate::read) fn unread_controls(count: usize) -> String {
    format!("工作表上有 {count} 个浮动的控件，如有复选框，是否勾选没有读到；请在 Excel 或 WPS 中另存为 .xlsx 再试")
}

/// Returns the error value of a binary format's code.
pub(in crate::read) fn error_value(code: u8) -> CellValue {
    let text = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    };
    CellValue::Error(text.to_owned())
}
